// Goes down an expression; each construct says what could have been written instead.
#include "engine/trial/mutate_expression.h"

#include <algorithm>

#include "dsl/syntax/children.h"
#include "engine/trial/condition.h"
#include "engine/trial/possible.h"
#include "engine/trial/steps.h"
#include "engine/trial/turned_relation.h"

namespace assay {

namespace {

using Kind = Mutant::Kind;

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
    // What a call gives for an argument stands elsewhere than the formula it is put into.
    const bool inside = piece.file == whole.file && whole.begin <= piece.begin && piece.end <= whole.end;
    if (!inside) return fmt::format("{} instead of {}", to, words(piece));
    const std::string before = words({whole.file, whole.begin, piece.begin});
    const std::string after = words({whole.file, piece.end, whole.end});
    const bool closes = !after.empty() && (after[0] == ')' || after[0] == ',');
    const bool opens = !before.empty() && (before.back() == '(' || before.back() == '-');
    return before + (before.empty() || opens ? "" : " ") + to + (after.empty() || closes ? "" : " ") + after;
  }

  // ---- Comparisons and their limits

  void relation(ast::ExprId at, const Compared& compared) {
    const ast::Relation& relation = compared.relation;
    const ast::Relation other = turned(relation);
    add(Kind::Comparison, at, with_relation(at, other), span(at),
        rewritten(span(at), relation.span, relation_words(book_, other)));
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
    ValueType type = book_.type(id);
    // A limit stays where the value itself can come.
    if (compared_ && !compared_->lhs.empty()) {
      const ValueType& value = book_.type(compared_->lhs.front());
      type.low = value.low, type.high = value.high;
    }
    for (const Value& to : steps_from(node.value, type)) moved(id, to, ast::Literal{node.kind, to}, std::nullopt);
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

}  // namespace assay
