// Spellings are replaced by their numbers first, since some hold commas; what is then left must be numbers.
#include "evidence/import/quality_statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "evidence/core/date.h"
#include "evidence/core/text.h"
#include "evidence/import/read_value.h"

namespace assay {

namespace {

constexpr std::array kStatements = {
    QualityStatement{1, "needs", "Assessing needs"},
    QualityStatement{2, "healthier_lives", "Supporting people to lead healthier lives"},
    QualityStatement{3, "equity", "Equity in experience and outcomes"},
    QualityStatement{4, "care_provision", "Care provision, integration and continuity"},
    QualityStatement{5, "partnerships", "Partnerships and communities"},
    QualityStatement{6, "safe_systems", "Safe pathways, systems and transitions"},
    QualityStatement{7, "safeguarding", "Safeguarding"},
    QualityStatement{8, "governance", "Governance, management and sustainability"},
    QualityStatement{9, "learning", "Learning, improvement and innovation"},
};

// Other ways in which they are written, longer before shorter.
struct Spelling {
  std::string_view words;
  int number;
};
constexpr std::array kOther = {
    Spelling{"supporting people to live healthier lives", 2},
    Spelling{"healthier lives", 2},
    Spelling{"equity in experiences and outcomes", 3},
    Spelling{"equity", 3},
    Spelling{"care provision", 4},
    Spelling{"partnerships", 5},
    Spelling{"safe systems pathways and transitions", 6},
    Spelling{"safe systems", 6},
    Spelling{"safe pathways", 6},
    Spelling{"governance", 8},
    Spelling{"learning", 9},
    Spelling{"needs", 1},
};

// Small letters and digits, all else a blank, but for the hyphen of 1-3.
std::string plain(std::string_view text) {
  std::string out = " ";
  const std::string small = lower_case(text);
  for (std::size_t i = 0; i < small.size(); ++i) {
    const char c = small[i];
    const bool digit = c >= '0' && c <= '9';
    const bool range = c == '-' && i > 0 && i + 1 < small.size() && small[i - 1] >= '0' && small[i - 1] <= '9' &&
                       small[i + 1] >= '0' && small[i + 1] <= '9';
    const bool word = digit || range || (c >= 'a' && c <= 'z');
    if (word || out.back() != ' ') out += word ? c : ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

void replace(std::string& text, std::string_view words, int number) {
  const std::string sought = plain(words);
  for (std::size_t at = 0; (at = text.find(sought, at)) != std::string::npos;)
    text.replace(at, sought.size(), fmt::format(" {} ", number));
}

std::optional<int> number_in(std::string_view digits) {
  const bool one = digits.size() == 1 && digits.front() >= '1' && digits.front() <= '9';
  return one ? std::optional(digits.front() - '0') : std::nullopt;
}

// "7", "qs7", "1-3".
bool take_word(std::string_view word, std::array<bool, 10>& named) {
  if (word == "qs" || word == "and" || word == "statement" || word == "statements" || word == "quality") return true;
  if (word.starts_with("qs")) word.remove_prefix(2);
  const std::size_t dash = word.find('-');
  const auto first = number_in(word.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : number_in(word.substr(dash + 1));
  if (!first || !last || *first > *last) return false;
  for (int number = *first; number <= *last; ++number) named[static_cast<std::size_t>(number)] = true;
  return true;
}

}  // namespace

std::span<const QualityStatement> quality_statements() { return kStatements; }

Result<std::vector<int>> read_statements(std::string_view text) {
  const auto unknown = [&](std::string message, std::string help) -> tl::unexpected<Error> {
    return fail(ErrorCode::BadInput, std::move(message), {}, std::move(help));
  };
  if (Date::parse(trim(text)))
    return unknown(fmt::format("`{}` is a day, where quality statements should stand", shown_text(text)),
                   "the spreadsheet took something like 7/8 for a date: write QS7/8");
  std::string words = plain(text);
  for (const QualityStatement& one : kStatements) replace(words, one.title, one.number);
  for (const Spelling& one : kOther) replace(words, one.words, one.number);
  for (const QualityStatement& one : kStatements) replace(words, one.name, one.number);
  if (words == " all ") words = " 1-9 ";
  std::array<bool, 10> named{};
  for (std::size_t at = 1; at < words.size();) {
    const std::size_t end = words.find(' ', at);
    const std::string_view word = std::string_view(words).substr(at, end - at);
    if (!take_word(word, named))
      return unknown(fmt::format("`{}` names no quality statement, in `{}`", shown_text(word), shown_text(text)),
                     "write their numbers, 1 to 9, or their names");
    at = end + 1;
  }
  std::vector<int> numbers;
  for (int number = 1; number <= 9; ++number)
    if (named[static_cast<std::size_t>(number)]) numbers.push_back(number);
  if (numbers.empty())
    return unknown(fmt::format("`{}` names no quality statement", shown_text(text)),
                   "write their numbers, 1 to 9, or their names");
  return numbers;
}

std::string statements_text(std::span<const int> numbers) {
  std::string out;
  for (const int number : numbers) {
    if (!out.empty()) out += "; ";
    out += kStatements[static_cast<std::size_t>(number - 1)].name;
  }
  return out;
}

}  // namespace assay
