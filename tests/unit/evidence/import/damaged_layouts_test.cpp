// Damaged tables of every published layout: each fault is told with its place, and nothing is taken.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "evidence/import/layout.h"
#include "published_support.h"
#include "workbook_support.h"

using namespace assay;

namespace {

using Cells = std::vector<std::string>;

// A whole table of one row, and where in it stand what is needed, the body's code and a value. The rules ask for `code`
// of the kind.
struct Example {
  std::string layout, kind, code;
  Cells headings, row;
  std::string needed, body, value;
  std::string other_code;  // of no body known; empty where a table brings its bodies
};

const std::vector<Example>& examples() {
  static const std::vector<Example> all = {
      {"oflog",
       "council",
       "Oflog ASC1",
       {"Financial year", "Local authority code", "Local authority name", "Grouping", "Entity_Name", "Region",
        "Measure", "Code", "Value", "MEDIAN", "MADs_from_median", "rank_order"},
       {"2016-17", "E06000014", "York", "LA_Raw", "Unitary Authorities", "Yorkshire",
        "Outcome, ASC Carer Quality of Life", "ASC1", "7.6", "7.6", "0", "desc"},
       "Code",
       "Local authority code",
       "Value",
       "E06000099"},
      {"lg_inform",
       "council",
       "LG Inform Admissions",
       {"area_code", "area_name", "period", "indicator", "measure", "unit", "value"},
       {"E06000014", "York", "2014/15", "Admissions", "Rate", "Persons", "622.5"},
       "indicator",
       "area_code",
       "value",
       "E06000099"},
      {"ons_local_statistics",
       "council",
       "ONS Anxiety",
       {"areacd", "areanm", "geography", "indicator", "period", "measure", "unit", "observation", "lci_95", "uci_95",
        "status", "notes"},
       {"E06000014", "York", "Council", "Anxiety", "2021-04-01/P1Y", "Mean", "Score", "3.1", "2.9", "3.3", "", ""},
       "status",
       "areacd",
       "observation",
       "E06000099"},
      {"fingertips",
       "council",
       "Fingertips 22401",
       {"Indicator ID", "Area Code", "Area Name", "Sex", "Age", "Category Type", "Category", "Time period", "Value",
        "Value note"},
       {"22401", "E06000014", "York", "Persons", "65+ yrs", "", "", "2020/21", "2012.5", ""},
       "Value note",
       "Area Code",
       "Value",
       "E06000099"},
      {"fingertips_next",
       "council",
       "Fingertips 22401",
       {"IndicatorId", "Year", "AgeID", "SexID", "AreaCode", "Count", "Value", "Sex", "Age", "CategoryType",
        "Category"},
       {"22401", "2020", "27", "4", "E06000014", "810", "2012.5", "Persons", "65+ yrs", "", ""},
       "IndicatorId",
       "AreaCode",
       "Value",
       "E06000099"},
      {"nhs_oversight",
       "trust",
       "OF0057",
       {"Region", "Trust_code", "Trust_name", "Metric_ID", "Quarter", "Units", "Value"},
       {"North West", "R0A", "Manchester", "OF0057", "Q1 2025/26", "%", "66.1"},
       "Metric_ID",
       "Trust_code",
       "Value",
       ""},
      {"nhs_oversight_league",
       "trust",
       "NHS oversight league: average score",
       {"Region", "Trust_code", "Trust_name", "Quarter", "Segment", "Average_score", "Rank"},
       {"North West", "R0A", "Manchester", "Q1 2025/26", "3", "2.41", "77"},
       "Rank",
       "Trust_code",
       "Average_score",
       ""},
      {"discharge_ready_date",
       "trust",
       "Discharge ready date delayed_bed_days",
       {"ods_code", "trust_name", "patients_discharged", "delayed_bed_days", "mean_delay_days_incl_zero",
        "pct_discharged_on_ready_date"},
       {"R0A", "Manchester", "7557", "6231", "0.824534", "0.877994"},
       "patients_discharged",
       "ods_code",
       "delayed_bed_days",
       ""},
      {"trust_monthly",
       "trust",
       "RTT and A&E rtt_pct_within_18_weeks",
       {"trust_ods_code", "trust_name", "icb_ods_code", "period", "rtt_pct_within_18_weeks", "ae_attendances",
        "ae_over_4hrs", "ae_pct_within_4hrs", "ae_emergency_admissions", "ae_over_12hrs_from_dta"},
       {"R0A", "Manchester", "QOP", "2024-08", "48.04", "1", "1", "1", "1", "1"},
       "period",
       "trust_ods_code",
       "rtt_pct_within_18_weeks",
       ""},
      {"icb_emergency_monthly",
       "ics",
       "A&E pct_within_4hours",
       {"icb_ods_code", "period", "total_attendances", "pct_within_4hours", "total_emergency_admissions"},
       {"QE1", "2022-04", "62725", "75.82", "15203"},
       "total_attendances",
       "icb_ods_code",
       "pct_within_4hours",
       "QZZ"},
      {"icb_discharge_monthly",
       "ics",
       "Discharge total_discharged",
       {"icb_ods_code", "period", "mean_daily_not_meeting_criteria_to_reside", "mean_daily_discharged_total",
        "total_discharged"},
       {"QE1", "2022-04", "620.1", "284.97", "8549"},
       "period",
       "icb_ods_code",
       "total_discharged",
       "QZZ"},
      {"nhs_discharge",
       "trust",
       "NHS discharge Patients discharged, Count",
       {"Level", "Org Code", "Org Name", "Metric", "Metric Type", "Period", "Value"},
       {"Provider", "R0A", "Manchester", "Patients discharged", "Count", "31/03/2026", "1204"},
       "Metric Type",
       "Org Code",
       "Value",
       ""},
      {"nhs_emergency",
       "trust",
       "A&E monthly A&E attendances Type 1",
       {"Period", "Org Code", "Parent Org", "Org name", "A&E attendances Type 1"},
       {"MSitAE-MARCH-2026", "R0A", "NHS ENGLAND", "Manchester", "35270"},
       "Parent Org",
       "Org Code",
       "A&E attendances Type 1",
       ""},
      {"cqc_latest_ratings",
       "location",
       "CQC rating Overall",
       {"Location ID", "Location Name", "Location Local Authority", "Service / Population Group", "Domain",
        "Latest Rating", "Publication Date", "Report Type", "URL", "Provider ID", "Provider Name"},
       {"1-1", "Home", "York", "Overall", "Overall", "Good", "05/29/2026", "Location", "http", "1-2", "Firm"},
       "Domain",
       "Location ID",
       "",
       ""},
  };
  return all;
}

std::string csv_of(const std::vector<Cells>& rows) {
  std::string text;
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool quoted = row[i].find(',') != std::string::npos;
      text += fmt::format("{}{}{}{}", i == 0 ? "" : ",", quoted ? "\"" : "", row[i], quoted ? "\"" : "");
    }
    text += '\n';
  }
  return text;
}

