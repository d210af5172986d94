// A fault of the world in one line.
#include "evidence/core/result.h"

#include <catch2/catch.hpp>

using namespace assay;

TEST_CASE("an error reads place, message, help") {
  REQUIRE(to_string(Error{ErrorCode::BadInput, "`5` is outside score 1 to 4"}) == "`5` is outside score 1 to 4");
  REQUIRE(to_string(Error{ErrorCode::BadInput, "no such field", "a.csv: row 2"}) == "a.csv: row 2: no such field");
  REQUIRE(to_string(Error{ErrorCode::BadInput, "no such field", "a.csv: row 2", "did you mean `needs`?"}) ==
          "a.csv: row 2: no such field; did you mean `needs`?");
  REQUIRE(to_string(Error{ErrorCode::Busy, "the store is in use", {}, "try again"}) ==
          "the store is in use; try again");
}

TEST_CASE("fail makes a result that holds the error") {
  const Result<int> result = fail(ErrorCode::NotFound, "no such file", "x.csv");
  REQUIRE_FALSE(result);
  REQUIRE(result.error().code == ErrorCode::NotFound);
  REQUIRE(to_string(result.error()) == "x.csv: no such file");
}
