// The making of a plan: each expression becomes a constant, a number or a condition in a register. Private to
// engine/columns.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/columns/compile.h"
#include "engine/eval/cell.h"

namespace assay::columns {

// Why a rule has no plan; caught in compile.cpp, never seen outside.
struct NoPlan {
  std::string why;
};

// A number in a register. `may`: states that it can have. With a table, lanes are places in it.
struct NumberValue {
  Reg reg = 0;
  bool wide = false;
  Sort sort = Sort::Numbers;
  int places = 0;
  std::int64_t least = 0, greatest = 0;
  State may = 0;
  std::shared_ptr<const std::vector<Decimal>> table;  // from `least` on, ascending, no two the same
};
struct ConditionValue {
  Reg reg = 0;
  bool may_not_apply = false;  // it, or some of what it could be, does not apply
};
using Made = std::variant<Cell, NumberValue, ConditionValue>;

// Steps being gathered over one frame; `level`: how many stages have to come before.
struct Gathering {
  KindId frame;
  int level = 0;
  Blocks blocks;
  std::map<std::uint32_t, Made> loaded;  // by column, read straight
  std::map<Reg, ColumnId> read_from;     // of such numbers, by register
  Reg number() { return blocks.numbers++; }
  Reg wide() { return blocks.wides++; }
  Reg condition() { return blocks.conditions++; }
  template <class S>
  void add(S step) {
    blocks.steps.push_back(std::move(step));
  }
};

// Where an expression stands: in which rule, over which frame, and how each subject in scope is reached from a row.
struct Site {
  RuleId rule;
  Gathering* into;
  struct Reach {
    KindId kind;
    std::optional<Index> through;  // none: the row itself
  };
  std::map<Slot, Reach> slots;
  std::optional<Made> above;
};

class Compiler {
 public:
  Compiler(const Rulebook& book, const EditionAsked& asked, const World& world, Plan& plan)
      : book_(book), asked_(asked), world_(world), plan_(plan) {}
  // Each with what it reads before it; what has no plan is listed in the plan.
  void add(RuleId rule);
  // Puts what was gathered into the plan, in order.
  void finish();
  const std::optional<Error>& fault() const { return fault_; }

 private:
  struct Done {  // of a rule: where it is kept, and what a register loaded from there holds
    ColumnId column;
    int level;
    Made shape;
    Gathering* in;
    Made value;
  };

  // compile.cpp: rules
  const Done& rule(RuleId rule);
  const Done& given_rule(RuleId rule, const Given& given);
  void expect_plain(RuleId rule) const;
  Made body(RuleId rule, Site& site);
  Made define(const DefineRule& body, Site& site);
  Made rating(RuleId rule, const RatingRule& body, Site& site);
  Made flag(RuleId rule, const FlagRule& body, Site& site);
  Made declared(const Made& made, const ValueType& type, Site& site);
  int level_of(RuleId rule);
  int level_of(ast::ExprId expr);
  Gathering& gathering(KindId frame, int level);
  ColumnId keep(const Made& value, Gathering& from);
  Made load(ColumnId column, const Made& shape, Site& site, std::optional<Index> through);
  RuleId answering(const RuleOf& named) const;

  // compile_expressions.cpp
  Made expr(ast::ExprId id, Site& site);
  Made chain(ast::ExprId id, Site& site);
  Made field(FieldId field, const Site::Reach& of, Site& site);
  Made parameter(ParameterId parameter) const;
  Made choose(const Made& condition, const Made& yes, const Made& no, Site& site);
  Made first_known(const std::vector<Made>& operands, Site& site);
  Made listed(ast::ExprId id, const ast::Quantified& node, Site& site);
  Made listed(ast::ExprId id, const ast::Aggregate& node, Site& site);

  // compile_numbers.cpp
  NumberValue number(const Made& made, Site& site);
  NumberValue plain(const NumberValue& value, Site& site);  // out of its table
  NumberValue widened(const NumberValue& value, Site& site);
  // Lanes of so many places; false where they would not fit.
  bool to_places(NumberValue& value, int places, Site& site);
  bool same_places(NumberValue& a, NumberValue& b, Site& site);  // false: to be widened
  // A function of one number, worked out for each that it can be.
  template <class F>
  std::optional<NumberValue> by_table(const NumberValue& value, F apply, Site& site);
  Made sum(ast::ExprId at, bool less, const Made& a, const Made& b, Site& site);
  Made run(const std::vector<Made>& factors, const std::vector<Made>& divisors, Site& site);
  std::optional<NumberValue> times_constant(const std::vector<Made>& factors, const NumberValue& of, Site& site);
  std::optional<NumberValue> product(const std::vector<Made>& factors, Site& site);
  Made wide_run(const std::vector<Made>& factors, const std::vector<Made>& divisors, Site& site);
  Made negated(const Made& a, Site& site);
  NumberValue limited(NumberValue value, const ValueType& type, Site& site);
  Made rounded(const Made& a, Rounding rounding, int places, Site& site);
  Made since(const ast::DaysSince& node, Site& site);

  // compile_conditions.cpp
  ConditionValue condition(const Made& made, Site& site);
  Made compare(const Made& lhs, const ast::Relation& relation, ast::ExprId at, Site& site);
  Made compare(const Made& lhs, const ast::Relation& relation, ast::ExprId at, const ValueType& type, Site& site);
  ConditionValue at_least(const Made& a, const Made& b, Site& site);
  ConditionValue equal(const Made& a, const Made& b, bool ordered, Site& site);
  ConditionValue opposite(const ConditionValue& a, Site& site);
  ConditionValue both(const ConditionValue& a, const ConditionValue& b, Site& site);
  ConditionValue either(const ConditionValue& a, const ConditionValue& b, Site& site);
  ConditionValue all_or_any(const std::vector<Made>& operands, bool all, Site& site);
  ConditionValue present(const Made& a, Presence test, Site& site);

  // compile_sets.cpp
  Made of_set(ast::ExprId id, Site& site);
  std::optional<Made> of_member(const ast::SetOf& set, const std::optional<ast::Relation>& each,
                                const Site::Reach& member, Site& link);
  // Room for what a reduction gives its anchors, and as what it is loaded.
  std::pair<Column, Made> reduced(Reduce& reduce, const std::optional<Made>& value, std::size_t rows, Site& link);
  std::uint32_t links_demanded(const Hop& hop) const;
  Made place(ast::ExprId id, const ast::Position& node, Site& site);
  Index through_end(KindId relation, bool to);

  const Rulebook& book_;
  EditionAsked asked_;
  const World& world_;
  Plan& plan_;
  std::optional<Error> fault_;
  std::map<std::uint32_t, Done> done_;            // by rule
  std::map<std::uint32_t, std::string> refused_;  // by rule
  std::map<std::uint32_t, int> levels_;           // by rule
  std::map<std::pair<std::uint32_t, int>, std::unique_ptr<Gathering>> gatherings_;
  std::vector<std::unique_ptr<Gathering>> links_;              // one for each set, over the links
  std::vector<std::pair<int, Stage>> later_;                   // reductions and places, by level
  std::map<std::uint32_t, std::pair<ColumnId, Made>> fields_;  // by field: its column, and what it loads as
  std::map<std::pair<std::uint32_t, bool>, Index> ends_;       // by relation and end
};

// The number that a lane stands for; and the least lane whose number is at least a given one, one beyond `greatest`
// where none is.
Decimal number_at(const NumberValue& value, std::int64_t lane);
std::int64_t lane_reaching(const NumberValue& value, Decimal number);

}  // namespace assay::columns
