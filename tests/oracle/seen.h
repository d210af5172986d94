// One outcome as every evaluator can say it, so that any two of them can be put side by side.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay::oracle {

struct SeenReason {
  SubjectId subject;
  FieldId field;
  Date on;
  int kind = 0;  // missing, stale, conflict, withdrawn
  friend auto operator<=>(const SeenReason&, const SeenReason&) = default;
};

struct Seen {
  SubjectId subject;
  std::string status;  // as an outcome row says it
  std::optional<Value> low, high;
  bool may_not_apply = false;
  std::vector<SeenReason> because;
  std::vector<std::string> marks;     // kinds, each once
  std::vector<std::string> criteria;  // of a criterion each reason: met, not_met, undetermined, answered
  bool waived = false;
};

// What is to be answered: every rule of a rulebook, as at a date, for every subject of its kind in being.
struct Question {
  const Rulebook& book;
  const Snapshot& snapshot;
  Date as_at;
  std::map<std::uint32_t, Value> given;  // parameters put in place of the text's
  std::vector<SubjectId> subjects_of(RuleId rule) const;
};

// An evaluator: answers one rule for all its subjects, in their order. Made once for a question, asked rule by rule.
using Evaluator = std::function<std::vector<Seen>(RuleId)>;
using MakeEvaluator = std::function<Evaluator(const Question&)>;
Evaluator by_engine(const Question& question);
Evaluator by_verifier(const Question& question);

// In words where two differ; empty where they agree.
std::string difference(const Seen& a, const Seen& b, const Rulebook& book, const Snapshot& snapshot, RuleId rule);
std::string in_words(const Seen& seen, const Rulebook& book, const Snapshot& snapshot, RuleId rule);

struct Difference {
  RuleId rule;
  SubjectId subject;
  std::string words;
};
// Whether marks are compared too; values, ranges and reasons always are.
void compare_marks(bool compared);

struct Compared {
  std::size_t cells = 0;
  std::map<std::string, std::size_t> statuses;
  std::vector<Difference> differences;
};
// Asks two evaluators everything that a question asks.
Compared compare(const Question& question, const MakeEvaluator& one, const MakeEvaluator& other);

}  // namespace assay::oracle
