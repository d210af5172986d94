// The published layouts on small tables: what each cell becomes, what is passed over, and what is refused.
#include <catch2/catch.hpp>

#include "evidence/import/layout.h"
#include "import_support.h"

using namespace assay;

namespace {

constexpr std::string_view kCqcHead =
    "council_code,overall_rating,percent_as_cqc_displays,qs1,qs2,qs3,qs4,qs5,qs6,qs7,qs8,qs9,assessed_month,report_"
    "url\n";
constexpr std::string_view kAscofHead = "metric,period,level,area_code,outcome,markers\n";
constexpr std::string_view kLookupHead =
    "council_code,icb_ods_code,share_of_council_population,share_of_icb_population,valid_from,valid_to,basis\n";

struct Started : Evidence {
  explicit Started(Schema rules = sample_schema()) : Evidence(std::move(rules)) { add_bodies(); }
  bool import_under(std::string_view head, std::string_view lines) {
    return import_text(std::string(head) + std::string(lines));
  }
};

}  // namespace

TEST_CASE("each layout is known by its headings, and its name is in the list") {
  REQUIRE(layout_names().size() == layouts().size());
  REQUIRE(layout_names().front() == "tidy");
  for (const Layout& layout : layouts()) {
    if (layout.manner == Manner::Document) continue;
    std::string head;
    for (const auto heading : layout.headings) {
      std::string one(heading.substr(0, heading.find('|')));
      std::replace(one.begin(), one.end(), '#', '2');
      head += (head.empty() ? "" : ",") + one;
    }
    Evidence store(sample_schema());
    REQUIRE(store.import_text(head + "\n"));
    REQUIRE(store.report.layout == layout.name);
    REQUIRE(store.report.rows == 0);
  }
}

