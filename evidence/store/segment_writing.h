// Putting into segments the rows that stand in none yet. Private to evidence/store.
#pragma once

#include <cstdint>

#include "evidence/store/database.h"

namespace assay {

// The number of the last row; 0 where there is none.
Result<std::int64_t> last_row(const Database& database);

// Every row, in one transaction of its own. Busy when another program writes.
Result<void> write_segments(const Database& database);

}  // namespace assay
