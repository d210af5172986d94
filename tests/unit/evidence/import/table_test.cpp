// Tables read tolerantly, and the periods that published tables give.
#include "evidence/import/table.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "evidence/import/layouts/measures.h"
#include "import_support.h"
#include "workbook_support.h"

using namespace assay;

namespace {

using Lines = std::vector<std::string>;

// Each table whose headings hold `wanted`: its place, its headings and its rows. A fault becomes a last line.
Lines tables(const std::string& bytes, const std::string& name, std::string_view wanted, std::string_view needed = {}) {
  const TempFile file(bytes, name);
  auto table = Table::open_tolerant(file.path());
  if (!table) return {table.error().message};
  Lines lines;
  while (table->next_headings([&](const Table& row) { return row.find_heading(wanted).has_value(); }, needed)) {
    lines.push_back(fmt::format("{}: {}", table->place_in_file({}, table->row()), fmt::join(table->headings(), "|")));
    while (table->next() == Table::Step::Row)
      lines.push_back(fmt::format("{}: {}", table->row(), fmt::join(table->cells(), "|")));
  }
  if (table->faulty()) lines.push_back(table->fault().message);
  return lines;
}

std::string ods_rows(const std::vector<Lines>& rows) {
  std::string text;
  for (const Lines& row : rows) {
    text += "<table:table-row>";
    for (const std::string& cell : row)
      text += fmt::format("<table:table-cell><text:p>{}</text:p></table:table-cell>", cell);
    text += "</table:table-row>";
  }
  return text;
}

std::string ods_sheet(std::string_view name, const std::vector<Lines>& rows) {
  return fmt::format(R"(<table:table table:name="{}">{}</table:table>)", name, ods_rows(rows));
}

}  // namespace

TEST_CASE("headings are found below notes, within the first forty rows") {
  REQUIRE(tables("Title\n\n,,\nA  note, of two,\nCode , Long\t name,Code\n1,2,3\nSource: us\n", "t.csv", "Code") ==
          Lines{"row 5: Code|Long name|Code (2)", "6: 1|2|3", "7: Source: us||"});
  const std::string notes(39, '\n');
  REQUIRE(tables(notes + "Code,B\n1,2\n", "t.csv", "Code") == Lines{"row 40: Code|B", "41: 1|2"});
  REQUIRE(tables(notes + "\nCode,B\n1,2\n", "t.csv", "Code").empty());
}

TEST_CASE("empty cells beyond the headings do no harm, others do") {
  REQUIRE(tables("Code,B,,\n1,2,,\n", "t.csv", "Code") == Lines{"row 1: Code|B", "2: 1|2"});
  REQUIRE(tables("Code,B\n1,2,x\n", "t.csv", "Code").back() == "the row has 3 cells, the headings 2");
  REQUIRE(tables("Code,B,C\n1,2\n", "t.csv", "Code").back() == "the row has 2 of 3 cells");
  REQUIRE(tables("Code,B,C\n1,2", "t.csv", "Code").back() ==
          "the file ends in the middle of a row, after 2 of 3 cells");
}

TEST_CASE("a heading may be asked for by its year or by one of two names") {
  REQUIRE(heading_fits("LAD##CD", "LAD26CD"));
  REQUIRE_FALSE(heading_fits("LAD##CD", "LAD2026CD"));
  REQUIRE_FALSE(heading_fits("LAD##CD", "LADxxCD"));
  REQUIRE(heading_fits("Quarter|Period", "Period"));
  REQUIRE_FALSE(heading_fits("Quarter|Period", "Quarter|Period"));
  REQUIRE(heading_text("  Org \n  Code\t") == "Org Code");
}

TEST_CASE("each sheet with the headings is a table, and one that needs them and has none is told") {
  const std::string sheets = ods_sheet("Cover", {{"Title"}}) +
                             ods_sheet("Table_1", {{"Note"}, {"Code", "B"}, {"1"}, {"2", "3"}}) +
                             ods_sheet("Other", {{"Code"}}) + ods_sheet("Table_2", {{"Kode"}});
  REQUIRE(tables(ods_of(sheets), "t.ods", "Code") ==
          Lines{"sheet Table_1, row 2: Code|B", "3: 1|", "4: 2|3", "sheet Other, row 1: Code"});
  REQUIRE(tables(ods_of(sheets), "t.ods", "Code", "Table_").back() == "none of the first 40 rows has the headings");
}

TEST_CASE("periods as published tables write them") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"2014/15", "2014-04-01 2015-03-31"},
      {"2014-15", "2014-04-01 2015-03-31"},
      {"2014 to 2015", "2014-04-01 2015-03-31"},
      {"1999-00", "1999-04-01 2000-03-31"},
      {"Nov 2023", "2023-11-01 2023-11-30"},
      {"February 2024", "2024-02-01 2024-02-29"},
      {"2024-09", "2024-09-01 2024-09-30"},
      {"2023", "2023-01-01 2023-12-31"},
      {"Q1 2025/26", "2025-04-01 2025-06-30"},
      {"Q4 2024/25", "2025-01-01 2025-03-31"},
      {"Jul 24 - Jun 25", "2024-07-01 2025-06-30"},
      {"2001 - 03", "2001-01-01 2003-12-31"},
      {"2021-01-01/P3Y", "2021-01-01 2023-12-31"},
      {"2021-04-01/P1Y", "2021-04-01 2022-03-31"},
      {"2021-04-01/P6M", "2021-04-01 2021-09-30"},
      {"2024-09-30", "2024-09-30 2024-09-30"},
      {"2014 to 2016", ""},
      {"2014/16", ""},
      {"45717", ""},  // a number may be anything
      {"Jun 25 - Jul 24", ""},
      {"2021-01-01/P0Y", ""},
      {"2021-01-01/P3W", ""},
      {"Year to date 25/26", ""},
      {"", ""},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    const auto days = published_period(text);
    REQUIRE((days ? days->first + " " + days->last : "") == expected);
  }
}
