// Each rule that a scenario asks is derived again with one answer of one condition changed, and the two are compared.
#include "engine/trial/coverage.h"

#include <map>
#include <set>

#include "engine/trial/masking.h"
#include "engine/trial/trial.h"

namespace assay {

namespace {

struct Table {
  std::vector<ConditionShown> rows;
  std::map<RuleId, std::vector<std::size_t>> of_rule;
};

Table empty_table(const Rulebook& book, const std::function<bool(RuleId)>& counts) {
  Table table;
  for (std::uint32_t i = 0; i < book.rules.size(); ++i) {
    if (!counts({i}) || book.rules[i].local_of) continue;  // whose text is the national rule's
    for (Condition& condition : conditions_of(book, {i})) {
      ConditionShown row{std::move(condition), {}};
      if (auto why = why_never_unknown(book, row.condition))
        row.answers[static_cast<std::size_t>(Truth::Unknown)] = {Shown::CannotBe, *why, {}};
      table.of_rule[{i}].push_back(table.rows.size());
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

void note(AnswerShown& answer, Shown shown) {
  if (answer.shown == Shown::NotReached) answer.shown = shown;
}

// One answer of one condition: is the rule's outcome another when the answer is?
void try_answer(const Asking& asking, const Derived& base, ConditionShown& row, const Answering& at) {
  const Truth truth = base.cells.at(at).truth();
  if (truth == Truth::NotApplicable) return;
  AnswerShown& answer = row.answers[static_cast<std::size_t>(truth)];
  if (answer.shown == Shown::Yes || answer.shown == Shown::CannotBe) return;
  const std::optional<Masking> masking = masked(asking, base, row.condition, at);
  if (!masking) {
    answer = {Shown::Yes, {}, {}};
  } else if (answer.shown != Shown::Masked) {
    answer = {Shown::Masked, in_words(asking, base, row.condition, at, *masking), asking.trial.scenario->title};
  }
}

void try_scenario(const Rulebook& book, const Trial& trial, Table& table) {
  Evaluation evaluation(book, trial.snapshot, trial.overrides, trial.drafts);
  ask_expected(evaluation, trial);
  for (const Evaluation::Asked& asked : evaluation.asked()) {
    const auto rows = table.of_rule.find(asked.rule);
    if (rows == table.of_rule.end()) continue;
    const Asking asking{evaluation, trial, asked};
    const Derived base = derive_watched(asking);
    for (std::size_t index : rows->second) {
      ConditionShown& row = table.rows[index];
      for (AnswerShown& answer : row.answers) note(answer, Shown::NotGiven);
      for (const auto& [at, cell] : base.cells)
        if (at.expr == row.condition.expr && at.of_member == row.condition.of_member) try_answer(asking, base, row, at);
    }
  }
}

}  // namespace

std::vector<ConditionShown> coverage(const Rulebook& book, const std::function<bool(RuleId)>& counts) {
  Table table = empty_table(book, counts);
  for (const Scenario& scenario : book.scenarios) try_scenario(book, trial_of(book, scenario), table);
  return std::move(table.rows);
}

}  // namespace assay
