// Interactions theme by theme, in the direction in which they are written, with who holds the evidence; and who answers
// to whom.
#include <catch2/catch.hpp>

#include "engine/survey/accountability.h"
#include "engine/survey/read_across.h"
#include "tests/unit/engine/survey/surveyed.h"

namespace assay {
namespace {

std::vector<std::string> names(const Rulebook& book, const std::vector<FieldId>& fields) {
  std::vector<std::string> out;
  for (const FieldId field : fields) out.push_back(book.schema.field(field).name);
  return out;
}

}  // namespace

TEST_CASE("each theme on one side meets each on the other") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const ReadAcross matrix = read_across_of(book, tests::on("2025-01-01"));
  REQUIRE(matrix.cells.size() == 3);
  const ReadAcrossCell& cell = matrix.cells[0];
  CHECK(book.rule(cell.interaction).name == "joint.leadership_bears_on");
  CHECK(cell.from.kind == "Council");
  CHECK(cell.from.framework == "Care assessment");
  CHECK(cell.from.theme == "Leadership");
  CHECK(names(book, cell.from.evidence) == std::vector<std::string>{"care.governance"});
  CHECK(cell.to.theme == "The board");
  CHECK(names(book, cell.to.evidence) == std::vector<std::string>{"joint.letter"});
  CHECK(names(book, cell.shared) == std::vector<std::string>{"care.governance"});
  // The date that would be brought forward stands under no theme.
  CHECK(matrix.cells[1].to.theme.empty());
  CHECK(names(book, matrix.cells[1].to.evidence) == std::vector<std::string>{"joint.next_look"});
}

TEST_CASE("an interaction goes the way it is written, and a side without evidence is there") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const ReadAcrossCell cell = read_across_of(book, tests::on("2025-01-01")).cells[2];
  CHECK(book.rule(cell.interaction).name == "joint.back_again");
  CHECK(cell.from.kind == "System");
  CHECK(cell.from.theme == "The board");
  CHECK(cell.to.kind == "Council");
  CHECK(cell.to.evidence.empty());
}

TEST_CASE("who holds evidence: its sources, who contributes, else whose judgement it is") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  CHECK(held_by(book, *book.schema.find_field("care.carers_content")) ==
        std::vector<std::string>{"Carers' survey", "carers"});
  CHECK(held_by(book, *book.schema.find_field("care.governance")) == std::vector<std::string>{"inspectors"});
  CHECK(held_by(book, *book.schema.find_field("care.visits")).empty());
}

TEST_CASE("the map of who answers to whom has a line for each, and names duties that answer to nobody") {
  const Rulebook book = tests::rulebook_of(tests::kFrameworks);
  const Accountability map = accountability_of(book, tests::on("2025-01-01"));
  REQUIRE(map.lines.size() == 2);
  CHECK(map.lines[0].to == "Parliament");
  CHECK(map.lines[0].kind == "Council");
  CHECK(map.lines[0].name == "care.led");
  CHECK(map.lines[0].basis == "statute");
  CHECK(map.lines[1].to == "members");
  REQUIRE(map.to_nobody.size() == 1);
  CHECK(book.rule(map.to_nobody[0]).name == "care.unvisited");
}

}  // namespace assay
