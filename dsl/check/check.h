// Names, types, units and the rule graph. Takes what was parsed; gives a rulebook and every mistake found. One mistake
// gives one message: an expression that is wrong has no type, and nothing more is said of what stands on it.
#pragma once

#include "dsl/check/rulebook.h"
#include "dsl/diagnostics/diagnostic.h"

namespace assay {

// Parses and checks every file of `sources` together.
Rulebook check(Sources sources, DiagnosticSink& sink);

}  // namespace assay
