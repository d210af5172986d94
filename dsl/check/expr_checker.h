// Types the expressions of one rule and resolves their names. One method a construct, in files cut by construct. An
// expression that is wrong gets kErrorType, and nothing is said of what stands on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/checker.h"
#include "dsl/check/scope.h"

namespace assay::checking {

// What an expression stands against: labels are looked up in it first.
using Expected = std::optional<TypeId>;

class ExprChecker {
 public:
  ExprChecker(Checker& checker, Scope scope) : checker_(checker), scope_(std::move(scope)) {}

  TypeId check(ast::ExprId id, Expected expected = {});
  // Must be yes or no.
  void condition(ast::ExprId id);
  // Must fit what was declared; `what` names it in the message.
  void value(ast::ExprId id, TypeId declared, std::string_view what);
  void text(const ast::Template& text);
  // What a cell of a table asks of its input, which is checked already. False where that cannot be asked.
  bool asked(const ast::Relation& cell, ast::ExprId input);

  Scope& scope() { return scope_; }

 private:
  // The left side of a relation: a value of its own, or each of several.
  struct Side {
    TypeId type;
    Span span;
    bool trigger = false;
    Direction direction = Direction::None;
    std::optional<FieldId> field;  // where it is evidence read as it stands
  };
  // What the parts of a chain from some place on name: one subject, or a set of them.
  struct Place {
    KindId kind;
    Slot slot = 0;  // of one subject
    std::optional<SetRef> set;
  };

  // expr_checker.cpp
  TypeId type(ast::ExprId id, const ast::Literal& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Negate& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Not& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Logic& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::When& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::TheAbove& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::FirstKnownOf& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::ErrorExpr& node, Expected expected);
  // resolve_chain.cpp
  TypeId type(ast::ExprId id, const ast::Chain& node, Expected expected);
  // check_arithmetic.cpp
  TypeId type(ast::ExprId id, const ast::Arithmetic& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::PercentOf& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Rounded& node, Expected expected);
  // check_compare.cpp
  TypeId type(ast::ExprId id, const ast::Compare& node, Expected expected);
  // check_time.cpp
  TypeId type(ast::ExprId id, const ast::WithinLast& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Consecutive& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::DaysSince& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::SinceEntering& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Previous& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Ago& node, Expected expected);
  // check_sets.cpp, check_aggregates.cpp
  TypeId type(ast::ExprId id, const ast::Quantified& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Aggregate& node, Expected expected);
  // check_positions.cpp
  TypeId type(ast::ExprId id, const ast::Position& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Spread& node, Expected expected);
  // check_change.cpp, check_calls.cpp
  TypeId type(ast::ExprId id, const ast::Change& node, Expected expected);
  TypeId type(ast::ExprId id, const ast::Call& node, Expected expected);

  // ---- Values that stand together ----
  TypeId plain(TypeKind kind) { return intern(checker_.book, kind); }
  const ValueType& the(TypeId type) const { return checker_.book.type(type); }
  Span span(ast::ExprId id) const { return checker_.book.tree.span(id); }
  std::string quote(ast::ExprId id) const { return checker_.quote(span(id)); }
  bool is_bare_number(ast::ExprId id) const;
  // One type for values that could each be the answer; says so where they do not meet.
  TypeId join(const std::vector<ast::ExprId>& values, Expected expected);
  // "28 what: days, weeks?", or both with their units.
  void units_differ(ast::ExprId found, TypeId found_type, std::string_view other, TypeId other_type);
  bool literal_in_range(ast::ExprId id, const ValueType& type);
  TypeId misplaced(Span span, std::string_view words, std::string help);

  // ---- Relations (check_compare.cpp) ----
  Side side_of(ast::ExprId id, TypeId type) const;
  Side side_of(const SetRef& set, TypeId type, Span span) const;
  void relation(const ast::Relation& relation, const Side& side);
  bool relation_has_sense(const ast::Relation& relation, const Side& side);
  void operand(ast::ExprId id, const Side& side);

