// Damaged lookups and records in JSON, and strict tables where only tolerant ones may stand.
#include <catch2/catch.hpp>

#include "published_support.h"
#include "workbook_support.h"

using namespace assay;

TEST_CASE("a strict layout below a title or in a spreadsheet is told by its name") {
  England store(published_schema());
  REQUIRE_FALSE(store.import_text("Evidence,,\nsubject,field,value\ncouncil:York,x,1\n"));
  REQUIRE(store.faults.front() ==
          "row 2: these are the headings of `tidy`, which is read from CSV with its headings in row 1; save the sheet "
          "as CSV UTF-8, without what stands above its headings");
  const TempFile book(xlsx_of("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>",
                              {"<t>subject</t>", "<t>field</t>", "<t>value</t>"}),
                      "book.xlsx");
  REQUIRE_FALSE(store.import({.path = book.path()}));
  REQUIRE(store.faults.front().starts_with("sheet Plan, row 1: these are the headings of `tidy`"));
}

TEST_CASE("lookup: the year in the column names is the year of the links") {
  const std::string head =
      "LSOA21CD,LSOA21NM,SICBL26CD,SICBL26CDH,SICBL26NM,ICB26CD,ICB26CDH,ICB26NM,NHSER26CD,LAD26CD,LAD26NM,ObjectId\n";
  const std::string tail = ",x,x,x,E54000008,QYG,NHS Cheshire and Merseyside,E40,";
  England store(published_schema());
  REQUIRE(store.import_text("\xEF\xBB\xBF" + head + "E01000001,a" + tail + "E06000006,Halton,1\nE01000002,b" + tail +
                            "E06000006,Halton,2\nE01000003,c" + tail + "E07000001,District,3\n"));
  REQUIRE(store.report.layout == "ons_lookup");
  REQUIRE(store.report.rows == 1);
  REQUIRE(store.last("membership:E06000006>QYG", "membership.register").valid_from == day("2026-04-01").days);
  REQUIRE(store.report.notes ==
          std::vector<std::string>{
              "1 passed over: small areas of districts, whose county the lookup does not give, or outside England"});
  const std::vector<std::pair<std::string, std::string>> cases = {
      {head + "E01000001,a,x,x,x,E54000008,QZZ,n,E40,E06000006,Halton,1\n",
       "row 2, column LAD26CD: no ics `QZZ` is known"},
      {head + "E01000001,a,x,x,x,E54000008,,n,E40,E06000006,Halton,1\n",
       "row 2, column ICB26CDH: the small area has no care board"},
      {head + "E01000001,a" + tail + "E06000099,Nowhere,1\n", "row 2, column LAD26CD: no council `E06000099` is known"},
      {head + "E01000001,a" + tail + "E06000006\n", "row 2: the row has 10 of 12 cells"},
      {head.substr(0, head.find("LAD")) + "ObjectId\n",
       "row 1: the headings are those of no layout known; `ons_lookup` comes nearest; it also needs `LAD##CD`"},
  };
  for (const auto& [text, fault] : cases) {
    INFO(fault);
    REQUIRE_FALSE(store.import_text(text));
    REQUIRE(store.faults.front().starts_with(fault));
  }
}

TEST_CASE("records in JSON: each damage with its path") {
  England store(published_schema());
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"locationId": "1-1", "currentRatings": {"overall": {"rating": "Good", "reportDate": "2020-01-01"})",
       "this is no whole JSON; the file is damaged or cut short: fetch it again"},
      {R"({"locationId": "1-1"})",
       "the keys of this JSON are those of no layout known; `cqc_location` comes nearest; it also needs "
       "`currentRatings`"},
      {R"([1, 2])",
       "the keys of this JSON are those of no layout known; a record of CQC or of the Organisation Data Service is "
       "read"},
      {R"({"locationId": null, "currentRatings": {}})",
       "locationId: the record does not say of which location it is; "},
      {R"({"locationId": "1-1", "name": "A", "currentRatings": {"overall": {"rating": "Good"}}})",
       "currentRatings.overall.reportDate: the rating does not say from when it holds; "},
      {R"({"locationId": "1-1", "name": "A", "currentRatings": {"overall": {"rating": "Good", "reportDate": "soon"}}})",
       "currentRatings.overall.reportDate: `soon` is not a date of the calendar; "},
      {R"({"locationId": "1-1", "name": "A", "currentRatings": {"overall": {"rating": "Good", "reportDate": "2020-01-01", "keyQuestionRatings": [{"rating": "Good"}]}}})",
       "currentRatings.overall.keyQuestionRatings.0.name: the rating does not say of which question it is; "},
      {R"({"Organisation": {"Name": "A"}})", "Organisation.OrgId.extension: the record does not say whose it is; "},
      {R"({"Organisation": {"Name": "A", "OrgId": {"extension": "R1"}, "Roles": {"Role": [{"id": "RO197"}]}, "Date": [{"Type": "Operational", "Start": "yesterday"}]}})",
       "Organisation.Date.0.Start: `yesterday` is not a date of the calendar; "},
      {R"({"Organisation": {"Name": "A", "OrgId": {"extension": "R1"}, "Roles": {"Role": [{"id": "RO197"}]}, "Rels": {"Rel": [{"id": "RE5", "Date": [{"Type": "Legal", "Start": "2020-04-01"}], "Target": {"OrgId": {"extension": "QZZ"}, "PrimaryRoleId": {"id": "RO261"}}}]}}})",
       "Organisation.Rels.Rel.0.Target.OrgId.extension: no ics `QZZ` is known; "},
      {R"({"Organisation": )" + std::string(100, '[') + std::string(100, ']') + "}",
       "lists stand within each other more than 32 deep"},
  };
  const std::size_t subjects = store.catalogue.subjects().size();
  for (const auto& [text, fault] : cases) {
    INFO(fault);
    REQUIRE_FALSE(store.import_text(text));
    const std::string told = store.faults.front();
    INFO(told);
    REQUIRE(told.find(fault) != std::string::npos);
    REQUIRE(store.rows.empty());
    REQUIRE(store.catalogue.subjects().size() == subjects);
  }
}
