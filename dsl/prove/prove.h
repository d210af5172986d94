// What holds of rules whatever the evidence says: which stages can be reached and left, whether what lets a body out
// calls it back, which flags can ever be raised. Proved with Z3, whose types stay in this folder; every claim that does
// not hold comes with evidence that breaks it, in the words of the rules. Pure.
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

struct Claim {
  enum class What {
    EntryReachable,  // some evidence meets the criteria to enter
    ExitReachable,   // some evidence meets the criteria to leave
    NeverTogether,   // to enter a stage and to leave it are never raised of one body
    NotCalledBack,   // what lets a body out does not at once call it back
    CanBeRaised,     // of a flag or interaction
  };
  enum class Result { Proved, Failed, Undecided };
  What what = What::CanBeRaised;
  RuleId rule;
  std::string says;  // "can be left for Sector-led support"
  Result result = Result::Proved;
  std::string why;                 // by what it holds, or what is wrong
  std::vector<std::string> model;  // evidence that shows it, or breaks it: "Peer review is positive"
  // What was not taken apart, and so may be anything: time that is counted in days, sets of bodies, what is not known.
  // A claim that some evidence meets something then holds as far as that goes.
  std::vector<std::string> taken_free;
};

// Of every regime, flag and interaction of a ruleset, as declared; evidence is taken to be known and to apply, and
// parameters to have the value that began last.
std::vector<Claim> prove(const Rulebook& rulebook, RulesetId ruleset);

}  // namespace assay