  // ---- Names (resolve_chain.cpp, resolve_value.cpp, resolve_set.cpp) ----
  // A name is of the ruleset in whose text it stands: in the place of a call the caller's words and the method's stand
  // side by side.
  RulesetId names_of(const ast::Name& name) const { return checker_.ruleset_of(name.span); }
  Lookup lookup(const ast::Name& name) const { return checker_.names.find(names_of(name), name.text); }
  bool is_plural(const ast::Name& name) const;
  const KindDef& kind(KindId id) const { return checker_.book.schema.kind(id); }
  TypeId resolve(ast::ExprId id, Resolved resolved, TypeId type);  // gives the type back
  std::optional<TypeId> label(ast::ExprId id, const ast::Name& name, TypeId expected);
  TypeId one_name(ast::ExprId id, const ast::Name& name);
  TypeId bare_value(ast::ExprId id, const ast::Name& name);
  TypeId matches(ast::ExprId id, Span span);
  // The value of that name, of the subject in the slot.
  std::optional<std::variant<FieldOf, RuleOf>> value_of(const ast::Name& name, Slot slot, bool bare);
  std::optional<std::variant<FieldOf, RuleOf>> of_kind(const ast::Name& name, KindId owner,
                                                       std::variant<FieldOf, RuleOf> value, bool bare);
  TypeId type_of(const std::variant<FieldOf, RuleOf>& value);
  void unknown_value(const ast::Name& name, const Lookup& lookup, KindId kind);
  std::optional<Slot> subject(const ast::Name& name);
  std::string how_to_call(const ast::Name& name, MethodId method) const;
  bool inside_fence(Slot slot, Span span);
  std::optional<Place> place(const ast::Chain& chain, std::size_t first);
  std::optional<Place> last_part(const ast::Chain& chain, std::size_t first);
  bool hop(Place& place, KindId to, const ast::Chain& chain, const ast::Name& name);
  std::optional<Hop> relation_between(KindId from, KindId to, const ast::Chain& chain, const ast::Name& name);
  bool leave_out(Place& place, const ast::Name& name);
  // A chain that names a set, and what is taken of each member.
  std::optional<SetRef> set(ast::ExprId id, const ast::Chain& chain);

  // ---- Sets (check_sets.cpp) ----
  // Each member is asked `each`, or is itself a condition.
  void list_conditions(const std::vector<ast::ExprId>& members, const std::optional<ast::Relation>& each);
  // Resolves the set and checks what is asked inside it; what is taken of each member must be there or not, as `value`
  // says.
  struct Asked {  // of each member, in its scope
    std::optional<ast::ExprId> weight;
    std::optional<ast::ExprId> place;  // by what it stands among the others
  };
  std::optional<SetRef> enter(const ast::SetOf& range, const Asked& asked);
  // The subject that stands among the members, or whose like or near ones they are.
  bool find_peer(const ast::SetOf& range, SetRef& set);
  bool number_of_member(ast::ExprId id, std::string_view use);
  // check_positions.cpp: an order among members, and which end of it comes first.
  std::optional<TypeId> placed_by(ast::ExprId value, const ast::SetOf& among);
  bool has_better(ast::ExprId value);
  void name_members(const ast::SetOf& range, const SetRef& set);
  // Is a yes or no asked of each member by the value it has? False, and said so, where the value is neither asked of
  // nor one.
  bool value_condition(const SetRef& set, const std::optional<ast::Relation>& each, Span at);
  std::optional<ast::ExprId> matches_of(const ast::Range& range) const;
  // check_aggregates.cpp
  TypeId aggregate_type(ast::AggregateOp op, TypeId type, Span at);
  TypeId aggregate_list(const ast::Aggregate& node, const ast::ListOf& list);
  TypeId aggregate_set(ast::ExprId id, const ast::Aggregate& node, const ast::SetOf& range);
  // check_change.cpp
  TypeId aggregate_over(ast::ExprId id, const ast::Aggregate& node, const ast::SetOf& range);

  // ---- Time (check_time.cpp) ----
  // Must be an event.
  void event(ast::ExprId id, std::string_view words);
  // Checks what a word of time stands round; too many round one another are refused.
  TypeId within_time(ast::ExprId id, ast::ExprId operand, Expected expected);
  void steps_of(ast::ExprId operand, Duration back, FieldId series);
  bool steps_within(std::uint32_t count, Span at);
  // Series that are calculated with one another have readings at the same times.
  void same_steps(ast::ExprId a, ast::ExprId b);

  Checker& checker_;
  Scope scope_;
};

}  // namespace assay::checking
