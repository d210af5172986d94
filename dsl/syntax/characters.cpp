// What each sign that the language does not use says in words, and the forms of number it does not read.
#include "dsl/syntax/characters.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "dsl/syntax/tokens.h"
#include "evidence/core/text.h"

namespace assay::syntax {

namespace {

struct Sign {
  std::string_view text, help;
};

// Longer ones first, so that `<=` is not taken for `<`.
constexpr auto kSigns = std::to_array<Sign>({
    {"<=", "write `is at most`"},
    {">=", "write `is at least`"},
    {"==", "write `is`"},
    {"!=", "write `is not`"},
    {"<>", "write `is not`"},
    {"&&", "write `and`"},
    {"||", "write `or`"},
    {"≤", "write `is at most`"},
    {"≥", "write `is at least`"},
    {"≠", "write `is not`"},
    {"<", "write `is less than`"},
    {">", "write `is more than`"},
    {"!", "write `not`"},
    {"&", "write `and`"},
    {"|", "write `or`"},
    {";", "leave it out: a clause ends where the next clause word begins"},
    {"{", "group with ( and ); braces belong into the texts of `says` and `action`"},
    {"}", "group with ( and ); braces belong into the texts of `says` and `action`"},
    {"[", "group with ( and )"},
    {"]", "group with ( and )"},
    {"'", "texts stand in double quotes: \"text\""},
    {"‘", "texts stand in straight double quotes: \"text\""},
    {"’", "texts stand in straight double quotes: \"text\""},
    {"“", "texts stand in straight double quotes: \"text\""},
    {"”", "texts stand in straight double quotes: \"text\""},
    {"×", "write `*`"},
    {"÷", "write `/`"},
    {"−", "write `-`"},
    {"–", "write `-`"},
    {"—", "write `-`"},
    {"½", "write 0.5"},
    {"$", "money is in pounds: £2500"},
    {"€", "money is in pounds: £2500"},
    {"~", "write `not`"},
    {"?", "a condition follows `when`, another value `otherwise`"},
    {"\\", "write `/` to divide"},
});

constexpr std::string_view kUsed = "(),:=+-*/%";
constexpr std::string_view kPound = "£", kNoBreakSpace = "\xC2\xA0";

CharacterFault stray(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  for (const Sign& sign : kSigns) {
    if (rest.starts_with(sign.text)) {
      return {DiagnosticKind::StrayCharacter, at, at + sign.text.size(),
              fmt::format("the language has no sign `{}`", sign.text), std::string(sign.help)};
    }
  }
  const std::size_t length = character_end(text, at) - at;
  const auto first = static_cast<unsigned char>(text[at]);
  if (rest.starts_with(kNoBreakSpace)) {
    return {DiagnosticKind::StrayCharacter, at, at + length, "this blank is a no-break space",
            "write an ordinary space"};
  }
  if (first < 0x20 || first == 0x7F) {
    return {DiagnosticKind::StrayCharacter, at, at + length,
            fmt::format("a control character (code {}) stands here", first), "delete it"};
  }
  if (first >= 0x80) {
    return {DiagnosticKind::StrayCharacter, at, at + length,
            fmt::format("`{}` stands outside a text", rest.substr(0, length)),
            "names are made of the letters a to z, digits and `_`; a title can hold any character"};
  }
  if (text[at] == '.') {
    return {DiagnosticKind::StrayCharacter, at, at + 1, "a dot stands alone here",
            "a dot joins a ruleset to a name in it, as in `cqc.overall`, or stands between the digits of a number"};
  }
  if (text[at] == '_') {
    return {DiagnosticKind::StrayCharacter, at, at + 1, "a name starts with `_`", "start it with a letter"};
  }
  return {DiagnosticKind::StrayCharacter, at, at + length,
          fmt::format("the language has no sign `{}`", rest.substr(0, length)),
          "outside texts it uses words, numbers and the signs ( ) , : = + - * / % £"};
}

// The end of a number at `at`, or what is wrong with it.
std::size_t past_number(std::string_view text, std::size_t at, std::optional<CharacterFault>& fault) {
  for (const EndOfToken end_of : {&date_end, &money_end, &percent_end, &number_end}) {
    const std::size_t end = end_of(text, at);
    if (end == at) continue;
    const auto digits_after = [&](std::size_t from) {
      return static_cast<std::size_t>(std::ranges::find_if_not(text.substr(from), is_digit) -
                                      text.substr(from).begin());
    };
    if (end < text.size() && text[end] == ',' && is_digit(text[end - 1]) && digits_after(end + 1) == 3) {
      std::string digits(text.substr(at, end - at));
      fault = {DiagnosticKind::ThousandsComma, at, end + 4,
               fmt::format("`{}` has a comma inside a number", text.substr(at, end + 4 - at)),
               fmt::format("write {}{}, or in a list a space after the comma", digits, text.substr(end + 1, 3))};
    } else if (end < text.size() && text[end] == '.') {
      fault = {DiagnosticKind::BadNumber, at, end + 1,
               fmt::format("`{}` ends in a point", text.substr(at, end + 1 - at)),
               "write digits after the point, or leave it out"};
    }
    return end;
  }
  std::size_t end = at + 1;
  while (end < text.size() && (is_name_character(text[end]) || text[end] == '%')) ++end;
  fault = {DiagnosticKind::BadNumber, at, end, fmt::format("`{}` is not a number", text.substr(at, end - at)),
           "names start with a letter; put it in quotes if it is a text, or write its unit after a space"};
  return end;
}

}  // namespace

std::optional<CharacterFault> check_bytes(std::string_view text, std::size_t begin) {
  const std::size_t nul = std::min(text.find('\0', begin), text.size());
  const std::optional<std::size_t> bad = first_bad_utf8(text.substr(begin));
  if (bad && begin + *bad < nul) {
    const std::size_t at = begin + *bad;
    return CharacterFault{DiagnosticKind::NotUtf8, at, at + 1,
                          fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[at])),
                          "save the file as UTF-8"};
  }
  if (nul < text.size())
    return CharacterFault{DiagnosticKind::NulByte, nul, nul + 1, "a byte of value 0 stands here",
                          "delete it; no text has one"};
  return std::nullopt;
}

