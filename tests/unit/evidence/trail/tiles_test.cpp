// The log laid out as C2SP tlog-tiles: the sizes of its own example, and hashes that give the root.
#include "evidence/trail/tiles.h"

#include <catch2/catch.hpp>
#include <map>

#include "evidence/trail/merkle.h"

using namespace assay;

namespace {

std::map<std::string, std::string> laid_out(std::size_t entries) {
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < entries; ++i) bodies.push_back(fmt::format("entry {}", i));
  std::map<std::string, std::string> files;
  auto made = tiles_of(bodies).value();
  for (TileFile& file : made) files.emplace(std::move(file.path), std::move(file.bytes));
  return files;
}

}  // namespace

TEST_CASE("70,000 entries are the tiles of the published example") {
  const auto files = laid_out(70'000);
  std::size_t full = 0;
  for (const auto& [path, bytes] : files)
    if (path.starts_with("tile/0/") && bytes.size() == 8192) ++full;
  CHECK(full == 273);
  CHECK(files.at("tile/0/273.p/112").size() == 112 * 32);
  CHECK(files.at("tile/1/000").size() == 8192);
  CHECK(files.at("tile/1/001.p/17").size() == 17 * 32);
  CHECK(files.at("tile/2/000.p/1").size() == 32);
  CHECK(files.count("tile/entries/273.p/112") == 1);
  CHECK(files.size() == 2 * 274 + 3);
}

TEST_CASE("a full tile alone is one hash of the level above") {
  const auto files = laid_out(256);
  CHECK(files.size() == 3);
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < 256; ++i) leaves.push_back(merkle_leaf(fmt::format("entry {}", i)));
  const Digest root = merkle_root(leaves);
  CHECK(files.at("tile/1/000.p/1") == std::string(root.bytes.begin(), root.bytes.end()));
}

TEST_CASE("an entry stands after its length, and one that is too long is refused") {
  const std::vector<std::string> entries = {"ab", std::string(300, 'x')};
  const auto files = tiles_of(entries).value();
  CHECK(files[0].path == "tile/entries/000.p/2");
  CHECK(files[0].bytes == std::string("\0\2ab\1\x2c", 6) + entries[1]);
  const std::vector<std::string> long_one = {std::string(65'536, 'x')};
  CHECK(tiles_of(long_one).error().code == ErrorCode::BadInput);
  CHECK(tiles_of({}).value().empty());
}
