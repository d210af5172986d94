// Cuts a file into words, signs, texts and comments.
#include "dsl/format/lexemes.h"

#include <algorithm>

#include "dsl/syntax/tokens.h"

namespace assay::format {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::size_t lexeme_end(std::string_view text, std::size_t at) {
  using namespace syntax;
  for (const EndOfToken end_of :
       {&date_end, &financial_year_end, &money_end, &percent_end, &number_end, &qualified_name_end, &text_end}) {
    if (const std::size_t end = end_of(text, at); end > at) return end;
  }
  return character_end(text, at);
}

std::string_view without_end_blanks(std::string_view text) {
  while (!text.empty() && syntax::is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::size_t Lexemes::from(std::uint32_t begin) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(all, begin, {}, &Lexeme::begin) - all.begin());
}

Lexemes lexemes(std::string_view text) {
  Lexemes out;
  std::vector<Comment> comments;
  std::size_t line_begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  int line_breaks = 1;  // since what came last
  for (std::size_t at = line_begin; at < text.size();) {
    if (text[at] == '\n') {
      ++line_breaks;
      line_begin = ++at;
    } else if (syntax::is_blank(text[at])) {
      ++at;
    } else if (text[at] == '#') {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      comments.push_back({without_end_blanks(text.substr(at, end - at)),
                          width(text.substr(line_begin, at - line_begin)), line_breaks > 0, line_breaks > 1});
      line_breaks = 0;
      at = end;
    } else {
      const std::size_t end = lexeme_end(text, at);
      out.all.push_back({text.substr(at, end - at), static_cast<std::uint32_t>(at), line_breaks > 0, line_breaks > 1,
                         std::move(comments)});
      comments.clear();
      line_breaks = 0;
      if (const std::size_t inner = text.substr(at, end - at).rfind('\n'); inner != std::string_view::npos)
        line_begin = at + inner + 1;
      at = end;
    }
  }
  out.at_end = std::move(comments);
  return out;
}

}  // namespace assay::format
