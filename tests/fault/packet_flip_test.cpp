// Every bit of a packet flipped alone, and the packet cut off after every byte: each is refused.
#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include "apps/verifier/verify.h"

using namespace assay;

namespace {

constexpr std::size_t kThreads = 2;

std::string example() {
  std::ifstream in(ASSAY_SOURCE_DIR "/tests/vectors/packet/example.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Numbers of the cases that were taken for good.
template <class Make>
std::vector<std::size_t> taken(std::size_t cases, const Make& make) {
  std::vector<std::size_t> found;
  std::mutex guard;
  std::vector<std::thread> threads;
  for (std::size_t part = 0; part < kThreads; ++part)
    threads.emplace_back([&, part] {
      for (std::size_t i = part; i < cases; i += kThreads) {
        const auto report = verifier::verify(make(i), {});
        // Said, not only known.
        const bool told = verifier::in_words(report).find("does not hold") != std::string::npos;
        if (!report.holds() && told) continue;
        const std::lock_guard lock(guard);
        found.push_back(i);
      }
    });
  for (std::thread& thread : threads) thread.join();
  return found;
}

}  // namespace

TEST_CASE("a packet with any one bit flipped is refused") {
  const std::string good = example();
  REQUIRE(verifier::verify(good, {}).holds());
  const auto flipped = [&](std::size_t bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
    return bad;
  };
  CHECK(taken(good.size() * 8, flipped) == std::vector<std::size_t>());
}

TEST_CASE("a packet cut off anywhere is refused") {
  const std::string good = example();
  CHECK(taken(good.size(), [&](std::size_t size) { return good.substr(0, size); }) == std::vector<std::size_t>());
}
