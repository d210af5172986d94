// ascof_tidy: the Adult Social Care Outcomes Framework, one measure, year and area a line. Rows of councils, by
// published code ("ASCOF 1A"), and of England ("ASCOF 1A England"), of the measures that the rules have a field for;
// regions and council types are passed over.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "evidence/import/layouts/ascof.h"

namespace assay {

namespace {

// The value of one key in "respondents=35415;outcome=7.6".
std::string_view value_of(std::string_view key, std::string_view list) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    const std::string_view pair = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=')
      return pair.substr(key.size() + 1);
  }
  return {};
}

}  // namespace

void read_ascof_tidy(TableReading& in) {
  in.name_column(Column::Subject, "area_code");
  in.name_column(Column::ValidFrom, "period");
  bool named_england = false;
  while (in.next_line()) {
    AscofReading reading{.heading = "outcome", .metric = in.cell("metric"), .area_code = in.cell("area_code")};
    reading.england = in.cell("level") == "England";
    if (!reading.england && in.cell("level") != "council") {
      in.pass_over("rows of regions and council types");
      continue;
    }
    if (reading.area_code.empty()) {
      in.pass_over("rows of councils taken together, which have no code");
      continue;
    }
    const auto year = financial_year(in.cell("period"));
    if (!year) {
      in.refuse("period", fmt::format("`{}` is not a financial year", shown_text(in.cell("period"))),
                "write it as 2024-25");
      continue;
    }
    reading.year = *year;
    if (reading.england && !std::exchange(named_england, true)) add_england(in, "area_name", in.cell("area_name"));
    const std::string_view marker = value_of("outcome", in.cell("markers"));
    reading.outcome = in.cell("outcome").empty() ? marker : in.cell("outcome");
    reading.numerator = in.cell("numerator");
    reading.denominator = in.cell("denominator");
    reading.on_earlier_basis = value_of("outcome", in.cell("alt_pre_2016_basis"));
    if (reading.on_earlier_basis == ":") reading.on_earlier_basis = {};
    add_ascof(in, reading);
  }
}

}  // namespace assay
