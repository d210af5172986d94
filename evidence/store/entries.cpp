// Two tables read as one: each has its entries in their order.
#include "evidence/store/entries.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/store/log.h"
#include "evidence/store/store_end.h"

namespace assay {
namespace {

constexpr std::string_view kEntries = "the entries of the trail";

// The first batch of that entry or a later one. Entries ascend with batches, which no index says.
std::int64_t first_batch_from(const Database& database, std::int64_t entry) {
  std::int64_t low = 1, high = last_number(database, "id", "batch", kEntries).value_or(0) + 1;
  if (entry <= low) return low;
  Statement at = database.prepare("SELECT entry FROM batch WHERE id = ?", kEntries);
  // Most who ask, ask for the newest.
  std::int64_t middle = std::max(low, high - static_cast<std::int64_t>(kMostWanting) - 1);
  for (; low < high; middle = low + (high - low) / 2) {
    if (at.with(middle).next() && at.integer(0) < entry) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

EntryWalk::EntryWalk(const Database& database, std::int64_t from)
    : entry_(database.prepare("SELECT number, leaf, body FROM log_entry WHERE number >= ? ORDER BY number", kEntries)),
      row_(database.prepare(fmt::format("SELECT {} FROM batch WHERE id >= ? ORDER BY id", batch_columns(database)),
                            kEntries)) {
  entry_.with(from);
  row_.with(first_batch_from(database, from));
  read_entry();
  read_batch_row();
}

bool EntryWalk::next() {
  if (begun_) of_batch_ ? read_batch_row() : read_entry();
  begun_ = true;
  if (!entry_.sound() || !row_.sound() || (!entry_ready_ && !batch_)) return false;
  of_batch_ = batch_ && (!entry_ready_ || batch_->batch.entry < number_);
  return true;
}

std::string EntryWalk::body() { return of_batch_ ? batch_body(*batch_) : std::string(entry_.text(2)); }

Result<void> EntryWalk::end() {
  auto done = entry_.end();
  return done ? row_.end() : done;
}

void EntryWalk::read_entry() {
  entry_ready_ = entry_.next();
  if (!entry_ready_) return;
  number_ = entry_.integer(0, 0);
  leaf_ = entry_.digest(1);
}

void EntryWalk::read_batch_row() {
  batch_.reset();
  while (!batch_ && row_.next()) {
    BatchRow row = read_batch(row_);
    if (row_.sound() && row.leaf) batch_ = std::move(row);
  }
}

}  // namespace assay
