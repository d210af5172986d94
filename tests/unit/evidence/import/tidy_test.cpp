// The tidy layout: what each column means.
#include <catch2/catch.hpp>

#include "import_support.h"

using namespace assay;

namespace {

constexpr std::string_view kNeeds = "cqc.local_authority.needs";
constexpr std::string_view kWait = "asc.intervention.assessment_wait_median";
constexpr std::string_view kStage = "asc.intervention.support";

struct Started : Evidence {
  Started() : Evidence(sample_schema()) { add_bodies(); }
};

}  // namespace

TEST_CASE("a row says who, what, when, whose record, and where it stands") {
  Started store;
  REQUIRE(store.import_text(
      "value,subject,field,source,valid_from,valid_to,document,place,recorded_on,note\n"
      "3,council:E06000014,cqc.local_authority.needs,cqc_report,2025-05-31,2028-05-30,York report,page 4,"
      "2025-06-02,\"seen, and kept\"\n"));
  const TypedRow row = store.last("council:E06000014", kNeeds);
  REQUIRE(row.number == 3);
  REQUIRE(row.standing == Standing::Held);
  REQUIRE(row.valid_from == day("2025-05-31").days);
  REQUIRE(row.valid_to == day("2028-05-30").days);
  REQUIRE(store.source(row) == "cqc_report");
  REQUIRE(store.document(row) == "York report");
  REQUIRE(row.place == "page 4");
  REQUIRE(row.recorded_on == day("2025-06-02").days);
  REQUIRE(row.note == "seen, and kept");
  REQUIRE(row.supersedes == 0);
  REQUIRE(store.report.layout == "tidy");
  REQUIRE(store.report.lines == 1);
  REQUIRE(store.report.rows == 1);
  REQUIRE(store.report.notes.empty());
}

TEST_CASE("what a row leaves out comes from the import") {
  Started store;
  const TempFile file(
      "subject,field,value,valid_from\n"
      "council:E06000014,cqc.local_authority.needs,3,2025-05-31\n"
      "\n"
      "council:E06000014,asc.intervention.scrutiny,yes,2025-05-31\n",
      "return.csv");
  REQUIRE(store.import({.path = file.path(), .source = "cqc_report"}));
  const TypedRow first = store.last("council:E06000014", kNeeds);
  REQUIRE(store.source(first) == "cqc_report");
  REQUIRE(first.recorded_on == day("2026-06-01").days);
  REQUIRE(first.valid_to == TypedRow::kNoDate);
  REQUIRE(first.document == 0);
  REQUIRE(first.place.empty());  // row 2 follows from its number
  REQUIRE(store.last("council:E06000014", "asc.intervention.scrutiny").place == "row 4");  // an empty row came between
  // Where the rules do not care whose record it is, the file's name stands for the source.
  REQUIRE(store.import({.path = file.path()}) == false);
  const TempFile other("subject,field,value,valid_from\ncouncil:E06000014,asc.intervention.scrutiny,no,2025-06-30\n",
                       "return.csv");
  REQUIRE(store.import({.path = other.path()}));
  REQUIRE(store.source(store.rows.back()) == "return.csv");
}

TEST_CASE("subjects are found by code, other code, spelling and link") {
  Started store;
  REQUIRE(
      store.import_text("subject,field,value,valid_from\n"
                        "council:York,asc.intervention.scrutiny,yes,2025-01-01\n"
                        "council:blackpool borough council,asc.intervention.scrutiny,no,2025-01-01\n"
                        "membership:Blackpool>QE1,england.geography.share_of_council,100%,2024-04-01\n"));
  REQUIRE(store.last("council:E06000014", "asc.intervention.scrutiny").number == 1);
  REQUIRE(store.last("council:E06000009", "asc.intervention.scrutiny").number == 0);
  REQUIRE(store.last("membership:E06000009>QE1", "england.geography.share_of_council").number == 100'000'000);
}

TEST_CASE("a register row brings a subject into being, and an alias is of use at once") {
  Evidence store(sample_schema());
  REQUIRE(
      store.import_text("subject,field,value,valid_from,valid_to\n"
                        "council:E08000016,council.register,Barnsley,1974-04-01,\n"
                        "council:E08000016,council.alias,E08000038,2025-04-01,\n"
                        "council:E08000038,asc.intervention.scrutiny,yes,2025-06-01,\n"
                        "ics:QF7,ics.register,South Yorkshire,2022-07-01,2026-03-31\n"
                        "membership:E08000038>QF7,membership.register,,2022-07-01,\n"
                        "membership:Barnsley>South Yorkshire,england.geography.share_of_council,100,2022-07-01,\n"));
  const auto barnsley = store.catalogue.find_subject("council:E08000016");
  REQUIRE(store.last("council:E08000016", "asc.intervention.scrutiny").subject == barnsley);
  REQUIRE(store.last("council:E08000016", "council.register").text == "Barnsley");
  REQUIRE(store.last("ics:QF7", "ics.register").valid_to == day("2026-03-31").days);
  const auto& link = store.catalogue.subjects()[store.catalogue.find_subject("membership:E08000016>QF7")];
  REQUIRE(link.from == barnsley);
  REQUIRE(link.to == store.catalogue.find_subject("ics:QF7"));
  REQUIRE(store.last("membership:E08000016>QF7", "membership.register").text == "E08000016>QF7");
  REQUIRE(store.catalogue.subjects().size() == 4);
}

