// Chance that is the same on every machine: a seed gives the same throws for ever.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assay::oracle {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) { state_ = next() ^ (seed << 32); }
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
  int between(int low, int high) { return low + below(high - low + 1); }
  bool chance(int percent) { return below(100) < percent; }
  template <class Item>
  const Item& pick(const std::vector<Item>& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }
  std::string pick(std::initializer_list<const char*> from) {
    return *(from.begin() + below(static_cast<int>(from.size())));
  }

 private:
  std::uint64_t state_;
};

}  // namespace assay::oracle
