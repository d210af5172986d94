// The tables of a store, as made and as they must be found (docs/formats/store.md). Private to evidence/store.
#pragma once

#include <cstdint>

#include "evidence/core/result.h"
#include "evidence/store/database.h"

namespace assay {

// In the file's header, where `file` and others look: "Assy".
constexpr std::int64_t kApplicationId = 0x41737379;
// Of the file, in its header: 2, and 1 of stores made before batches stood for their entries (docs/formats/store.md).
constexpr std::int64_t kFormat = 2, kFirstFormat = 1;
// Of the trail, in its first entry.
constexpr std::int64_t kTrailFormat = 1;
// Rows below one kept node of a batch's inner tree: its level 8.
constexpr std::int64_t kRowsPerNode = 256;

// What the header of an open store says.
std::int64_t format_of(const Database& database);
// Makes all tables, triggers and views.
Result<void> make_layout(const Database& database);
// Corruption when tables, triggers or views are not those that make_layout makes, or made at the time.
Result<void> verify_layout(const Database& database);

}  // namespace assay
