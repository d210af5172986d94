// Which segments a field has, in one row for each field: to open a store of millions would else be a look at each of
// its segments. Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/store/database.h"

namespace assay {

struct ListedSegment {
  std::int64_t id = 0;
  std::uint32_t subject_low = 0, subject_high = 0;
};

// By the least subject, then the greatest; nothing where the list is not as it was written.
std::optional<std::vector<ListedSegment>> read_segment_list(const Database& database, std::uint32_t field);

// Of the cells in the segments of all fields: how many, and whether some of them correct or withdraw others.
struct ListedCells {
  std::int64_t cells = 0;
  bool corrections = false;
};
std::optional<ListedCells> listed_cells(const Database& database);

// Anew for every field, from the segments as they are. Within the transaction that changes them.
Result<void> write_segment_lists(const Database& database);

}  // namespace assay
