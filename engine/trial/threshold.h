// The limits in rules: what a value is held against, whether written in the rule or kept as a parameter. Pure.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/trial/condition.h"

namespace assay {

// A comparison with something that no evidence changes.
struct LimitOfTest {
  Condition condition;
  ast::ExprId value;  // what is compared
  ast::ExprId limit;  // with what
};
// Where one band ends and the next begins.
struct EdgeOfBand {
  ast::ExprId value;
  Decimal edge;
  std::string label;  // of the band that begins there
};
// `section_114_notice within the last 12 months`.
struct LimitOfTime {
  Condition condition;
  FieldId event;
  Duration duration;
};

struct Threshold {
  RuleId rule;
  std::variant<LimitOfTest, EdgeOfBand, LimitOfTime> limit;
  Span span;
  std::string words;
};
// In the order written.
std::vector<Threshold> thresholds_of(const Rulebook& book, RuleId rule);

// Does an expression read nothing but parameters and what is written?
bool is_fixed(const Rulebook& book, ast::ExprId expr);

}  // namespace assay
