// What the tidy layout refuses: the sentence, its place, and that nothing is left behind.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "import_support.h"

using namespace assay;

namespace {

constexpr std::string_view kHead = "subject,field,value,valid_from,valid_to,source,recorded_on,supersedes\n";

struct Started : Evidence {
  Started() : Evidence(sample_schema()) { add_bodies(); }
  // The one fault of a file of one row.
  std::string fault(std::string_view row) {
    REQUIRE_FALSE(import_text(std::string(kHead) + std::string(row) + "\n"));
    REQUIRE(faults.size() == 1);
    return faults[0];
  }
};

}  // namespace

TEST_CASE("an unknown subject is refused with the near name") {
  Started store;
  REQUIRE(store.fault("council:E06000015,asc.intervention.scrutiny,yes,2025-01-01,,,,") ==
          "row 2, column subject: no council `E06000015` is known; did you mean `E06000014`?");
  REQUIRE(store.fault("council:Yorkk,asc.intervention.scrutiny,yes,2025-01-01,,,,") ==
          "row 2, column subject: no council `Yorkk` is known; did you mean `York`?");
  REQUIRE(store.fault("council:Nowhere,asc.intervention.scrutiny,yes,2025-01-01,,,,") ==
          "row 2, column subject: no council `Nowhere` is known; a new one takes a `council.register` row before this");
  REQUIRE(
      store.fault("York,asc.intervention.scrutiny,yes,2025-01-01,,,,") ==
      "row 2, column subject: `York` does not say of what kind it is; write kind and code, as in council:E06000014");
  REQUIRE(store.fault("counsil:York,asc.intervention.scrutiny,yes,2025-01-01,,,,") ==
          "row 2, column subject: the rules know no kind `counsil`; did you mean `council`?");
  REQUIRE(store.fault(",asc.intervention.scrutiny,yes,2025-01-01,,,,") ==
          "row 2, column subject: the row names no subject; write kind and code, as in council:E06000014");
  REQUIRE(store.fault("membership:York>QE1,england.geography.share_of_council,5,2025-01-01,,,,") ==
          "row 2, column subject: `E06000014` and `QE1` are not joined by membership; import a `membership.register` "
          "row for the two first");
  REQUIRE(store.fault("membership:York,membership.register,,2025-01-01,,,,") ==
          "row 2, column subject: `York` does not name both ends of membership; write both codes, as in "
          "membership:E06000009>QE1");
  REQUIRE(store.fault("membership:York>QE2,membership.register,,2025-01-01,,,,") ==
          "row 2, column subject: no ics `QE2` is known; did you mean `QE1`?");
  REQUIRE(store.fault("council:a>b,council.register,A to B,2025-01-01,,,,") ==
          "row 2, column subject: `a>b` cannot be the code of a council; a code is one line of at most 100 characters "
          "without `>`");
}

TEST_CASE("a spelling of two councils is refused") {
  Started store;
  REQUIRE(store.import_text("subject,field,value,valid_from\ncouncil:E99,council.register,York,2025-01-01\n"));
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,2025-01-01,,,,") ==
          "row 2, column subject: `York` is a name of more than one council; give the code instead");
}

TEST_CASE("an unknown field is refused with the near name, and a field of another kind") {
  Started store;
  REQUIRE(store.fault("council:York,cqc.local_authority.neds,3,2025-01-01,,cqc_report,,") ==
          "row 2, column field: the rules have no field `cqc.local_authority.neds`; did you mean "
          "`cqc.local_authority.needs`?");
  REQUIRE(store.fault("council:York,,3,2025-01-01,,,,") ==
          "row 2, column field: the row names no field; write its name in full, or its published code");
  REQUIRE(
      store.fault("ics:QE1,cqc.local_authority.needs,3,2025-01-01,,cqc_report,,") ==
      "row 2, column field: `cqc.local_authority.needs` is evidence of kind council, and `ics:QE1` is of kind ics; ");
}

