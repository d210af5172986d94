// Chains of names, lists, sets and what is asked of them (docs/language.md 1.5, 2.4, 4.6).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "dsl/syntax/lowering.h"
#include "dsl/syntax/tokens.h"

namespace assay::syntax {

namespace {

struct AggregateWord {
  std::string_view text;
  ast::AggregateOp op;
};
constexpr auto kAggregates = std::to_array<AggregateWord>({
    {"count", ast::AggregateOp::Count},
    {"share", ast::AggregateOp::Share},
    {"sum", ast::AggregateOp::Sum},
    {"average", ast::AggregateOp::Average},
    {"median", ast::AggregateOp::Median},
    {"lowest", ast::AggregateOp::Lowest},
    {"highest", ast::AggregateOp::Highest},
});

struct QuantityWord {
  std::string_view text;
  ast::Quantity quantity;
};
constexpr auto kQuantities = std::to_array<QuantityWord>({
    {"any", ast::Quantity::Any},
    {"all", ast::Quantity::All},
    {"none", ast::Quantity::None},
    {"at least", ast::Quantity::AtLeast},
    {"at most", ast::Quantity::AtMost},
    {"exactly", ast::Quantity::Exactly},
});

}  // namespace

ast::ExprId Lowering::chain(const Node& node) {
  ast::Chain out;
  for (const Node& child : node.children) {
    if (child.kind == Kind::By) {
      out.by = name_of_child(child);
    } else {
      out.parts.push_back({child.children.front().kind == Kind::Word, name_of_child(child)});
    }
  }
  return add(std::move(out), node);
}

std::vector<ast::ExprId> Lowering::list(const Node& node) {
  std::vector<ast::ExprId> out;
  for (const Node& child : node.children) {
    out.push_back(expr(child));
    set_depth(out.back(), depth({out.back()}) + 1);
  }
  return out;
}

std::optional<ast::ExprId> Lowering::member_test(const Node& where_or_meet) {
  const ast::ExprId condition = expr(where_or_meet.children[0]);
  set_depth(condition, depth({condition}) + 1);
  if (const Node* mark = where_or_meet.child(Kind::TrailingLogic)) {
    const std::string_view text = sources_.file(file_).text();
    const auto begin = static_cast<std::uint32_t>(skip_blanks(text, mark->begin));
    const std::string_view word = text.substr(begin, 3) == "and" ? "and" : "or";
    const std::string_view clause = where_or_meet.kind == Kind::Where ? "where" : "meet";
    report(DiagnosticKind::LogicAfterWhere, {file_, begin, begin + static_cast<std::uint32_t>(word.size())},
           fmt::format("`{}` follows a `{}`, and may belong to it or to the whole", word, clause),
           fmt::format("write `{0} (... {1} ...)`, or put brackets round the set before `{1}`", clause, word));
  }
  return condition;
}

ast::Range Lowering::range(const Node& node, Modifiers& modifiers) {
  ast::ListOf members;
  ast::SetOf set;
  bool is_list = false;
  Seen seen;
  for (const Node& child : node.children) {
    if (child.kind == Kind::List) {
      is_list = true;
      members.members = list(child);
    } else if (child.kind == Kind::Chain) {
      set.set = chain(child);
    } else if (child.kind == Kind::Word || child.kind == Kind::Integer || child.kind == Kind::ThatAre ||
               !first_time(seen, child)) {
      continue;
    } else if (child.kind == Kind::As) {
      set.as = name_of_child(child);
    } else if (child.kind == Kind::Where) {
      set.where = member_test(child);
    } else if (child.kind == Kind::Meet) {
      set.meet = member_test(child);
    } else if (child.kind == Kind::Weighted) {
      modifiers.weighted_by = chain(child.children.front());
    } else {
      modifiers.ignoring_missing = true;
    }
  }
  if (is_list) return members;
  return set;
}

int Lowering::depth(const ast::Range& range) const {
  if (const auto* members = std::get_if<ast::ListOf>(&range)) return depth(members->members);
  const auto& set = std::get<ast::SetOf>(range);
  std::vector<ast::ExprId> tests;
  if (set.where) tests.push_back(*set.where);
  if (set.meet) tests.push_back(*set.meet);
  return depth(tests);
}

ast::ExprId Lowering::quantified(const Node& node, std::optional<ast::Relation> each) {
  ast::Quantified out;
  const std::string word = words(node.children[0]);
  out.quantity = std::ranges::find(kQuantities, word, &QuantityWord::text)->quantity;
  if (const Node* number = node.child(Kind::Integer)) out.count = count(*number);
  Modifiers modifiers;
  out.range = range(node, modifiers);
  out.each = std::move(each);
  out.ignoring_missing = modifiers.ignoring_missing;
  if (const Node* weighted = node.child(Kind::Weighted)) {
    report(DiagnosticKind::UnexpectedWord, span(*weighted),
           fmt::format("`{} of` counts members, so it takes no `weighted by`", word),
           "`share of`, `average of` and `sum of` can be weighted");
  }
  const int deepest = std::max(depth(out.range), out.each ? depth(out.each->operands) : 0);
  const ast::ExprId id = add(std::move(out), node);
  set_depth(id, deepest);
  return id;
}

ast::ExprId Lowering::aggregate(const Node& node) {
  const std::string word = words(node.children[0]);
  ast::Aggregate out{.op = std::ranges::find(kAggregates, word, &AggregateWord::text)->op};
  Modifiers modifiers;
  out.range = range(node, modifiers);
  if (const Node* that_are = node.child(Kind::ThatAre)) out.each = relation(that_are->children.front());
  out.weighted_by = modifiers.weighted_by;
  out.ignoring_missing = modifiers.ignoring_missing;
  const int deepest = std::max(depth(out.range), out.each ? depth(out.each->operands) : 0);
  const ast::ExprId id = add(std::move(out), node);
  set_depth(id, deepest);
  return id;
}

}  // namespace assay::syntax
