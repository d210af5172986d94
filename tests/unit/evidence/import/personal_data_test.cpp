// Tables of what is a person's and what only looks so: the check digit, the shapes of postcodes, the words of headings.
#include <catch2/catch.hpp>

#include "evidence/import/personal_data.h"
#include "import_support.h"

using namespace assay;

TEST_CASE("a number of ten digits that stands alone and has the check digit looks like an NHS number") {
  struct Row {
    const char* text;
    std::uint64_t all, valid;
  };
  const auto row = GENERATE(
      Row{"9434765919", 1, 0},  // the digit is right, but 94 is given out nowhere
      Row{"9990000018", 1, 1}, Row{"999 000 0018", 1, 1}, Row{"999-000-0018", 1, 1}, Row{"(9990000018)", 1, 1},
      Row{"rang about 999 000 0018.", 1, 1}, Row{"9990000018, 9990000026", 2, 2}, Row{"9990000019", 1, 0},  // one out
      Row{"9990000081", 1, 0},   // two digits changed about
      Row{"1234567890", 1, 0},   // no tenth digit would be right
      Row{"0000000000", 1, 0},   // the sum is right, and nobody has it
      Row{"99900000180", 0, 0},  // eleven digits, as of a telephone
      Row{"999000001", 0, 0}, Row{"A9990000018", 0, 0}, Row{"9990000018.5", 0, 0}, Row{"1-9990000018", 0, 0},
      Row{"9,990,000,018", 0, 0}, Row{"99 9000 0018", 0, 0}, Row{"999 000-0018", 0, 0}, Row{"", 0, 0});
  CAPTURE(row.text);
  const TenDigits found = ten_digit_numbers(row.text);
  CHECK(found.all == row.all);
  CHECK(found.valid == row.valid);
}

TEST_CASE("a full postcode is one of the shapes in use, of an area there is, standing alone") {
  struct Row {
    const char* text;
    std::uint64_t count;
  };
  const auto row = GENERATE(
      Row{"M1 1AE", 1}, Row{"B33 8TH", 1}, Row{"CR2 6XH", 1}, Row{"DN55 1PT", 1}, Row{"W1A 1HQ", 1}, Row{"EC1A 1BB", 1},
      Row{"sw1a 1aa", 1}, Row{"SW1A1AA", 1}, Row{"M11AE", 1}, Row{"1 Test Road, YO1 7HH, England", 1},
      Row{"YO1 7HH; TN23 1PL.", 2}, Row{"sw1a1aa", 0},  // small letters together are mostly something else
      Row{"YO1", 0}, Row{"YO1 7", 0}, Row{"YO1 7HHX", 0}, Row{"XYO1 7HH", 0}, Row{"ZZ1 7HH", 0},
      Row{"YO1 7CH", 0},  // C, I, K, M, O and V never stand inside
      Row{"E06000014", 0}, Row{"S1Y5D", 0}, Row{"OF0057", 0}, Row{"RJ122", 0}, Row{"2024-11-28T10:00:00Z", 0},
      Row{"https://example.org/M11AE/x", 0}, Row{"Q4 24/25", 0}, Row{"3 4TH", 0}, Row{"", 0});
  CAPTURE(row.text);
  CHECK(postcodes(row.text) == row.count);
}

// The watch passes over cells by their digits and letters alone; what is left it looks at as these functions do.
TEST_CASE("wherever a postcode or a number stands in a cell, it is found") {
  const auto thing = GENERATE(as<std::string>(), "M1 1AE", "M11AE", "B33 8TH", "SW1A1AA", "9990000018", "999 000 0018");
  const std::vector<std::string> headings = {"a", "b"};
  std::size_t looked = 0;
  for (std::size_t before = 0; before < 40; ++before) {
    for (std::size_t after = 0; after < 40; ++after) {
      std::string cell = std::string(before, 'x') + " " + thing + " " + std::string(after, 'y');
      for (const bool trimmed : {false, true}) {
        if (trimmed && before == 0) cell.erase(0, 1);
        if (trimmed && after == 0) cell.pop_back();
        PersonalDataWatch watch;
        watch.begin(headings, {});
        const std::string_view cells[] = {cell, "2025-03-05"};
        watch.look(cells);
        watch.look(cells);
        const auto found = watch.found();
        CAPTURE(cell);
        REQUIRE(found.size() == 1);
        REQUIRE(found.front().count == 2);
        ++looked;
      }
    }
  }
  CHECK(looked == 3200);
}

TEST_CASE("cells that can hold neither are passed over, the same again and others") {
  const std::vector<std::string> headings = {"a"};
  PersonalDataWatch watch;
  watch.begin(headings, {});
  for (const std::string_view cell : {"example assessments", "example assessments", "council:X00000897", "2025-03-05",
                                      "row 897", "12-34-5678", "1,234,567", "", "caf\xc3\xa9 1"}) {
    CHECK(postcodes(cell) + ten_digit_numbers(cell).all == 0);
    watch.look({&cell, 1});
  }
  CHECK(watch.found().empty());
}

TEST_CASE("a heading says whether a person's name or date of birth stands under it") {
  for (const char* heading : {"Name", "NAME", "Client Name", "ClientName", "client_name", "First name", "Surname",
                              "Name of person", "Service user name", "Staff names", "Forename(s)"})
    CHECK(personal_by_heading(heading) == Personal::Name);
  for (const char* heading : {"DOB", "D.O.B.", "Date of birth", "date_of_birth", "BirthDate", "Birth date", "Born"})
    CHECK(personal_by_heading(heading) == Personal::DateOfBirth);
  for (const char* heading :
       {"Owner", "Title", "council_name", "Provider Name", "Location Name", "Area Name", "Indicator Name",
        "Name of document", "official-name", "Birth rate", "User satisfaction", "Clients", "Trust_name", ""})
    CHECK_FALSE(personal_by_heading(heading));
}

TEST_CASE("in a column of ten-digit counts a right check digit is chance") {
  PersonalDataWatch watch;
  const std::vector<std::string> headings = {"count", "office"};
  const std::vector<std::string> published = {"office"};
  watch.begin(headings, published);
  for (const char* count : {"4000000005", "9990000018", "4000000013", "4000000014"}) {
    const std::vector<std::string_view> cells = {count, "YO1 7HH"};
    watch.look(cells);
  }
  CHECK(watch.found().empty());
}

TEST_CASE("of a file with faults and data about persons only the latter is told, and all of it is counted") {
  Evidence store(sample_schema());
  std::string text = "subject,field,value,valid_from,note\n";
  for (int i = 0; i < 30; ++i) text += "council:9990000018,nothing,9990000018,9990000018,9990000018\n";
  REQUIRE_FALSE(store.import_text(text));
  REQUIRE(store.faults.size() == 5);
  for (const std::string& fault : store.faults) CHECK(fault.find("999") == std::string::npos);
  CHECK(store.faults[0].find("column subject: 30 values") != std::string::npos);
}

TEST_CASE("a table without headings, and one of no layout, are looked at too") {
  Evidence store(sample_schema());
  REQUIRE_FALSE(store.import_text("9990000018;YO1 7HH\n9990000026;YO1 7HH\n"));
  REQUIRE(store.faults.size() == 3);
  for (const std::string& fault : store.faults) {
    CHECK(fault.find("999") == std::string::npos);
    CHECK(fault.find("YO1") == std::string::npos);
  }
  CHECK(store.faults[0].find("column 1: 2 values") != std::string::npos);
}
