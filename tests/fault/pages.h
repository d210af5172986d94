// The pages of a SQLite file, as far as the tests must know them: https://www.sqlite.org/fileformat.html
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace assay::test {

constexpr std::size_t kPageBytes = 4096;

// Bytes [begin, end) of the file.
struct Range {
  std::size_t begin = 0, end = 0;
};
// Between the cell pointers and the cells of each b-tree page: belongs to no row.
std::vector<Range> unallocated(const std::string& bytes);

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);

}  // namespace assay::test
