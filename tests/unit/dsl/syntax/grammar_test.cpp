// PEGTL's own proof that no rule can loop without progress. The second place that includes the grammar, and the last.
#include "dsl/syntax/grammar.h"

#include <catch2/catch.hpp>

namespace assay::syntax {

TEST_CASE("no rule of the grammar loops without progress") {
  CHECK(tao::pegtl::analyze<grammar::whole_declaration>() == 0);
  CHECK(tao::pegtl::analyze<grammar::whole_value>() == 0);
}

}  // namespace assay::syntax
