// Text to nodes: the door to the grammar, with no PEGTL in sight. Only read.cpp includes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dsl/syntax/node.h"

namespace assay::syntax {

enum class Reading { Declaration, Value };

// The furthest place at which something was looked for, and what could have stood there.
struct Unread {
  std::size_t offset = 0;
  std::vector<std::string> words;         // phrases of the language
  std::vector<std::string> descriptions;  // "a value", "a name"
};
// Where a level too many begins.
struct NestedTooFar {
  std::size_t offset = 0;
};

// Reads text from `begin` to its end; offsets count from the beginning of `text`.
std::variant<Node, Unread, NestedTooFar> read(std::string_view text, std::size_t begin, Reading what);

}  // namespace assay::syntax
