// What both begin and end with is left out, but for a few words.
#include "apps/cli/two_texts.h"

#include <iterator>
#include <sstream>
#include <vector>

#include "apps/cli/lines.h"

namespace assay::cli {

namespace {

// The words that differ, with a few on either side.
std::string around(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  constexpr std::size_t kBeside = 6;
  const std::size_t from = begin > kBeside ? begin - kBeside : 0, to = std::min(words.size(), end + kBeside);
  return fmt::format("{}{}{}", from > 0 ? "... " : "",
                     fmt::join(words.begin() + static_cast<std::ptrdiff_t>(from),
                               words.begin() + static_cast<std::ptrdiff_t>(to), " "),
                     to < words.size() ? " ..." : "");
}

std::vector<std::string> split_words(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

}  // namespace

void print_two_texts(const std::string& first, const std::string& was, const std::string& second,
                     const std::string& now) {
  const auto a = split_words(was), b = split_words(now);
  std::size_t same = 0, end = 0;
  while (same < std::min(a.size(), b.size()) && a[same] == b[same]) ++same;
  while (end < std::min(a.size(), b.size()) - same && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  print_lines(first, around(a, same, a.size() - end));
  print_lines(second, around(b, same, b.size() - end));
}

}  // namespace assay::cli
