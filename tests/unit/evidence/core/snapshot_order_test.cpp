// Many rows, gathered in a scrambled order: sealing must give the one order, and every cell must be found.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <tuple>

#include "evidence/core/snapshot.h"

using namespace assay;

namespace {

constexpr std::uint32_t kSubjects = 500, kFields = 20;
constexpr std::int64_t kRows = 100'000;

std::string code(std::uint32_t i) { return "E" + std::to_string(i); }  // text order is not the order of numbers

struct Built {
  Schema schema;
  std::vector<FieldId> fields;
  std::map<std::pair<std::uint32_t, std::string>, std::vector<std::int64_t>> cells;  // field and code to rows
};

Snapshot build(Built& built) {
  const KindId trust = built.schema.add_kind({.name = "trust"});
  for (std::uint32_t i = 0; i < kFields; ++i) {
    built.fields.push_back(built.schema.add_field({.name = "f" + std::to_string(i), .kind = trust}));
  }
  SnapshotBuilder builder(built.schema, Date{30'000});
  builder.source("all");
  std::mt19937 random(20250630);
  for (std::int64_t number = 1; number <= kRows; ++number) {
    const FieldId field = built.fields[random() % kFields];
    const std::string subject = code(static_cast<std::uint32_t>(random() % kSubjects));
    built.cells[{field.index, subject}].push_back(number);
    builder.add({.row = number,
                 .subject = builder.subject(trust, subject),
                 .field = field,
                 .value = Decimal::from_int(number),
                 .valid_from = Date{static_cast<std::int32_t>(20'000 + random() % 50)},
                 .recorded_on = Date{static_cast<std::int32_t>(20'100 + random() % 5)}});
  }
  return std::move(builder).seal();
}

}  // namespace

TEST_CASE("a hundred thousand rows in any order are sealed into one") {
  Built built;
  const Snapshot snapshot = build(built);
  REQUIRE(snapshot.subjects().size() == kSubjects);
  REQUIRE(snapshot.all_rows().size() == kRows);
  const auto key = [](const Observation& row) {
    return std::tie(row.field, row.subject, row.valid_from, row.recorded_on, row.row);
  };
  const auto rows = snapshot.all_rows();
  REQUIRE(std::is_sorted(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); }));

  std::size_t found = 0;
  for (const auto& [cell, expected] : built.cells) {
    const auto subject = snapshot.find(KindId{0}, cell.second);
    REQUIRE(subject);
    std::vector<std::int64_t> numbers;
    for (const Observation& row : snapshot.rows(FieldId{cell.first}, *subject)) {
      if (row.value != Value(Decimal::from_int(row.row))) FAIL("row " << row.row << " holds the value of another");
      numbers.push_back(row.row);
    }
    std::sort(numbers.begin(), numbers.end());
    if (numbers != expected) FAIL("cell " << cell.first << " of " << cell.second);
    found += numbers.size();
  }
  REQUIRE(found == kRows);
}
