// Tables of cells as councils write them, and lists whose headings move.
#include <catch2/catch.hpp>

#include "evidence/import/mapping.h"
#include "evidence/import/quality_statements.h"
#include "evidence/import/read_mapped.h"
#include "import_support.h"

using namespace assay;

namespace {

FieldDef field(std::string name, ValueType type) {
  FieldDef def;
  def.name = std::move(name);
  def.type = std::move(type);
  return def;
}

ValueType of(TypeKind kind) {
  ValueType type;
  type.kind = kind;
  return type;
}

// Documents of councils, with an owner and a date.
Schema library_schema() {
  Schema schema = bare_schema();
  const KindId document = schema.add_kind({.name = "document", .plural = "documents"});
  for (const auto& [name, kind] : {std::pair{"library.document_owner", TypeKind::Text},
                                   {"library.serves", TypeKind::Text},
                                   {"library.review_due", TypeKind::Date}}) {
    FieldDef def = field(name, of(kind));
    def.kind = document;
    schema.add_field(def);
  }
  return schema;
}

Grid grid_of(std::vector<std::vector<std::string>> rows) {
  Grid grid;
  grid.file = "list.csv";
  GridSheet& sheet = grid.sheets.emplace_back();
  for (std::size_t i = 0; i < rows.size(); ++i) sheet.rows.push_back({i + 1, std::move(rows[i])});
  return grid;
}

MappingRequest asked() { return {"library", "document", "council:E1", {}, {}, {}}; }

std::string meaning(const Proposal& proposal, std::string_view heading) {
  for (const MappedColumn& column : proposal.mapping.columns)
    if (column.heading == heading) return column.means;
  return "no such column";
}

}  // namespace

TEST_CASE("statements are read by number, range and name, several in a cell") {
  struct Row {
    const char* text;
    std::vector<int> numbers;
  };
  const auto row = GENERATE(
      Row{"7", {7}}, Row{"QS7/8", {7, 8}}, Row{"Safeguarding", {7}}, Row{"qs 3 & 5", {3, 5}}, Row{"1-3", {1, 2, 3}},
      Row{"QS1-3; 9", {1, 2, 3, 9}}, Row{"8, 7, 8", {7, 8}}, Row{"All", {1, 2, 3, 4, 5, 6, 7, 8, 9}},
      Row{"Care provision, integration and continuity", {4}}, Row{"Safe systems, pathways and transitions", {6}},
      Row{"Safeguarding and Governance", {7, 8}}, Row{"Quality statement 2", {2}}, Row{"needs; learning", {1, 9}},
      Row{"safe_systems", {6}}, Row{"7\n8", {7, 8}});
  CAPTURE(row.text);
  const auto numbers = read_statements(row.text);
  REQUIRE(numbers);
  CHECK(*numbers == row.numbers);
  CHECK(read_statements(statements_text(*numbers)).value() == row.numbers);
}

TEST_CASE("what names no statement is refused by name") {
  for (const char* text : {"QS10", "0", "78", "Leadership", "3-1", "", "and", "2025-08-07", "all of them"}) {
    CAPTURE(text);
    CHECK_FALSE(read_statements(text));
  }
}

TEST_CASE("a date in a list has its day first, or is as far known as it is written") {
  const FieldDef date = field("library.review_due", of(TypeKind::Date));
  struct Row {
    const char* written;
    const char* text;
  };
  const auto row = GENERATE(Row{"45717", "2025-03-01"}, Row{"Mar-25", "March 2025"}, Row{"Q4 24/25", "2025-Q1"},
                            Row{"2024/25", "2024/25"}, Row{"12/03/2024", "2024-03-12"}, Row{"12.3.24", "2024-03-12"},
                            Row{"1st Sept 2023", "2023-09-01"}, Row{"2 April, 2025", "2025-04-02"},
                            Row{"2025-12", "December 2025"}, Row{"2025-03-05", "2025-03-05"});
  CAPTURE(row.written);
  const auto cell = read_mapped_cell(row.written, date);
  REQUIRE(cell);
  CHECK((*cell)->text == row.text);
  CHECK((*cell)->available);
  for (const char* bad : {"31/02/2025", "12/13/2024", "soon", "1/2", "Q1 2025", "1/2/3/4"})
    CHECK_FALSE(read_mapped_cell(bad, date));
}

TEST_CASE("tbc is not available and keeps its word; an empty cell says nothing") {
  const FieldDef date = field("library.review_due", of(TypeKind::Date));
  const auto cell = read_mapped_cell(" TBC ", date);
  REQUIRE(cell);
  CHECK_FALSE((*cell)->available);
  CHECK((*cell)->note == "TBC");
  CHECK_FALSE(read_mapped_cell("  ", date)->has_value());
}

