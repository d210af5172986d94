// Finds the words in column one that are not inside a text.
#include "dsl/syntax/split.h"

#include <algorithm>

#include "dsl/syntax/tokens.h"

namespace assay::syntax {

namespace {
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // some editors begin a file with it
}

std::vector<Piece> split(std::string_view text) {
  const std::size_t first = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  std::vector<Piece> pieces = {{first, first, text.size()}};
  std::size_t at = first;
  while (at < text.size()) {
    const char c = text[at];
    const bool column_one = at == first || text[at - 1] == '\n';
    if (is_blank(c)) {
      ++at;
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (column_one) {
      pieces.back().until = at;
      pieces.push_back({at, at, text.size()});
    } else if (pieces.size() == 1 && pieces[0].begin == pieces[0].end) {
      pieces[0].begin = at;
    }
    // A text may go on in column one; one that is never closed ends with its line.
    const std::size_t closed = text_end(text, at);
    if (closed > at) {
      at = closed;
    } else {
      at = c == '"' ? std::min(text.find('\n', at), text.size()) : at + 1;
    }
    pieces.back().end = at;
  }
  return pieces;
}

}  // namespace assay::syntax