TEST_CASE("an empty value is recorded as not available, with its reason") {
  Started store;
  REQUIRE(store.import_text(
      "subject,field,value,valid_from,note\n"
      "council:York,asc.intervention.assessment_wait_median,,2025-10-01,the system was being replaced\n"));
  const TypedRow row = store.last("council:E06000014", kWait);
  REQUIRE(row.standing == Standing::NotAvailable);
  REQUIRE(row.note == "the system was being replaced");
}

TEST_CASE("a reading of a series runs to the end of its step unless it says otherwise") {
  Started store;
  REQUIRE(
      store.import_text("subject,field,value,valid_from,valid_to\n"
                        "council:York,asc.intervention.assessment_wait_median,31 days,2025-07-01,\n"
                        "council:York,asc.intervention.assessment_wait_median,30,2025-05-20,\n"
                        "council:York,asc.intervention.assessment_wait_median,29,2025-01-01,2025-03-30\n"
                        "council:York,ASCOF 1A,19.1,2024-04-01,\n"));
  const auto rows = store.rows_of("council:E06000014", kWait);
  REQUIRE(rows[0].valid_to == day("2025-09-30").days);
  REQUIRE(rows[1].valid_to == day("2025-06-30").days);
  REQUIRE(rows[2].valid_to == day("2025-03-30").days);
  REQUIRE(store.last("council:E06000014", "asc.intervention.quality_of_life").valid_to == day("2025-03-31").days);
}

TEST_CASE("stages are decisions made, announced or ended") {
  Started store;
  REQUIRE(
      store.import_text("subject,field,value,valid_from\n"
                        "council:York,asc.intervention.support,minded to enhanced_monitoring,2026-01-12\n"
                        "council:York,asc.intervention.support,enhanced_monitoring,2026-02-02\n"
                        "council:York,asc.intervention.support,ended,2026-05-01\n"));
  const auto rows = store.rows_of("council:E06000014", kStage);
  REQUIRE(rows[0].standing == Standing::MindedTo);
  REQUIRE(store.label(rows[0]) == "enhanced_monitoring");
  REQUIRE(rows[1].standing == Standing::Held);
  REQUIRE(rows[1].number == rows[0].number);
  REQUIRE(rows[2].standing == Standing::Ended);
}

TEST_CASE("words that say something about a row") {
  Started store;
  REQUIRE(
      store.import_text("subject,field,value,valid_from,valid_to,supersedes\n"
                        "council:York,asc.intervention.section_114_notice,complete,2025-01-01,2025-12-31,\n"
                        "council:York,ASCOF 4B,not applicable,2024-04-01,,\n"
                        "council:York,asc.intervention.scrutiny,withdrawn,2025-01-01,,41\n"
                        "council:York,asc.intervention.scrutiny,yes,2025-01-01,,42\n"
                        "council:York,asc.intervention.review,complete,2025-01-01,,\n"));
  const auto notice = store.last("council:E06000014", "asc.intervention.section_114_notice");
  REQUIRE(notice.standing == Standing::Complete);
  REQUIRE(notice.valid_to == day("2025-12-31").days);
  REQUIRE(store.last("council:E06000014", "asc.intervention.risk_reduced").standing == Standing::NotApplicable);
  const auto scrutiny = store.rows_of("council:E06000014", "asc.intervention.scrutiny");
  REQUIRE(scrutiny[0].standing == Standing::Withdrawn);
  REQUIRE(scrutiny[0].supersedes == 41);
  REQUIRE(scrutiny[1].standing == Standing::Held);
  REQUIRE(scrutiny[1].supersedes == 42);
  // A choice of that very name is the choice.
  const auto review = store.last("council:E06000014", "asc.intervention.review");
  REQUIRE(review.standing == Standing::Held);
  REQUIRE(store.label(review) == "complete");
}

