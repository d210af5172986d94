// A case asked of two evaluators, and made smaller while they still differ.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/oracle/generate.h"
#include "tests/oracle/seen.h"

namespace assay::oracle {

struct CaseResult {
  std::string fault;  // the rules do not check, or the evidence cannot be read
  std::size_t cells = 0;
  std::size_t by_columns = 0;  // of them, those that columns do not leave to cells, compared with these too
  std::vector<std::string> differences;
};
// Whether columns are compared too.
void compare_columns_too(bool compared);
// Both evaluators side by side, and columns beside cells where they take a rule.
// `met`, if given: counts what constructs, standings and answers there were.
CaseResult run_case(const Case& made, const MakeEvaluator& one, const MakeEvaluator& other,
                    std::map<std::string, std::size_t>* met);
// What the engine answers on one of its dates: a line for each rule and subject.
std::string answers_in_words(const Case& made, const std::string& date);
// Leaves out declarations and rows of evidence, one after another, while the two still differ.
Case shrink(Case made, const MakeEvaluator& one, const MakeEvaluator& other);

}  // namespace assay::oracle
