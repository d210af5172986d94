// Relations written otherwise: which, in which words, and what they say of a number.
#include "engine/trial/turned_relation.h"

#include <algorithm>

namespace assay {

namespace {

std::optional<ast::RelationOp> turned_op(ast::RelationOp op) {
  using enum ast::RelationOp;
  switch (op) {
    case AtLeast:
      return MoreThan;
    case MoreThan:
      return AtLeast;
    case AtMost:
      return LessThan;
    case LessThan:
      return AtMost;
    case BetterThan:
      return AtLeastAsGoodAs;
    case WorseThan:
      return OrWorse;
    case AtLeastAsGoodAs:
    case OrBetter:
      return BetterThan;
    case OrWorse:
      return WorseThan;
    case Equal:
    case Between:
    case OneOf:
    case Known:
    case Unknown:
    case Applicable:
    case Raised:
    case Clear:
    case Undetermined:
      break;
  }
  return std::nullopt;
}

// An operand alone follows: those that `turned` exchanges for one another.
bool is_exchanged(ast::RelationOp op) { return turned_op(op).has_value(); }

}  // namespace

ast::Relation turned(const ast::Relation& relation) {
  ast::Relation other = relation;
  if (const auto op = turned_op(relation.op))
    other.op = *op;
  else
    other.negated = !other.negated;
  return other;
}

std::string relation_words(const Rulebook& book, const ast::Relation& relation) {
  const std::string as_written = book.sources.words(relation.span);
  constexpr std::string_view kNot = "not ";
  if (!is_exchanged(relation.op)) return relation.negated ? "not " + as_written : as_written.substr(kNot.size());
  const std::string operand = book.sources.words(book.tree.span(relation.operands.front()));
  const std::string op(to_string(relation.op));
  const bool after = relation.op == ast::RelationOp::OrBetter || relation.op == ast::RelationOp::OrWorse;
  return (relation.negated ? "not " : "") + (after ? operand + " " + op : op + " " + operand);
}

std::optional<bool> says(const ast::Relation& relation, Decimal value,
                         const std::vector<std::optional<Decimal>>& limits) {
  if (limits.empty() || std::any_of(limits.begin(), limits.end(), [](const auto& limit) { return !limit; }))
    return std::nullopt;
  const auto against = value.compare(*limits.front());
  using enum ast::RelationOp;
  std::optional<bool> yes;
  if (relation.op == Equal) yes = against == 0;
  if (relation.op == AtLeast) yes = against >= 0;
  if (relation.op == AtMost) yes = against <= 0;
  if (relation.op == MoreThan) yes = against > 0;
  if (relation.op == LessThan) yes = against < 0;
  if (relation.op == Between && limits.size() == 2) yes = against >= 0 && value.compare(*limits[1]) <= 0;
  return yes && relation.negated ? std::optional(!*yes) : yes;
}

}  // namespace assay