TEST_CASE("text keeps its commas, line breaks and letters") {
  Started store;
  REQUIRE(store.import_text(
      "subject,field,value,valid_from\n"
      "council:York,asc.intervention.remark,\"Caf\xC3\xA9, \"\"first\"\"\nand second\",2025-01-01\n"));
  const TypedRow row = store.last("council:E06000014", "asc.intervention.remark");
  REQUIRE(row.has_text);
  REQUIRE(row.text == "Caf\xC3\xA9, \"first\"\nand second");
}

TEST_CASE("a source that the rules do not count is kept and said") {
  Started store;
  REQUIRE(
      store.import_text("subject,field,value,valid_from,source\n"
                        "council:York,cqc.local_authority.needs,3,2025-05-31,cqc_report\n"
                        "council:York,cqc.local_authority.needs,2,2025-05-31,rumour\n"
                        "council:York,cqc.local_authority.equity,2,2025-05-31,cqc_report\n"
                        "council:York,cqc.local_authority.needs,2,2025-06-30,rumour\n"));
  REQUIRE(store.rows.size() == 4);
  REQUIRE(store.report.notes ==
          std::vector<std::string>{"2 row(s) of cqc.local_authority.needs are rumour's, whose record the "
                                   "rules do not count for it (they count cqc_report or cqc_collected)"});
}

TEST_CASE("rows are handed on in blocks, all of them") {
  Started store;
  std::string text = "subject,field,value,valid_from\n";
  for (int i = 0; i < 10'000; ++i) text += "council:York,asc.intervention.budget,-2.5,2025-01-01\n";
  REQUIRE(store.import_text(text));
  REQUIRE(store.report.rows == 10'000);
  REQUIRE(store.rows.size() == 10'000);
  REQUIRE(std::all_of(store.rows.begin(), store.rows.end(),
                      [](const TypedRow& r) { return r.number == -2'500'000 && r.place.empty(); }));
}

TEST_CASE("the report gives the digest of the file") {
  Started store;
  const std::string text = "subject,field,value,valid_from\ncouncil:York,asc.intervention.scrutiny,yes,2025-01-01\n";
  REQUIRE(store.import_text(text));
  REQUIRE(store.report.file_digest == sha256(text));
}

TEST_CASE("dates are kept as far as they are known") {
  Started store;
  REQUIRE(
      store.import_text("subject,field,value,valid_from,valid_to,note\n"
                        "council:York,asc.intervention.next_visit,Mar-25,Q4 24/25,2025,\n"
                        "council:York,asc.intervention.next_visit,45717,45717,,\n"
                        "council:Blackpool,asc.intervention.next_visit,TBC,2025-03-01,,as they said\n"
                        "council:Blackpool,asc.intervention.remark,tbc,2025-03-01,,\n"));
  const auto rows = store.rows_of("council:E06000014", "asc.intervention.next_visit");
  REQUIRE(rows.size() == 2);
  const Date march = day("2025-03-01"), january = day("2025-01-01");
  CHECK(rows[0].number == ImpreciseDate(march, Step::Month).stored());
  CHECK(rows[0].valid_from == ImpreciseDate(january, Step::Quarter).stored());
  CHECK(rows[0].valid_to == ImpreciseDate(january, Step::Year).stored());
  CHECK(rows[1].number == march.days);
  CHECK(rows[1].valid_from == march.days);
  CHECK(rows[1].valid_to == TypedRow::kNoDate);
  const TypedRow open = store.last("council:E06000009", "asc.intervention.next_visit");
  CHECK(open.standing == Standing::NotAvailable);
  CHECK(open.note == "TBC; as they said");
  CHECK(store.last("council:E06000009", "asc.intervention.remark").text == "tbc");
}

TEST_CASE("of a reading and of what is complete a month or year is all its days") {
  Started store;
  REQUIRE(
      store.import_text("subject,field,value,valid_from,valid_to\n"
                        "council:York,asc.intervention.assessment_wait_median,31 days,Q4 24/25,\n"
                        "council:York,asc.intervention.assessment_wait_median,32 days,Apr-25,2025-Q2\n"
                        "council:York,asc.intervention.section_114_notice,complete,2024/25,2025\n"));
  const auto readings = store.rows_of("council:E06000014", kWait);
  REQUIRE(readings.size() == 2);
  CHECK(readings[0].valid_from == day("2025-01-01").days);
  CHECK(readings[0].valid_to == day("2025-03-31").days);
  CHECK(readings[1].valid_from == day("2025-04-01").days);
  CHECK(readings[1].valid_to == day("2025-06-30").days);
  const TypedRow complete = store.last("council:E06000014", "asc.intervention.section_114_notice");
  CHECK(complete.valid_from == day("2024-04-01").days);
  CHECK(complete.valid_to == day("2025-12-31").days);
}