std::size_t at(const Example& example, std::string_view heading) {
  const auto found = std::find(example.headings.begin(), example.headings.end(), heading);
  REQUIRE(found != example.headings.end());
  return static_cast<std::size_t>(found - example.headings.begin());
}

Cells with(const Example& example, std::string_view heading, std::string text) {
  Cells row = example.row;
  row[at(example, heading)] = std::move(text);
  return row;
}

Schema schema_of(const Example& example) {
  Schema schema = published_schema();
  if (!schema.find_field(example.code)) add_measure_field(schema, example.kind, example.code);
  return schema;
}

// The first fault, after which nothing is left of the import.
std::string refused(const Example& example, const std::string& text) {
  England store(schema_of(example));
  const std::size_t subjects = store.catalogue.subjects().size();
  const bool taken = store.import_text(text);
  if (taken) return "taken";
  REQUIRE(store.rows.empty());
  REQUIRE(store.catalogue.subjects().size() == subjects);
  return store.faults.front();
}

}  // namespace

TEST_CASE("every published table stands in the list of examples, and a whole one is taken") {
  std::size_t tables = 0;
  for (const Layout& layout : layouts()) tables += layout.manner == Manner::Tolerant ? 1U : 0U;
  REQUIRE(examples().size() + 2 == tables);  // the workbook and the lookup, which have cases of their own
  for (const Example& example : examples()) {
    INFO(example.layout);
    England store(schema_of(example));
    REQUIRE(store.import_text(csv_of({example.headings, example.row})));
    REQUIRE(store.report.layout == example.layout);
    REQUIRE(store.report.rows >= 1);
  }
}

