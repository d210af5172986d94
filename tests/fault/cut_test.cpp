// A file cut short anywhere is refused, and so is one with a page of another in it.
#include <catch2/catch.hpp>

#include "tests/fault/pages.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

void expect_refused(const std::string& path, const std::string& bytes) {
  write_file(path, bytes);
  auto store = Store::open(path, Access::Read);
  if (!store) {
    CHECK(store.error().code == ErrorCode::Corruption);
    return;
  }
  const auto report = store->verify();
  REQUIRE_FALSE(report);
  CHECK(report.error().code == ErrorCode::Corruption);
}

}  // namespace

TEST_CASE("a store cut at any page is refused") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  const std::string bytes = read_file(folder / "s");
  REQUIRE(bytes.size() % kPageBytes == 0);
  for (std::size_t size = 0; size < bytes.size(); size += kPageBytes / 2) {
    INFO(size);
    expect_refused(folder / "cut", bytes.substr(0, size));
  }
}

TEST_CASE("a store with any page lost to zeros, or swapped with the next, is refused") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  const std::string bytes = read_file(folder / "s");
  for (std::size_t page = 0; page < bytes.size(); page += kPageBytes) {
    INFO(page);
    std::string zeros = bytes;
    expect_refused(folder / "zeros", zeros.replace(page, kPageBytes, kPageBytes, '\0'));
    if (page + 2 * kPageBytes > bytes.size()) break;
    const std::string first = bytes.substr(page, kPageBytes), second = bytes.substr(page + kPageBytes, kPageBytes);
    std::string swapped = bytes;
    expect_refused(folder / "swapped",
                   swapped.replace(page, kPageBytes, second).replace(page + kPageBytes, kPageBytes, first));
  }
}
