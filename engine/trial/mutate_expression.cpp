// Goes down an expression; each construct says what could have been written instead.
#include "engine/trial/mutate_expression.h"

#include <algorithm>

#include "dsl/syntax/children.h"
#include "engine/trial/condition.h"
#include "engine/trial/possible.h"

namespace assay {

namespace {

using Kind = Mutant::Kind;

std::optional<ast::RelationOp> turned(ast::RelationOp op) {
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

std::string_view op_words(ast::RelationOp op) {
  using enum ast::RelationOp;
  switch (op) {
    case AtLeast:
      return "at least";
    case AtMost:
      return "at most";
    case MoreThan:
      return "more than";
    case LessThan:
      return "less than";
    case BetterThan:
      return "better than";
    case WorseThan:
      return "worse than";
    case AtLeastAsGoodAs:
      return "at least as good as";
    case OrBetter:
      return "or better";
    case OrWorse:
      return "or worse";
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
  return "";
}

// What a relation says of a plain number; nothing where that takes more than the numbers.
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

std::optional<Decimal> plain(const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return *number;
  if (const auto* label = std::get_if<Label>(&value)) return Decimal::from_int(label->index);
  return std::nullopt;
}

// A comparison: what is compared, with what, and where it stands.
struct Compared {
  std::vector<ast::ExprId> lhs;  // each member of a list
  const ast::Relation& relation;
  ast::ExprId node;  // the Compare, or the quantifier or aggregate that asks it
};

class Mutator {
 public:
  Mutator(const Rulebook& book, RuleId rule, ast::ExprId whole, std::vector<Mutant>& mutants)
      : book_(book), rule_(rule), whole_(whole), mutants_(mutants) {}

  void go(ast::ExprId id, bool limit = false) {
    const ast::Expr& expr = book_.tree.expr(id);
    if (const auto* node = std::get_if<ast::Literal>(&expr)) return literal(id, *node);
    if (const auto* node = std::get_if<ast::Compare>(&expr)) {
      go(node->lhs);
      return relation(id, {{node->lhs}, node->relation, id});
    }
    if (std::holds_alternative<ast::Chain>(expr) && limit) return label(id);
    if (const auto* node = std::get_if<ast::Logic>(&expr)) logic(id, *node);
    if (const auto* node = std::get_if<ast::Consecutive>(&expr)) consecutive(id, *node);
    if (const auto* node = std::get_if<ast::WithinLast>(&expr)) return within(id, *node);
    if (const auto* node = std::get_if<ast::Quantified>(&expr)) quantified(id, *node);
    if (const auto* node = std::get_if<ast::Aggregate>(&expr)) aggregate(id, *node);
    const ast::Relation* each = each_of(expr);
    std::vector<ast::ExprId> asked = each ? each->operands : std::vector<ast::ExprId>{};
    ast::for_each_child(expr, [&](ast::ExprId child) {
      if (std::find(asked.begin(), asked.end(), child) == asked.end()) go(child, limit);
    });
  }

 private:
  std::string words(Span span) const { return book_.sources.words(span); }
  Span span(ast::ExprId id) const { return book_.tree.span(id); }

  void add(Kind kind, ast::ExprId expr, ast::Expr to, Span at, std::string changed_to) {
    mutants_.push_back(
        {kind, Mutant::ExprChange{expr, std::move(to), {}}, rule_, at, words(at), std::move(changed_to)});
  }

  // The author's words with a piece of them written otherwise.
  std::string rewritten(Span whole, Span piece, const std::string& to) const {
    const std::string before = words({whole.file, whole.begin, piece.begin});
    const std::string after = words({whole.file, piece.end, whole.end});
    const bool closes = !after.empty() && (after[0] == ')' || after[0] == ',');
    const bool opens = !before.empty() && (before.back() == '(' || before.back() == '-');
    return before + (before.empty() || opens ? "" : " ") + to + (after.empty() || closes ? "" : " ") + after;
  }

  // ---- Comparisons and their limits

  void relation(ast::ExprId at, const Compared& compared) {
    const ast::Relation& relation = compared.relation;
    ast::Relation other = relation;
    if (const auto op = turned(relation.op))
      other.op = *op;
    else
      other.negated = !other.negated;
    add(Kind::Comparison, at, with_relation(at, other), span(at), rewritten(span(at), relation.span, told(other)));
    mutants_.back().no_difference = same_for_all(compared, other, limits(relation));
    const auto* outer = compared_;
    compared_ = &compared;
    for (ast::ExprId operand : relation.operands) go(operand, true);
    compared_ = outer;
  }

  ast::Expr with_relation(ast::ExprId at, const ast::Relation& relation) const {
    ast::Expr expr = book_.tree.expr(at);
    if (auto* compare = std::get_if<ast::Compare>(&expr)) compare->relation = relation;
    if (auto* quantified = std::get_if<ast::Quantified>(&expr)) quantified->each = relation;
    if (auto* aggregate = std::get_if<ast::Aggregate>(&expr)) aggregate->each = relation;
    return expr;
  }

  std::string told(const ast::Relation& relation) const {
    if (op_words(relation.op).empty())
      return relation.negated ? "not " + words(relation.span) : words(relation.span).substr(std::string("not ").size());
    const std::string operand = words(span(relation.operands.front()));
    const bool after = relation.op == ast::RelationOp::OrBetter || relation.op == ast::RelationOp::OrWorse;
    return fmt::format("{}{}", relation.negated ? "not " : "",
                       after ? operand + " " + std::string(op_words(relation.op))
                             : std::string(op_words(relation.op)) + " " + operand);
  }

  std::vector<std::optional<Decimal>> limits(const ast::Relation& relation) const {
    std::vector<std::optional<Decimal>> out;
    for (ast::ExprId operand : relation.operands) out.push_back(limit_of(operand));
    return out;
  }

  std::optional<Decimal> limit_of(ast::ExprId operand) const {
    if (const auto* literal = std::get_if<ast::Literal>(&book_.tree.expr(operand))) return plain(literal->value);
    if (const auto* label = std::get_if<LabelRef>(&book_.resolved[operand.index])) return plain(label->label);
    return std::nullopt;
  }

  // Does the comparison say the same, written otherwise, of every value that can come up?
  bool same_for_all(const Compared& compared, const ast::Relation& other,
                    const std::vector<std::optional<Decimal>>& other_limits) const {
    const auto here = limits(compared.relation);
    return std::all_of(compared.lhs.begin(), compared.lhs.end(), [&](ast::ExprId lhs) {
      const auto values = possible_values(book_, lhs);
      return values && std::all_of(values->begin(), values->end(), [&](Decimal value) {
               const auto before = says(compared.relation, value, here), after = says(other, value, other_limits);
               return before && after && *before == *after;
             });
    });
  }

  void moved(ast::ExprId id, const Value& to, ast::Expr expr, std::optional<Resolved> resolved) {
    const Span at = span(compared_ ? compared_->node : whole_);
    const ValueType& type = book_.type(id);
    mutants_.push_back({compared_ ? Kind::Threshold : Kind::Number, Mutant::ExprChange{id, std::move(expr), resolved},
                        rule_, at, words(at), rewritten(at, span(id), shown(to, type))});
    if (!compared_) return;
    auto other = limits(compared_->relation);
    for (std::size_t i = 0; i < other.size(); ++i)
      if (compared_->relation.operands[i] == id) other[i] = plain(to);
    mutants_.back().no_difference = same_for_all(*compared_, compared_->relation, other);
  }

  static std::string shown(const Value& value, const ValueType& type) {
    return std::holds_alternative<Label>(value) ? to_plain(value, type) : to_words(value, type);
  }

  void literal(ast::ExprId id, const ast::Literal& node) {
    for (const Value& to : steps_from(node.value, book_.type(id)))
      moved(id, to, ast::Literal{node.kind, to}, std::nullopt);
  }

  void label(ast::ExprId id) {
    const auto* ref = std::get_if<LabelRef>(&book_.resolved[id.index]);
    if (!ref) return;
    for (const Value& to : steps_from(Value(ref->label), book_.type(id)))
      moved(id, to, book_.tree.expr(id), Resolved(LabelRef{std::get<Label>(to)}));
  }

  void within(ast::ExprId id, const ast::WithinLast& node) {
    for (const int by : {-1, 1}) {
      ast::WithinLast other = node;
      other.duration.count += by;
      if (other.duration.count <= 0) continue;
      add(Kind::Threshold, id, other, span(id),
          fmt::format("{} within the last {}", words(span(node.event)), other.duration.to_string()));
    }
  }

  // ---- Several conditions

  void logic(ast::ExprId id, const ast::Logic& node) {
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      ast::Logic other = node;
      other.operands.erase(other.operands.begin() + static_cast<std::ptrdiff_t>(i));
      add(Kind::Condition, id, other, span(node.operands[i]), "left out");
    }
  }

  void consecutive(ast::ExprId id, const ast::Consecutive& node) {
    if (node.count < 2) return;
    ast::Consecutive other = node;
    --other.count;
    add(Kind::Consecutive, id, other, span(id),
        fmt::format("for {} consecutive instead of {}", other.count, node.count));
  }

  void quantified(ast::ExprId id, const ast::Quantified& node) {
    const auto* list = std::get_if<ast::ListOf>(&node.range);
    const Counted written{node.quantity, node.count};
    for (const Counted& changed : other_counts(written, list ? list->members.size() : 0)) {
      ast::Quantified other = node;
      other.quantity = changed.quantity;
      other.count = changed.count;
      add(Kind::Count, id, other, span(id), fmt::format("`{}` made `{}`", count_words(written), count_words(changed)));
    }
    if (list) members(id, node, *list);
    range(id, node);
    if (node.each) relation(id, {list ? list->members : std::vector<ast::ExprId>{}, *node.each, id});
  }

  void aggregate(ast::ExprId id, const ast::Aggregate& node) {
    const auto* list = std::get_if<ast::ListOf>(&node.range);
    const bool counts = node.op == ast::AggregateOp::Count || node.op == ast::AggregateOp::Share;
    if (list && counts) members(id, node, *list);
    range(id, node);
    if (node.each) relation(id, {list ? list->members : std::vector<ast::ExprId>{}, *node.each, id});
  }

  template <class Node>
  void members(ast::ExprId id, const Node& node, const ast::ListOf& list) {
    for (std::size_t i = 0; list.members.size() > 1 && i < list.members.size(); ++i) {
      Node other = node;
      auto& kept = std::get<ast::ListOf>(other.range).members;
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
      add(Kind::Condition, id, other, span(list.members[i]), "left out of the list");
      if (node.each) mutants_.back().words = asked_words(book_, list.members[i], *node.each);
    }
  }

  template <class Node>
  void range(ast::ExprId id, const Node& node) {
    const auto* set = std::get_if<ast::SetOf>(&node.range);
    if (!set || !set->where) return;
    Node other = node;
    std::get<ast::SetOf>(other.range).where.reset();
    add(Kind::Condition, id, other, span(*set->where), "the `where` left out");
  }

  const Rulebook& book_;
  RuleId rule_;
  ast::ExprId whole_;
  std::vector<Mutant>& mutants_;
  const Compared* compared_ = nullptr;  // while inside the limits of a comparison
};

}  // namespace

void add_expression_mutants(const Rulebook& book, RuleId rule, ast::ExprId expr, std::vector<Mutant>& mutants) {
  Mutator(book, rule, expr, mutants).go(expr);
}

std::vector<Value> steps_from(const Value& value, const ValueType& type) {
  std::vector<Value> out;
  if (const auto* number = std::get_if<Decimal>(&value)) {
    const Decimal step = step_of(*number);
    for (const auto& to : {subtract(*number, step), add(*number, step)})
      if (to && (!type.low || to->compare(*type.low) >= 0) && (!type.high || to->compare(*type.high) <= 0))
        out.emplace_back(*to);
  } else if (const auto* date = std::get_if<Date>(&value)) {
    out = {Value(Date{date->days - 1}), Value(Date{date->days + 1})};
  } else if (const auto* label = std::get_if<Label>(&value); label && type.kind == TypeKind::Scale) {
    if (label->index > 0) out.emplace_back(Label{static_cast<std::uint16_t>(label->index - 1)});
    if (label->index + 1u < type.labels.size()) out.emplace_back(Label{static_cast<std::uint16_t>(label->index + 1)});
  }
  return out;
}

Decimal step_of(Decimal value) {
  for (int places = 0; places <= Decimal::kComparedPlaces; ++places)
    if (value.to_scaled(places)) return *Decimal::scaled(1, places);
  return *Decimal::scaled(1, Decimal::kComparedPlaces);
}

std::vector<Counted> other_counts(Counted of, std::size_t members) {
  using enum ast::Quantity;
  const auto all = static_cast<std::uint32_t>(members);
  std::vector<Counted> out;
  switch (of.quantity) {
    case Any:
      if (all != 1) out.push_back({AtLeast, 2});
      break;
    case All:
      if (all > 1) out.push_back({AtLeast, all - 1});
      break;
    case None:
      out.push_back({AtMost, 1});
      break;
    case AtLeast:
      if (of.count > 1) out.push_back({AtLeast, of.count - 1});
      if (all == 0 || of.count < all) out.push_back({AtLeast, of.count + 1});
      break;
    case AtMost:
    case Exactly:
      if (of.count > 0) out.push_back({of.quantity, of.count - 1});
      if (all == 0 || of.count < all) out.push_back({of.quantity, of.count + 1});
      break;
  }
  return out;
}

std::string count_words(Counted of) {
  using enum ast::Quantity;
  switch (of.quantity) {
    case Any:
      return "any of";
    case All:
      return "all of";
    case None:
      return "none of";
    case AtLeast:
      return fmt::format("at least {} of", of.count);
    case AtMost:
      return fmt::format("at most {} of", of.count);
    case Exactly:
      return fmt::format("exactly {} of", of.count);
  }
  return {};
}

}  // namespace assay
