// The SQL of a store: its tables, the views for people, the triggers (docs/formats/store.md). Private to
// evidence/store.
#pragma once

#include <string>
#include <string_view>

namespace assay {

// Stores stay as they were made. Those of before have no batches that stand for their entries, and the first of all a
// view of dates that shows an imprecise one as NULL.
enum class Made { WithExactDates, WithAllEntries, Now };

std::string layout_text(Made made);
// What makes that table now.
std::string table_definition(std::string_view table);

}  // namespace assay
