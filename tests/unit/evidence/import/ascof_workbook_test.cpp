// The Adult Social Care Outcomes Framework as a workbook: the same evidence as its tidy form, cell by cell; and what a
// damaged workbook says.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <tuple>

#include "import_support.h"
#include "workbook_support.h"

using namespace assay;

namespace {

const std::string kWorkbook = ASSAY_SOURCE_DIR "/tests/vectors/layouts/ascof_2024_25_original.ods";

// A number for every measure of the tidy table, of councils and of England.
Schema ascof_schema() {
  Schema schema = bare_schema();
  const KindId council = *schema.find_kind("council");
  const KindId country = schema.add_kind({.name = "country", .plural = "countries"});
  for (const char* metric : {"1A", "1D", "2C", "2D(1)", "3A", "4A", "4B", "6A", "6B", "1C", "6B good"}) {
    for (const bool england : {false, true}) {
      FieldDef field;
      field.name = fmt::format("ascof.{}{}", metric, england ? "_england" : "");
      field.code = fmt::format("ASCOF {}{}", metric, england ? " England" : "");
      field.kind = england ? country : council;
      field.type.kind = TypeKind::Number;
      field.occurrence = Occurrence::Series;
      field.every = Step::FinancialYear;
      field.may_not_apply = true;
      schema.add_field(field);
    }
  }
  return schema;
}

struct Councils : Evidence {
  Councils() : Evidence(ascof_schema()) {
    REQUIRE(import_sample("councils_153.csv"));
    REQUIRE(import_sample("upper_tier_council_history.csv"));
    rows.clear();
  }
  std::string told() const { return faults.empty() ? std::string() : faults.front(); }

  // By subject, field and period: value, standing, note and source.
  using Key = std::tuple<std::string, std::string, int, int>;
  std::map<Key, std::string> readings() const {
    std::map<Key, std::string> all;
    for (const TypedRow& row : rows) {
      const auto& subject = catalogue.subjects()[row.subject];
      const std::string text =
          fmt::format("{} {} {} '{}' {}", row.number, row.text, static_cast<int>(row.standing), row.note, source(row));
      const auto [at, is_new] = all.insert(
          {{std::string(subject.code), catalogue.fields()[row.field].name, row.valid_from, row.valid_to}, text});
      if (!is_new) REQUIRE(at->second == text);
    }
    return all;
  }
};

std::string cell(std::string_view text) {
  return fmt::format(R"(<table:table-cell o:value-type="string"><text:p>{}</text:p></table:table-cell>)", text);
}
std::string line(const std::vector<std::string>& texts) {
  std::string cells;
  for (const std::string& text : texts) cells += cell(text);
  return fmt::format("<table:table-row>{}</table:table-row>", cells);
}
std::string sheet(std::string_view name, const std::vector<std::vector<std::string>>& lines) {
  std::string rows;
  for (const auto& texts : lines) rows += line(texts);
  return fmt::format(R"(<table:table table:name="{}">{}</table:table>)", name, rows);
}

const std::vector<std::string> kHead = {"Local authority code", "Local authority", "ONS area code",
                                        "2024 to 2025 - outcome"};

}  // namespace

TEST_CASE("ascof: the workbook and the tidy table import to the same evidence, value for value") {
  Councils tidy, workbook;
  REQUIRE(tidy.import_sample("ascof_council_measures_2015_16_to_2024_25.csv"));
  workbook.recorded_on = tidy.recorded_on;
  REQUIRE(workbook.import({.path = kWorkbook}));
  REQUIRE(workbook.report.layout == "ascof_workbook");
  const auto expected = tidy.readings();
  const auto found = workbook.readings();
  REQUIRE(expected.size() == 7309);  // 7,310 lines, two of them of councils taken together, and England itself
  std::set<std::string> councils;
  std::size_t of_other_measures = 0;
  for (const auto& [key, text] : found) {
    const auto same = expected.find(key);
    INFO(std::get<0>(key) << " " << std::get<1>(key) << " " << std::get<2>(key));
    const bool shared = std::get<1>(key).find("1C") == std::string::npos && std::get<1>(key) != "ascof.6B good" &&
                        (std::get<0>(key) != "E92000001" || std::get<1>(key).find("ascof.2") == 0 ||
                         std::get<1>(key) == "country.register");
    if (!shared) {
      ++of_other_measures;
      continue;
    }
    REQUIRE(same != expected.end());
    REQUIRE(same->second == text);
    if (std::get<1>(key) == "ascof.6B" && std::get<2>(key) == day("2024-04-01").days) councils.insert(std::get<0>(key));
  }
  for (const auto& [key, text] : expected) REQUIRE(found.count(key) == 1);
  REQUIRE(of_other_measures > 500);
  REQUIRE(councils.size() == 153);
}

