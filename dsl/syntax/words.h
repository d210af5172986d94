// The words of the language (docs/language.md 1.3): one table, which the grammar checks itself against when it is
// compiled.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace assay::syntax {

enum class WordUse {
  Word,   // of the language; no name may be one
  Fixed,  // a word in one fixed place only, so free as a name: `high`, `statute`
};

struct WordRow {
  std::string_view text;
  WordUse use;
};

namespace words {
inline constexpr WordUse W = WordUse::Word, F = WordUse::Fixed;
// In the order of the alphabet, for the search.
inline constexpr auto kTable = std::to_array<WordRow>({
    // clang-format off
    {"above", W}, {"action", W}, {"activity", F}, {"after", F}, {"ago", W}, {"aim", F}, {"all", W}, {"along", W},
    {"among", W}, {"and", W}, {"announced", F}, {"answers", F}, {"any", W}, {"applicable", W}, {"apply", W}, {"are", W},
    {"as", W}, {"asked", W}, {"at", W}, {"available", F}, {"average", W}, {"back", F}, {"basis", W}, {"because", W},
    {"before", F}, {"best", W}, {"better", W}, {"between", W}, {"break", W}, {"bring", F}, {"but", W}, {"by", W},
    {"change", W}, {"choice", W}, {"cite", W}, {"clear", W}, {"code", W}, {"commend", F}, {"complete", W},
    {"conflict", F}, {"consecutive", W}, {"costs", W}, {"count", W}, {"date", W}, {"day", W}, {"days", W},
    {"decided", W}, {"decile", W}, {"decimal", W}, {"define", W}, {"development", F}, {"down", W}, {"draft", F},
    {"due", W}, {"duration", W}, {"each", W}, {"edition", W}, {"effect", W}, {"ended", W}, {"enter", W},
    {"entering", W}, {"event", W}, {"every", W}, {"evidence", W}, {"exactly", W}, {"exit", W}, {"expect", W},
    {"expecting", W}, {"experience", F}, {"financial", F}, {"first", W}, {"flag", W}, {"for", W}, {"force", F},
    {"forward", F}, {"fresh", W}, {"from", W}, {"given", W}, {"gives", W}, {"good", F}, {"guidance", F}, {"high", F},
    {"higher", W}, {"highest", W}, {"hour", F}, {"hours", F}, {"ignoring", W}, {"improve", F}, {"in", W},
    {"inequalities", F}, {"inferred", F}, {"inform", F}, {"informed", W}, {"inputs", W}, {"interaction", W}, {"is", W},
    {"judge", F}, {"judgement", W}, {"keep", W}, {"kind", W}, {"known", W}, {"last", F}, {"least", W}, {"less", W},
    {"local", W}, {"low", F}, {"lower", W}, {"lowest", W}, {"may", W}, {"measures", W}, {"median", W}, {"medium", F},
    {"meet", W}, {"mentions", F}, {"method", W}, {"middle", F}, {"missing", W}, {"money", W}, {"month", W},
    {"months", W}, {"more", W}, {"most", W}, {"nearest", W}, {"no", W}, {"none", W}, {"not", W}, {"of", W}, {"on", W},
    {"one", W}, {"or", W}, {"other", W}, {"otherwise", W}, {"outcome", F}, {"outcomes", F}, {"over", W}, {"owner", W},
    {"parameter", W}, {"percent", W}, {"percentile", W}, {"place", F}, {"places", F}, {"plural", W}, {"points", W},
    {"previous", W}, {"priority", F}, {"process", F}, {"productivity", F}, {"proposed", F}, {"proxy", W},
    {"published", W}, {"publisher", W}, {"purpose", W}, {"put", F}, {"quarter", W}, {"quarters", W}, {"quartile", W},
    {"quintile", W}, {"raise", F}, {"raised", W}, {"rank", W}, {"rating", W}, {"read", W}, {"reading", W},
    {"readings", W}, {"recorded", W}, {"reference", W}, {"regime", W}, {"relation", W}, {"release", F}, {"rounded", W},
    {"row", W}, {"ruleset", W}, {"safety", F}, {"same", W}, {"says", W}, {"scale", W}, {"scenario", W}, {"score", W},
    {"sector", W}, {"serves", F}, {"set", W}, {"severity", W}, {"share", W}, {"since", W}, {"some", F}, {"source", W},
    {"spread", W}, {"stage", W}, {"stale", F}, {"standard", W}, {"starts", W}, {"statute", F}, {"sum", W},
    {"superseded", F}, {"suppressed", W}, {"table", W}, {"take", W}, {"text", W}, {"than", W}, {"that", W}, {"the", W},
    {"theme", W}, {"then", W}, {"ties", W}, {"tighten", F}, {"title", W}, {"to", W}, {"undetermined", W}, {"unique", F},
    {"unknown", W}, {"unless", W}, {"until", F}, {"up", W}, {"upper", W}, {"url", W}, {"use", W}, {"waived", W},
    {"waiver", F}, {"week", W}, {"weeks", W}, {"weight", W}, {"weighted", W}, {"when", W}, {"where", W}, {"whole", W},
    {"why", W}, {"with", W}, {"withdrawn", W}, {"within", W}, {"worse", W}, {"worst", W}, {"year", W}, {"years", W},
    {"yes", W},
    // clang-format on
});
static_assert(std::ranges::is_sorted(kTable, {}, &WordRow::text));
}  // namespace words

constexpr const WordRow* find_word(std::string_view text) {
  const auto found = std::ranges::lower_bound(words::kTable, text, {}, &WordRow::text);
  return found != words::kTable.end() && found->text == text ? &*found : nullptr;
}

// Whether each word of a phrase has a row.
constexpr bool all_listed(std::string_view phrase) {
  while (true) {
    const std::size_t space = phrase.find(' ');
    if (!std::ranges::binary_search(words::kTable, phrase.substr(0, space), {}, &WordRow::text)) return false;
    if (space == std::string_view::npos) return true;
    phrase.remove_prefix(space + 1);
  }
}

// Whether a name may not be this.
constexpr bool is_word(std::string_view text) {
  const WordRow* row = find_word(text);
  return row && row->use != WordUse::Fixed;
}

// The words that start a declaration.
std::span<const std::string_view> declaration_words();

// Names, in the form of the tokens of tokens.h: the end of the name at `at`, or `at` where there is none or where it is
// a word of the language.
std::size_t declared_name_end(std::string_view text, std::size_t at);  // overall
std::size_t used_name_end(std::string_view text, std::size_t at);      // also cqc.overall; after a dot any word is free
std::size_t place_word_end(std::string_view text, std::size_t at);     // section, question, table

}  // namespace assay::syntax
