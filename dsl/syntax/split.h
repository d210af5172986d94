// A file cut into its declarations, before any of them is read: what one mistake spoils ends at the next word in column
// one.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace assay::syntax {

// Begins in column one. `end` is after its last word or sign, `until` where the next piece begins: comments lie
// between.
struct Piece {
  std::size_t begin = 0, end = 0, until = 0;
};

// The first piece holds what stands before the first declaration; it begins and ends at one place where there is
// nothing.
std::vector<Piece> split(std::string_view text);

}  // namespace assay::syntax
