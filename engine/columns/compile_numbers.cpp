// Numbers: in 64 bits wherever their ranges show that nothing is lost, else in 128.
#include <algorithm>

#include "engine/columns/compiler.h"
#include "engine/eval/arithmetic.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

constexpr int kPlacesMax = Decimal::kComparedPlaces;
constexpr std::int64_t kTableMax = 4096;  // inputs of a function that is worked out beforehand
// A lane stays below this, so that a sum of two fits; and the number it stands for below what rules reckon with.
constexpr __int128 kLaneMax = __int128{1} << 62;

__int128 power_of_ten(int places) {
  __int128 power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  return power;
}

bool fits(__int128 least, __int128 greatest, int places) {
  const __int128 most = std::max(greatest < 0 ? -greatest : greatest, least < 0 ? -least : least);
  return most < kLaneMax && most < power_of_ten(14 + std::min(places, kPlacesMax));
}

std::int64_t floor_divide(__int128 a, __int128 b) {
  const __int128 quotient = a / b;
  return static_cast<std::int64_t>(quotient - (a % b != 0 && a < 0 ? 1 : 0));
}

const Decimal* constant(const Made& made) {
  const auto* cell = std::get_if<Cell>(&made);
  return cell ? std::get_if<Decimal>(&cell->value()) : nullptr;
}

// As few places as a constant can be written with; nothing where it takes more than a comparison sees.
std::optional<std::pair<std::int64_t, int>> scaled(Decimal number) {
  for (int places = 0; places <= kPlacesMax; ++places)
    if (const auto count = number.to_scaled(places)) return std::pair(*count, places);
  return std::nullopt;
}

}  // namespace

Decimal number_at(const NumberValue& value, std::int64_t lane) {
  if (value.table) return (*value.table)[static_cast<std::size_t>(lane - value.least)];
  return *Decimal::scaled(lane, value.places);
}

std::int64_t lane_reaching(const NumberValue& value, Decimal number) {
  if (value.table) {
    const auto found =
        std::ranges::lower_bound(*value.table, number, [](Decimal a, Decimal b) { return a.compare(b) < 0; });
    return value.least + (found - value.table->begin());
  }
  // Lanes are exact, and a comparison sees 12 places of the number.
  const Decimal seen = number.rounded(Rounding::HalfAwayFromZero, kPlacesMax).value_or(number);
  const __int128 unit = power_of_ten(Decimal::kPlaces - value.places);
  const __int128 lane = -static_cast<__int128>(floor_divide(-seen.units(), unit));
  const __int128 end = static_cast<__int128>(value.greatest) + 1;
  return static_cast<std::int64_t>(std::clamp<__int128>(lane, value.least, end));
}

NumberValue Compiler::number(const Made& made, Site& site) {
  if (const auto* number = std::get_if<NumberValue>(&made)) return *number;
  const auto* cell = std::get_if<Cell>(&made);
  if (!cell || !cell->known()) throw NoPlan{cell ? "it reads a constant that is not known" : "it reads a text"};
  NumberValue out;
  const Value& value = cell->value();
  std::int64_t lane = 0;
  if (const auto* date = std::get_if<Date>(&value)) {
    out.sort = Sort::Dates, lane = date->days;
  } else if (const auto* label = std::get_if<Label>(&value)) {
    out.sort = Sort::Labels, lane = label->index;
  } else if (const auto* number = std::get_if<Decimal>(&value)) {
    const auto count = scaled(*number);
    if (!count || !fits(count->first, count->first, count->second)) {
      out.wide = true;
      out.places = Decimal::kPlaces;
      out.reg = site.into->wide();
      site.into->add(FillWide{*number, out.reg});
      return out;
    }
    lane = count->first, out.places = count->second;
  } else {
    throw NoPlan{"it reads a text"};
  }
  out.least = out.greatest = lane;
  out.reg = site.into->number();
  site.into->add(FillNumber{lane, out.reg});
  return out;
}

