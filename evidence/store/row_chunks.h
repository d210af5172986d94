// The rows of one batch shared out in chunks, each to whichever worker comes for the next. Private to evidence/store.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "evidence/store/verify_rows.h"

namespace assay {

class RowChunks {
 public:
  struct Extent {
    std::int64_t rows_each = 0;   // a multiple of kRowsPerNode
    std::int64_t first_text = 1;  // the number of the next text of the store
    std::int64_t most_rows = 0;   // no batch can have more, whatever this one says
  };
  RowChunks(const BatchRow& batch, FaultIn fault, const Extent& extent);
  // Checks chunks until none is left, or one before them is bad. From several threads, each with a check of its own.
  void work(RowCheck& check);
  std::size_t size() const { return checked_.size(); }
  // Once every worker is done: all as one. A fault is that of the first row that is bad.
  CheckedRows together();

 private:
  RowChunk chunk(std::size_t place) const;
  void found_bad(std::size_t place);

  const BatchRow& batch_;
  FaultIn fault_;
  std::int64_t rows_, rows_each_, first_text_;
  std::vector<CheckedRows> checked_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> first_bad_;
};

}  // namespace assay
