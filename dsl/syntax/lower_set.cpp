// Chains of names, lists, sets and what is asked of them (docs/language.md 1.5, 2.4, 4.6).
#include <algorithm>
#include <array>
#include <charconv>

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
    {"lower quartile", ast::AggregateOp::LowerQuartile},
    {"upper quartile", ast::AggregateOp::UpperQuartile},
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
  refuse(node, Kind::Weight, "a list of what is compared", "`average of` and `sum of` take weights");
  for (const Node& child : node.children) {
    if (child.kind == Kind::Weight) continue;
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
  const Node* members = node.child(Kind::List);
  if (!members) return set(node, 0, modifiers);
  for (const Node& child : node.children) {
    if (child.kind == Kind::Weighted) modifiers.weighted_by = chain(child.children.front());
    if (child.kind == Kind::Ignoring) modifiers.ignoring_missing = true;
  }
  return list_of(*members);
}

ast::ListOf Lowering::list_of(const Node& node) {
  ast::ListOf out;
  for (const Node& child : node.children) {
    if (child.kind == Kind::Weight) {
      out.weights.resize(out.members.size());
      out.weights.back() = expr(child.children.front());
      continue;
    }
    out.members.push_back(expr(child));
    set_depth(out.members.back(), depth({out.members.back()}) + 1);
  }
  if (!out.weights.empty()) out.weights.resize(out.members.size());
  return out;
}

ast::SetOf Lowering::set(const Node& node, std::size_t first, Modifiers& modifiers) {
  ast::SetOf out;
  Seen seen;
  const Node* before = nullptr;  // the chain
  for (std::size_t at = first; at < node.children.size(); ++at) {
    const Node& child = node.children[at];
    switch (child.kind) {
      case Kind::Chain:
        before = &child;
        out.set = chain(child);
        continue;
      case Kind::Nearest:
        out.set = set_of_nearest(before, child, out);
        continue;
      case Kind::As:
      case Kind::Where:
      case Kind::Meet:
      case Kind::WithSame:
      case Kind::Weighted:
      case Kind::Expecting:
      case Kind::Ignoring:
      case Kind::Ties:
      case Kind::Over:
        if (!first_time(seen, child)) continue;
        break;
      default:
        continue;
    }
    if (child.kind == Kind::As) out.as = name_of_child(child);
    if (child.kind == Kind::Where) out.where = member_test(child);
    if (child.kind == Kind::Meet) out.meet = member_test(child);
    if (child.kind == Kind::Weighted) modifiers.weighted_by = chain(child.children.front());
    if (child.kind == Kind::Expecting) out.expecting = expr(child.children.front());
    if (child.kind == Kind::Over) modifiers.over = over_time(*child.child(Kind::Duration));
    if (child.kind == Kind::Ignoring) modifiers.ignoring_missing = true;
    if (child.kind == Kind::Ties) {
      const std::string_view word = written(child.children.front());
      modifiers.ties = word == "best" ? ast::Ties::Best : word == "worst" ? ast::Ties::Worst : ast::Ties::Middle;
    }
    if (child.kind == Kind::WithSame)
      for (const Node& same : child.children) out.with_same.push_back(chain(same));
  }
  return out;
}

ast::OverTime Lowering::over_time(const Node& node) {
  duration(node);  // says so where it is longer than the calendar
  const std::string text = words(node);
  const std::size_t end = text.find_first_not_of("0123456789");
  ast::OverTime out{0, consecutive_unit(std::string_view(text).substr(text.find_first_not_of(' ', end)))};
  const auto read = std::from_chars(text.data(), text.data() + end, out.count);
  if (read.ec != std::errc()) out.count = 0;
  return out;
}

// `overall_percent of the 15 councils nearest in deprivation` is the chain `overall_percent of councils` with the rest
// beside it.
ast::ExprId Lowering::set_of_nearest(const Node* before, const Node& nearest, ast::SetOf& set) {
  ast::Chain out;
  if (before) out = std::get<ast::Chain>(tree_.expr(set.set));
  out.parts.push_back({false, name(*nearest.child(Kind::Name))});
  set.nearest = {count(*nearest.child(Kind::Integer)), chain(*nearest.child(Kind::Chain))};
  return tree_.add(std::move(out), {file_, before ? before->begin : nearest.begin, nearest.end});
}

void Lowering::refuse(const Node& node, Kind modifier, std::string_view construct, std::string_view help) {
  const Node* found = node.child(modifier);
  if (!found) return;
  const std::string_view said = modifier == Kind::Weighted ? "weighted by"
                                : modifier == Kind::Ties   ? "ties take"
                                                           : "weight";
  report(DiagnosticKind::UnexpectedWord, span(*found), fmt::format("{} takes no `{}`", construct, said),
         std::string(help));
}

int Lowering::depth(const ast::Range& range) const {
  if (const auto* members = std::get_if<ast::ListOf>(&range)) return depth(members->members);
  return depth_of_set(std::get<ast::SetOf>(range));
}

int Lowering::depth_of_set(const ast::SetOf& set) const {
  std::vector<ast::ExprId> tests;
  if (set.where) tests.push_back(*set.where);
  if (set.meet) tests.push_back(*set.meet);
  if (set.expecting) tests.push_back(*set.expecting);
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
  const std::string counts = fmt::format("`{} of` counts members, so it", word);
  refuse(node, Kind::Weighted, counts, "`share of`, `average of` and `sum of` can be weighted");
  refuse(node, Kind::Ties, counts, "ties are taken by `rank`, `quartile` and `spread`");
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
  out.over = modifiers.over;
  out.ignoring_missing = modifiers.ignoring_missing;
  refuse(node, Kind::Ties, fmt::format("`{} of`", word), "ties are taken by `rank`, `quartile` and `spread`");
  const int deepest = std::max(depth(out.range), out.each ? depth(out.each->operands) : 0);
  const ast::ExprId id = add(std::move(out), node);
  set_depth(id, deepest);
  return id;
}

}  // namespace assay::syntax