// Out of a table into lanes of its numbers, or into a wide register where one has too many places.
NumberValue Compiler::plain(const NumberValue& value, Site& site) {
  if (!value.table) return value;
  int places = 0;
  for (const Decimal& number : *value.table) {
    const auto count = scaled(number);
    if (!count) return widened(value, site);
    places = std::max(places, count->second);
  }
  std::vector<std::int64_t> lanes;
  for (const Decimal& number : *value.table) {
    const auto count = number.to_scaled(places);
    if (!count || !fits(*count, *count, places)) return widened(value, site);
    lanes.push_back(*count);
  }
  NumberValue out = value;
  out.table = nullptr;
  out.places = places;
  out.least = lanes.front(), out.greatest = lanes.back();
  out.reg = site.into->number();
  site.into->add(
      Lookup{value.reg, value.least, std::make_shared<const std::vector<std::int64_t>>(std::move(lanes)), out.reg});
  return out;
}

NumberValue Compiler::widened(const NumberValue& value, Site& site) {
  if (value.wide) return value;
  if (value.sort != Sort::Numbers) throw NoPlan{"it mixes dates or labels with numbers"};
  NumberValue out = value;
  out.wide = true;
  out.table = nullptr;
  out.places = Decimal::kPlaces;
  out.reg = site.into->wide();
  if (value.table)
    site.into->add(WidenByTable{value.reg, value.least, value.table, out.reg});
  else
    site.into->add(Widen{value.reg, value.places, out.reg});
  return out;
}

bool Compiler::to_places(NumberValue& value, int places, Site& site) {
  value = plain(value, site);
  if (value.wide || value.places > places) return false;
  if (value.places == places) return true;
  const __int128 unit = power_of_ten(places - value.places);
  const __int128 least = unit * value.least, greatest = unit * value.greatest;
  if (!fits(least, greatest, places)) return false;
  NumberValue out = value;
  out.places = places;
  out.least = static_cast<std::int64_t>(least), out.greatest = static_cast<std::int64_t>(greatest);
  out.reg = site.into->number();
  site.into->add(MultiplyConstant{value.reg, static_cast<std::int64_t>(unit), false, out.reg});
  value = out;
  return true;
}

bool Compiler::same_places(NumberValue& a, NumberValue& b, Site& site) {
  a = plain(a, site), b = plain(b, site);
  if (a.wide || b.wide) return false;
  const int places = std::max(a.places, b.places);
  return to_places(a, places, site) && to_places(b, places, site);
}

template <class F>
std::optional<NumberValue> Compiler::by_table(const NumberValue& value, F apply, Site& site) {
  if (value.wide || value.sort != Sort::Numbers || (value.may & kOpen) != 0) return std::nullopt;
  if (static_cast<__int128>(value.greatest) - value.least >= kTableMax) return std::nullopt;
  std::vector<Decimal> made;
  for (std::int64_t lane = value.least; lane <= value.greatest; ++lane) {
    const Cell out = apply(Cell::of(Value(number_at(value, lane))));
    if (!out.known() || !std::holds_alternative<Decimal>(out.value())) return std::nullopt;
    made.push_back(std::get<Decimal>(out.value()));
  }
  // A divisor on both sides of 0 leaves a range open, whatever each number by itself gives.
  Cell all;
  all.low = Value(number_at(value, value.least)), all.high = Value(number_at(value, value.greatest));
  if (const Cell out = apply(all); !out.low || !out.high) return std::nullopt;
  const auto below = [](Decimal a, Decimal b) { return a.compare(b) < 0; };
  NumberValue out = value;
  if (!std::ranges::is_sorted(made, below)) {
    std::ranges::reverse(made);
    if (!std::ranges::is_sorted(made, below)) return std::nullopt;
    out.least = -value.greatest, out.greatest = -value.least;
    out.reg = site.into->number();
    site.into->add(MultiplyConstant{value.reg, -1, false, out.reg});
  }
  // Inputs that give the same are one place in the table, so that ends that meet are seen to. No table where some give
  // the same for a comparison alone.
  std::vector<std::int64_t> place;
  std::vector<Decimal> table;
  for (const Decimal& number : made) {
    if (!table.empty() && table.back().compare(number) == 0 && table.back() != number) return std::nullopt;
    if (table.empty() || table.back().compare(number) != 0) table.push_back(number);
    place.push_back(static_cast<std::int64_t>(table.size()) - 1);
  }
  if (table.size() < made.size()) {
    const Reg reg = site.into->number();
    site.into->add(
        Lookup{out.reg, out.least, std::make_shared<const std::vector<std::int64_t>>(std::move(place)), reg});
    out.reg = reg, out.least = 0, out.greatest = static_cast<std::int64_t>(table.size()) - 1;
  }
  out.places = 0;
  out.table = std::make_shared<const std::vector<Decimal>>(std::move(table));
  return out;
}

