// What was known on an earlier date, out of what is known on a later one.
#pragma once

#include <vector>

#include "evidence/core/snapshot.h"

namespace assay {

// Only the rows of the fields named (by FieldId) and of registers, recorded by the date; the same subjects by the same
// numbers. What a later row has since replaced counts again.
Snapshot known_earlier(const Snapshot& snapshot, Date known_on, const std::vector<bool>& fields);

}  // namespace assay
