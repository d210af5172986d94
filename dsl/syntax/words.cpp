// Names and the words they may not be.
#include "dsl/syntax/words.h"

#include "dsl/syntax/tokens.h"

namespace assay::syntax {

namespace {
constexpr auto kDeclarations = std::to_array<std::string_view>(
    {"ruleset", "local", "use", "source", "theme", "scale", "kind", "relation", "evidence", "parameter", "method",
     "define", "rating", "table", "flag", "interaction", "regime", "scenario"});
}  // namespace

std::span<const std::string_view> declaration_words() { return kDeclarations; }

std::size_t declared_name_end(std::string_view text, std::size_t at) {
  const std::size_t end = name_end(text, at);
  return is_word(text.substr(at, end - at)) ? at : end;
}

std::size_t used_name_end(std::string_view text, std::size_t at) {
  return declared_name_end(text, at) == at ? at : qualified_name_end(text, at);
}

std::size_t place_word_end(std::string_view text, std::size_t at) {
  const std::size_t end = name_end(text, at);
  const WordRow* row = find_word(text.substr(at, end - at));
  // Publications have tables, and no clause begins with the word.
  const bool taken = row && row->use == WordUse::Word && row->text != "table";
  return taken ? at : end;
}

}  // namespace assay::syntax
