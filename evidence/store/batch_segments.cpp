// A fault of reading what is kept counts as nothing kept; a fault of writing is the batch's, as any other.
#include "evidence/store/batch_segments.h"

#include <utility>

namespace assay {

BatchSegments::BatchSegments(const Database& database, std::int64_t first_row)
    : database_(&database), first_row_(first_row) {
  constexpr std::int64_t kMostBefore = 4 * kRowsWorthSegments;
  if (first_row > kRowsWorthSegments) covered_ = rows_in_segments(database);  // before, there are none
  wanted_ = first_row - 1 - covered_ <= kMostBefore;
}

void BatchSegments::add(const Block& block) {
  if (!wanted_) return;
  for (const StoredRow& row : block.rows) builder_.add(cell_of(row));
  if (!builder_.full()) return;
  std::vector<SegmentEntry> made = builder_.finish();
  const std::scoped_lock lock(mutex_);
  std::move(made.begin(), made.end(), std::back_inserter(ready_));
}

// Written a few at a time, their pages would go to SQLite's journal again and again, and with each all that stands
// behind it there would be read once more for its checksums.
Result<void> BatchSegments::write_many() {
  constexpr std::size_t kMany = 4096;  // some 20 MB
  std::vector<SegmentEntry> made;
  {
    const std::scoped_lock lock(mutex_);
    if (ready_.size() < kMany) return {};
    made = std::exchange(ready_, {});
  }
  return write(made);
}

Result<void> BatchSegments::write(const std::vector<SegmentEntry>& entries) {
  if (given_up_) return {};
  Result<void> done;
  if (!begun_) {
    begun_ = true;
    // They were taken at their word so far. Where they are not as they say, whoever reads next makes them anew.
    const auto cover = covered_ == 0 ? std::nullopt : read_segment_cover(*database_).value_or(std::nullopt);
    given_up_ = covered_ != 0 && !cover;
    if (!cover) done = drop_segments(*database_);
    if (given_up_) return done;
    if (done) done = make_segment_tables(*database_);
  }
  for (const SegmentEntry& entry : entries) {
    if (done) done = insert_segment(*database_, entry);
  }
  return done;
}

Result<void> BatchSegments::finish() {
  if (!wanted_) return {};
  auto done = ready_.empty() ? Result<void>() : write(ready_);
  const std::int64_t before = first_row_ - 1 - covered_;
  if (!begun_ && before + static_cast<std::int64_t>(builder_.held()) < kRowsWorthSegments) return done;
  const auto hand_on = [this](const std::vector<SegmentEntry>& entries) { return write(entries); };
  if (done) done = add_stored_rows(*database_, covered_ + 1, first_row_ - 1, builder_, hand_on);
  if (done) done = write(builder_.finish());
  if (!done || given_up_) return done;
  return cover_all_rows(*database_);
}

}  // namespace assay