TEST_CASE("a value of the wrong unit, range or kind is refused") {
  Started store;
  REQUIRE(store.fault("council:York,cqc.local_authority.needs,5,2025-01-01,,cqc_report,,") ==
          "row 2, column value: `5` is outside score 1 to 4; ");
  REQUIRE(store.fault("council:York,asc.intervention.assessment_wait_median,3 months,2025-01-01,,,,") ==
          "row 2, column value: `3 months` is a duration in months, where a duration in days belongs; ");
  REQUIRE(store.fault("council:York,cqc.local_authority.published_rating,goood,2025-01-01,,,,") ==
          "row 2, column value: `goood` is not one of cqc_rating; did you mean `good`?");
  REQUIRE(
      store.fault("council:York,asc.intervention.next_visit,2025-02-29,2025-01-01,,,,") ==
      "row 2, column value: `2025-02-29` is not a date of the calendar; write it as 2025-12-05, or where no more is "
      "known as March 2025, 2025-Q1, 2025 or 2024/25");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,not applicable,2025-01-01,,,,") ==
          "row 2, column value: `asc.intervention.scrutiny` may not be recorded as not applicable; leave the value "
          "empty and say why in "
          "`note`, or let the rules say `may not apply`");
  REQUIRE(store.fault("council:York,asc.intervention.support,minded to be kind,2025-01-01,,,,")
              .find("`be kind` is not one of") != std::string::npos);
  REQUIRE(store.fault("council:E99,council.register,,2025-01-01,,,,") ==
          "row 2, column value: the row gives no name; ");
  REQUIRE(store.fault("council:York,council.alias,E06000009,2025-01-01,,,,") ==
          "row 2, column value: `E06000009` is the code of another council; ");
  REQUIRE(store.fault(fmt::format("council:York,asc.intervention.remark,{},2025-01-01,,,,", std::string(20'001, 'x')))
              .starts_with("row 2, column value: the text is 20001 bytes long"));
}

TEST_CASE("dates that do not exist, do not follow or are not given are refused") {
  Started store;
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,2025-02-30,,,,") ==
          "row 2, column valid_from: `2025-02-30` is not a date of the calendar; write it as 2025-12-05, or where no "
          "more is "
          "known as March 2025, 2025-Q1, 2025 or 2024/25");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,01/02/2025,,,,") ==
          "row 2, column valid_from: `01/02/2025` may be 1 February 2025 or 2 January 2025; write 2025-02-01 or "
          "2025-01-02; in a spreadsheet, give the column the format yyyy-mm-dd");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,,,,,") ==
          "row 2, column valid_from: the row does not say from when it holds; give the date, or the period's first "
          "day, in `valid_from`");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,2025-01-02,2025-01-01,,,") ==
          "row 2, column valid_to: `2025-01-01` is before valid_from, `2025-01-02`; a period ends on or after its "
          "first day");
  REQUIRE(store.fault("council:York,asc.intervention.section_114_notice,complete,2025-01-02,,,,") ==
          "row 2, column valid_to: `complete` does not say until when every record is held; give the period's last day "
          "in `valid_to`");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,2025-01-02,,,2026-06-02,") ==
          "row 2, column recorded_on: `2026-06-02` lies in the future of this import, which is recorded on 2026-06-01; "
          "a row was recorded "
          "on that day or before");
}

TEST_CASE("what has to be known to the day is refused when it is not") {
  Started store;
  REQUIRE(store.fault("council:E99,council.register,Corby,Mar-25,,,,") ==
          "row 2, column valid_from: `Mar-25` is known only to the month, March 2025, and when a body is in being has "
          "to be known to the day; write it as 2025-12-05");
  REQUIRE(store.fault("council:York,asc.intervention.support,enhanced_monitoring,2025-01-02,2025,,,") ==
          "row 2, column valid_to: `2025` is known only to the year, 2025, and when a decision takes effect has to be "
          "known to the day; write it as 2025-12-05");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,2025-01-02,,,2025-Q1,") ==
          "row 2, column recorded_on: `2025-Q1` is known only to the quarter, January to March 2025; a row counts as "
          "known from a day: write it as 2025-12-05");
  REQUIRE(store.fault("council:York,asc.intervention.assessment_wait_median,31 days,2025,,,,") ==
          "row 2, column valid_from: `2025` is more than one quarter, and `asc.intervention.assessment_wait_median` is "
          "read every quarter; give the first day of the reading's period");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,Apr-25,Mar-25,,,") ==
          "row 2, column valid_to: `Mar-25` is before valid_from, `Apr-25`; a period ends on or after its first day");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,tbc,,,,")
              .starts_with("row 2, column valid_from: `tbc` is not a date of the calendar; "));
}

TEST_CASE("whose record it is must be said where the rules care") {
  Started store;
  REQUIRE(store.fault("council:York,cqc.local_authority.needs,3,2025-01-01,,,,") ==
          "row 2, column source: the row does not say whose record it is; `cqc.local_authority.needs` counts "
          "cqc_report or cqc_collected: "
          "give it in `source`, or with --source");
}

