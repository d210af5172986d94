// Do a step's words stand at its place in the text, and do its counts add up?
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "apps/verifier/accept/parts.h"

namespace assay::verifier {
namespace {

std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> found;
  std::string token;
  for (const char c : text) {
    const bool part = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & '\x80') != 0;
    if (part) token += c;
    if (!part && !token.empty()) found.push_back(std::exchange(token, {}));
    if (!part && std::isspace(static_cast<unsigned char>(c)) == 0) found.emplace_back(1, c);
  }
  if (!token.empty()) found.push_back(token);
  return found;
}

// From a line to the next declaration, without remarks.
std::string declaration_at(std::string_view text, std::size_t line) {
  std::string found;
  std::size_t at = 0;
  for (std::size_t number = 1; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view words = text.substr(at, end - at);
    at = end + 1;
    if (number < line) continue;
    if (number > line && !words.empty() && std::isalpha(static_cast<unsigned char>(words.front())) != 0) break;
    found += std::string(words.substr(0, words.find('#'))) + "\n";
  }
  return found;
}

// One word after another, with nothing between.
bool stands_whole(const std::vector<std::string>& words, const std::vector<std::string>& text) {
  return std::search(text.begin(), text.end(), words.begin(), words.end()) != text.end();
}

// In their order, with others between: of bands, rows and criteria only those are shown that bear on the answer, with a
// colon or a comma where they are joined. Two words at least of each.
bool stands_in_order(const std::vector<std::string>& words, const std::vector<std::string>& text) {
  constexpr std::size_t kTogether = 2;
  auto at = text.begin();
  for (std::size_t i = 0; i < words.size();) {
    if (words[i] == ":" || words[i] == ",") {
      ++i;
      continue;
    }
    if (i + kTogether > words.size()) return false;
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
    at = std::search(at, text.end(), begin, begin + kTogether);
    if (at == text.end()) return false;
    while (i < words.size() && at != text.end() && *at == words[i]) ++i, ++at;
  }
  return true;
}

// "of 15 councils: 3 yes, 12 no": the parts make the whole.
bool adds_up(std::string_view note) {
  const std::size_t of = note.find("of "), colon = note.find(": ");
  if (of != 0 || colon == std::string_view::npos) return true;
  const auto number = [](std::string_view text) {
    std::int64_t found = -1;
    for (const char c : text) {
      if (std::isdigit(static_cast<unsigned char>(c)) == 0) break;
      found = std::max<std::int64_t>(found, 0) * 10 + (c - '0');
    }
    return found;
  };
  const std::int64_t whole = number(note.substr(3));
  std::int64_t parts = 0;
  std::string_view rest = note.substr(colon + 2);
  rest = rest.substr(0, rest.find(';'));
  rest = rest.substr(0, rest.find("missing: "));  // and then their names
  if (number(rest) < 0) return true;
  while (!rest.empty()) {
    parts += std::max<std::int64_t>(number(rest), 0);  // "left out, missing" is one part
    const std::size_t comma = rest.find(", ");
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 2);
  }
  return whole < 0 || whole == parts;
}

bool stands_anywhere(const std::vector<std::string>& words, const Rulebook& book) {
  for (std::uint32_t i = 0; i < book.sources.size(); ++i)
    if (stands_whole(words, tokens_of(book.sources.file(FileId{i}).text()))) return true;
  return false;
}

// What no author wrote, of rows that every regime has and of flags that only interactions raise.
std::optional<std::string> words_of_regime(const ExplainedStep& step, const Rulebook& book) {
  const auto rule = book.find_rule(step.text("rule"));
  if (!rule) return std::nullopt;
  if (std::holds_alternative<StageRule>(book.rule(*rule).body)) return "the stage people recorded";
  if (const auto* flag = std::get_if<FlagRule>(&book.rule(*rule).body); flag != nullptr && !flag->when)
    return "raised by interactions only";
  if (const auto* table = std::get_if<TableRule>(&book.rule(*rule).body)) {
    const std::string_view any = table->unique ? "the one row that fits" : "the first row that fits";
    if (step.text("words") == any) return std::string(any);
  }
  const auto* unsupported = std::get_if<UnsupportedRule>(&book.rule(*rule).body);
  if (unsupported == nullptr) return std::nullopt;
  const Regime& regime = book.regimes[unsupported->regime.index];
  const ValueType& stages = book.schema.field(regime.field).type;
  return stages.labels[unsupported->stage.index].title +
         " is recorded, and on the day of that decision the criteria to enter it were not met";
}

