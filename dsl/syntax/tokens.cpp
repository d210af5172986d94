// Where names, numbers, dates, durations and texts end.
#include "dsl/syntax/tokens.h"

#include <algorithm>
#include <array>

#include "evidence/core/date.h"

namespace assay::syntax {

namespace {

constexpr std::string_view kPound = "£";
constexpr auto kDurationUnits = std::to_array<std::string_view>(
    {"day", "days", "week", "weeks", "month", "months", "quarter", "quarters", "year", "years"});

char character(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }

std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// A number, its unit sign and whatever is glued to it; none where a letter follows, as in 72A.
std::size_t unless_glued(std::string_view text, std::size_t begin, std::size_t end) {
  return is_name_character(character(text, end)) ? begin : end;
}

// Digits, and a point with digits after it.
std::size_t bare_number_end(std::string_view text, std::size_t at) {
  const std::size_t whole = digits_end(text, at);
  if (whole == at || character(text, whole) != '.' || !is_digit(character(text, whole + 1))) return whole;
  return digits_end(text, whole + 1);
}

}  // namespace

std::size_t character_end(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u);
  return at;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (is_blank(text[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::size_t name_end(std::string_view text, std::size_t at) {
  if (!is_letter(character(text, at))) return at;
  while (is_name_character(character(text, at))) ++at;
  return at;
}

std::size_t qualified_name_end(std::string_view text, std::size_t at) {
  std::size_t end = name_end(text, at);
  while (end > at && character(text, end) == '.' && is_letter(character(text, end + 1))) end = name_end(text, end + 1);
  return end;
}

std::size_t integer_end(std::string_view text, std::size_t at) {
  const std::size_t end = digits_end(text, at);
  const char next = character(text, end);
  if (next == '%' || (next == '.' && is_digit(character(text, end + 1)))) return at;
  return unless_glued(text, at, end);
}

std::size_t number_end(std::string_view text, std::size_t at) {
  return unless_glued(text, at, bare_number_end(text, at));
}

std::size_t date_end(std::string_view text, std::size_t at) {
  const std::size_t year = digits_end(text, at);
  if (year != at + 4 || character(text, year) != '-') return at;
  const std::size_t month = digits_end(text, year + 1);
  if (month != year + 3 || character(text, month) != '-') return at;
  const std::size_t day = digits_end(text, month + 1);
  return day == month + 3 ? unless_glued(text, at, day) : at;
}

std::size_t financial_year_end(std::string_view text, std::size_t at) {
  const std::size_t year = digits_end(text, at);
  if (year != at + 4 || character(text, year) != '-') return at;
  const std::size_t end = digits_end(text, year + 1);
  if ((end != year + 3 && end != year + 5) || character(text, end) == '-') return at;
  return unless_glued(text, at, end);
}

namespace {

std::size_t month_end(std::string_view text, std::size_t at) {
  const std::size_t end = name_end(text, at);
  return month_by_name(text.substr(at, end - at)) ? end : at;
}

}  // namespace

std::size_t some_days_end(std::string_view text, std::size_t at) {
  std::size_t year = at;
  if (const std::size_t month = month_end(text, at); month > at) {
    year = skip_blanks(text, month);
    if (const std::size_t to = name_end(text, year); text.substr(year, to - year) == "to") {
      const std::size_t last = skip_blanks(text, to);
      const std::size_t last_end = month_end(text, last);
      if (last_end == last) return at;
      year = skip_blanks(text, last_end);
    }
  } else if (const std::size_t end = financial_year_end(text, at); end > at) {
    return end;
  }
  const std::size_t end = digits_end(text, year);
  return end == year + 4 && character(text, end) != '-' ? unless_glued(text, at, end) : at;
}

std::size_t percent_end(std::string_view text, std::size_t at) {
  const std::size_t end = bare_number_end(text, at);
  return end != at && character(text, end) == '%' ? unless_glued(text, at, end + 1) : at;
}

std::size_t points_end(std::string_view text, std::size_t at) {
  const std::size_t number = number_end(text, at);
  if (number == at) return at;
  const std::size_t unit = skip_blanks(text, number);
  const std::size_t end = name_end(text, unit);
  const std::string_view word = text.substr(unit, end - unit);
  return word == "points" || word == "point" ? end : at;
}

std::size_t duration_end(std::string_view text, std::size_t at) {
  const std::size_t number = integer_end(text, at);
  if (number == at) return at;
  const std::size_t unit = skip_blanks(text, number);
  const std::size_t end = name_end(text, unit);
  return std::ranges::find(kDurationUnits, text.substr(unit, end - unit)) != kDurationUnits.end() ? end : at;
}

std::size_t money_end(std::string_view text, std::size_t at) {
  if (!text.substr(std::min(at, text.size())).starts_with(kPound)) return at;
  const std::size_t number = at + kPound.size();
  std::size_t end = bare_number_end(text, number);
  if (end == number) return at;
  const std::size_t size_word = name_end(text, end);
  const std::string_view size = text.substr(end, size_word - end);
  if (size == "k" || size == "m" || size == "bn") end = size_word;
  return unless_glued(text, at, end);
}

// A quote that closes a text of several lines and has a letter right after it was meant to open one: the quote at `at`
// was left open, and the message had better point there.
namespace {

// After the quote that ends a text stands a blank, a comma, a bracket, a remark or nothing. Where something else
// follows a text of several lines, its quote was forgotten and this one begins the next: `"{council} is late"`.
bool begins_text(char next) {
  return next != '\0' && next != '\n' && next != '\r' && !is_blank(next) &&
         std::string_view(",)#").find(next) == std::string_view::npos;
}

}  // namespace

std::size_t text_end(std::string_view text, std::size_t at) {
  if (character(text, at) != '"') return at;
  bool line_is_blank = false;
  for (std::size_t here = at + 1; here < text.size(); ++here) {
    const char c = text[here];
    if (c == '\n') {
      if (line_is_blank) return at;
      line_is_blank = true;
    } else if (c == '"') {
      if (character(text, here + 1) != '"') {
        const bool several_lines = text.substr(at, here - at).find('\n') != std::string_view::npos;
        return several_lines && begins_text(character(text, here + 1)) ? at : here + 1;
      }
      ++here;
      line_is_blank = false;
    } else if (!is_blank(c)) {
      line_is_blank = false;
    }
  }
  return at;
}

PhraseMatch match_phrase(std::string_view text, std::size_t at, std::string_view phrase) {
  std::string_view remaining = phrase;
  std::size_t end = at;
  while (true) {
    const std::size_t begin = skip_blanks(text, end);
    const std::string_view word = remaining.substr(0, remaining.find(' '));
    if (text.substr(begin, word.size()) != word || is_name_character(character(text, begin + word.size()))) {
      return {at, begin, remaining, false};
    }
    end = begin + word.size();
    if (word.size() == remaining.size()) return {end, begin, remaining, true};
    remaining.remove_prefix(word.size() + 1);
  }
}

}  // namespace assay::syntax
