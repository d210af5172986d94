// One overload a construct; a new one does not compile until it is here.
#include "dsl/compare/term.h"

#include <algorithm>

#include "evidence/core/check.h"

namespace assay {

std::string Term::key() const {
  std::string out = fmt::format("{}:{}", static_cast<int>(kind), detail);
  if (number) out += "=" + number->to_string();
  if (kind == Kind::Compare || kind == Kind::Asked)
    out += fmt::format("/{}{}", negated ? "not " : "", static_cast<int>(op));
  out += "(";
  for (const Term& part : parts) out += part.key() + ",";
  return out + ")";
}

namespace {

using Kind = Term::Kind;
using enum ast::RelationOp;

void sort_parts(Term& term) {
  std::vector<std::pair<std::string, Term>> keyed;
  for (Term& part : term.parts) keyed.emplace_back(part.key(), std::move(part));
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  term.parts.clear();
  for (auto& [key, part] : keyed) term.parts.push_back(std::move(part));
}

// The opposite of a comparison of order; nothing of others.
std::optional<ast::RelationOp> opposite(ast::RelationOp op) {
  switch (op) {
    case AtLeast:
      return LessThan;
    case LessThan:
      return AtLeast;
    case AtMost:
      return MoreThan;
    case MoreThan:
      return AtMost;
    case Known:
      return Unknown;
    case Unknown:
      return Known;
    default:
      return std::nullopt;
  }
}

ast::RelationOp without_direction(ast::RelationOp op, bool higher_is_better) {
  switch (op) {
    case BetterThan:
      return higher_is_better ? MoreThan : LessThan;
    case WorseThan:
      return higher_is_better ? LessThan : MoreThan;
    case AtLeastAsGoodAs:
    case OrBetter:
      return higher_is_better ? AtLeast : AtMost;
    case OrWorse:
      return higher_is_better ? AtMost : AtLeast;
    default:
      return op;
  }
}

class Maker {
 public:
  explicit Maker(const Rulebook& book) : book_(book) {}

  Term make(ast::ExprId id) {
    id_ = id;
    const ast::Expr& node = book_.tree.expr(id);
    return std::visit([&](const auto& one) { return of(id, one); }, node);
  }

 private:
  Term whole(std::string detail, std::vector<ast::ExprId> parts) {
    Term out{.kind = Kind::Other, .detail = std::move(detail)};
    for (ast::ExprId part : parts) out.parts.push_back(make(part));
    return out;
  }
  Term number(Decimal value, std::string type) {
    return {.kind = Kind::Number, .detail = std::move(type), .number = value};
  }

  Term of(ast::ExprId, const ast::Literal& node) {
    const std::string type = std::to_string(static_cast<int>(node.kind));
    if (const auto* value = std::get_if<Decimal>(&node.value)) return number(*value, type);
    if (const auto* value = std::get_if<bool>(&node.value)) return number(Decimal::from_int(*value ? 1 : 0), type);
    if (const auto* value = std::get_if<Date>(&node.value)) return number(Decimal::from_int(value->days), type);
    if (const auto* value = std::get_if<Label>(&node.value)) return number(Decimal::from_int(value->index), type);
    return {.kind = Kind::Text, .detail = std::get<std::string>(node.value)};
  }

