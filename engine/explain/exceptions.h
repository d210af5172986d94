// The exceptions of a definition, each with what stood above it (docs/language.md 6.1).
#pragma once

#include <optional>
#include <vector>

#include "engine/eval/evaluation.h"

namespace assay {

struct Exceptions {
  std::vector<Cell> stands;           // before each exception, and after the last
  std::vector<Cell> conditions;       // of each
  std::optional<std::size_t> winner;  // the last that applies
};

Exceptions exceptions_of(Evaluation& evaluation, const DefineRule& body, const Scope& scope);

}  // namespace assay
