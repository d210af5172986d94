// One row of evidence by itself.
#include <fmt/format.h>

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
  if (step.text("kind") == "row" && step.text("result") != value)
    return fmt::format("its row says `{}`, the step `{}`", value, step.text("result"));
  const bool state = book.schema.field(row->field).occurrence == Occurrence::State;
  if (part == "answers" && state && row->valid_from > step.on) return "its row begins after the day it answers for";
  return std::nullopt;
}

}  // namespace assay::verifier