  std::string set_in_words(const SetRef& set) {
    std::string out = book_.schema.kind(set.members).name;
    for (const Hop& hop : set.hops)
      out += fmt::format(" {} {}", hop.forward ? ">" : "<", book_.schema.kind(hop.relation).name);
    if (set.anchor) out += fmt::format(" of {}", *set.anchor);
    if (set.others) out += " but it";
    if (set.value && std::holds_alternative<FieldOf>(*set.value))
      out += " field " + book_.schema.field(std::get<FieldOf>(*set.value).field).name;
    if (set.value && std::holds_alternative<RuleOf>(*set.value))
      out += " rule " + book_.rule(std::get<RuleOf>(*set.value).rule).name;
    return out;
  }
  Term of(ast::ExprId id, const ast::Chain& node) {
    const Resolved& what = book_.resolved[id.index];
    if (const auto* of = std::get_if<FieldOf>(&what))
      return {.kind = Kind::Field, .detail = fmt::format("{} {}", of->slot, book_.schema.field(of->field).name)};
    if (const auto* of = std::get_if<RuleOf>(&what))
      return {.kind = Kind::RuleValue, .detail = fmt::format("{} {}", of->slot, book_.rule(of->rule).name)};
    if (const auto* of = std::get_if<ParameterRef>(&what))
      return {.kind = Kind::Parameter, .detail = book_.parameters[of->parameter.index].name};
    if (const auto* of = std::get_if<LabelRef>(&what))
      return number(Decimal::from_int(of->label.index), "label " + node.parts.front().name.text);
    if (const auto* of = std::get_if<SubjectRef>(&what)) return whole(fmt::format("subject {}", of->slot), {});
    if (const auto* of = std::get_if<SetRef>(&what)) return whole("set " + set_in_words(*of), {});
    return whole("chain", {});
  }

  // Runs of one sign, flat and sorted: sums are exact in any order.
  void add_sum(Term& sum, ast::ExprId id, bool minus) {
    const auto* node = std::get_if<ast::Arithmetic>(&book_.tree.expr(id));
    if (node && (node->op == ast::ArithmeticOp::Add || node->op == ast::ArithmeticOp::Subtract)) {
      add_sum(sum, node->lhs, minus);
      add_sum(sum, node->rhs, minus != (node->op == ast::ArithmeticOp::Subtract));
      return;
    }
    Term part = make(id);
    if (minus) part = {.kind = Kind::Minus, .parts = {std::move(part)}};
    sum.parts.push_back(std::move(part));
  }
  void add_product(Term& product, ast::ExprId id, bool under) {
    const auto* node = std::get_if<ast::Arithmetic>(&book_.tree.expr(id));
    if (node && (node->op == ast::ArithmeticOp::Multiply || node->op == ast::ArithmeticOp::Divide)) {
      add_product(product, node->lhs, under);
      add_product(product, node->rhs, under != (node->op == ast::ArithmeticOp::Divide));
      return;
    }
    Term part = make(id);
    if (under) part = {.kind = Kind::Per, .parts = {std::move(part)}};
    product.parts.push_back(std::move(part));
  }
  Term of(ast::ExprId id, const ast::Arithmetic& node) {
    const bool sum = node.op == ast::ArithmeticOp::Add || node.op == ast::ArithmeticOp::Subtract;
    Term out{.kind = sum ? Kind::Sum : Kind::Product};
    sum ? add_sum(out, id, false) : add_product(out, id, false);
    sort_parts(out);
    return out;
  }
  Term of(ast::ExprId, const ast::Negate& node) { return {.kind = Kind::Minus, .parts = {make(node.operand)}}; }
  Term of(ast::ExprId, const ast::Not& node) {
    Term inner = make(node.operand);
    if (inner.kind == Kind::Not) return std::move(inner.parts.front());
    if (inner.kind == Kind::Compare) {
      if (const auto op = opposite(inner.op); op && !inner.negated)
        inner.op = *op;
      else
        inner.negated = !inner.negated;
      return inner;
    }
    return {.kind = Kind::Not, .parts = {std::move(inner)}};
  }
  Term of(ast::ExprId, const ast::Logic& node) {
    Term out{.kind = node.op == ast::LogicOp::And ? Kind::And : Kind::Or};
    for (ast::ExprId operand : node.operands) {
      Term part = make(operand);
      if (part.kind == out.kind)
        for (Term& inner : part.parts) out.parts.push_back(std::move(inner));
      else
        out.parts.push_back(std::move(part));
    }
    sort_parts(out);
    return out;
  }