Made Compiler::sum(ast::ExprId at, bool less, const Made& a, const Made& b, Site& site) {
  const auto& node = std::get<ast::Arithmetic>(book_.tree.expr(at));
  const bool months = book_.type(node.rhs).kind == TypeKind::Months || book_.type(node.lhs).kind == TypeKind::Months;
  const auto *x = std::get_if<Cell>(&a), *y = std::get_if<Cell>(&b);
  if (x && y) return less ? subtract_cells(*x, *y, months) : add_cells(*x, *y, months);
  if (months) throw NoPlan{"it counts months from dates"};
  for (const auto& [made, cell, first] : {std::tuple{&a, y, true}, std::tuple{&b, x, false}}) {
    if (!cell) continue;
    const auto apply = [&](const Cell& one) {
      const Cell &left = first ? one : *cell, &right = first ? *cell : one;
      return less ? subtract_cells(left, right, false) : add_cells(left, right, false);
    };
    if (const auto* value = std::get_if<NumberValue>(made))
      if (auto out = by_table(*value, apply, site)) return *out;
  }
  NumberValue left = number(a, site), right = number(b, site);
  NumberValue out = left;
  out.may = static_cast<State>(left.may | right.may);
  if (less && (right.may & kOpen) != 0) out.may |= kOpen;
  // A date and days, or two dates, which give days.
  const bool dates = left.sort == Sort::Dates || right.sort == Sort::Dates;
  if (left.sort == Sort::Labels || right.sort == Sort::Labels) throw NoPlan{"it adds labels"};
  out.sort = dates && !(less && right.sort == Sort::Dates) ? Sort::Dates : Sort::Numbers;
  bool narrow = same_places(left, right, site);
  const __int128 sign = less ? -1 : 1;
  const __int128 least = left.least + sign * (less ? right.greatest : right.least);
  const __int128 greatest = left.greatest + sign * (less ? right.least : right.greatest);
  if (dates && (!narrow || left.places != 0)) throw NoPlan{"it adds to dates what is not whole days"};
  if (dates && out.sort == Sort::Dates && (least < -3'000'000 || greatest > 3'000'000))
    throw NoPlan{"it may leave the calendar"};
  if (narrow && fits(least, greatest, left.places)) {
    out.wide = false, out.table = nullptr, out.places = left.places;
    out.least = static_cast<std::int64_t>(least), out.greatest = static_cast<std::int64_t>(greatest);
    out.reg = site.into->number();
    if (less)
      site.into->add(Subtract{left.reg, right.reg, out.reg});
    else
      site.into->add(Add{left.reg, right.reg, out.reg});
    return out;
  }
  left = widened(left, site), right = widened(right, site);
  out.wide = true, out.table = nullptr, out.places = Decimal::kPlaces;
  out.may |= kOpen | kMissing;
  out.reg = site.into->wide();
  site.into->add(AddWide{left.reg, right.reg, less, out.reg});
  return out;
}