std::optional<CharacterFault> check_characters(std::string_view text, std::size_t begin) {
  std::optional<CharacterFault> fault;
  std::size_t at = begin;
  while (!fault && (at = skip_blanks(text, at)) < text.size()) {
    const char c = text[at];
    if (c == '"') {
      const std::size_t end = text_end(text, at);
      if (end == at) {
        const std::size_t line_end = std::min(text.find('\n', at), text.size());
        const std::size_t shown = text[line_end - 1] == '\r' ? line_end - 1 : line_end;
        return CharacterFault{DiagnosticKind::ForgottenQuote, at, shown, "the text that begins here is not closed",
                              "close it with a quote; a quote inside a text is written twice"};
      }
      at = end;
    } else if (is_letter(c)) {
      at = qualified_name_end(text, at);
    } else if (is_digit(c)) {
      at = past_number(text, at, fault);
    } else if (text.substr(at).starts_with(kPound)) {
      if (at + kPound.size() < text.size() && is_digit(text[at + kPound.size()])) {
        at = past_number(text, at, fault);
      } else {
        fault = {DiagnosticKind::BadNumber, at, at + kPound.size(), "no number follows the `£`",
                 "write the amount right after it: £2500, £2.5k, £3m"};
      }
    } else if (c == '.' && at + 1 < text.size() && is_digit(text[at + 1])) {
      fault = {DiagnosticKind::BadNumber, at, number_end(text, at + 1), "a number starts with a point",
               "write a 0 before it"};
    } else if (kUsed.find(c) != std::string_view::npos && !text.substr(at).starts_with("==")) {
      ++at;
    } else {
      fault = stray(text, at);
    }
  }
  return fault;
}

}  // namespace assay::syntax
