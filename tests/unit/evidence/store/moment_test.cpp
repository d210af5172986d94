// Within a moment a store is as it was when it began, whoever writes.
#include <catch2/catch.hpp>

#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

TEST_CASE("what another program records during a moment is seen when it has ended") {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  Store reader = std::move(*Store::open(folder / "s", Access::Read));
  Store writer = std::move(*Store::open(folder / "s", Access::Write));
  const auto rows = sample_rows(**writer.catalogue());
  {
    const auto moment = reader.moment();
    REQUIRE(moment);
    const LogHead before = *reader.head();
    const auto extent = *reader.extent();
    REQUIRE(record(writer, "meanwhile.csv", rows));
    CHECK(reader.head()->size == before.size);
    CHECK(reader.extent()->rows == extent.rows);
    CHECK(reader.touched_after(extent.rows)->empty());
    CHECK(reader.runs()->size() == 2);
    CHECK(writer.head()->size == before.size + 1);
  }
  CHECK(reader.head()->size == writer.head()->size);
  CHECK(reader.extent()->rows == writer.extent()->rows);
}
