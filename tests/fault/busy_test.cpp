// Two programs and one store: one writes at a time, and readers see the state before or after, never between.
#include <catch2/catch.hpp>

#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

TEST_CASE("a second writer is told to try again; a reader is not kept waiting") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  Store first = std::move(*Store::open(folder / "s", Access::Write));
  auto writer = first.begin_batch(batch_info("first.csv"));
  REQUIRE(writer);
  RowMaker make(**first.catalogue());
  std::vector<TypedRow> rows;
  for (int i = 0; i < 20000; ++i) rows.push_back(make.cell("council:A", "t.score", 1 + i % 4));
  REQUIRE(writer->add(rows));

  Store reader = std::move(*Store::open(folder / "s", Access::Read));
  CHECK(reader.verify()->rows == 14);
  Store second = std::move(*Store::open(folder / "s", Access::Write));
  const auto refused = second.begin_batch(batch_info("second.csv"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Busy);
  CHECK(to_string(refused.error()).find("another program is writing to this store; try again") != std::string::npos);

  REQUIRE(writer->commit());
  CHECK(reader.verify()->rows == 20014);
  CHECK(second.begin_batch(batch_info("second.csv")));
}