Made Compiler::run(const std::vector<Made>& factors, const std::vector<Made>& divisors, Site& site) {
  const NumberValue* only = nullptr;
  std::size_t open = 0;
  for (const auto* side : {&factors, &divisors})
    for (const Made& made : *side)
      if (const auto* value = std::get_if<NumberValue>(&made)) only = value, ++open;
  const auto cells_with = [&](const std::vector<Made>& side, const Cell* one) {
    std::vector<Cell> cells;
    for (const Made& made : side) {
      const auto* cell = std::get_if<Cell>(&made);
      cells.push_back(cell ? *cell : *one);
    }
    return cells;
  };
  const auto apply = [&](const Cell* one) {
    return multiply_divide(cells_with(factors, one), cells_with(divisors, one));
  };
  if (open == 0) {
    Cell cell = apply(nullptr);
    if (!cell.known()) throw NoPlan{"it divides constants by nothing"};
    return cell;
  }
  if (open == 1)
    if (auto out = by_table(
            *only, [&](const Cell& one) { return apply(&one); }, site))
      return *out;
  if (divisors.empty() && factors.size() == 2) {
    if (auto out = open == 1 ? times_constant(factors, *only, site) : product(factors, site)) return *out;
  }
  return wide_run(factors, divisors, site);
}

// A number times a constant of few places.
std::optional<NumberValue> Compiler::times_constant(const std::vector<Made>& factors, const NumberValue& of,
                                                    Site& site) {
  const Decimal* by = constant(factors[0]) ? constant(factors[0]) : constant(factors[1]);
  const NumberValue value = plain(of, site);
  const auto count = by ? scaled(*by) : std::nullopt;
  if (!count || count->first == 0 || value.wide || value.places + count->second > kPlacesMax) return std::nullopt;
  const __int128 one = static_cast<__int128>(count->first) * value.least;
  const __int128 other = static_cast<__int128>(count->first) * value.greatest;
  NumberValue out = value;
  out.places = value.places + count->second;
  if (!fits(std::min(one, other), std::max(one, other), out.places)) return std::nullopt;
  out.least = static_cast<std::int64_t>(std::min(one, other));
  out.greatest = static_cast<std::int64_t>(std::max(one, other));
  if ((out.may & kOpen) != 0) out.may |= kOpen;
  out.reg = site.into->number();
  site.into->add(MultiplyConstant{value.reg, count->first, true, out.reg});
  return out;
}

std::optional<NumberValue> Compiler::product(const std::vector<Made>& factors, Site& site) {
  const NumberValue a = plain(number(factors[0], site), site), b = plain(number(factors[1], site), site);
  if (a.wide || b.wide || a.places + b.places > kPlacesMax) return std::nullopt;
  __int128 ends[4] = {static_cast<__int128>(a.least) * b.least, static_cast<__int128>(a.least) * b.greatest,
                      static_cast<__int128>(a.greatest) * b.least, static_cast<__int128>(a.greatest) * b.greatest};
  std::sort(ends, ends + 4);
  NumberValue out = a;
  out.places = a.places + b.places;
  if (!fits(ends[0], ends[3], out.places)) return std::nullopt;
  out.least = static_cast<std::int64_t>(ends[0]), out.greatest = static_cast<std::int64_t>(ends[3]);
  out.may |= b.may;
  if ((out.may & kOpen) != 0) out.may |= kOpen;
  out.reg = site.into->number();
  site.into->add(Multiply{a.reg, b.reg, out.reg});
  return out;
}

Made Compiler::wide_run(const std::vector<Made>& factors, const std::vector<Made>& divisors, Site& site) {
  RunWide step;
  NumberValue out;
  out.wide = true, out.places = Decimal::kPlaces;
  for (const auto& [side, regs] : {std::pair{&factors, &step.factors}, std::pair{&divisors, &step.divisors}})
    for (const Made& made : *side) {
      const NumberValue value = widened(number(made, site), site);
      out.may |= value.may;
      regs->push_back(value.reg);
    }
  out.may |= kOpen | kMissing | kMayNotApply | kNotApplicable;
  out.reg = step.out = site.into->wide();
  site.into->add(std::move(step));
  return out;
}