TEST_CASE("notes above and below, a total, stray blanks, a byte order mark and columns headed alike do no harm") {
  for (const Example& example : examples()) {
    INFO(example.layout);
    Cells headings = example.headings, row = example.row;
    headings.front() = "  " + headings.front() + " ";
    for (int i = 0; i < 2; ++i) {
      headings.push_back("Band");
      row.push_back("9");
    }
    England store(schema_of(example));
    Cells note(headings.size());
    note.front() = "Source: as published";
    REQUIRE(store.import_text("\xEF\xBB\xBFTitle of the table\n\n" + csv_of({note, headings, row, note})));
    REQUIRE(store.report.layout == example.layout);
    REQUIRE(store.report.notes.front() == "1 passed over: lines of one cell, which are notes to the table");
  }
}

TEST_CASE("a column missing") {
  for (const Example& example : examples()) {
    INFO(example.layout);
    Cells headings = example.headings, row = example.row;
    const auto column = static_cast<std::ptrdiff_t>(at(example, example.needed));
    headings.erase(headings.begin() + column);
    row.erase(row.begin() + column);
    REQUIRE(refused(example, csv_of({headings, row})) ==
            fmt::format("row 1: the headings are those of no layout known; `{}` comes nearest; it also needs `{}`",
                        example.layout, example.needed));
  }
}

TEST_CASE("cells swapped under headings that stayed") {
  for (const Example& example : examples()) {
    if (example.value.empty()) continue;
    INFO(example.layout);
    Cells row = example.row;
    std::swap(row[at(example, example.body)], row[at(example, example.value)]);
    const std::string fault = refused(example, csv_of({example.headings, row}));
    // A code where a number belongs; or a number that is no area's code, so that nothing is taken.
    const bool told = fault.starts_with("row 2, column ");
    England store(schema_of(example));
    const bool passed_over =
        store.import_text(csv_of({example.headings, row})) && store.report.rows == 0 && store.report.passed_over == 1;
    REQUIRE((told || passed_over));
  }
}

TEST_CASE("text in a number") {
  for (const Example& example : examples()) {
    if (example.value.empty()) continue;
    INFO(example.layout);
    REQUIRE(refused(example, csv_of({example.headings, with(example, example.value, "many")})) ==
            fmt::format("row 2, column {}: `many` cannot be read as decimal; ", example.value));
  }
}

TEST_CASE("an unknown code") {
  std::size_t tried = 0;
  for (const Example& example : examples()) {
    if (example.other_code.empty()) continue;
    INFO(example.layout);
    const std::string fault =
        refused(example, csv_of({example.headings, with(example, example.body, example.other_code)}));
    REQUIRE(fault.starts_with(
        fmt::format("row 2, column {}: no {} `{}` is known", example.body, example.kind, example.other_code)));
    ++tried;
  }
  REQUIRE(tried == 7);
}

TEST_CASE("of an organisation a name in place of its code is refused, and a total is passed over") {
  std::size_t tried = 0;
  for (const Example& example : examples()) {
    if (example.kind != "trust" && example.kind != "ics") continue;
    INFO(example.layout);
    REQUIRE(refused(example, csv_of({example.headings, with(example, example.body, "Manchester")})) ==
            fmt::format("row 2, column {}: `Manchester` is no code of an organisation; the Organisation Data Service's "
                        "codes are like R0A or QE1",
                        example.body));
    England store(schema_of(example));
    REQUIRE(store.import_text(csv_of({example.headings, with(example, example.body, "TOTAL"), example.row})));
    REQUIRE(store.report.notes.front() == "1 passed over: totals of other rows");
    ++tried;
  }
  REQUIRE(tried == 8);
}

TEST_CASE("a row twice: the same is counted once, another value is refused") {
  for (const Example& example : examples()) {
    INFO(example.layout);
    England store(schema_of(example));
    REQUIRE(store.import_text(csv_of({example.headings, example.row, example.row})));
    bool noted = false;
    for (const std::string& note : store.report.notes)
      noted = noted || note.find("cells that say again what another has said") != std::string::npos;
    REQUIRE(noted);
    const std::string column = example.value.empty() ? "Latest Rating" : example.value;
    const std::string other = example.value.empty() ? "Inadequate" : "1.5";
    REQUIRE(
        refused(example, csv_of({example.headings, example.row, with(example, column, other)}))
            .starts_with(fmt::format("row 3, column {}: `{}` is another value of {} ", column, other, example.kind)));
  }
}

