// A leaf read back into a row of evidence. Internal to apps/verifier/accept.
#pragma once

#include <tl/expected.hpp>

#include "apps/verifier/accept/steps.h"
#include "dsl/check/rulebook.h"

namespace assay::verifier {

// Subject and source are left to whoever puts it in a snapshot.
tl::expected<Observation, std::string> row_of(const Members& leaf, const Rulebook& book);

}  // namespace assay::verifier
