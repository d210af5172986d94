// The outlines of large runs kept in the file, since to make one again costs a look at every block. Derived, as
// segments are: they may be absent and may be dropped. Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/derived_definition.h"
#include "evidence/store/run_outline.h"
#include "evidence/store/run_row.h"

namespace assay {

// What is in the file for their sake.
const DerivedDefinition& outline_definition();

// Of a run that is based on no other. Nothing where none is kept, or not as it was written.
std::optional<RunOutline> read_outline(const Database& database, const RunRow& run);
// Within the transaction that records a run. Small ones are not worth it.
Result<void> keep_outline(const Database& database, const RunRow& run, const RunOutline& outline);

}  // namespace assay
