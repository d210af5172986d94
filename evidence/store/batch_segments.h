// The segments of a batch, made while its rows are hashed and written while they are inserted, so that they cost an
// import little. Private to evidence/store.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "evidence/store/block.h"
#include "evidence/store/segment_builder.h"
#include "evidence/store/segment_table.h"

namespace assay {

class BatchSegments {
 public:
  // Within the batch's transaction. Where many rows before the batch stand in no segment, none is made of it either:
  // whoever reads by columns first makes them all.
  BatchSegments(const Database& database, std::int64_t first_row);

  void add(const Block& block);
  // Writes what is made, where it has become much. On the thread that inserts; add() may be at work on another.
  Result<void> write_many();
  // After the last row and the batch's entry, with nobody at work. Few rows are left to be put into segments with those
  // that follow.
  Result<void> finish();

 private:
  Result<void> write(const std::vector<SegmentEntry>& entries);

  const Database* database_;
  std::int64_t first_row_, covered_ = 0;
  bool wanted_ = false, begun_ = false, given_up_ = false;
  SegmentBuilder builder_;
  std::mutex mutex_;
  std::vector<SegmentEntry> ready_;
};

}  // namespace assay