Made Compiler::negated(const Made& a, Site& site) {
  if (const auto* cell = std::get_if<Cell>(&a)) return negate_number(*cell);
  const NumberValue value = plain(number(a, site), site);
  NumberValue out = value;
  if (value.wide) {
    out.reg = site.into->wide();
    site.into->add(NegateWide{value.reg, out.reg});
    return out;
  }
  out.least = -value.greatest, out.greatest = -value.least;
  if ((out.may & kOpen) != 0) out.may |= kOpen;
  out.reg = site.into->number();
  site.into->add(MultiplyConstant{value.reg, -1, false, out.reg});
  return out;
}

// Nothing to do where its lanes show that it stays within.
NumberValue Compiler::limited(NumberValue value, const ValueType& type, Site& site) {
  const auto outside = [&](Decimal number) {
    return (type.low && number.compare(*type.low) < 0) || (type.high && number.compare(*type.high) > 0);
  };
  if (!value.wide && !outside(number_at(value, value.least)) && !outside(number_at(value, value.greatest)))
    return value;
  value = plain(value, site);
  NumberValue out = value;
  const auto open = static_cast<State>((type.low ? 0 : kNoLow) | (type.high ? 0 : kNoHigh));
  out.may |= kMissing | open;
  int places = value.places;
  bool narrow = !value.wide;
  for (const auto& end : {type.low, type.high}) {
    const auto count = end ? scaled(*end) : std::pair(std::int64_t{0}, 0);
    narrow = narrow && count && fits(count->first, count->first, count->second);
    if (count) places = std::max(places, count->second);
  }
  if (narrow && to_places(value, places, site)) {
    const auto low = type.low ? type.low->to_scaled(places) : std::optional(value.least);
    const auto high = type.high ? type.high->to_scaled(places) : std::optional(value.greatest);
    if (low && high && fits(*low, *high, places)) {
      out.places = places;
      out.least = std::min(value.least, *low), out.greatest = std::max(value.greatest, *high);
      out.reg = site.into->number();
      site.into->add(Limit{value.reg, *low, *high, open, out.reg});
      return out;
    }
  }
  value = widened(value, site);
  out.wide = true, out.table = nullptr, out.places = Decimal::kPlaces;
  out.reg = site.into->wide();
  site.into->add(LimitWide{value.reg, type.low, type.high, out.reg});
  return out;
}

Made Compiler::rounded(const Made& a, Rounding rounding, int places, Site& site) {
  const auto apply = [&](const Cell& one) { return assay::rounded(one, rounding, places); };
  if (const auto* cell = std::get_if<Cell>(&a)) return apply(*cell);
  const NumberValue value = number(a, site);
  if (!value.wide && !value.table && value.places <= places) return value;
  if (auto out = by_table(value, apply, site)) return *out;
  NumberValue out = widened(value, site);
  const Reg from = out.reg;
  out.may |= kOpen;
  out.reg = site.into->wide();
  site.into->add(RoundWide{from, rounding, places, out.reg});
  return out;
}

Made Compiler::since(const ast::DaysSince& node, Site& site) {
  if (node.months) throw NoPlan{"it counts months"};
  const Made event = expr(node.event, site);
  const auto* date = std::get_if<NumberValue>(&event);
  if (!date || date->sort != Sort::Dates) throw NoPlan{"it counts from what is no date in a column"};
  NumberValue out = *date;
  const std::int64_t today = asked_.as_at.days;
  out.sort = Sort::Numbers;
  out.least = today - date->greatest, out.greatest = today - date->least;
  if ((out.may & kOpen) != 0) out.may |= kOpen;
  out.reg = site.into->number();
  site.into->add(NegateDates{date->reg, today, out.reg});
  return out;
}

}  // namespace assay::columns
