// Reads page headers only.
#include "tests/fault/pages.h"

#include <fstream>
#include <iterator>

namespace assay::test {
namespace {

std::size_t big_endian_16(const std::string& bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
  return byte(at) << 8 | byte(at + 1);
}

}  // namespace

std::vector<Range> unallocated(const std::string& bytes) {
  constexpr char kInteriorIndex = 2, kInteriorTable = 5, kLeafIndex = 10, kLeafTable = 13;
  std::vector<Range> gaps;
  for (std::size_t page = 0; page + kPageBytes <= bytes.size(); page += kPageBytes) {
    const std::size_t header = page == 0 ? 100 : page;  // the first page begins with the file's own header
    const char kind = bytes[header];
    if (kind != kInteriorIndex && kind != kInteriorTable && kind != kLeafIndex && kind != kLeafTable) continue;
    const bool interior = kind == kInteriorIndex || kind == kInteriorTable;
    const std::size_t cells = big_endian_16(bytes, header + 3), content = big_endian_16(bytes, header + 5);
    const std::size_t begin = header + (interior ? 12 : 8) + 2 * cells;
    if (begin < page + content) gaps.push_back({begin, page + content});
  }
  return gaps;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace assay::test
