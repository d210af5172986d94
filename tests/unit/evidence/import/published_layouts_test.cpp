// Tables as they are published: real rows in, and what each of their cells and markers becomes.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "published_support.h"

using namespace assay;

namespace {

using Notes = std::vector<std::string>;

bool has_note(const Evidence& store, std::string_view part) {
  for (const std::string& note : store.report.notes) {
    if (note.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("oflog: values by the table's code and financial year, blanks not available") {
  Schema schema = published_schema();
  const std::string field = add_measure_field(schema, "council", "Oflog ASC1");
  England store(schema);
  REQUIRE(store.import_vector("oflog_adult_social_care.csv"));
  REQUIRE(store.report.layout == "oflog");
  REQUIRE(store.said("council:E08000023", field, "2016-04-01") == "7.4");
  REQUIRE(store.said("council:E06000053", field, "2016-04-01") == "not available: blank in the published table");
  REQUIRE(store.last("council:E08000023", field).valid_to == day("2022-03-31").days);
  REQUIRE(store.source(store.rows.back()) == "oflog");
  REQUIRE(has_note(store, "the rules have no field `Oflog ASC2`"));
}

TEST_CASE("lg_inform: financial years and months in one feed, by the metric's name") {
  Schema schema = published_schema();
  const std::string homes =
      add_measure_field(schema, "council", "LG Inform Percentage of care homes rated overall as good or outstanding");
  const std::string all = add_measure_field(
      schema, "country", "LG Inform Percentage of care homes rated overall as good or outstanding England");
  const std::string admissions = add_measure_field(
      schema, "council", "LG Inform Permanent admissions to residential and nursing care homes aged 65+");
  England store(schema);
  REQUIRE(store.import_vector("lg_inform_long.csv"));
  REQUIRE(store.report.layout == "lg_inform");
  REQUIRE(store.said("council:E09000003", admissions, "2014-04-01") == "622.5");
  REQUIRE(store.said("country:E92000001", all, "2023-11-01") == "78.8");
  REQUIRE(store.last("country:E92000001", all).valid_to == day("2026-04-30").days);
  REQUIRE(store.count(homes) == 2 * 30);
}

TEST_CASE("ons_local_statistics: pooled years, missing and unreliable, and two codes of one council") {
  Schema schema = published_schema();
  const std::string healthy = add_measure_field(schema, "council", "ONS Male healthy life expectancy");
  const std::string anxiety = add_measure_field(schema, "council", "ONS Anxiety");
  const std::string england = add_measure_field(schema, "country", "ONS Male healthy life expectancy England");
  England store(schema);
  REQUIRE(store.import_vector("ons_local_statistics.csv"));
  REQUIRE(store.report.layout == "ons_local_statistics");
  REQUIRE(store.said("country:E92000001", england, "2018-01-01") == "63.1");
  const auto rows = store.rows_of("country:E92000001", england);
  REQUIRE(rows.front().valid_to == day("2020-12-31").days);
  REQUIRE(rows.front().note == "95% interval 62.9 to 63.3");
  REQUIRE(store.said("council:E06000061", anxiety, "2018-04-01") == "not available: status x: published as missing");
  REQUIRE(store.said("council:E09000001", anxiety, "2022-04-01") == "not available: status u: published as unreliable");
  // Barnsley stands in the file under its code of before April 2025 and under the one since.
  const auto barnsley = store.rows_of("council:E08000016", healthy);
  REQUIRE_FALSE(barnsley.empty());
  REQUIRE(store.rows_of("council:E08000038", healthy).empty());
  REQUIRE(store.rows_of("council:E08000016", anxiety).size() == 5);
}

TEST_CASE("fingertips: suppressed is not zero, repeats are dropped, groups are left out, each sex by its own code") {
  Schema schema = published_schema();
  const std::string all = add_measure_field(schema, "council", "Fingertips 22401");
  const std::string men = add_measure_field(schema, "council", "Fingertips 22401 Male");
  const std::string old = add_measure_field(schema, "council", "Fingertips 93474 65-74 yrs");
  const std::string england = add_measure_field(schema, "country", "Fingertips 22401 England");
  England store(schema);
  REQUIRE(store.import({.path = vector_path("example_fingertips.csv")}));
  REQUIRE(store.report.layout == "fingertips");
  REQUIRE(store.said("council:E06000014", all, "2020-04-01") == "2012.5");
  REQUIRE(store.rows_of("council:E06000014", all).front().valid_to == day("2021-03-31").days);
  REQUIRE(store.said("council:E06000014", men, "2020-04-01") == "1705.25");
  REQUIRE(store.said("council:E06000053", all, "2020-04-01") ==
          "suppressed: Value suppressed for disclosure control due to small count");
  REQUIRE(store.said("council:E08000023", all, "2020-04-01") ==
          "not available: Value missing due to small sample size");
  REQUIRE(store.said("council:E08000023", men, "2020-04-01") == "not available: *");
  REQUIRE(store.said("council:E06000014", old, "2001-01-01") == "4.5");
  REQUIRE(store.rows_of("council:E06000014", old).front().valid_to == day("2003-12-31").days);
  REQUIRE(store.said("country:E92000001", england, "2020-04-01") == "2023");
  REQUIRE(has_note(store, "1 passed over: cells that say again what another has said"));
  REQUIRE(has_note(store, "1 passed over: rows of one group among an area's people, such as a deprived tenth"));
  REQUIRE(has_note(store,
                   "1 passed over: rows of areas that are no council with social services, no system and not England"));
}

TEST_CASE("fingertips_next: the year is the one the rules read by, and practices are passed over") {
  Schema schema = published_schema();
  const std::string diabetes = add_measure_field(schema, "country", "Fingertips 241 England");
  FieldDef falls;
  falls.name = "falls";
  falls.code = "Fingertips 22401";
  falls.kind = *schema.find_kind("council");
  falls.type.kind = TypeKind::Number;
  falls.occurrence = Occurrence::Series;
  falls.every = Step::FinancialYear;
  schema.add_field(falls);
  England store(schema);
  REQUIRE(store.import_vector("fingertips_next_healthdata.csv"));
  REQUIRE(store.report.layout == "fingertips_next");
  REQUIRE(store.said("country:E92000001", diabetes, "2018-01-01") == "6.93158962798202");
  REQUIRE(has_note(store, "rows of areas that are no council"));
  store.rows.clear();
  REQUIRE(store.import_vector("fingertips_next_north_west.csv"));
  REQUIRE(store.count("falls") > 5);
  REQUIRE(store.rows_of("council:E06000009", "falls").front().valid_to == day("2019-03-31").days);
  REQUIRE(has_note(store, "rows of one group among an area's people"));
}

TEST_CASE("cqc_latest_ratings: one rating by location, service and question, from its publication") {
  England store(published_schema());
  REQUIRE(store.import_vector("cqc_latest_ratings_lincolnshire.csv"));
  REQUIRE(store.report.layout == "cqc_latest_ratings");
  REQUIRE(store.said("location:1-10041249501", "cqc.overall", "2026-05-29") == "good");
  REQUIRE(store.said("location:1-10723430806", "cqc.safe", "2025-06-04") == "outstanding");
  REQUIRE(store.last("location:1-10723430806", "location.register").text == "Eagle House Residential Care Home");
  REQUIRE(store.document(store.last("location:1-10723430806", "cqc.safe")) ==
          "http://www.cqc.org.uk/location/1-10723430806");
  REQUIRE(has_note(store, "the rules have no field"));
  std::map<Standing, std::size_t> standings;
  for (const TypedRow& row : store.rows) ++standings[row.standing];
  REQUIRE(standings[Standing::NotAvailable] > 0);  // Regulations met, Not Rated: on no scale of four
  // No rule asks for ratings of providers, so none of them comes into being.
  REQUIRE(store.count("provider.register") == 0);
}

TEST_CASE("cqc_location: ratings in force and those before, each from its report") {
  England store(published_schema());
  REQUIRE(store.import_vector("cqc_api_location_1-125856395.json"));
  REQUIRE(store.report.layout == "cqc_location");
  REQUIRE(store.said("location:1-125856395", "cqc.overall", "2019-10-31") == "outstanding");
  REQUIRE(store.said("location:1-125856395", "cqc.safe", "2019-10-31") == "good");
  REQUIRE(store.said("location:1-125856395", "cqc.overall", "2017-02-08") == "outstanding");
  REQUIRE(store.said("location:1-125856395", "cqc.overall", "2015-01-23") == "good");
  REQUIRE(store.last("location:1-125856395", "location.register").text == "Lucerne House");
  REQUIRE(store.rows_of("location:1-125856395", "cqc.overall").front().place == "currentRatings.overall.rating");
}

TEST_CASE("ods_organisation: a trust with its dates, and the system in whose area it lies") {
  England store(published_schema());
  REQUIRE(store.import_vector("ods_ord_organisation_RM3.json"));
  REQUIRE(store.report.layout == "ods_organisation");
  const TypedRow trust = store.last("trust:RM3", "trust.register");
  REQUIRE(trust.text == "NORTHERN CARE ALLIANCE NHS FOUNDATION TRUST");
  REQUIRE(trust.valid_from == day("2001-04-01").days);
  REQUIRE(trust.valid_to == TypedRow::kNoDate);  // its legal dates end, its work does not
  REQUIRE(trust.place == "Organisation.Name");
  REQUIRE(store.last("trust_of_system:RM3>QOP", "trust_of_system.register").valid_from == day("2020-04-01").days);
  REQUIRE(has_note(store, "1 passed over: successions of trusts, for which the rules have no relation"));
}

TEST_CASE("discharge_ready_date: bed days by patients discharged are the published mean, for every trust") {
  Schema schema = published_schema();
  const std::string word = "Discharge ready date ";
  const std::string patients = add_measure_field(schema, "trust", word + "patients_discharged");
  const std::string days = add_measure_field(schema, "trust", word + "delayed_bed_days");
  const std::string mean = add_measure_field(schema, "trust", word + "mean_delay_days_incl_zero");
  England store(schema);
  REQUIRE(store.import_vector("trust_discharge_ready_date.csv"));
  REQUIRE(store.report.layout == "discharge_ready_date");
  std::size_t equal = 0, without = 0;
  for (const TypedRow& row : store.rows) {
    if (row.field != store.catalogue.find_field(mean)) continue;
    const std::string trust = fmt::format("trust:{}", store.catalogue.subjects()[row.subject].code);
    const TypedRow of = store.last(trust, patients), lost = store.last(trust, days);
    INFO(trust);
    if (of.number == 0 || row.standing != Standing::Held) {
      ++without;
      continue;
    }
    const double published = static_cast<double>(row.number) / 1e6;
    REQUIRE(std::abs(static_cast<double>(lost.number) / static_cast<double>(of.number) - published) <
            0.000006 * (1 + published));
    ++equal;
  }
  REQUIRE(equal == 123);
  REQUIRE(without == 6);
}

TEST_CASE("monthly statistics of trusts and systems") {
  Schema schema = published_schema();
  const std::string waits = add_measure_field(schema, "trust", "RTT and A&E rtt_pct_within_18_weeks");
  const std::string emergency = add_measure_field(schema, "ics", "A&E pct_within_4hours");
  const std::string stays = add_measure_field(schema, "ics", "Discharge total_discharged");
  England store(schema);
  REQUIRE(store.import_vector("trust_rtt_ae_monthly.csv"));
  REQUIRE(store.report.layout == "trust_monthly");
  REQUIRE(store.said("trust:R0A", waits, "2024-08-01") == "48.04");
  REQUIRE(store.rows_of("trust:R0A", waits).front().valid_to == day("2024-08-31").days);
  REQUIRE(store.import_vector("icb_ae_monthly.csv"));
  REQUIRE(store.report.layout == "icb_emergency_monthly");
  REQUIRE(store.said("ics:QE1", emergency, "2022-04-01") == "75.82");
  REQUIRE(store.import_vector("icb_discharge_monthly.csv"));
  REQUIRE(store.report.layout == "icb_discharge_monthly");
  REQUIRE(store.said("ics:QE1", stays, "2022-04-01") == "8549");
  REQUIRE(store.rows_of("ics:QUE", stays).back().valid_to == day("2023-08-31").days);  // where its reports stop
}

TEST_CASE(
    "nhs_discharge and nhs_emergency: thousands with commas, days with the day first, the month in the period's name") {
  Schema schema = published_schema();
  const std::string left = add_measure_field(schema, "trust", "NHS discharge Patients discharged, Count");
  const std::string boards = add_measure_field(schema, "ics", "NHS discharge Patients discharged");
  const std::string first = add_measure_field(schema, "trust", "A&E monthly A&E attendances Type 1");
  England store(schema);
  REQUIRE(
      store.import_text("Level,Period,Org Code,Org Name,Metric,Metric Type,Value\n"
                        "Provider,05/04/2025,R0A,Manchester,Patients discharged,Count,\"1,204\"\n"
                        "Provider,06/04/2025,R0A,Manchester,Patients discharged,Count,-\n"
                        "ICB,05/04/2025,QE1,Lancashire,Patients discharged,Count,88\n"
                        "Region,05/04/2025,Y62,North West,Patients discharged,Count,9000\n"));
  REQUIRE(store.report.layout == "nhs_discharge");
  REQUIRE(store.said("trust:R0A", left, "2025-04-05") == "1204");
  REQUIRE(store.said("trust:R0A", left, "2025-04-06") == "not available: -");
  REQUIRE(store.said("ics:QE1", boards, "2025-04-05") == "88");
  REQUIRE(has_note(store, "1 passed over: rows of regions, sites and other levels"));
  REQUIRE(
      store.import_text("Period,Org Code,Parent Org, Org name,A&E attendances Type 1 \n"
                        "MSitAE-MARCH-2026,R0A,NHS ENGLAND NORTH WEST,Manchester,\"35,270\"\n"
                        "TOTAL,,TOTAL,,\"1,500,000\"\n"));
  REQUIRE(store.report.layout == "nhs_emergency");
  REQUIRE(store.said("trust:R0A", first, "2026-03-01") == "35270");
  REQUIRE(store.rows_of("trust:R0A", first).back().valid_to == day("2026-03-31").days);
  REQUIRE(has_note(store, "1 passed over: totals of other rows"));
}

TEST_CASE("nhs_oversight: periods of all sorts, a rate beside its count, and a score of 0 that is none") {
  Schema schema = published_schema();
  const std::string score = add_measure_field(schema, "trust", "OF1057");
  const std::string rate = add_measure_field(schema, "trust", "OF0048 Rate");
  const std::string count = add_measure_field(schema, "trust", "OF0048 Count");
  England store(schema);
  const std::string head =
      "Region,Trust_type,Trust_code,Trust_name,Metric_ID,Quarter (reporting date),Units,Value,median,Rank\n";
  REQUIRE(store.import_text(head + "North,Acute,R0A,Manchester,OF1057,Q1 2025/26,Score,0,2,1\n"
                                   "North,Acute,R0A,Manchester,OF1057,Q2 2025/26,Score,2.5,2,1\n"
                                   "North,Acute,R0A,Manchester,OF0048,Jul 24 - Jun 25,Rate,3.2,2,1\n"
                                   "North,Acute,R0A,Manchester,OF0048,Jul 24 - Jun 25,Count,14,2,1\n"
                                   "North,Acute,R0A,Manchester,OF0048,Year to date 25/26,Count,9,2,1\n"
                                   "North,Acute,R0A,Manchester,OF9999,2024-09,Count,9,2,1\n"));
  REQUIRE(store.report.layout == "nhs_oversight");
  REQUIRE(store.said("trust:R0A", score, "2025-04-01") ==
          "not available: published as 0, which stands for missing or suppressed");
  REQUIRE(store.said("trust:R0A", score, "2025-07-01") == "2.5");
  REQUIRE(store.said("trust:R0A", rate, "2024-07-01") == "3.2");
  REQUIRE(store.said("trust:R0A", count, "2024-07-01") == "14");
  REQUIRE(store.source(store.rows.back()) == "nhs_england_oversight");
  REQUIRE(store.count("trust.register") == 1);
  REQUIRE(has_note(store, "1 passed over: rows of the year to date, whose last day the file does not give"));
  REQUIRE(has_note(store, "1 passed over: the rules have no field `OF9999`"));
}
