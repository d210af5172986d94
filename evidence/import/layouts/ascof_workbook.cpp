// ascof_workbook: the Adult Social Care Outcomes Framework as the department publishes it, ODS or XLSX: a sheet
// `Table_1a` for each measure, councils down and years across. What its headings say of a column is its year, and
// whether it is a numerator, a denominator or the outcome.
#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

#include "evidence/core/text.h"
#include "evidence/import/layouts/ascof.h"

namespace assay {

namespace {

constexpr std::array<std::string_view, 3> kHeadings = {"Local authority code", "Local authority", "ONS area code"};
constexpr std::string_view kSheet = "Table_";
constexpr std::string_view kNotApplicable = "[z]";

// The columns of one year and, in table 6b, of one group of ratings.
struct YearColumns {
  FinancialYear year;
  std::string group;  // "good"; empty where there is one outcome a year
  std::vector<std::size_t> all;
  std::optional<std::size_t> numerator, denominator, outcome;
};

// "2024 to 2025 - good outcome": the year, the group and the part.
struct HeadingParts {
  FinancialYear year;
  std::string_view group, part;
};
std::optional<HeadingParts> read_heading(std::string_view heading) {
  constexpr std::string_view kTo = " to ", kDash = " - ";
  constexpr std::array<std::string_view, 5> kParts = {"numerator", "denominator", "outcome", "margin of error",
                                                      "number of respondents"};
  if (heading.size() < 16 || heading.substr(4, 4) != kTo || heading.substr(12, 3) != kDash) return std::nullopt;
  const auto year = financial_year(fmt::format("{}-{}", heading.substr(0, 4), heading.substr(10, 2)));
  if (!year || year->last.substr(0, 4) != heading.substr(8, 4)) return std::nullopt;
  const std::string_view rest = heading.substr(15);
  for (const std::string_view part : kParts) {
    if (rest.ends_with(part)) return HeadingParts{*year, trimmed(rest.substr(0, rest.size() - part.size())), part};
  }
  return std::nullopt;
}

std::vector<YearColumns> read_columns(TableReading& in) {
  std::vector<YearColumns> columns;
  const auto& headings = in.table().headings();
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (std::find(kHeadings.begin(), kHeadings.end(), headings[i]) != kHeadings.end()) continue;
    const auto parts = read_heading(headings[i]);
    if (!parts) {
      in.refuse(headings[i], fmt::format("`{}` is not a heading of this workbook", shown_text(headings[i])),
                "a heading is like `2024 to 2025 - outcome`");
      continue;
    }
    auto same = std::find_if(columns.begin(), columns.end(), [&](const YearColumns& c) {
      return c.year.first == parts->year.first && c.group == parts->group;
    });
    if (same == columns.end())
      same = columns.insert(columns.end(), {parts->year, std::string(parts->group), {}, {}, {}, {}});
    same->all.push_back(i);
    if (parts->part == "numerator") same->numerator = i;
    if (parts->part == "denominator") same->denominator = i;
    if (parts->part == "outcome") same->outcome = i;
  }
  return columns;
}

// "Table_2e(2a)" is measure 2E(2a); its group "6b" is the measure itself.
std::string metric_of(std::string_view sheet, std::string_view group) {
  std::string metric(sheet.substr(kSheet.size()));
  if (metric.size() > 1 && metric[1] >= 'a' && metric[1] <= 'z') metric[1] = static_cast<char>(metric[1] - 'a' + 'A');
  const bool whole = group.empty() || lower_case(group) == lower_case(metric);
  return whole ? metric : fmt::format("{} {}", metric, group);
}

class SheetReading {
 public:
  explicit SheetReading(TableReading& in) : in_(in), columns_(read_columns(in)) {}

  void read_row(bool& named_england) {
    const std::string_view area = in_.cell("ONS area code");
    const bool england = area.starts_with("E92");
    if (area == kNotApplicable) {
      in_.pass_over(in_.cell("Local authority code") == kNotApplicable
                        ? "rows of councils taken together, which have no code"
                        : "rows of regions and council types");
      return;
    }
    if (area.starts_with("E12")) return in_.pass_over("rows of regions and council types");
    if (england && !std::exchange(named_england, true))
      add_england(in_, "Local authority", in_.cell("Local authority"));
    for (const YearColumns& year : columns_) read_year(year, area, england);
  }

 private:
  std::string_view at(std::optional<std::size_t> column) const {
    return column ? trimmed(in_.cells()[*column]) : std::string_view();
  }

  void read_year(const YearColumns& year, std::string_view area, bool england) {
    if (!year.outcome) return;
    const bool none = std::all_of(year.all.begin(), year.all.end(), [this](auto i) { return at(i) == kNotApplicable; });
    if (none && year.all.size() > 1) {
      return in_.pass_over("years in which a measure was not asked of an area: [z] in each of its cells");
    }
    const std::string metric = metric_of(in_.table().sheet(), year.group);
    AscofReading reading{.heading = in_.table().headings()[*year.outcome], .metric = metric, .area_code = area};
    reading.england = england;
    reading.year = year.year;
    reading.outcome = at(year.outcome);
    reading.numerator = at(year.numerator);
    reading.denominator = at(year.denominator);
    // "7.9 (7.8)", and "7.9 (:)" where there was no reading.
    if (const std::size_t bracket = reading.outcome.find(" ("); bracket != std::string_view::npos) {
      reading.on_earlier_basis = reading.outcome.substr(bracket + 2);
      reading.outcome = reading.outcome.substr(0, bracket);
      if (reading.on_earlier_basis.ends_with(')')) reading.on_earlier_basis.remove_suffix(1);
      if (reading.on_earlier_basis == ":") reading.on_earlier_basis = {};
    }
    add_ascof(in_, reading);
  }

  TableReading& in_;
  std::vector<YearColumns> columns_;
};

// The workbook keeps a log of what does not compare with the years before. Rules declare breaks; here they are counted.
void read_log(TableReading& in) {
  std::map<std::string, std::size_t> entries;
  std::size_t all = 0;
  const std::string code = in.table().headings().front();
  while (in.next_line()) {
    if (in.cell("Year of change").empty()) continue;
    const std::string metric(in.cell(code));
    if (!in.schema().find_field(fmt::format("ASCOF {}", metric))) continue;
    ++entries[metric];
    ++all;
  }
  if (all == 0) return;
  std::vector<std::string> measures;
  for (const auto& [metric, count] : entries) measures.push_back(fmt::format("{} ({})", metric, count));
  in.tell(fmt::format(
      "sheet {} says {} times that a measure the rules ask for changed: {}; the rules' `break from` says from when "
      "years do not compare",
      in.table().sheet(), all, join_words(measures)));
}

}  // namespace

void read_ascof_workbook(TableReading& in) {
  in.name_column(Column::Subject, "ONS area code");
  const bool has_log = in.table().find_heading("Year of change").has_value();
  for (const std::string& sheet : in.table().sheets()) {
    if (sheet == in.table().sheet()) break;
    if (sheet.starts_with(kSheet)) in.refuse(sheet, fmt::format("sheet {} has not the headings of a table", sheet));
  }
  if (has_log) read_log(in);
  bool named_england = false;
  for (bool more = !has_log || in.next_sheet(kHeadings, kSheet); more; more = in.next_sheet(kHeadings, kSheet)) {
    SheetReading sheet(in);
    while (in.next_line()) sheet.read_row(named_england);
  }
}

}  // namespace assay
