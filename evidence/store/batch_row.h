// A batch as its table holds it, and the body of its trail entry, which says all of it again. Private to
// evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/snapshot.h"
#include "evidence/store/database.h"
#include "evidence/store/names.h"
#include "evidence/store/store.h"

namespace assay {

struct BatchRow {
  Batch batch;
  std::int64_t first_row = 1, rows = 0;
  Digest root;                                // of the inner tree over its rows
  std::optional<std::int32_t> last_recorded;  // of its rows; follows from them, so it is not in the body
  NameCounts known;                           // once its names were added
  std::int64_t texts = 0;                     // likewise
  Digest names;                               // Names::digest of what it added
  // Of its entry, where the row stands for it: the entry says nothing more, and is kept nowhere else.
  std::optional<Digest> leaf = {};
  // These stand in the entry alone.
  std::optional<PersonalData> personal;
  std::vector<std::string> published = {};
  bool salted = false;  // texts that are values have salts, and each row too where there is data about persons
};

// All columns, of a store of any format.
std::string batch_columns(const Database& database);
BatchRow read_batch(Statement& statement);  // the row that stands ready, over batch_columns
// Into a store of that format; only the newest has a place for the leaf.
Result<void> insert_batch(const Database& database, const BatchRow& row, std::int64_t format);
// Whether its entry says no more than its row.
bool says_all(const BatchRow& row);
// Canonical JSON.
std::string batch_body(const BatchRow& row);
// Adds to a row what only its entry says. A body that is not as batch_body writes it then differs from that made anew.
void read_said(std::string_view body, BatchRow& row);

}  // namespace assay