TEST_CASE("a choice is read in the council's own words where they can mean one value only") {
  ValueType type = of(TypeKind::Choice);
  type.labels = {{"peoples_experience", ""}, {"staff_and_leaders", ""}, {"partners", ""}, {"processes", ""}};
  const FieldDef category = field("library.category", type);
  for (const auto& [written, name] : {std::pair{"People's experience", "peoples_experience"},
                                      {"Feedback from partners", "partners"},
                                      {"PROCESSES", "processes"},
                                      {"feedback from staff and leaders", "staff_and_leaders"}})
    CHECK(read_mapped_cell(written, category).value()->text == name);
  CHECK_FALSE(read_mapped_cell("partners and processes", category));
  CHECK_FALSE(read_mapped_cell("observation", category));
}

TEST_CASE("headings are found below a title, and mean what they look like") {
  const Schema schema = library_schema();
  const Grid grid = grid_of({{"Our library"}, {}, {"Ref", "Title", "QS", "Owner", "Next review", "Colour"}, {"A1"}});
  const auto proposal = propose_mapping(grid, schema, asked(), nullptr);
  REQUIRE(proposal);
  CHECK(proposal->at.row == 2);
  CHECK(meaning(*proposal, "Ref") == "reference");
  CHECK(meaning(*proposal, "Title") == "name");
  CHECK(meaning(*proposal, "QS") == "library.serves");
  CHECK(meaning(*proposal, "Owner") == "library.document_owner");
  CHECK(meaning(*proposal, "Next review") == "library.review_due");
  CHECK(meaning(*proposal, "Colour").empty());
  CHECK(proposal->changes.empty());
}

TEST_CASE("each change of the headings is told, with what is proposed") {
  const Schema schema = library_schema();
  const auto kept = propose_mapping(grid_of({{"Ref", "Title", "Owner", "Review due"}}), schema, asked(), nullptr);
  REQUIRE(kept);
  struct Row {
    std::vector<std::string> headings;
    std::vector<std::string> found;  // beginnings of what is told
  };
  const auto row = GENERATE(
      Row{{"Ref", "Title", "Owner", "Review due"}, {}}, Row{{"REF ", "title", "Owner", "Review due"}, {}},
      Row{{"Ref", "Owner", "Title", "Review due"}, {"`Title` has moved", "`Owner` has moved"}},
      Row{{"Ref", "Title", "Owner", "Expiry"}, {"`Expiry` stands here"}},
      Row{{"Ref", "Title", "Keeper", "Review due"}, {"`Keeper` stands here"}},  // no word for it: by its column
      Row{{"Ref", "Title", "Owner", "Review due", "QS"}, {"`QS` is new"}},
      Row{{"Ref", "Title", "Review due"}, {"`Owner` is gone", "`Review due` has moved"}});
  const auto proposal = propose_mapping(grid_of({row.headings}), schema, asked(), &kept->mapping);
  REQUIRE(proposal);
  REQUIRE(proposal->changes.size() == row.found.size());
  for (std::size_t i = 0; i < row.found.size(); ++i) CHECK(proposal->changes[i].message.starts_with(row.found[i]));
}

TEST_CASE("what a person says goes before what is guessed") {
  const Schema schema = library_schema();
  const Grid grid = grid_of({{"Ref", "Title", "Owner", "Keeper"}});
  MappingRequest request = asked();
  request.said = {"Keeper=document_owner", "Owner="};
  const auto proposal = propose_mapping(grid, schema, request, nullptr);
  REQUIRE(proposal);
  CHECK(meaning(*proposal, "Keeper") == "library.document_owner");
  CHECK(meaning(*proposal, "Owner").empty());
}

TEST_CASE("a mapping without a reference, with two, or with a heading twice is refused") {
  const Schema schema = library_schema();
  CHECK_FALSE(propose_mapping(grid_of({{"Title", "Owner"}}), schema, asked(), nullptr));
  CHECK_FALSE(propose_mapping(grid_of({{"Ref", "Title", "Owner", "Owner"}}), schema, asked(), nullptr));
  CHECK_FALSE(propose_mapping(grid_of({{"Something", "else"}}), schema, asked(), nullptr));
  MappingRequest request = asked();
  request.said = {"Owner=reference"};
  CHECK_FALSE(
      propose_mapping(grid_of({{"Ref", "Title", "Owner"}}), schema, request, nullptr)->mapping.columns[2].means ==
      "library.document_owner");
}
