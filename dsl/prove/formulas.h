// The conditions of rules as formulas of Z3. Internal to dsl/prove, the only folder that sees it.
#pragma once

#include <z3++.h>

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay::proving {

// How far back from the day asked about something is looked at. Readings are counted, not dated.
struct Back {
  std::int32_t months = 0, days = 0, readings = 0;
  friend auto operator<=>(const Back&, const Back&) = default;
};

// Where an expression stands: when, for which of the outermost rule's subjects, and what `the above` is there.
struct At {
  Back back;
  std::array<Slot, 3> slots = {0, 1, 2};
  const z3::expr* above = nullptr;
};

class Formulas {
 public:
  Formulas(const Rulebook& book, z3::context& context) : book_(book), z3_(context), ranges_(context) {}

  // Of a trigger whether it is raised, the stage recorded being one of the variables.
  z3::expr raised(RuleId rule, const At& at = {});
  z3::expr criteria(const ast::Criteria& criteria, const At& at = {});
  // What is so of the variables by their types.
  const z3::expr_vector& ranges() const { return ranges_; }
  std::vector<std::string> taken_free() const;
  // The variables with the values that a model gives them.
  std::vector<std::string> in_words(const z3::model& model) const;

 private:
  struct Variable {
    z3::expr expr;
    std::string words;
    ValueType type;
    bool free;
  };

  z3::expr value(ast::ExprId id, const At& at);
  z3::expr rule_value(RuleId rule, const At& at);
  z3::expr of_chain(ast::ExprId id, const At& at);
  z3::expr of_literal(const ast::Literal& literal);
  z3::expr of_value(const Value& value);
  z3::expr of_arithmetic(ast::ExprId id, const ast::Arithmetic& node, const At& at);
  z3::expr of_rounded(ast::ExprId id, const ast::Rounded& node, const At& at);
  z3::expr of_quantified(ast::ExprId id, const ast::Quantified& node, const At& at);
  z3::expr of_aggregate(ast::ExprId id, const ast::Aggregate& node, const At& at);
  z3::expr of_first_known(const ast::FirstKnownOf& node, const At& at);
  z3::expr relation(const z3::expr& left, ast::ExprId left_id, const ast::Relation& relation, const At& at);
  z3::expr compared(const z3::expr& left, ast::ExprId left_id, ast::RelationOp op, const z3::expr& right);
  z3::expr of_table(const Rule& rule, const TableRule& table, const At& at);
  z3::expr of_rating(const RatingRule& rating, const At& at);
  z3::expr of_define(const DefineRule& define, const At& at);
  z3::expr of_flag(RuleId id, const FlagRule& flag, const At& at);
  std::vector<At> steps(ast::ConsecutiveUnit unit, std::uint32_t count, const At& at) const;
  z3::expr count_is(const z3::expr_vector& conditions, ast::Quantity quantity, std::uint32_t count);

  z3::expr variable(const std::string& key, const std::string& words, const ValueType& type, bool free);
  z3::expr taken(ast::ExprId id, const At& at, std::string_view what = {});
  std::string words(ast::ExprId id) const;
  std::string key(std::string_view name, const At& at, Slot slot) const;
  z3::expr real(const Decimal& number) { return z3_.real_val(number.to_string().c_str()); }

  const Rulebook& book_;
  z3::context& z3_;
  z3::expr_vector ranges_;
  std::map<std::string, Variable> variables_;
  std::vector<std::string> order_;  // of the variables, as they were met
  std::map<std::string, int> texts_;
};

}  // namespace assay::proving
