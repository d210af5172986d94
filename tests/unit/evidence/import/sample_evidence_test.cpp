// The shipped sample evidence, imported in its order: every file whole, and the figures that others have published of
// it.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "import_support.h"

using namespace assay;

namespace {

struct Line {
  std::string file, layout, source, recorded_on;
};

std::vector<Line> order(const std::string& name) {
  std::ifstream in(fmt::format("{}/rulesets/sample_evidence/{}", ASSAY_SOURCE_DIR, name));
  std::vector<Line> lines;
  for (std::string text; std::getline(in, text);) {
    if (text.empty() || text[0] == '#') continue;
    std::istringstream words(text);
    Line line;
    words >> line.file >> line.layout >> line.source >> line.recorded_on;
    lines.push_back(line);
  }
  return lines;
}

Evidence import_all() {
  Evidence made(sample_schema());
  for (const Line& line : order("order.txt")) {
    INFO(line.file);
    const bool good = made.import_sample(line.file, line.recorded_on);
    CAPTURE(made.faults);
    REQUIRE(good);
    REQUIRE(made.report.layout == line.layout);
    REQUIRE(line.source == "-");
  }
  return made;
}

const Evidence& all_evidence() {
  static const Evidence store = import_all();
  return store;
}

std::size_t of_kind(const Evidence& store, std::string_view kind) {
  const auto& subjects = store.catalogue.subjects();
  return static_cast<std::size_t>(
      std::count_if(subjects.begin(), subjects.end(), [kind](const auto& s) { return s.kind == kind; }));
}

}  // namespace

TEST_CASE("the sample evidence has the bodies of England and their links") {
  const Evidence& store = all_evidence();
  REQUIRE(of_kind(store, "council") == 161);
  REQUIRE(of_kind(store, "ics") == 48);  // 42 and 6 new; Hampshire and Isle of Wight keeps its own
  REQUIRE(of_kind(store, "council_succession") == 10);
  REQUIRE(of_kind(store, "ics_succession") == 16);
  REQUIRE(store.count("membership.register") == 166 + 160);
  REQUIRE(store.count("england.geography.population") == 153);
  REQUIRE(store.catalogue.find_alias("council", "E08000038") == store.catalogue.find_subject("council:E08000016"));
  REQUIRE(store.catalogue.find_alias("council", "City of York Council") ==
          store.catalogue.find_subject("council:E06000014"));
  REQUIRE(store.catalogue.alias_is_shared("council", "North Yorkshire"));
}

TEST_CASE("the shares of Westmorland and Furness, Oxfordshire and Frimley are the published ones") {
  const Evidence& store = all_evidence();
  const auto share = [&store](std::string_view link, std::string_view name) {
    return store.rows_of(link, fmt::format("england.geography.{}", name)).front().number;
  };
  REQUIRE(share("membership:E06000064>QE1", "share_of_council") == 75'848'000);
  REQUIRE(share("membership:E06000064>QE1", "share_of_system") == 10'006'000);
  REQUIRE(share("membership:E06000064>QHM", "share_of_council") == 24'152'000);
  REQUIRE(share("membership:E06000064>QHM", "share_of_system") == 1'845'000);
  REQUIRE(share("membership:E10000025>QPM", "share_of_council") == 263'000);
  REQUIRE(share("membership:E06000064>QE1", "registered_share_of_council") / 100'000 == 765);  // 76.5
  REQUIRE(share("ics_succession:QNQ>S0E4D", "succession_share") == 57'120'000);
  REQUIRE(store.last("ics_succession:QNQ>S0E4D", "england.geography.succession_share_published").text ==
          "58.8618993418278");
}

TEST_CASE("the shares of each system add up to all of it, and of each council too") {
  const Evidence& store = all_evidence();
  std::map<std::pair<std::uint32_t, std::int32_t>, std::int64_t> of_council, of_system;
  for (const TypedRow& row : store.rows) {
    const auto& link = store.catalogue.subjects()[row.subject];
    const auto& name = store.catalogue.fields()[row.field].name;
    if (name == "england.geography.share_of_council") of_council[{link.from, row.valid_from}] += row.number;
    if (name == "england.geography.share_of_system") of_system[{link.to, row.valid_from}] += row.number;
  }
  REQUIRE(of_council.size() == 153 + 153);
  REQUIRE(of_system.size() == 42 + 36);
  for (const auto& [key, sum] : of_council) REQUIRE(std::abs(sum - 100'000'000) <= 3'000);
  for (const auto& [key, sum] : of_system) REQUIRE(std::abs(sum - 100'000'000) <= 20'000);  // five places each, rounded
}

TEST_CASE("the nine scores of each council add up to the percent shown") {
  const Evidence& store = all_evidence();
  std::map<std::uint32_t, std::int64_t> sum, shown;
  for (const TypedRow& row : store.rows) {
    const auto& field = store.catalogue.fields()[row.field];
    if (store.source(row) != "cqc_collected") continue;
    if (field.name == "cqc.local_authority.published_percent") shown[row.subject] = row.number / 1'000'000;
    if (field.storage == Storage::Number && field.places == 0) sum[row.subject] += row.number;
  }
  REQUIRE(shown.size() == 38);
  for (const auto& [subject, percent] : shown) REQUIRE((sum[subject] * 100 + 35) / 36 == percent);
  REQUIRE(store.last("council:E06000047", "cqc.local_authority.published_rating").standing == Standing::NotAvailable);
}

TEST_CASE("Warrington's correction stands beside the collected table, recorded later, for the same day") {
  const auto rows = all_evidence().rows_of("council:E06000007", "cqc.local_authority.care_provision");
  REQUIRE(rows.size() == 2);
  REQUIRE(rows[0].number == 2);
  REQUIRE(rows[1].number == 3);
  REQUIRE(rows[0].valid_from == rows[1].valid_from);
  REQUIRE(rows[0].recorded_on == day("2025-10-03").days);
  REQUIRE(rows[1].recorded_on == day("2025-11-03").days);
  REQUIRE(all_evidence().source(rows[1]) == "cqc_report");
}

TEST_CASE("ASCOF's readings come with their markers") {
  const Evidence& store = all_evidence();
  std::map<Standing, int> risk, turnover;
  for (const TypedRow& row : store.rows) {
    const auto& name = store.catalogue.fields()[row.field].name;
    if (name == "asc.intervention.risk_reduced") ++risk[row.standing];
    if (name == "asc.intervention.staff_turnover") ++turnover[row.standing];
  }
  REQUIRE(risk[Standing::NotApplicable] == 3);
  REQUIRE(turnover[Standing::NotAvailable] > 0);
  REQUIRE(turnover[Standing::Held] > 300 - 5);
  REQUIRE(store.last("council:E10000006", "asc.intervention.quality_of_life").valid_to <= day("2023-03-31").days);
}

TEST_CASE("the invented examples can be imported after the sample and say that they are invented") {
  Evidence store = import_all();
  for (const Line& line : order("examples/order.txt")) {
    INFO(line.file);
    REQUIRE(line.file.starts_with("example_"));
    const std::size_t before = store.rows.size();
    const bool good = store.import_sample("examples/" + line.file, line.recorded_on);
    CAPTURE(store.faults);
    REQUIRE(good);
    REQUIRE(store.rows.size() > before);
    for (std::size_t i = before; i < store.rows.size(); ++i) {
      const std::string& note = store.rows[i].note;
      REQUIRE((note.starts_with("invented example") || note.find("is published") != std::string::npos));
    }
  }
}