  void put_relation(Term& term, const ast::Relation& relation, const ValueType& type, bool higher_is_better) {
    term.op = without_direction(relation.op, higher_is_better);
    term.negated = relation.negated;
    term.type = &type;
    if (const auto op = opposite(term.op); op && term.negated) term.op = *op, term.negated = false;
    if (term.op == OneOf && relation.operands.size() == 1) term.op = Equal;
    const std::size_t first = term.parts.size();
    for (ast::ExprId operand : relation.operands) term.parts.push_back(make(operand));
    if (term.op != OneOf) return;
    std::sort(term.parts.begin() + static_cast<std::ptrdiff_t>(first), term.parts.end(),
              [](const Term& a, const Term& b) { return a.key() < b.key(); });
  }
  bool higher_is_better(ast::ExprId id) const { return better_direction(book_, id) != Direction::LowerIsBetter; }
  Term of(ast::ExprId, const ast::Compare& node) {
    Term out{.kind = Kind::Compare, .parts = {make(node.lhs)}};
    put_relation(out, node.relation, book_.type(node.lhs), higher_is_better(node.lhs));
    return out;
  }
  Term of(ast::ExprId, const ast::WithinLast& node) {
    return {.kind = Kind::Within,
            .detail = node.duration.unit == Duration::Unit::Days ? "days" : "months",
            .number = Decimal::from_int(node.duration.count),
            .parts = {make(node.event)}};
  }
  Term of(ast::ExprId, const ast::Consecutive& node) {
    return {.kind = Kind::Consecutive,
            .detail = std::to_string(static_cast<int>(node.unit)),
            .number = Decimal::from_int(node.count),
            .parts = {make(node.test)}};
  }
  Term of(ast::ExprId, const ast::PercentOf& node) { return whole("percent of", {node.part, node.whole}); }
  Term of(ast::ExprId, const ast::Rounded& node) {
    return {.kind = Kind::Rounded,
            .detail = fmt::format("{} {}", static_cast<int>(node.rounding), node.places),
            .parts = {make(node.operand)}};
  }
  Term of(ast::ExprId, const ast::When& node) { return whole("when", {node.value, node.condition, node.otherwise}); }
  Term of(ast::ExprId, const ast::TheAbove&) { return whole("the above", {}); }
  Term of(ast::ExprId, const ast::FirstKnownOf& node) { return whole("first known of", node.operands); }
  Term of(ast::ExprId, const ast::DaysSince& node) {
    return whole(node.months ? "months since" : "days since", {node.event});
  }
  Term of(ast::ExprId, const ast::SinceEntering& node) {
    return whole(node.months ? "months since entering" : "days since entering", {});
  }
  Term of(ast::ExprId, const ast::Previous& node) { return whole("previous", {node.operand}); }
  Term of(ast::ExprId, const ast::Ago& node) { return whole("ago " + node.duration.to_string(), {node.operand}); }
  Term of(ast::ExprId, const ast::Change& node) {
    return whole("change over " + (node.over ? node.over->to_string() : "since entering"), {node.operand});
  }
  Term of(ast::ExprId, const ast::Call& node) {
    CHECK(node.body);
    return make(*node.body);
  }

