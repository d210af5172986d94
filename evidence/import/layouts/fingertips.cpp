// fingertips: what the Fingertips service gives as CSV, 27 columns, one indicator, area, group and period a line, by
// the indicator's number ("Fingertips 22401"); built from the column names and markers that a public reader of the
// service uses, since no file was to hand. And fingertips_next, the columns of the service that follows it.
//
// A number alone is the measure of all persons. Where an indicator has one for each sex or age, the code says which:
// "Fingertips 22401 Male", "Fingertips 93474 65-74 yrs", "Fingertips 93474 Male 65-74 yrs". Groups within an area, such
// as its deprived tenths, are passed over: they divide the total and are not beside it. An area stands once for each
// area it is part of: the repeats say the same and are passed over.
#include <fmt/format.h>

#include <array>

#include "evidence/core/text.h"
#include "evidence/import/layouts/measures.h"

namespace assay {

namespace {

// From the most exact to the plainest.
std::array<std::string, 2> codes_of(TableReading& in, std::string_view indicator) {
  std::string code = "Fingertips " + std::string(in.cell(indicator));
  const std::string_view sex = in.cell("Sex");
  if (sex == "Male" || sex == "Female") code += fmt::format(" {}", sex);
  return {fmt::format("{} {}", code, in.cell("Age")), code};
}

// An empty value is suppressed, or missing for another reason that the note gives; `*` and -1 are missing.
void set_value(PublishedCell& cell, std::string_view value, std::string_view note) {
  cell.value = value;
  cell.note = note;
  if (!value.empty() && value != "*" && value != "-1") return;
  set_missing(cell, note.empty() ? value : note);
  const std::string words = lower_case(note);
  if (words.find("suppress") != std::string::npos || words.find("disclos") != std::string::npos) {
    cell.standing = Standing::Suppressed;
  }
}

bool is_group(TableReading& in, std::string_view heading) {
  if (in.cell(heading).empty()) return false;
  in.pass_over("rows of one group among an area's people, such as a deprived tenth");
  return true;
}

// The first day of the year that the file means: it gives one year, and not of which kind. The rules say whether the
// measure is read every financial year.
Days year_of(std::string_view year, const FieldDef* field) {
  const bool financial = field != nullptr && field->every == Step::FinancialYear;
  const auto first = Date::parse(fmt::format("{}-{}", year, financial ? "04-01" : "01-01"));
  if (!first) return {};
  return {first->to_string(), step_end(*first, financial ? Step::FinancialYear : Step::Year).to_string()};
}

}  // namespace

void read_fingertips(TableReading& in) {
  in.name_column(Column::Subject, "Area Code");
  in.name_column(Column::ValidFrom, "Time period");
  while (in.next_line()) {
    if (is_group(in, "Category")) continue;
    const auto period = period_of(in, "Time period");
    if (!period) continue;
    PublishedCell cell{.heading = "Value", .valid_from = period->first, .valid_to = period->last};
    set_value(cell, in.cell("Value"), in.cell("Value note"));
    add_area_measure(in, "Area Code", codes_of(in, "Indicator ID"), cell);
  }
}

void read_fingertips_next(TableReading& in) {
  in.name_column(Column::Subject, "AreaCode");
  in.name_column(Column::ValidFrom, "Year");
  while (in.next_line()) {
    if (is_group(in, "CategoryType|category_type_as_published")) continue;
    const auto codes = codes_of(in, "IndicatorId");
    const auto body = body_of_area(in.cell("AreaCode"));
    const Days year = year_of(in.cell("Year"), body ? find_measure(in.schema(), body->kind, codes) : nullptr);
    if (year.first.empty()) {
      in.refuse("Year", fmt::format("`{}` is not a year", shown_text(in.cell("Year"))), "write it as 2023");
      continue;
    }
    PublishedCell cell{.heading = "Value", .valid_from = year.first, .valid_to = year.last};
    set_value(cell, in.cell("Value"), {});
    add_area_measure(in, "AreaCode", codes, cell);
  }
}

}  // namespace assay
