// Names, texts, numbers, dates and durations (docs/language.md 1.7, 1.8).
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "dsl/syntax/lowering.h"
#include "dsl/syntax/tokens.h"

namespace assay::syntax {

namespace {

struct DurationUnit {
  std::string_view name;
  Duration::Unit unit;
  std::int64_t length;
};
constexpr auto kDurationUnits = std::to_array<DurationUnit>({
    {"day", Duration::Unit::Days, 1},
    {"week", Duration::Unit::Days, 7},
    {"month", Duration::Unit::Months, 1},
    {"quarter", Duration::Unit::Months, 3},
    {"year", Duration::Unit::Months, 12},
});
// Dates run from year 1 to 9999.
constexpr std::int64_t kDaysMax = 3'652'058, kMonthsMax = 119'988;
constexpr std::size_t kCountDigits = 9;

// The number a literal starts with, without its unit.
std::optional<Decimal> leading_number(std::string_view written) {
  const std::size_t end = written.find_first_not_of("0123456789.");
  return Decimal::parse(written.substr(0, end));
}

std::optional<Decimal> pounds(std::string_view written) {
  written.remove_prefix(std::string_view("£").size());
  const std::optional<Decimal> number = leading_number(written);
  const std::int64_t size = written.ends_with('k')    ? 1'000
                            : written.ends_with("bn") ? 1'000'000'000
                            : written.ends_with('m')  ? 1'000'000
                                                      : 1;
  if (!number) return std::nullopt;
  return Decimal::multiply_divide(std::array{*number, Decimal::from_int(size)}, {});
}

// "March 2025", "January to March 2025", "2025", "2024-25".
std::optional<ImpreciseDate> some_days(std::string_view text) {
  const auto year_in = [](std::string_view digits) {
    int year = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), year);
    return year;
  };
  const auto from = [](int year, int month, Step step) -> std::optional<ImpreciseDate> {
    const auto day = Date::from_ymd(year, month, 1);
    return day ? std::optional(ImpreciseDate(*day, step)) : std::nullopt;
  };
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    const auto year = from(year_in(text.substr(0, dash)), 4, Step::FinancialYear);
    return year && year->to_long_string() == text ? year : std::nullopt;
  }
  const std::string_view year = text.substr(text.size() - 4);
  const std::string_view first = text.substr(0, text.find(' '));
  const auto month = month_by_name(first);
  if (!month) return from(year_in(year), 1, Step::Year);
  const std::size_t to = text.find(" to ");
  if (to == std::string_view::npos) return from(year_in(year), *month, Step::Month);
  const auto last = month_by_name(text.substr(to + 4, text.rfind(' ') - to - 4));
  const auto quarter = from(year_in(year), *month, Step::Quarter);
  const bool whole = quarter && *month % 3 == 1 && last && *last == *month + 2;
  return whole ? quarter : std::nullopt;
}

}  // namespace

ast::Name Lowering::name(const Node& node) const { return {std::string(written(node)), span(node)}; }

ast::Text Lowering::text(const Node& node) const {
  const std::string_view inner = written(node).substr(1, node.end - node.begin - 2);
  std::string out;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    const char c = inner[at];
    if (c == '"') ++at;  // written twice
    if (c != '\n') {
      out += c;
      continue;
    }
    while (!out.empty() && is_blank(out.back())) out.pop_back();
    while (at + 1 < inner.size() && is_blank(inner[at + 1])) ++at;
    out += ' ';
  }
  return {std::move(out), span(node)};
}

std::string Lowering::text_of_child(const Node& node) const {
  const Node* child = node.child(Kind::Text);
  return child ? text(*child).text : std::string();
}

ast::Name Lowering::name_of_child(const Node& node) const { return name(*node.child(Kind::Name)); }

std::vector<ast::Name> Lowering::names_in(const Node& node) const {
  std::vector<ast::Name> out;
  for (const Node& child : node.children) {
    if (child.kind == Kind::Name) out.push_back(name(child));
  }
  return out;
}

namespace {

// A day beside the one that is not there, 2025-02-28 for 2025-02-30, so that nothing further is said of it.
Date day_near(std::string_view written) {
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    for (const char c : written.substr(std::min(at, written.size()), length))
      if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
    return value;
  };
  const int month = std::clamp(number(5, 2), 1, 12);
  for (int day = std::clamp(number(8, 2), 1, 31); day >= 1; --day)
    if (const auto near = Date::from_ymd(number(0, 4), month, day)) return *near;
  return {};
}

}  // namespace

