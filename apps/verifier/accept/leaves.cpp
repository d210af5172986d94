// One row of evidence by itself, and why a rule may be believed.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/parts.h"
#include "apps/verifier/accept/rows.h"

namespace assay::verifier {

std::optional<std::string> fault_of_leaf(const ExplainedStep& step, const ReadExplanation& all, const Rulebook& book) {
  if (!step.leaf) return std::nullopt;
  const auto row = row_of(*step.leaf, book);
  if (!row) return fmt::format("{}", row.error());
  if (row->recorded_on > all.known_on) return "the row was recorded after the day it is said to be known on";
  const std::string& part = step.leaf->contains("part") ? step.leaf->at("part") : std::string();
  const std::string& value = step.leaf->at("value");
  const bool event = book.schema.field(row->field).type.kind == TypeKind::Event;
  if (part == "answers" && !event && step.text("result") != value)
    return fmt::format("its row says `{}`, the step `{}`", value, step.text("result"));
  const bool state = book.schema.field(row->field).occurrence == Occurrence::State;
  if (part == "answers" && state && row->valid_from > step.on) return "its row begins after the day it answers for";
  return std::nullopt;
}

std::optional<std::string> fault_of_basis(const ExplainedStep& step, const Rulebook& book) {
  if (step.text("kind") != "rule" || step.text("basis").empty() || step.text("rule").empty()) return std::nullopt;
  bool known = false;
  for (const Rule& rule : book.rules) {
    if (rule.name != step.text("rule")) continue;
    known = true;
    const auto is = [&](const Grounds& grounds) {
      return grounds.basis && to_string(*grounds.basis) == step.text("basis");
    };
    if (is(rule.grounds)) return std::nullopt;
    if (const auto* define = std::get_if<DefineRule>(&rule.body))
      if (std::any_of(define->buts.begin(), define->buts.end(), [&](const auto& but) { return is(but.grounds); }))
        return std::nullopt;
    if (const auto* table = std::get_if<TableRule>(&rule.body))
      if (std::any_of(table->rows.begin(), table->rows.end(), [&](const auto& row) { return is(row.grounds); }))
        return std::nullopt;
    if (const auto* stage = std::get_if<StageRule>(&rule.body))
      for (const StageInfo& info : book.regimes[stage->regime.index].stages)
        if (is(info.grounds)) return std::nullopt;
  }
  if (!known) return fmt::format("no rule is called `{}`", step.text("rule"));
  return fmt::format("the text gives `{}` no basis `{}`", step.text("rule"), step.text("basis"));
}

}  // namespace assay::verifier
