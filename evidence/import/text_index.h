// Numbers by text, for the millions of names a store can hold. The texts are kept here once, one after another, so that
// a look-up touches one entry and one text, and letting all of them go costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace assay {

// Texts that stay where they are put for as long as the arena lives.
class TextArena {
 public:
  TextArena() = default;
  TextArena(TextArena&&) noexcept = default;
  TextArena& operator=(TextArena&&) noexcept = default;
  std::string_view keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* at_ = nullptr;
  std::size_t room_ = 0;
};

class TextIndex {
 public:
  std::uint32_t find(std::string_view key) const;  // 0 when there is none
  struct Found {
    std::uint32_t number;
    std::string_view key;  // as it is kept, until the index goes
    bool added;
  };
  // The number of the key; that given where it is new, which is not 0.
  Found find_or_add(std::string_view key, std::uint32_t number);
  void set(std::string_view key, std::uint32_t number);  // the key is there
  void forget(std::string_view key);                     // likewise

 private:
  struct Entry {
    std::string_view key;
    std::uint32_t number = 0;
  };
  // Small, since a look-up of what is not there touches nothing else.
  struct Slot {
    std::uint32_t hash = 0, entry = 0;  // a place in entries_, from 1; 0: free
  };
  std::size_t place_of(std::string_view key, std::uint32_t hash) const;
  void grow();

  std::vector<Slot> slots_;  // a power of two, at least half of them free
  std::vector<Entry> entries_;
  std::size_t used_ = 0;
  TextArena texts_;
};

}  // namespace assay
