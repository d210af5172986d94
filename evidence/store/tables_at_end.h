// Tables of a store under a second name and without their key, for one connection and as long as it writes a batch: a
// row that brings no number gets the next, and SQLite puts it behind the last. Of one that brings its number SQLite
// looks for the place from the root down, twice, which takes as long as all the rest. Private to evidence/store.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/store/database.h"

namespace assay {

std::string at_end_of(std::string_view table);  // its second name
// As the layout has it, but for the name and the key, of which a row holds nothing.
std::string definition_at_end(std::string_view table);

// Known to the connection from here on, and written nowhere. Of tables of the layout, in `main`; within a transaction
// that writes, and that will fill at least a page: one of the list of tables may be left free.
Result<void> know_tables_at_end(const Database& database, std::span<const std::string_view> tables);
void forget_tables_at_end(const Database& database);

}  // namespace assay
