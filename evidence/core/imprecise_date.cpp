// Dates as people write them, by the shape of what is written: runs of digits (d) and letters (a), and what stands
// between them.
#include "evidence/core/imprecise_date.h"

#include <fmt/format.h>

#include <vector>

#include "evidence/core/text.h"

namespace assay {
namespace {

constexpr std::int32_t kStepApart = 10'000'000;  // more days than the calendar has
constexpr std::int32_t kHalfApart = kStepApart / 2;
constexpr std::int32_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int32_t kLastDay = 2932896;   // 9999-12-31
constexpr std::size_t kLongestWritten = 40;

struct Shape {
  std::string of;                       // "a-d" of "Mar-25"
  std::vector<std::string_view> parts;  // its runs of letters and digits
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Shape shape_of(std::string_view text) {
  Shape shape;
  for (std::size_t at = 0; at < text.size();) {
    const auto run = [&](bool (*belongs)(char), char as) {
      std::size_t end = at;
      while (end < text.size() && belongs(text[end])) ++end;
      if (end == at) return false;
      shape.of += as;
      shape.parts.push_back(text.substr(at, end - at));
      at = end;
      return true;
    };
    if (run(is_digit, 'd') || run(is_letter, 'a')) continue;
    shape.of += text[at++];
  }
  return shape;
}

// Of at most five digits.
int number(std::string_view digits) {
  int out = 0;
  for (const char c : digits.substr(0, 5)) out = out * 10 + (c - '0');
  return out;
}

std::optional<int> year_in(std::string_view digits) {
  if (digits.size() == 4 && number(digits) >= 1) return number(digits);
  if (digits.size() != 2) return std::nullopt;
  return number(digits) + (number(digits) < 70 ? 2000 : 1900);
}

using Found = std::optional<ImpreciseDate>;

Found in_step(std::optional<int> year, int month, Step step) {
  const auto day = year ? Date::from_ymd(*year, month, 1) : std::nullopt;
  return day ? Found(ImpreciseDate(*day, step)) : std::nullopt;
}

// The year in which the financial year of two numbers begins: 2024/25, 24/25, 2024/2025.
std::optional<int> financial_year(std::string_view first, std::string_view second) {
  const auto year = year_in(first);
  if (!year || *year > 9998) return std::nullopt;
  const bool follows = second.size() == 4   ? number(second) == *year + 1
                       : second.size() == 2 ? number(second) == (*year + 1) % 100
                                            : false;
  return follows ? year : std::nullopt;
}

// "Q" and "4", as two parts; 0 where they are no quarter.
int quarter_in(std::string_view letter, std::string_view digit) {
  if (lower_case(letter) != "q" || digit.size() != 1 || digit < "1" || digit > "4") return 0;
  return digit.front() - '0';
}

// Q1 of a financial year is April to June, Q4 January to March of its second year.
Found financial_quarter(int quarter, std::optional<int> year) {
  if (quarter == 0 || !year) return std::nullopt;
  return quarter == 4 ? in_step(*year + 1, 1, Step::Quarter) : in_step(year, quarter * 3 + 1, Step::Quarter);
}

// The number that spreadsheets keep of a day: 45717 is 1 March 2025. Of five digits, so from 1927 to 2173.
Found day_number(int count) {
  constexpr int kDaysTo1970 = 25569;
  return ImpreciseDate(Date{count - kDaysTo1970});
}

// What two numbers with a dash may be: a month, a financial year, or either.
struct MonthOrYear {
  Found month, year;
};
MonthOrYear month_or_year(std::string_view first, std::string_view second) {
  if (first.size() != 4) return {};
  return {second.size() == 2 ? in_step(year_in(first), number(second), Step::Month) : std::nullopt,
          in_step(financial_year(first, second), 4, Step::FinancialYear)};
}

Found read_shape(const Shape& shape) {
  const auto& part = shape.parts;
  if (shape.of == "d" && part[0].size() == 5) return day_number(number(part[0]));
  if (shape.of == "d" && part[0].size() == 4) return in_step(year_in(part[0]), 1, Step::Year);
  if (shape.of == "d-d") {
    const MonthOrYear either = month_or_year(part[0], part[1]);
    return either.month ? either.month : either.year;
  }
  if (shape.of == "d/d" && part[0].size() == 4)
    return in_step(financial_year(part[0], part[1]), 4, Step::FinancialYear);
  if (shape.of == "d/d" && part[0].size() <= 2 && part[1].size() == 4)
    return in_step(year_in(part[1]), number(part[0]), Step::Month);
  if (shape.of == "a-d" || (shape.of == "a d" && part[1].size() == 4)) {
    const auto month = month_by_name(part[0]);
    return month ? in_step(year_in(part[1]), *month, Step::Month) : std::nullopt;
  }
  if (shape.of == "d-ad" && part[0].size() == 4) {
    const int quarter = quarter_in(part[1], part[2]);
    return quarter == 0 ? std::nullopt : in_step(year_in(part[0]), quarter * 3 - 2, Step::Quarter);
  }
  if (shape.of == "ad d/d" || shape.of == "ad d-d")
    return financial_quarter(quarter_in(part[0], part[1]), financial_year(part[2], part[3]));
  if (shape.of == "d/d ad" || shape.of == "d-d ad")
    return financial_quarter(quarter_in(part[2], part[3]), financial_year(part[0], part[1]));
  return std::nullopt;
}

// Why what is written could be two dates, or none.
Error refusal(std::string_view text, const Shape& shape) {
  const auto either = [&](std::string message, std::string help) {
    return Error{ErrorCode::BadInput, std::move(message), {}, std::move(help)};
  };
  const auto& part = shape.parts;
  if (shape.of == "ad d" && part[2].size() == 4 && quarter_in(part[0], part[1]) != 0) {
    return either(fmt::format("`{}` may be a quarter of the calendar or of a financial year", text),
                  fmt::format("write `{0}-Q{1}`, or `Q{1} {0}/{2:02}` for the financial year", part[2], part[1],
                              (number(part[2]) + 1) % 100));
  }
  if (shape.of == "a d" && part[1].size() <= 2 && month_by_name(part[0])) {
    return either(fmt::format("`{}` may be a day or a year", text),
                  "write the day as 2025-03-25, or the month as Mar-25 or March 2025");
  }
  if (shape.of == "d/d/d" && part[0].size() <= 2 && part[1].size() <= 2 && part[2].size() == 4) {
    // As spreadsheets write dates; which comes first, day or month, is their owner's custom.
    const int first = number(part[0]), second = number(part[1]);
    const auto written = [&](int month, int day) { return fmt::format("{}-{:02}-{:02}", part[2], month, day); };
    const bool day_first = Date::parse(written(second, first)).has_value();
    const bool month_first = Date::parse(written(first, second)).has_value();
    const std::string help = "in a spreadsheet, give the column the format yyyy-mm-dd";
    if (day_first && month_first && first != second)
      return either(fmt::format("`{}` may be {} or {}", text, Date::parse(written(second, first))->to_long_string(),
                                Date::parse(written(first, second))->to_long_string()),
                    fmt::format("write {} or {}; {}", written(second, first), written(first, second), help));
    if (day_first || month_first)
      return either(fmt::format("`{}` is not how a date is written here", text),
                    fmt::format("write {}; {}", day_first ? written(second, first) : written(first, second), help));
  }
  return either(fmt::format("`{}` is not a date of the calendar", text),
                "write it as 2025-12-05, or where no more is known as March 2025, 2025-Q1, 2025 or 2024/25");
}

}  // namespace

Result<ImpreciseDate> read_date_as_written(std::string_view text) {
  if (const auto day = Date::parse(text)) return ImpreciseDate(*day);
  if (text.size() > kLongestWritten) return tl::unexpected(refusal(text, {}));
  const Shape shape = shape_of(text);
  if (shape.of == "d-d") {
    const MonthOrYear either = month_or_year(shape.parts[0], shape.parts[1]);
    if (either.month && either.year) {
      const std::string year = either.year->to_string();
      return fail(ErrorCode::BadInput,
                  fmt::format("`{}` may be {} or a financial year", text, either.month->to_long_string()), {},
                  fmt::format("write `{}`, or `{}` for the financial year", either.month->to_long_string(), year));
    }
  }
  if (const Found found = read_shape(shape)) return *found;
  return tl::unexpected(refusal(text, shape));
}

std::string ImpreciseDate::to_string() const {
  const Date::Ymd day = first.ymd();
  switch (known_to) {
    case Step::Month:
      return fmt::format("{:04}-{:02}", day.year, day.month);
    case Step::Quarter:
      return fmt::format("{:04}-Q{}", day.year, (day.month + 2) / 3);
    case Step::Year:
      return fmt::format("{:04}", day.year);
    case Step::FinancialYear:
      return fmt::format("{:04}/{:02}", day.year, (day.year + 1) % 100);
    case Step::Day:
    case Step::Week:
      break;
  }
  return first.to_string();
}

std::string ImpreciseDate::to_long_string() const { return step_name(last(), known_to); }

std::string ImpreciseDate::in_doubt() const {
  return fmt::format("known only to the {}, {}", assay::to_string(known_to), to_long_string());
}

std::string ImpreciseDate::on_a_day() const { return (exact() ? "on " : "on a day of ") + to_long_string(); }

std::int32_t ImpreciseDate::stored() const {
  return exact() ? first.days : first.days + static_cast<std::int32_t>(known_to) * kStepApart;
}

std::optional<ImpreciseDate> ImpreciseDate::from_stored(std::int32_t stored) {
  if (stored >= kFirstDay && stored <= kLastDay) return ImpreciseDate(Date{stored});
  const std::int32_t number = stored < 0 ? 0 : stored / kStepApart + (stored % kStepApart >= kHalfApart ? 1 : 0);
  const auto step = static_cast<Step>(number);
  if (number < static_cast<int>(Step::Month) || number > static_cast<int>(Step::FinancialYear)) return std::nullopt;
  const Date first{stored - number * kStepApart};
  if (first.days < kFirstDay || first.days > kLastDay || step_start(first, step) != first) return std::nullopt;
  return ImpreciseDate(first, step);
}

}  // namespace assay