// "from points: low at 25 to 62, high at 63 or more": whence, and the bands that bear on the answer.
bool stands_by_bands(std::string_view said, const std::vector<std::string>& text) {
  const std::size_t end = said.find(": ");
  if (end == std::string_view::npos || !stands_whole(tokens_of(said.substr(0, end)), text)) return false;
  for (std::string_view rest = said.substr(end + 2); !rest.empty();) {
    const std::size_t comma = std::min(rest.find(", "), rest.size());
    if (!stands_whole(tokens_of(rest.substr(0, comma)), text)) return false;
    rest.remove_prefix(std::min(comma + 2, rest.size()));
  }
  return true;
}

bool is_rating(const ExplainedStep& step, const Rulebook& book) {
  const auto rule = book.find_rule(step.text("rule"));
  return rule && std::holds_alternative<RatingRule>(book.rule(*rule).body);
}

// Of which sorts of rule parts are shown.
bool shown_in_part(const ExplainedStep& step, const Rulebook& book) {
  if (step.text("kind") == "method") return true;
  const auto rule = book.find_rule(step.text("rule"));
  if (!rule) return false;
  const auto& body = book.rule(*rule).body;
  if (const auto* define = std::get_if<DefineRule>(&body)) return !define->buts.empty();
  if (const auto* flag = std::get_if<FlagRule>(&body)) return flag->unless.has_value();
  return !std::holds_alternative<InteractionRule>(body);
}

}  // namespace

std::optional<std::string> fault_of_words(const ExplainedStep& step, const Rulebook& book) {
  if (!adds_up(step.text("note"))) return fmt::format("`{}` does not add up", step.text("note"));
  const std::string_view place = step.text("place");
  if (place.empty() || step.text("words").empty()) return std::nullopt;
  if (step.text("kind") == "exception") return std::nullopt;  // of two parts of the text: asked with its rule
  if (const auto fixed = words_of_regime(step, book)) {
    if (step.text("words") == *fixed) return std::nullopt;
    return fmt::format("of this row `{}` is said, and not `{}`", *fixed, step.text("words"));
  }
  const std::size_t colon = place.rfind(':');
  if (colon == std::string_view::npos) return fmt::format("`{}` is no place in a text", place);
  const std::size_t line = std::stoul("0" + std::string(place.substr(colon + 1)));
  std::string_view said = step.text("words");
  if (step.text("kind") == "method") {  // the call, wherever it stands, and then the method's formula
    const std::size_t end = said.find(": ");
    if (end == std::string_view::npos) return "a call is followed by its formula";
    if (!stands_anywhere(tokens_of(said.substr(0, end)), book))
      return fmt::format("`{}` is no call", said.substr(0, end));
    said = said.substr(end + 2);
  }
  const auto words = tokens_of(said);
  for (std::uint32_t i = 0; i < book.sources.size(); ++i) {
    const std::string& name = book.sources.file(FileId{i}).path();
    if (!name.ends_with(place.substr(0, colon))) continue;
    const auto text = tokens_of(declaration_at(book.sources.file(FileId{i}).text(), line));
    if (stands_whole(words, text)) return std::nullopt;
    if (is_rating(step, book) ? stands_by_bands(said, text) : shown_in_part(step, book) && stands_in_order(words, text))
      return std::nullopt;
  }
  return fmt::format("`{}` does not stand at {}", step.text("words"), place);
}

}  // namespace assay::verifier
