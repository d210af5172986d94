// Every row into a segment: what is new since the last time, and small ones put together.
#include "evidence/store/segment_writing.h"

#include <vector>

#include "evidence/store/segment_builder.h"
#include "evidence/store/segment_table.h"
#include "evidence/store/store_end.h"

namespace assay {

Result<std::int64_t> last_row(const Database& database) {
  return last_number(database, "id", "observation", "the rows of evidence");
}

// Puts every row into segments, in one transaction of its own.
Result<void> write_segments(const Database& database) {
  auto transaction = Transaction::begin(database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto last = last_row(database);
  if (!last) return tl::unexpected(last.error());
  const auto cover = read_segment_cover(database);
  if (!cover) return tl::unexpected(cover.error());
  Result<void> done;
  if (!*cover) done = drop_segments(database);
  if (done) done = make_segment_tables(database);
  const auto insert = [&database](const std::vector<SegmentEntry>& entries) {
    Result<void> inserted;
    for (const SegmentEntry& entry : entries) {
      if (inserted) inserted = insert_segment(database, entry);
    }
    return inserted;
  };
  SegmentBuilder builder;
  const std::int64_t first = *cover ? (*cover)->rows + 1 : 1;
  if (done) done = add_stored_rows(database, first, *last, builder, insert);
  if (done) done = insert(builder.finish());
  if (done) done = cover_all_rows(database);
  if (done) done = transaction->commit();
  return done;
}

}  // namespace assay
