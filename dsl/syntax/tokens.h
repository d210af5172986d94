// The smallest pieces of text: blanks, names, numbers, dates, texts. Used by the grammar and by the look over the
// characters that goes before it. Positions are bytes of the whole text handed in.
#pragma once

#include <cstddef>
#include <string_view>

namespace assay::syntax {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_name_character(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Past one character, of however many bytes.
std::size_t character_end(std::string_view text, std::size_t at);
// Past white space and comments.
std::size_t skip_blanks(std::string_view text, std::size_t at);

// Each gives the end of what begins at `at`, or `at` itself where there is none.
using EndOfToken = std::size_t (*)(std::string_view text, std::size_t at);
std::size_t name_end(std::string_view text, std::size_t at);            // overall
std::size_t qualified_name_end(std::string_view text, std::size_t at);  // cqc.overall
std::size_t integer_end(std::string_view text, std::size_t at);         // 12
std::size_t number_end(std::string_view text, std::size_t at);          // 12, 0.35
std::size_t date_end(std::string_view text, std::size_t at);  // 2025-12-05, whether or not there is such a day
std::size_t financial_year_end(std::string_view text, std::size_t at);  // 2024-25, whether or not they follow
// March 2025, January to March 2025, 2025, 2024-25: some days of the calendar.
std::size_t some_days_end(std::string_view text, std::size_t at);
std::size_t percent_end(std::string_view text, std::size_t at);   // 39%
std::size_t points_end(std::string_view text, std::size_t at);    // 3 points
std::size_t duration_end(std::string_view text, std::size_t at);  // 28 days
std::size_t money_end(std::string_view text, std::size_t at);     // £2.5k
// "text", `""` being a quote inside it. A blank line, or the end, before the closing quote: none.
std::size_t text_end(std::string_view text, std::size_t at);
// The words of a phrase, "at least", with blanks of any kind between them. `reached` is set to the last place at which
// a word of it was looked for, and `remaining` to the words from there on.
struct PhraseMatch {
  std::size_t end;
  std::size_t reached;
  std::string_view remaining;
  bool matched;
};
PhraseMatch match_phrase(std::string_view text, std::size_t at, std::string_view phrase);

}  // namespace assay::syntax