Date Lowering::date(const Node& node) {
  if (node.kind != Kind::Date) return date(*node.child(Kind::Date));
  const std::optional<Date> found = Date::parse(written(node));
  if (!found)
    report(DiagnosticKind::NoSuchDate, span(node), fmt::format("there is no day `{}`", written(node)),
           "dates are written year-month-day: 2025-12-05");
  return found ? *found : day_near(written(node));
}

ImpreciseDate Lowering::imprecise_date(const Node& node) {
  if (node.kind == Kind::Date) return date(node);
  if (node.kind != Kind::SomeDays) {
    const Node* days = node.child(Kind::SomeDays);
    return imprecise_date(days ? *days : *node.child(Kind::Date));
  }
  const std::string text = words(node);
  if (const auto days = some_days(text)) return *days;
  report(DiagnosticKind::NoSuchDate, span(node), fmt::format("`{}` is no month, quarter or year of the calendar", text),
         "write March 2025, January to March 2025, 2025, or the financial year as 2024-25");
  return {};
}

Duration Lowering::duration(const Node& node) {
  if (node.kind != Kind::Duration) return duration(*node.child(Kind::Duration));
  const std::string text = words(node);
  const std::string_view unit = std::string_view(text).substr(
      text.find(' ') == std::string::npos ? text.find_first_not_of("0123456789") : text.find(' ') + 1);
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  for (const DurationUnit& each : kDurationUnits) {
    if (!unit.starts_with(each.name)) continue;
    const std::int64_t most = each.unit == Duration::Unit::Days ? kDaysMax : kMonthsMax;
    if (read.ec == std::errc() && number <= most / each.length)
      return {each.unit, static_cast<std::int32_t>(number * each.length)};
  }
  report(DiagnosticKind::NumberTooLong, span(node), fmt::format("`{}` is longer than the calendar", text),
         "durations go up to 9999 years");
  return {};
}

std::uint32_t Lowering::count(const Node& integer) {
  const std::string_view digits = written(integer);
  std::uint32_t out = 0;
  if (digits.size() <= kCountDigits) {
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
  } else {
    report(DiagnosticKind::NumberTooLong, span(integer),
           fmt::format("`{}` has more than {} digits", digits, kCountDigits));
  }
  return out;
}

ast::ExprId Lowering::literal(const Node& node) {
  const auto number = [&](TypeKind kind, std::optional<Decimal> value) {
    if (value) return add(ast::Literal{kind, *value}, node);
    report(DiagnosticKind::NumberTooLong, span(node), fmt::format("the number `{}` is too long", words(node)),
           "numbers have at most 14 digits before the point and 24 after it");
    return error_at(node);
  };
  switch (node.kind) {
    case Kind::Yes:
      return add(ast::Literal{TypeKind::YesNo, true}, node);
    case Kind::No:
      return add(ast::Literal{TypeKind::YesNo, false}, node);
    case Kind::Text:
      return add(ast::Literal{TypeKind::Text, text(node).text}, node);
    case Kind::Date:
      return add(ast::Literal{TypeKind::Date, date(node)}, node);
    case Kind::Percent:
      return number(TypeKind::Percent, leading_number(written(node)));
    case Kind::Points:
      return number(TypeKind::Points, leading_number(written(node)));
    case Kind::Money:
      return number(TypeKind::Money, pounds(written(node)));
    case Kind::Duration: {
      const Duration found = duration(node);
      return number(found.unit == Duration::Unit::Days ? TypeKind::Days : TypeKind::Months,
                    Decimal::from_int(found.count));
    }
    default:
      return number(TypeKind::Number, leading_number(written(node)));
  }
}

ast::ExprId Lowering::constant(const Node& node) {
  const Node& last = node.children.back();
  if (last.kind == Kind::Name) {
    if (node.children.size() == 1) return add(ast::Chain{{{false, name(last)}}, {}}, node);
  } else {
    const ast::ExprId id = literal(last);
    if (node.children.size() == 1) return id;
    auto* found = std::get_if<ast::Literal>(&tree_.expr(id));
    if (!found) return id;  // reported
    if (auto* number = std::get_if<Decimal>(&found->value)) {
      *number = number->negated();
      tree_.set_span(id, span(node));
      return id;
    }
  }
  report(DiagnosticKind::BadNumber, span(node), fmt::format("`{}` is not a number, so it has no sign", words(last)),
         "leave the `-` out");
  return error_at(node);
}

}  // namespace assay::syntax
