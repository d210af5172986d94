// From the furthest place the grammar reached to a message: what was found there, and what could stand there instead.
#pragma once

#include <string_view>
#include <variant>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/syntax/read.h"

namespace assay::syntax {

// What was read: bytes begin to end of a file, called `what` in messages ("flag", "text in braces").
struct ReadText {
  const Sources& sources;
  FileId file;
  std::size_t begin, end;
  std::string_view what;
};

// `found` holds no Node.
Diagnostic describe(const std::variant<Node, Unread, NestedTooFar>& found, const ReadText& in);

}  // namespace assay::syntax
