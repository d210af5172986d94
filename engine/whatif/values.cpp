// Limits found in the text of rules, and the values beside them.
#include "engine/whatif/values.h"

#include <algorithm>
#include <set>

#include "dsl/check/reads.h"
#include "dsl/syntax/children.h"
#include "engine/plan/plan.h"

namespace assay {

namespace {

class Limits {
 public:
  Limits(const Rulebook& book, TypeKind kind) : book_(book), kind_(kind) {}

  void rule(RuleId id) {
    if (!seen_.insert(id).second) return;
    const Rule& rule_of = book_.rule(id);
    for (ast::ExprId expr : checking::deciding_exprs(rule_of)) within(expr);
    for (ParameterId id_of : parameters_read(book_, id)) {
      const Parameter& parameter = book_.parameters[id_of.index];
      if (alike(book_.type(parameter.type).kind))
        for (const auto& dated : parameter.values) add(dated.value);
    }
    if (const auto* rating = std::get_if<RatingRule>(&rule_of.body); rating && alike(book_.type(rating->from).kind))
      for (const auto& band : rating->bands)
        if (band.low) found.push_back(*band.low);
    for (RuleId read : rules_read(book_, id)) this->rule(read);
  }

  std::vector<Decimal> found;

 private:
  // Written without a unit of their own, scores and plain numbers are held against each other.
  static bool plain(TypeKind kind) {
    return kind == TypeKind::Number || kind == TypeKind::Whole || kind == TypeKind::Score;
  }
  bool alike(TypeKind kind) const { return kind == kind_ || (plain(kind) && plain(kind_)); }
  void add(const Value& value) {
    if (const auto* number = std::get_if<Decimal>(&value)) found.push_back(*number);
  }
  void within(ast::ExprId id) {
    const ast::Expr& node = book_.tree.expr(id);
    if (const auto* literal = std::get_if<ast::Literal>(&node); literal && alike(literal->kind)) add(literal->value);
    ast::for_each_child(node, [&](ast::ExprId child) { within(child); });
  }

  const Rulebook& book_;
  TypeKind kind_;
  std::set<RuleId> seen_;
};

// One in the last place that either number is written to.
Decimal step_of(const Decimal& limit, const std::optional<Value>& held) {
  for (int places = 0; places < Decimal::kComparedPlaces; ++places) {
    const auto* number = held ? std::get_if<Decimal>(&*held) : nullptr;
    if (limit.to_scaled(places) && (!number || number->to_scaled(places))) return *Decimal::scaled(1, places);
  }
  return *Decimal::scaled(1, Decimal::kComparedPlaces);
}

bool in_range(const ValueType& type, const Decimal& value) {
  return (!type.low || type.low->compare(value) <= 0) && (!type.high || value.compare(*type.high) <= 0);
}

constexpr std::int64_t kFewScores = 12;

}  // namespace

std::vector<Decimal> limits_of(const Rulebook& rulebook, RuleId rule, TypeKind kind) {
  Limits limits(rulebook, kind);
  limits.rule(rule);
  std::vector<Decimal>& found = limits.found;
  std::sort(found.begin(), found.end(), [](const Decimal& a, const Decimal& b) { return a.compare(b) < 0; });
  found.erase(
      std::unique(found.begin(), found.end(), [](const Decimal& a, const Decimal& b) { return a.compare(b) == 0; }),
      found.end());
  return std::move(found);
}

std::vector<Value> values_to_try(const ValueType& type, const std::optional<Value>& held,
                                 const std::vector<Decimal>& limits) {
  std::vector<Value> out;
  if (type.kind == TypeKind::YesNo || type.kind == TypeKind::Event) out = {Value(false), Value(true)};
  for (std::size_t label = 0; label < type.labels.size(); ++label)
    out.push_back(Value(Label{static_cast<std::uint16_t>(label)}));
  if (is_numeric(type.kind)) {
    std::vector<Decimal> numbers;
    const auto low = type.low ? type.low->to_scaled(0) : std::nullopt;
    const auto high = type.high ? type.high->to_scaled(0) : std::nullopt;
    const bool counted = type.kind == TypeKind::Score || type.kind == TypeKind::Whole;
    if (counted && low && high && *high - *low < kFewScores) {
      for (std::int64_t each = *low; each <= *high; ++each) numbers.push_back(Decimal::from_int(each));
    } else {
      for (const Decimal& limit : limits) {
        const Decimal step = step_of(limit, held);
        for (const auto& number : {std::optional(limit), subtract(limit, step), add(limit, step)})
          if (number) numbers.push_back(*number);
      }
      if (type.low) numbers.push_back(*type.low);
      if (type.high) numbers.push_back(*type.high);
    }
    for (const Decimal& number : numbers)
      if (in_range(type, number)) out.push_back(Value(number));
  }
  std::vector<Value> fresh;
  for (const Value& value : out) {
    const auto is = [&](const Value& other) { return same(other, value); };
    if ((!held || !is(*held)) && std::none_of(fresh.begin(), fresh.end(), is)) fresh.push_back(value);
  }
  return fresh;
}

}  // namespace assay