TEST_CASE("ascof: not available, suppressed and not applicable stay three things") {
  Councils store;
  REQUIRE(store.import({.path = kWorkbook}));
  std::map<Standing, std::size_t> of_reablement, of_quality;
  for (const TypedRow& row : store.rows) {
    const std::string& field = store.catalogue.fields()[row.field].name;
    if (field == "ascof.1A") ++of_quality[row.standing];
    if (field == "ascof.2D(1)") ++of_reablement[row.standing];
    if (row.standing == Standing::Suppressed) REQUIRE(row.note == "[c]: published as suppressed");
    if (row.standing == Standing::NotAvailable) REQUIRE(row.note == "[x]: published as not available");
  }
  REQUIRE(of_reablement[Standing::Held] == 138);
  REQUIRE(of_reablement[Standing::Suppressed] == 15);
  REQUIRE(of_quality[Standing::NotAvailable] > 100);  // all but 18 councils did not run the survey of 2020-21
  REQUIRE(of_quality[Standing::Suppressed] == 0);
  const TypedRow tyneside = store.last("council:E08000023", "ascof.2D(1)");
  REQUIRE(tyneside.place.starts_with("sheet Table_2d(1), row "));
  REQUIRE(tyneside.place.ends_with(", column 2024 to 2025 - outcome"));
}

TEST_CASE(
    "ascof: breaks that the workbook tells of are told, and the basis of before 2016-17 is kept beside the value") {
  Councils store;
  REQUIRE(store.import({.path = kWorkbook}));
  REQUIRE(
      store.report.notes.front().starts_with("sheet Comparability_over_time_log says 18 times that a measure the rules "
                                             "ask for changed: 1A (2), 1C (2), 1D (3), 2C (4)"));
  const auto rutland = store.rows_of("council:E06000017", "ascof.1C");
  const auto cornwall = store.rows_of("council:E06000052", "ascof.1C");
  REQUIRE(rutland.front().note.empty());  // "7.9 (:)"
  REQUIRE(cornwall.front().number == 7'300'000);
  REQUIRE(cornwall.front().note == "7.3 on the basis of before 2016-17");
}

TEST_CASE("ascof: a damaged workbook is refused with sheet, row and column, and nothing is taken") {
  const std::vector<std::string> york = {"816", "York", "E06000014", "18.9"};
  const auto changed = [&](std::size_t column, std::string text) {
    auto other = york;
    other[column] = std::move(text);
    return other;
  };
  auto no_code = kHead;
  no_code[2] = "Area";
  auto odd = kHead;
  odd[3] = "2024 to 2026 - outcome";
  struct Case {
    std::string tables, fault;
  };
  const std::vector<Case> cases = {
      {sheet("Table_1a", {{"Title"}, no_code, york}),
       "sheet Table_1a, row 2: the headings are those of no layout known; `ascof_workbook` comes nearest; it also "
       "needs `Year of "
       "change` or `ONS area code`"},
      {sheet("Table_1a", {no_code, york}) + sheet("Table_1d", {kHead, york}),
       "sheet Table_1d, row 1, column Table_1a: sheet Table_1a has not the headings of a table; "},
      {sheet("Table_1a", {kHead, york}) + sheet("Table_1d", {no_code, york}),
       "sheet Table_1d: none of the first 40 rows has the headings; every table of this workbook needs them"},
      {sheet("Table_1a", {odd, york}),
       "sheet Table_1a, row 1, column 2024 to 2026 - outcome: `2024 to 2026 - outcome` is not a heading of this "
       "workbook; a heading is like `2024 to 2025 - outcome`"},
      {sheet("Table_1a", {kHead, changed(3, "high")}),
       "sheet Table_1a, row 2, column 2024 to 2025 - outcome: `high` cannot be read as decimal; "},
      {sheet("Table_1a", {kHead, changed(2, "E06000099")}),
       "sheet Table_1a, row 2, column ONS area code: no council `E06000099` is known; did you mean `E06000009`?"},
      {sheet("Table_1a", {kHead, york, york, changed(3, "18.8")}),
       "sheet Table_1a, row 4, column 2024 to 2025 - outcome: `18.8` is another value of council E06000014 for "
       "ascof.1A than that of sheet Table_1a, row 2, column 2024 to 2025 - outcome; "
       "leave one of them out; if they are of different groups of people, the rules' code must say which"},
      {sheet("Table_1a", {kHead, {"816", "York", "E06000014", "18.9", "1"}}),
       "sheet Table_1a, row 2: the row has 5 cells, the headings 4; a comma inside a cell needs quotes around the "
       "cell"},
  };
  for (const Case& c : cases) {
    Councils store;
    const std::size_t names = store.catalogue.subjects().size();
    const TempFile file(ods_of(c.tables), "f.ods");
    INFO(c.fault);
    REQUIRE_FALSE(store.import({.path = file.path()}));
    const std::string told = store.told();
    REQUIRE(told == c.fault);
    REQUIRE(store.rows.empty());
    REQUIRE(store.catalogue.subjects().size() == names);
  }
}
