// Two sets of rules side by side, by meaning: what is stricter, looser or the same, rule by rule, and what moved in
// wording and grounds alone. Never by evaluating anything: who would move is engine/history/moved.h.
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

// Stricter and Looser only where that is sure for all evidence: a flag raised in more cases (a commendation in fewer),
// a rating given from higher numbers, criteria to enter a stage met in more cases, criteria to leave it in fewer.
enum class Verdict { Stricter, Looser, Changed, Same, Added, Removed };
std::string_view to_string(Verdict verdict);

// Something beside the meaning: title, basis, citations, what a flag says.
struct GroundsChange {
  std::string what, was, now;
};

struct Compared {
  enum class What { Rule, Parameter, Evidence };
  What what = What::Rule;
  std::string name, title;
  Verdict verdict = Verdict::Same;
  std::string how;                   // "raised in more cases"
  std::string was, now;              // its own words, where they mean something else
  std::vector<std::string> through;  // what it reads that changed
  std::vector<GroundsChange> grounds;
};

// A ruleset's edition, period and publication, in words; empty where it is not there.
struct EditionCompared {
  std::string ruleset, was, now;
};

struct Comparison {
  std::vector<EditionCompared> editions;  // those that differ
  std::vector<Compared> items;            // as the new rules declare them, then what was removed
};

// Neither may hold mistakes.
Comparison compare(const Rulebook& was, const Rulebook& now);

}  // namespace assay
