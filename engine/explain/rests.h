// What an explanation rests on: the rows, named absences and parameters that decided.
#pragma once

#include <vector>

#include "engine/explain/explanation.h"

namespace assay {

// In the order the steps were made, each once. Points into the explanation.
struct Rests {
  std::vector<const EvidenceLeaf*> answers, others;
  std::vector<const Absence*> absences;
  std::vector<const ParameterLeaf*> parameters;
};
// Only what can be reached from the outcome by steps that decided: not through members shown in one line.
Rests rests_on(const Explanation& explanation);

}  // namespace assay