TEST_CASE("a withdrawal names the row it withdraws") {
  Started store;
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,withdrawn,2025-01-01,,,,") ==
          "row 2, column supersedes: a withdrawal does not say which row it withdraws; give the row's number in the "
          "column `supersedes`");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,2025-01-01,,,,seven") ==
          "row 2, column supersedes: `seven` is not the number of a row; give the number that `assay why` shows for "
          "the row");
  REQUIRE(store.fault("council:York,asc.intervention.scrutiny,yes,2025-01-01,,,,-3")
              .starts_with("row 2, column supersedes"));
}

TEST_CASE("an unknown column is refused with the near name") {
  Started store;
  REQUIRE_FALSE(
      store.import_text("subject,field,value,valid_form\ncouncil:York,asc.intervention.scrutiny,yes,2025-01-01\n"));
  REQUIRE(store.faults ==
          std::vector<std::string>{
              "row 1, column valid_form: tidy evidence has no column `valid_form`; did you mean `valid_from`?"});
}

TEST_CASE("headings of no layout are refused with the nearest") {
  Started store;
  REQUIRE_FALSE(store.import_text("subject,feild,value\n1,2,3\n"));
  REQUIRE(store.faults[0] ==
          "row 1: the headings are those of no layout known; `tidy` comes nearest; it also needs `field`");
  REQUIRE_FALSE(store.import_text("one,two\n1,2\n"));
  REQUIRE(store.faults[0].find("tidy evidence has the columns") != std::string::npos);
  REQUIRE_FALSE(store.import_text("subject;field;value\n1;2;3\n"));
  REQUIRE(store.faults[0].find("save the file as CSV with commas") != std::string::npos);
  REQUIRE_FALSE(store.import_text("subject,field,value\n", "tidi"));
  REQUIRE(store.faults[0] == ": there is no layout `tidi`; did you mean `tidy`?");
  REQUIRE_FALSE(store.import_text("subject,field,value\n", "icbs"));
  REQUIRE(store.faults[0].starts_with("row 1: the layout `icbs` also needs `icb_ods_code`, `icb_ons_code`"));
}

TEST_CASE("all faults are told in file order, at most twenty, and nothing is kept") {
  Started store;
  const std::size_t subjects = store.catalogue.subjects().size();
  std::string text = "subject,field,value,valid_from\ncouncil:E99,council.register,Newtown,2025-01-01\n";
  for (int i = 0; i < 50; ++i) text += "council:E99,asc.intervention.scrutiny,perhaps,2025-01-01\n";
  REQUIRE_FALSE(store.import_text(text));
  REQUIRE(store.faults.size() == 20);
  REQUIRE(store.faults[0].starts_with("row 3, column value"));
  REQUIRE(store.faults[19].starts_with("row 22, column value"));
  REQUIRE(store.catalogue.subjects().size() == subjects);
  REQUIRE(store.catalogue.find_alias("council", "Newtown") == 0);
  REQUIRE(store.rows.empty());
  // Faults of the file itself end the reading; what came before is still told.
  REQUIRE_FALSE(
      store.import_text("subject,field,value,valid_from\n"
                        "council:York,asc.intervention.scrutiny,perhaps,2025-01-01\n"
                        "council:York,asc.intervention.scrutiny,yes,2025-01-01,one too many\n"));
  REQUIRE(store.faults.size() == 2);
  REQUIRE(store.faults[1].starts_with("row 3: the row has 5 cells, the headings 4"));
}

TEST_CASE("a store that refuses ends the import with its own words") {
  Started store;
  const TempFile file("subject,field,value,valid_from\ncouncil:York,asc.intervention.scrutiny,yes,2025-01-01\n");
  const auto result =
      import_file({.path = file.path(), .recorded_on = day("2026-01-01")}, store.schema, store.catalogue,
                  [](std::span<const TypedRow>) -> Result<void> { return fail(ErrorCode::Io, "the disk is full"); });
  REQUIRE_FALSE(result);
  REQUIRE(result.error().size() == 1);
  REQUIRE(result.error()[0].message == "the disk is full");
}

TEST_CASE("a file that is not there is not found") {
  Started store;
  const auto result = import_file({.path = "/nowhere/at/all.csv"}, store.schema, store.catalogue,
                                  [](std::span<const TypedRow>) -> Result<void> { return {}; });
  REQUIRE(result.error()[0].code == ErrorCode::NotFound);
}