TEST_CASE("another encoding: Windows-1252 is read and told, what is neither is refused") {
  for (const Example& example : examples()) {
    INFO(example.layout);
    const std::string column = example.headings.back() == example.value ? example.headings[1] : example.headings.back();
    Cells headings = example.headings, row = example.row;
    headings.push_back("Remark");
    row.push_back("Ysbyty M\xF4n");
    England store(schema_of(example));
    REQUIRE(store.import_text(csv_of({headings, row})));
    REQUIRE(store.report.notes.back() == "1 cell(s) were not UTF-8 and were read as Windows-1252");
    row.back() = "M\x81n";
    REQUIRE(refused(example, csv_of({headings, row})) ==
            fmt::format("row 2, column {}: the cell is neither UTF-8 nor Windows-1252; save the file as CSV UTF-8",
                        headings.size()));
  }
}

TEST_CASE("cut short") {
  for (const Example& example : examples()) {
    INFO(example.layout);
    const std::string whole = csv_of({example.headings, example.row, example.row});
    REQUIRE(refused(example, whole.substr(0, whole.rfind(','))) ==
            fmt::format("row 3: the file ends in the middle of a row, after {} of {} cells; it is cut short; fetch or "
                        "export it again",
                        example.headings.size() - 1, example.headings.size()));
    Cells shorter = example.row;
    shorter.pop_back();
    REQUIRE(refused(example, csv_of({example.headings, shorter, example.row})) ==
            fmt::format("row 2: the row has {} of {} cells; an empty cell still needs its comma", shorter.size(),
                        example.headings.size()));
  }
}

TEST_CASE("a period or date that is none") {
  const std::vector<std::string> places = {"Financial year", "period",           "Time period", "Year",
                                           "Quarter",        "Publication Date", "Period"};
  std::size_t tried = 0;
  for (const Example& example : examples()) {
    for (const std::string& place : places) {
      if (std::find(example.headings.begin(), example.headings.end(), place) == example.headings.end()) continue;
      INFO(example.layout);
      const std::string fault = refused(example, csv_of({example.headings, with(example, place, "some day")}));
      REQUIRE(fault.starts_with(fmt::format("row 2, column {}: `some day` is not a ", place)));
      ++tried;
    }
  }
  REQUIRE(tried == 13);
}

TEST_CASE("every published table may come as a sheet of a workbook, and a bomb in its place is refused") {
  for (const Example& example : examples()) {
    INFO(example.layout);
    std::string rows;
    for (const Cells& cells : {Cells{"A title"}, example.headings, example.row}) {
      rows += "<row>";
      for (const std::string& text : cells) {
        std::string safe;
        for (const char c : text) safe += c == '&' ? "&amp;" : std::string(1, c);
        rows += fmt::format(R"(<c t="inlineStr"><is><t>{}</t></is></c>)", safe);
      }
      rows += "</row>";
    }
    England store(schema_of(example));
    const TempFile file(xlsx_of(rows), "book.xlsx");
    REQUIRE(store.import({.path = file.path()}));
    REQUIRE(store.report.layout == example.layout);
    REQUIRE(store.rows.back().place.starts_with("sheet Plan, row 3, column "));
    Parts bomb = xlsx_parts(rows);
    bomb.back().second += std::string(12U << 20, ' ');
    const TempFile packed(zip_of(bomb), "bomb.xlsx");
    England other(schema_of(example));
    REQUIRE_FALSE(other.import({.path = packed.path()}));
    REQUIRE(other.faults.front().find("no spreadsheet packs that well") != std::string::npos);
    REQUIRE(other.rows.empty());
  }
}

TEST_CASE("ratings: a file whose dates do not tell day from month is refused, and so is one with both orders") {
  const Example& ratings = examples().back();
  REQUIRE(ratings.layout == "cqc_latest_ratings");
  const auto dated = [&](const std::string& date) { return with(ratings, "Publication Date", date); };
  REQUIRE(refused(ratings, csv_of({ratings.headings, dated("05/06/2026")})) ==
          "row 2, column Publication Date: `05/06/2026` is not a date; no date of the file tells whether day or month "
          "comes first: give them as 2026-05-29");
  REQUIRE(refused(ratings, csv_of({ratings.headings, dated("05/29/2026"), dated("29/05/2026")})) ==
          "row 2, column Publication Date: the file has dates with the day first and with the month first; give its "
          "dates as 2026-05-29");
  England store(schema_of(ratings));
  Cells second = dated("05/06/2026");
  second[0] = "1-9";
  REQUIRE(store.import_text(csv_of({ratings.headings, dated("29/05/2026"), second})));
  REQUIRE(store.said("location:1-9", "cqc.overall", "2026-06-05") == "good");
  REQUIRE(store.import_text(csv_of({ratings.headings, dated("46171")})));  // a spreadsheet's number
  REQUIRE(store.said("location:1-1", "cqc.overall", "2026-05-29") == "good and good");
}