TEST_CASE("councils: register, other codes and names, population") {
  Evidence store(sample_schema());
  REQUIRE(store.import_text(
      "council_code,council_code_2025,council_name,official_name,register_code,cassr_code,region_name,"
      "former_gss_codes,register_start_date,census_2021_population\n"
      "E08000037,E08000037,Gateshead,Gateshead Metropolitan Borough Council,GAT,106,North "
      "East,E08000020,1974-04-01,196151\n"
      "E08000016,E08000038,Barnsley,Barnsley Council,BNS,204,Yorkshire and The Humber,,,244572\n"));
  const TypedRow gateshead = store.last("council:E08000037", "council.register");
  REQUIRE(gateshead.text == "Gateshead");
  REQUIRE(gateshead.valid_from == day("1974-04-01").days);
  REQUIRE(gateshead.note.empty());
  REQUIRE(gateshead.place == "row 2, column council_name");
  REQUIRE(store.source(gateshead) == "council_register");
  const TypedRow barnsley = store.last("council:E08000016", "council.register");
  REQUIRE(barnsley.valid_from == day("0001-01-01").days);
  REQUIRE(barnsley.note == "the register gives no start date");
  for (const char* name : {"GAT", "106", "E08000020", "Gateshead Metropolitan Borough Council", "gateshead"}) {
    REQUIRE(store.catalogue.find_alias("council", name) == gateshead.subject);
  }
  REQUIRE(store.catalogue.find_alias("council", "E08000038") == barnsley.subject);
  REQUIRE(store.last("council:E08000016", "council.alias").valid_from == day("2025-04-01").days);
  const TypedRow people = store.last("council:E08000037", "england.geography.population");
  REQUIRE(people.number == 196'151);
  REQUIRE(people.valid_from == day("2021-03-21").days);
  REQUIRE(store.source(people) == "census_2021");
  REQUIRE(store.report.lines == 2);
  REQUIRE(store.report.passed_over == 2);
  REQUIRE(store.report.notes ==
          std::vector<std::string>{"2 passed over: the rules have no field `england.geography.region`"});
}

TEST_CASE("council_history: councils that ended, and who followed") {
  Evidence store(sample_schema());
  REQUIRE(store.import_text(
      "subject,field,value,valid_from\n"
      "council:E06000063,council.register,Cumberland,2023-04-01\ncouncil:E06000063,council.alias,CBD,2023-04-01\n"
      "council:E06000064,council.register,Westmorland and "
      "Furness,2023-04-01\ncouncil:E06000064,council.alias,WAF,2023-04-01\n"));
  const std::string head = "local-authority-code,official-name,gss-code,start-date,end-date,replaced-by\n";
  REQUIRE(store.import_text(
      head +
      "CMA,Cumbria County Council,E10000006,,2023-04-01,\"CBD,WAF\"\n"
      "CBD,Cumberland Council,E06000063,2023-04-01,,\nWAF,Westmorland and Furness Council,E06000064,2023-04-01,,\n"));
  const TypedRow cumbria = store.last("council:E10000006", "council.register");
  REQUIRE(cumbria.text == "Cumbria County Council");
  REQUIRE(cumbria.valid_to == day("2023-04-01").days);
  REQUIRE(cumbria.note == "the register gives no start date");
  const TypedRow link = store.last("council_succession:E10000006>E06000064", "council_succession.register");
  REQUIRE(link.valid_from == day("2023-04-01").days);
  REQUIRE(link.place == "row 2, column replaced-by");
  REQUIRE(store.count("council_succession.register") == 2);
  REQUIRE(store.report.passed_over == 2);
  REQUIRE_FALSE(store.import_text(head + "OLD,Old Council,E99,,2023-04-01,XYZ\nNEW,New Council,E98,2023-04-01,,\n"));
  REQUIRE(store.faults ==
          std::vector<std::string>{"row 2, column gss-code: no council `XYZ` is known; a new one takes a "
                                   "`council.register` row before this"});
}

TEST_CASE("council_aliases: spellings by register code, those already known passed over") {
  Started store;
  REQUIRE(store.import_text("subject,field,value,valid_from\ncouncil:York,council.alias,YOR,2025-01-01\n"));
  store.rows.clear();
  REQUIRE(store.import_text("la-name,local-authority-code\nCity of York,YOR\ncity of york,YOR\nYork,YOR\n"));
  REQUIRE(store.rows.size() == 1);
  REQUIRE(store.rows[0].text == "City of York");
  REQUIRE(store.rows[0].valid_from == day("2026-06-01").days);
  REQUIRE(store.report.notes == std::vector<std::string>{"2 passed over: spellings already known, case set aside"});
  REQUIRE_FALSE(store.import_text("la-name,local-authority-code\nLeeds,LDS\n"));
  REQUIRE(store.faults[0].starts_with("row 2, column local-authority-code: no council `LDS` is known"));
}

TEST_CASE("icbs and their succession: one body, two codes, shares on two bases") {
  Evidence store(sample_schema());
  REQUIRE(store.import_text(
      "icb_ons_code,icb_ods_code,icb_name,nhs_region,valid_from,valid_to,census_2021_population,ons_code_july_2022\n"
      "E54000034,QNQ,NHS Frimley Integrated Care Board,South East,2022-07-01,2026-03-31,764365,E54000034\n"
      "E54000042,QRL,NHS Hampshire and Isle of Wight Integrated Care Board,South "
      "East,2022-07-01,2026-03-31,1823986,E54000042\n"
      "E54000067,QRL,NHS Hampshire and Isle of Wight Integrated Care Board,South East,2026-04-01,,1998281,\n"));
  REQUIRE(store.catalogue.find_subject("ics:QRL") == 2);
  REQUIRE(store.rows_of("ics:QRL", "ics.register").size() == 2);
  REQUIRE(store.catalogue.find_alias("ics", "E54000042") == 2);
  REQUIRE(store.catalogue.find_alias("ics", "E54000067") == 2);
  REQUIRE(store.catalogue.find_alias("ics", "frimley") == 1);
  const auto people = store.rows_of("ics:QRL", "england.geography.system_population");
  REQUIRE(people[0].number == 1'823'986);
  REQUIRE(people[1].number == 1'998'281);
  REQUIRE(people[0].valid_to == day("2026-03-31").days);
  REQUIRE(
      store.import_text("predecessor_ods,successor_ods,effective_date,succession_type,population_weight_published_code,"
                        "census_2021_share_of_predecessor,note\n"
                        "QNQ,QRL,2026-04-01,acquisition,0.229339252148803,0.228,gains territory\n"));
  const TypedRow share = store.last("ics_succession:QNQ>QRL", "england.geography.succession_share");
  REQUIRE(share.number == 22'800'000);
  REQUIRE(store.source(share) == "census_2021");
  const TypedRow published = store.last("ics_succession:QNQ>QRL", "england.geography.succession_share_published");
  REQUIRE(published.text == "22.9339252148803");
  REQUIRE(store.source(published) == "nhs_england");
  REQUIRE(store.last("ics_succession:QNQ>QRL", "ics_succession.register").note == "acquisition: gains territory");
}

TEST_CASE("council_icb_lookup: shares as percents, and the derived edition known as that") {
  Started store;
  REQUIRE(store.import_under(kLookupHead,
                             "E06000009,QE1,0.75848,0.10006,2024-04-01,2026-03-31,published lookups aggregated\n"
                             "E06000009,QE1,1.0,0.10006,2026-04-01,,DERIVED from 2024 lookup\n"));
  const auto rows = store.rows_of("membership:E06000009>QE1", "england.geography.share_of_council");
  REQUIRE(rows[0].number == 75'848'000);
  REQUIRE(rows[0].valid_to == day("2026-03-31").days);
  REQUIRE(store.source(rows[0]) == "census_2021");
  REQUIRE(store.document(rows[0]) == "Council to ICB lookup: published lookups aggregated");
  REQUIRE(rows[1].number == 100'000'000);
  REQUIRE(rows[1].valid_to == TypedRow::kNoDate);
  REQUIRE(store.source(rows[1]) == "census_2021_derived");
  REQUIRE(store.document(rows[1]) == "Council to ICB lookup: DERIVED from 2024 lookup");
  REQUIRE(store.last("membership:E06000009>QE1", "england.geography.share_of_system").number == 10'006'000);
  REQUIRE_FALSE(store.import_under(kLookupHead, "E06000009,QE1,most,0.1,2024-04-01,,published\n"));
  REQUIRE(store.faults == std::vector<std::string>{
                              "row 2, column share_of_council_population: `most` is not a share; write it as 0.75848"});
  REQUIRE_FALSE(store.import_under(kLookupHead, "E06000009,QE1,1.2,0.1,2024-04-01,,published\n"));
  REQUIRE(store.faults[0].starts_with("row 2, column share_of_council_population: `120` is outside"));
  REQUIRE_FALSE(store.import_under(kLookupHead, "E06000009,QE1,1,0.1,2024-04-31,,published\n"));
  REQUIRE(store.faults[0].starts_with("row 2, column valid_from: `2024-04-31` is not a date"));
}

TEST_CASE("council_icb_registered: only pairs that are members") {
  Started store;
  REQUIRE(
      store.import_text("financial_year,council_code,icb_ods_code,share_of_council_registered\n"
                        "2025-26,E06000009,QE1,0.98765\n2025-26,E06000014,QE1,0.01\n"));
  const TypedRow row = store.last("membership:E06000009>QE1", "england.geography.registered_share_of_council");
  REQUIRE(row.number == 98'765'000);
  REQUIRE(row.valid_from == day("2025-04-01").days);
  REQUIRE(row.valid_to == day("2026-03-31").days);
  REQUIRE(store.rows.size() == 1);
  REQUIRE(store.report.passed_over == 1);
  REQUIRE_FALSE(store.import_text(
      "financial_year,council_code,icb_ods_code,share_of_council_registered\n2025-27,E06000009,QE1,1\n"));
  REQUIRE(store.faults == std::vector<std::string>{
                              "row 2, column financial_year: `2025-27` is not a financial year; write it as 2025-26"});
}

TEST_CASE("cqc_assessments: nine scores, percent and rating from the month's last day") {
  Started store;
  REQUIRE(store.import_under(kCqcHead,
                             "E06000009,Inadequate,34,1,1,1,2,2,2,1,1,1,February 2024,https://example.org/report\n"
                             "E06000014,Not Rated,67,2,3,2,3,3,3,2,3,3,August 2024,\n"));
  const TypedRow safe = store.last("council:E06000009", "cqc.local_authority.safe_systems");
  REQUIRE(safe.number == 2);
  REQUIRE(safe.valid_from == day("2024-02-29").days);
  REQUIRE(safe.place == "row 2, column qs6");
  REQUIRE(store.source(safe) == "cqc_collected");
  REQUIRE(store.document(safe) == "https://example.org/report");
  REQUIRE(safe.note == "published in February 2024; the day is not given, so the month's last day is taken");
  REQUIRE(store.last("council:E06000009", "cqc.local_authority.published_percent").number == 34'000'000);
  REQUIRE(store.label(store.last("council:E06000009", "cqc.local_authority.published_rating")) == "inadequate");
  const TypedRow not_rated = store.last("council:E06000014", "cqc.local_authority.published_rating");
  REQUIRE(not_rated.standing == Standing::NotAvailable);
  REQUIRE(not_rated.note == "Not Rated");
  REQUIRE(store.rows.size() == 22);
  REQUIRE_FALSE(store.import_under(
      kCqcHead,
      "E06000009,Inadequate,34,1,1,5,2,2,2,1,1,1,May 2025,\nE06000009,Awful,34,1,1,1,2,2,2,1,1,1,Spring 2025,\n"));
  REQUIRE(store.faults ==
          std::vector<std::string>{"row 2, column qs3: `5` is outside score 1 to 4; ",
                                   "row 3, column assessed_month: `Spring 2025` is not a month; write it as May 2025"});
}

TEST_CASE("ascof_tidy: councils' readings by published code, markers kept apart") {
  Started store;
  REQUIRE(store.import_under(kAscofHead,
                             "1A,2024-25,council,E06000014,19.1,\n"
                             "1A,2024-25,region,E12000001,19.0,\n"
                             "6A,2024-25,council,,20.2,\n"
                             "2A,2024-25,council,E06000014,70,\n"
                             "4B,2024-25,council,E06000014,,outcome=[z]\n"
                             "6A,2024-25,council,E06000014,,outcome=[x]\n"
                             "1A,2023-24,council,E06000014,,numerator=[c];denominator=[c];outcome=[c]\n"
                             "6A,2023-24,council,E06000014,,\n"
                             "6A,2022-23,council,E06000014,,outcome=[z]\n"));
  const auto quality = store.rows_of("council:E06000014", "asc.intervention.quality_of_life");
  REQUIRE(quality[0].number == 19'100'000);
  REQUIRE(quality[0].valid_from == day("2024-04-01").days);
  REQUIRE(quality[0].valid_to == day("2025-03-31").days);
  REQUIRE(quality[0].place == "row 2, column outcome");
  REQUIRE(quality[1].standing == Standing::Suppressed);
  REQUIRE(store.last("council:E06000014", "asc.intervention.risk_reduced").standing == Standing::NotApplicable);
  const auto turnover = store.rows_of("council:E06000014", "asc.intervention.staff_turnover");
  REQUIRE(turnover[0].standing == Standing::NotAvailable);
  REQUIRE(turnover[0].note == "[x]: published as not available");
  REQUIRE(turnover[1].note == "blank in the published table");
  // Staff turnover cannot be "not applicable" by the rules: the note keeps what was published.
  REQUIRE(turnover[2].standing == Standing::NotAvailable);
  REQUIRE(turnover[2].note == "[z]: published as not applicable");
  REQUIRE(store.report.lines == 9);
  REQUIRE(store.report.rows == 6);
  REQUIRE(store.report.passed_over == 3);
  REQUIRE_FALSE(store.import_under(kAscofHead, "1A,2024,council,E06000014,19.1,\n1A,2024-25,council,E06000014,25,\n"));
  REQUIRE(store.faults ==
          std::vector<std::string>{"row 2, column period: `2024` is not a financial year; write it as 2024-25",
                                   "row 3, column outcome: `25` is outside decimal 0 to 24; "});
}

TEST_CASE("oversight_wide: trusts, and a reading of each metric a quarter by published code") {
  Evidence store(sample_schema());
  const std::string head = "quarter,ods_code,trust_name,OF0061,OF1061,OF0005,OF5002,OF5003,OF5004,OF5005\n";
  REQUIRE(store.import_text(head + "Q1 2025/26,RPG,Oxleas NHS Foundation Trust,7.01,1.55,0.5,1.8,1,1,3\n"
                                   "Q2 2025/26,RPG,Oxleas NHS Foundation Trust,,0,0.5,2.34,2,0,2\n"));
  const TypedRow oxleas = store.last("trust:RPG", "trust.register");
  REQUIRE(oxleas.text == "Oxleas NHS Foundation Trust");
  REQUIRE(oxleas.note == "the file does not say since when the trust has existed");
  REQUIRE(store.count("trust.register") == 1);
  REQUIRE(store.catalogue.find_alias("trust", "oxleas") == oxleas.subject);
  const auto values = store.rows_of("trust:RPG", "nhse.oversight.raising_concerns");
  REQUIRE(values[0].number == 7'010'000);
  REQUIRE(values[0].valid_from == day("2025-04-01").days);
  REQUIRE(values[0].valid_to == day("2025-06-30").days);
  REQUIRE(values[0].place == "row 2, column OF0061");
  REQUIRE(store.source(values[0]) == "nhs_england_oversight");
  REQUIRE(values[1].standing == Standing::NotAvailable);
  REQUIRE(values[1].note == "blank in the published file");
  REQUIRE(values[1].valid_to == day("2025-09-30").days);
  const TypedRow score = store.last("trust:RPG", "nhse.oversight.raising_concerns_score");
  REQUIRE(score.standing == Standing::NotAvailable);
  REQUIRE(score.note == "published as 0, which stands for missing or suppressed");
  REQUIRE(store.last("trust:RPG", "nhse.oversight.in_deficit").number == 0);  // a flag of 0 is no
  REQUIRE(store.report.rows == 2 + 2 * 3);
  REQUIRE(store.report.notes.front() == "2 passed over: the rules have no field `OF0005`");
  REQUIRE_FALSE(store.import_text(head + "Q5 2025/26,RPG,Oxleas,7.01,1.55,0.5,1.8,1,1,3\n"
                                         "Q2 2025/26,RPG,Oxleas,7.01,4.5,0.5,1.8,1,perhaps,3\n"));
  REQUIRE(store.faults ==
          std::vector<std::string>{"row 2, column quarter: `Q5 2025/26` is not a quarter; write it as Q1 2025/26",
                                   "row 3, column OF1061: `4.5` is outside decimal 1 to 4; ",
                                   "row 3, column OF5004: `perhaps` cannot be read as yes or no; write yes or no"});
}

TEST_CASE("rules without a field pass its cells over; rules without the kinds pass all") {
  Started bare(bare_schema());
  REQUIRE(bare.import_under(kCqcHead, "E06000009,Inadequate,34,1,1,1,2,2,2,1,1,1,May 2025,\n"));
  REQUIRE(bare.report.rows == 0);
  REQUIRE(bare.report.passed_over == 11);
  REQUIRE(bare.import_under(kLookupHead, "E06000009,QE1,1.0,0.1,2024-04-01,,published\n"));
  REQUIRE(bare.report.rows == 1);
  REQUIRE(bare.report.passed_over == 2);
  Evidence nothing{Schema()};
  REQUIRE(nothing.import_text("la-name,local-authority-code\nYork,YOR\n"));
  REQUIRE(nothing.report.passed_over == 1);
}
