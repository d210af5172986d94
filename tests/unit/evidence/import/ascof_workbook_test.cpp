// The Adult Social Care Outcomes Framework as a workbook: the same evidence as its tidy form, cell by cell; and what a
// damaged workbook says.
#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <tuple>

#include "import_support.h"
#include "workbook_support.h"

using namespace assay;

namespace {

const std::string kWorkbook = ASSAY_SOURCE_DIR "/tests/vectors/layouts/ascof_2024_25_original.ods";
const std::string kOthers = ASSAY_SOURCE_DIR "/tests/vectors/layouts/ascof_other_readings_2015_16_to_2024_25.csv";

// Those of the sample evidence, and those of tests/vectors/layouts: all 25 that were published.
constexpr std::array kSampleMeasures = {"1A", "1D", "2C", "2D(1)", "3A", "4A", "4B", "6A", "6B"};
constexpr std::array kOtherMeasures = {"1B",     "1C", "1E",    "2A",    "2B",     "2D(2)",  "2E(1)", "2E(2a)",
                                       "2E(2b)", "3B", "3C(1)", "3C(2)", "3D(1a)", "3D(2a)", "5A(1)", "5A(2)"};

// A number for each measure, of councils and of England.
Schema ascof_schema() {
  Schema schema = bare_schema();
  const KindId council = *schema.find_kind("council");
  const KindId country = schema.add_kind({.name = "country", .plural = "countries"});
  std::vector<std::string_view> measures(kSampleMeasures.begin(), kSampleMeasures.end());
  measures.insert(measures.end(), kOtherMeasures.begin(), kOtherMeasures.end());
  measures.emplace_back("6B good");  // a column of the workbook that the tidy table has not
  for (const std::string_view metric : measures) {
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

TEST_CASE("ascof: all 25 measures of the workbook and of the tidy table are the same evidence, value for value") {
  Councils tidy, workbook;
  REQUIRE(tidy.import_sample("ascof_council_measures_2015_16_to_2024_25.csv"));
  REQUIRE(tidy.import({.path = kOthers}));
  workbook.recorded_on = tidy.recorded_on;
  REQUIRE(workbook.import({.path = kWorkbook}));
  REQUIRE(workbook.report.layout == "ascof_workbook");
  const auto expected = tidy.readings();
  auto found = workbook.readings();
  const auto of_good =
      std::erase_if(found, [](const auto& reading) { return std::get<1>(reading.first).starts_with("ascof.6B good"); });
  REQUIRE(of_good > 0);
  std::map<std::string, std::map<int, std::set<std::string>>> councils;  // by field and first day of the year
  for (const auto& [key, text] : expected) {
    INFO(std::get<0>(key) << " " << std::get<1>(key) << " " << std::get<2>(key));
    REQUIRE(found.contains(key));
    REQUIRE(found.at(key) == text);
    const std::string& code = std::get<0>(key);
    // Dorset is published under the code of the county that ended in 2019 too, of some measures under that one alone.
    if (code != "E92000001")
      councils[std::get<1>(key)][std::get<2>(key)].insert(code == "E10000009" ? "E06000059" : code);
  }
  REQUIRE(found.size() == expected.size());
  REQUIRE(expected.size() == 16084);  // 15,979 of councils, 104 of England, and England itself
  REQUIRE(councils.size() == kSampleMeasures.size() + kOtherMeasures.size());
  for (const auto& [field, years] : councils) {
    INFO(field);
    REQUIRE(years.rbegin()->second.size() == 153);  // in the last year in which the measure was taken
  }
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
      store.report.notes.front().starts_with("sheet Comparability_over_time_log says 49 times that a measure the rules "
                                             "ask for changed: 1A (2), 1B (6), 1C (2), 1D (3), 1E (2), 2A (2), "));
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
