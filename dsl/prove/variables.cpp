// Variables: one for each piece of evidence at each time it is looked at, bounded by its type; and what is taken as
// free.
#include <fmt/format.h>

#include <algorithm>

#include "dsl/prove/formulas.h"

namespace assay::proving {

namespace {

std::string back_in_words(const Back& back) {
  std::string out;
  const auto add = [&](std::int32_t count, const char* unit) {
    if (count != 0) out += fmt::format(", {} {}{} earlier", count, unit, count == 1 ? "" : "s");
  };
  if (back.months % 3 == 0)
    add(back.months / 3, "quarter");
  else
    add(back.months, "month");
  add(back.days, "day");
  add(back.readings, "reading");
  return out;
}

std::optional<Decimal> number_of(const z3::expr& value) {
  const auto top = Decimal::parse(Z3_get_numeral_decimal_string(value.ctx(), value.numerator(), 0));
  const auto bottom = Decimal::parse(Z3_get_numeral_decimal_string(value.ctx(), value.denominator(), 0));
  if (!top || !bottom) return std::nullopt;
  const Decimal factors[] = {*top}, divisors[] = {*bottom};
  return Decimal::multiply_divide(factors, divisors);
}

}  // namespace

std::string Formulas::words(ast::ExprId id) const { return book_.sources.words(book_.tree.span(id)); }

std::string Formulas::key(std::string_view name, const At& at, Slot slot) const {
  const Slot whose = slot < at.slots.size() ? at.slots[slot] : slot;
  return fmt::format("{}|{}|{} {} {}", name, whose, at.back.months, at.back.days, at.back.readings);
}

z3::expr Formulas::variable(const std::string& key, const std::string& words, const ValueType& type, bool free) {
  if (const auto known = variables_.find(key); known != variables_.end()) return known->second.expr;
  const std::string name = fmt::format("v{}", order_.size());
  z3::expr made(z3_);
  if (type.kind == TypeKind::YesNo || type.kind == TypeKind::Event) {
    made = z3_.bool_const(name.c_str());
  } else if (!type.labels.empty()) {
    made = z3_.int_const(name.c_str());
    ranges_.push_back(made >= 0 && made < static_cast<int>(type.labels.size()));
  } else if (type.kind == TypeKind::Text) {
    made = z3_.int_const(name.c_str());
  } else {
    made = z3_.real_const(name.c_str());
    if (type.low) ranges_.push_back(made >= real(*type.low));
    if (type.high) ranges_.push_back(made <= real(*type.high));
    const bool whole = type.kind == TypeKind::Whole || type.kind == TypeKind::Score || type.kind == TypeKind::Date;
    if (whole) ranges_.push_back(z3::is_int(made));
    // Nothing lasts less than no time.
    if ((type.kind == TypeKind::Days || type.kind == TypeKind::Months) && !type.low && !free)
      ranges_.push_back(made >= 0);
  }
  variables_.emplace(key, Variable{made, words, type, free});
  order_.push_back(key);
  return made;
}

z3::expr Formulas::taken(ast::ExprId id, const At& at, std::string_view what) {
  const std::string said = fmt::format("`{}`{}{}", words(id), what, back_in_words(at.back));
  ValueType type = book_.type(id);
  if (!what.empty()) type = ValueType{.kind = TypeKind::YesNo};
  return variable(key(said, at, 0), said, type, true);
}

std::vector<std::string> Formulas::taken_free() const {
  std::vector<std::string> out;
  for (const std::string& key : order_)
    if (variables_.at(key).free) out.push_back(variables_.at(key).words);
  return out;
}

std::vector<std::string> Formulas::in_words(const z3::model& model) const {
  std::vector<std::string> out;
  for (const std::string& key : order_) {
    const Variable& variable = variables_.at(key);
    if (!model.has_interp(variable.expr.decl())) continue;
    const z3::expr value = model.get_const_interp(variable.expr.decl());
    std::string said;
    if (value.is_bool()) {
      said = value.is_true() ? "yes" : "no";
    } else if (!variable.type.labels.empty()) {
      said = to_words(Value(Label{static_cast<std::uint16_t>(value.get_numeral_int())}), variable.type);
    } else if (variable.type.kind == TypeKind::Date || variable.type.kind == TypeKind::Text) {
      continue;  // of these only which is earlier, or the same, was looked at
    } else if (const auto number = value.is_numeral() ? number_of(value) : std::nullopt) {
      said = to_words(Value(*number), variable.type);
    } else {
      continue;
    }
    out.push_back(fmt::format("{} is {}", variable.words, said));
  }
  return out;
}

// Evidence of one of the subjects, a parameter, a rule's answer, or a value's name.
z3::expr Formulas::of_chain(ast::ExprId id, const At& at) {
  const Resolved& resolved = book_.resolved[id.index];
  if (const auto* field = std::get_if<FieldOf>(&resolved)) {
    const FieldDef& def = book_.schema.field(field->field);
    const std::string title = def.title.empty() ? def.name : def.title;
    return variable(key(def.name, at, field->slot), title + back_in_words(at.back), def.type, false);
  }
  if (const auto* label = std::get_if<LabelRef>(&resolved)) return z3_.int_val(int{label->label.index});
  if (const auto* parameter = std::get_if<ParameterRef>(&resolved)) {
    const auto& values = book_.parameters[parameter->parameter.index].values;
    if (!values.empty()) return of_value(values.back().value);
  }
  if (const auto* rule = std::get_if<RuleOf>(&resolved)) {
    At there = at;
    // A rule of one subject: it is the one named here.
    if (rule->slot < at.slots.size()) there.slots[0] = at.slots[rule->slot];
    there.above = nullptr;
    return rule_value(rule->rule, there);
  }
  return taken(id, at);
}

z3::expr Formulas::of_value(const Value& value) {
  if (const auto* yes = std::get_if<bool>(&value)) return z3_.bool_val(*yes);
  if (const auto* number = std::get_if<Decimal>(&value)) return real(*number);
  if (const auto* date = std::get_if<Date>(&value)) return z3_.real_val(date->days);
  if (const auto* label = std::get_if<Label>(&value)) return z3_.int_val(int{label->index});
  if (const auto* text = std::get_if<std::string>(&value))
    return z3_.int_val(texts_.try_emplace(*text, static_cast<int>(texts_.size())).first->second);
  return z3_.real_val(std::get<ImpreciseDate>(value).first.days);
}

z3::expr Formulas::of_literal(const ast::Literal& literal) { return of_value(literal.value); }

}  // namespace assay::proving