  Term of_range(const ast::Range& range) {
    if (const auto* list = std::get_if<ast::ListOf>(&range)) {
      Term out{.kind = Kind::List};
      for (std::size_t i = 0; i < list->members.size(); ++i) {
        Term member = make(list->members[i]);
        if (!list->weights.empty() && list->weights[i])
          member = {.kind = Kind::Other, .detail = "weighted", .parts = {std::move(member), make(*list->weights[i])}};
        out.parts.push_back(std::move(member));
      }
      sort_parts(out);
      return out;
    }
    return of_set(std::get<ast::SetOf>(range));
  }
  Term of_set(const ast::SetOf& set) {
    Term out{.kind = Kind::Set, .detail = make(set.set).key()};
    if (set.where) out.parts.push_back({.kind = Kind::Where, .parts = {make(*set.where)}});
    if (set.meet) out.parts.push_back({.kind = Kind::Meet, .parts = {make(*set.meet)}});
    for (ast::ExprId same : set.with_same) out.detail += " with the same " + make(same).key();
    if (set.nearest) out.detail += fmt::format(" {} nearest in {}", set.nearest->count, make(set.nearest->by).key());
    if (set.expecting) out.detail += " expecting " + make(*set.expecting).key();
    return out;
  }
  void put_each(Term& out, const ast::Relation& each, const ast::Range& range) {
    Term asked{.kind = Kind::Asked};
    ast::ExprId of = id_;
    if (const auto* list = std::get_if<ast::ListOf>(&range); list && !list->members.empty()) of = list->members.front();
    if (const auto* set = std::get_if<ast::SetOf>(&range)) of = set->set;
    put_relation(asked, each, book_.type(of), higher_is_better(of));
    out.parts.push_back(std::move(asked));
  }
  Term of(ast::ExprId, const ast::Quantified& node) {
    Term out{.kind = Kind::Quantified, .number = Decimal::from_int(node.count)};
    ast::Quantity quantity = node.quantity;
    if (quantity == ast::Quantity::Any) quantity = ast::Quantity::AtLeast, out.number = Decimal::from_int(1);
    if (quantity == ast::Quantity::None) quantity = ast::Quantity::AtMost, out.number = Decimal::from_int(0);
    out.detail = fmt::format("{}{}", static_cast<int>(quantity), node.ignoring_missing ? " ignoring missing" : "");
    out.parts.push_back(of_range(node.range));
    if (node.each) put_each(out, *node.each, node.range);
    return out;
  }
  Term of(ast::ExprId, const ast::Aggregate& node) {
    Term out{.kind = Kind::Aggregate};
    out.detail = fmt::format("{}{}", static_cast<int>(node.op), node.ignoring_missing ? " ignoring missing" : "");
    if (node.over) out.detail += fmt::format(" over {} {}", node.over->count, static_cast<int>(node.over->unit));
    if (node.weighted_by) out.detail += " by " + make(*node.weighted_by).key();
    if (node.value) out.detail += " of " + make(*node.value).key();
    out.parts.push_back(of_range(node.range));
    if (node.each) put_each(out, *node.each, node.range);
    return out;
  }
  Term of(ast::ExprId, const ast::Position& node) {
    Term out = whole(fmt::format("position {} {} {} {}", static_cast<int>(node.op), static_cast<int>(node.from),
                                 static_cast<int>(node.ties), node.ignoring_missing),
                     {node.value});
    out.parts.push_back(of_set(node.among));
    return out;
  }
  Term of(ast::ExprId, const ast::Spread& node) {
    Term out = whole(fmt::format("spread {} {}", static_cast<int>(node.ties), node.ignoring_missing),
                     {node.value, node.best, node.worst});
    out.parts.push_back(of_set(node.among));
    return out;
  }
  Term of(ast::ExprId, const ast::ErrorExpr&) {
    CHECK(!"rules with mistakes are not compared");
    return {};
  }

  const Rulebook& book_;
  ast::ExprId id_;
};

}  // namespace

bool may_find_nothing(const Term& term) {
  const bool of_some = term.kind == Kind::Aggregate && term.parts.front().kind == Kind::Set;
  const bool looks = term.detail.starts_with("days since") || term.detail.starts_with("months since") ||
                     term.detail == "percent of" || term.detail == "change over since entering";
  if (term.kind == Kind::Per || of_some || (term.kind == Kind::Other && looks)) return true;
  return std::any_of(term.parts.begin(), term.parts.end(), may_find_nothing);
}

Term term_of(const Rulebook& rulebook, ast::ExprId expr) { return Maker(rulebook).make(expr); }

}  // namespace assay
