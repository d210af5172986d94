// What is to be evaluated: the rules in force on a date, and the evidence they reach. Pure.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay {

struct Plan {
  Date as_at;
  std::vector<RuleId> rules;  // in the order declared
};

// Rules of the editions that answer on the date; drafts only where they are asked for.
Plan plan(const Rulebook& rulebook, const EditionAsked& asked);

// Evidence fields a rule or an expression reads, itself or through the rules it reads; in order of FieldId, each once.
std::vector<FieldId> fields_read(const Rulebook& rulebook, RuleId rule);
std::vector<FieldId> fields_read(const Rulebook& rulebook, ast::ExprId expr);
// The same, but not through rules whose outcomes are at hand, and without registers that are read for nothing but who
// is in being.
std::vector<FieldId> values_read(const Rulebook& rulebook, RuleId rule, const std::vector<RuleId>& at_hand);
// Does it read nothing but its own subject, itself and through the rules it reads: no member, peer or end of a link?
bool reads_itself_alone(const Rulebook& rulebook, RuleId rule);
// Rules it reads directly, in order of reading. An overlay's outcome reads its own values and outcomes beside the
// national ones.
std::vector<RuleId> rules_read(const Rulebook& rulebook, RuleId rule);
// What a rule reads directly of its own subject, of an interaction of the link and its two ends: in the order written,
// each once. A regime's rows read the recorded stage.
struct OwnInput {
  std::variant<FieldId, RuleId> what;
  Slot slot = 0;
  friend bool operator==(const OwnInput&, const OwnInput&) = default;
};
std::vector<OwnInput> own_inputs(const Rulebook& rulebook, RuleId rule);
// Parameters it reads itself, each once.
std::vector<ParameterId> parameters_read(const Rulebook& rulebook, RuleId rule);

}  // namespace assay
