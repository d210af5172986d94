// A look over the characters of a declaration before it is read, for what no grammar could explain as well: signs the
// language says in words, quotes left open, commas inside numbers, bytes that are no text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/diagnostics/diagnostic.h"

namespace assay::syntax {

struct CharacterFault {
  DiagnosticKind kind;
  std::size_t begin, end;
  std::string message, help;
};

// The first byte from `begin` on that is 0 or not UTF-8. The message leaves the place out.
std::optional<CharacterFault> check_bytes(std::string_view text, std::size_t begin);
// The first such sign, number or quote from `begin` on; text must be UTF-8.
std::optional<CharacterFault> check_characters(std::string_view text, std::size_t begin);

}  // namespace assay::syntax
