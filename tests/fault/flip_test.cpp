// Every byte of a store's file, one bit of it flipped: verification refuses it, or the byte was no content, which is
// shown by reading all rows of all tables and finding them as they were.
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "tests/fault/pages.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr unsigned kThreads = 2;

// A text that does not fit on one page goes on in others.
void add_long_text(const std::string& path) {
  Store store = std::move(*Store::open(path, Access::Write));
  Store::NewRun run = sample_run();
  run.rulesets[0].text.assign(4500, 'x');
  run.rulesets[0].digest = sha256(std::string_view(run.rulesets[0].text));
  REQUIRE(store.record_run(run));
}

class Flipper {
 public:
  Flipper(std::string path, const std::string& bytes, const std::string& content)
      : path_(std::move(path)), bytes_(bytes), content_(content) {
    write_file(path_, bytes_);
    file_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
  }
  ~Flipper() { ::close(file_); }
  Flipper(const Flipper&) = delete;
  Flipper& operator=(const Flipper&) = delete;

  // Flips a bit of each byte in the range, looks, and puts the bytes back.
  void flip(Range range) {
    std::string changed = bytes_.substr(range.begin, range.end - range.begin);
    for (std::size_t i = 0; i < changed.size(); ++i)
      changed[i] = static_cast<char>(changed[i] ^ 1 << (range.begin + i) % 8);
    put(range.begin, changed);
    look(range);
    put(range.begin, bytes_.substr(range.begin, range.end - range.begin));
  }

  std::size_t refused = 0, no_content = 0;
  std::vector<std::string> faults;

 private:
  void put(std::size_t at, const std::string& what) {
    if (::pwrite(file_, what.data(), what.size(), static_cast<off_t>(at)) != static_cast<ssize_t>(what.size())) {
      faults.emplace_back("the file cannot be written");
    }
  }
  void look(Range range) {
    const auto told = [&](std::string_view what) {
      faults.push_back(fmt::format("bytes {} to {}: {}", range.begin, range.end, what));
    };
    auto store = Store::open(path_, Access::Read);
    std::optional<Error> error;
    if (!store) {
      error = store.error();
    } else if (const auto report = store->verify(); !report) {
      error = report.error();
    }
    if (error) {
      ++refused;
      if (error->code != ErrorCode::Corruption) told(to_string(*error));
    } else {
      ++no_content;
      if (dump(path_) != content_) told("passed, and the content differs");
    }
  }

  std::string path_;
  const std::string& bytes_;
  const std::string& content_;
  int file_ = -1;
};

}  // namespace

TEST_CASE("a flipped bit in any byte of content is refused") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  add_long_text(folder / "s");
  REQUIRE_FALSE(std::filesystem::exists(folder / "s-wal"));
  const std::string bytes = read_file(folder / "s"), content = dump(folder / "s");
  REQUIRE(content.find("observation: ") != std::string::npos);

  // What is unallocated in a page is flipped together, every other byte alone.
  std::vector<Range> ranges = unallocated(bytes);
  const std::size_t gaps = ranges.size();
  std::size_t next_gap = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (next_gap < gaps && at == ranges[next_gap].begin) at = ranges[next_gap++].end;
    if (at < bytes.size()) ranges.push_back({at, at + 1});
  }

  std::vector<std::unique_ptr<Flipper>> flippers;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < kThreads; ++i) {
    flippers.push_back(std::make_unique<Flipper>(folder / fmt::format("copy{}", i), bytes, content));
    threads.emplace_back([&ranges, &flipper = *flippers.back(), i] {
      for (std::size_t at = i; at < ranges.size(); at += kThreads) flipper.flip(ranges[at]);
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::size_t refused = 0, no_content = 0;
  for (const auto& flipper : flippers) {
    refused += flipper->refused;
    no_content += flipper->no_content;
    for (const std::string& fault : flipper->faults) FAIL_CHECK(fault);
  }
  CHECK(refused + no_content == ranges.size());
  INFO(fmt::format("{} bytes alone and {} gaps: {} refused, {} no content", ranges.size() - gaps, gaps, refused,
                   no_content));
  // The gaps, the file's header, the rest of an overflow page; far below the bytes that count.
  CHECK(refused > 3 * no_content);
}
