// cqc_assessments: CQC's assessments of councils, collected from its report pages: nine scores, the percent as
// displayed and the rating. The table gives only the month of a report, so what it says holds from that month's last
// day, by which it had been published.
#include <fmt/format.h>

#include <array>

#include "evidence/core/date.h"
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

struct Score {
  std::string_view heading, field;
};

// In CQC's order of the quality statements.
constexpr std::array kScores = {
    Score{"qs1", "cqc.local_authority.needs"},        Score{"qs2", "cqc.local_authority.healthier_lives"},
    Score{"qs3", "cqc.local_authority.equity"},       Score{"qs4", "cqc.local_authority.care_provision"},
    Score{"qs5", "cqc.local_authority.partnerships"}, Score{"qs6", "cqc.local_authority.safe_systems"},
    Score{"qs7", "cqc.local_authority.safeguarding"}, Score{"qs8", "cqc.local_authority.governance"},
    Score{"qs9", "cqc.local_authority.learning"},
};

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

// The last day of "May 2025".
std::optional<Date> end_of_month(std::string_view month_and_year) {
  const std::size_t space = month_and_year.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] != month_and_year.substr(0, space)) continue;
    const auto first = Date::parse(fmt::format("{}-{:02}-01", month_and_year.substr(space + 1), i + 1));
    if (first) return step_end(*first, Step::Month);
  }
  return std::nullopt;
}

}  // namespace

void read_cqc_assessments(TableReading& in) {
  in.name_column(Column::Subject, "council_code");
  in.name_column(Column::ValidFrom, "assessed_month");
  while (in.next_line()) {
    const std::string_view month = in.cell("assessed_month");
    const auto end = end_of_month(month);
    if (!end) {
      in.refuse("assessed_month", fmt::format("`{}` is not a month", shown_text(month)), "write it as May 2025");
      continue;
    }
    const std::string subject = "council:" + std::string(in.cell("council_code"));
    const std::string from = end->to_string();
    const std::string note =
        fmt::format("published in {}; the day is not given, so the month's last day is taken", month);
    PublishedCell cell{.subject = subject, .valid_from = from, .document = in.cell("report_url"), .note = note};
    for (const Score& score : kScores) {
      cell.heading = score.heading;
      cell.field = score.field;
      cell.value = in.cell(score.heading);
      in.add(cell);
    }
    cell.heading = "percent_as_cqc_displays";
    cell.field = "cqc.local_authority.published_percent";
    cell.value = in.cell(cell.heading);
    in.add(cell);
    cell.heading = "overall_rating";
    cell.field = "cqc.local_authority.published_rating";
    cell.value = in.cell(cell.heading);
    if (cell.value == "Not Rated") {
      cell.standing = Standing::NotAvailable;
      cell.note = "Not Rated";
    }
    in.add(cell);
  }
}

}  // namespace assay
