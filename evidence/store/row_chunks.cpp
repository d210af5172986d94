// Chunks are taken in their order, so when one is bad all before it are done or at work.
#include "evidence/store/row_chunks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "evidence/core/check.h"
#include "evidence/store/layout.h"

namespace assay {
namespace {

// Where each row has a salt among the texts, which none numbers, a chunk could not know where to begin.
bool goes_in_chunks(const BatchRow& batch) { return !(batch.salted && batch.personal); }

}  // namespace

// Where a batch says that it has more rows than there can be, one of those looked for is missing.
RowChunks::RowChunks(const BatchRow& batch, FaultIn fault, const Extent& extent)
    : batch_(batch),
      fault_(std::move(fault)),
      rows_(std::min(batch.rows, extent.most_rows + 1)),
      rows_each_(goes_in_chunks(batch) ? extent.rows_each : std::max(rows_, std::int64_t{1})),
      first_text_(extent.first_text),
      checked_(static_cast<std::size_t>((rows_ + rows_each_ - 1) / rows_each_)),
      first_bad_(checked_.size()) {
  CHECK(extent.rows_each % kRowsPerNode == 0);
}

RowChunk RowChunks::chunk(std::size_t place) const {
  const std::int64_t before = static_cast<std::int64_t>(place) * rows_each_;
  return {batch_.first_row + before, std::min(rows_each_, rows_ - before), place == 0 ? first_text_ : 0};
}

void RowChunks::found_bad(std::size_t place) {
  std::size_t known = first_bad_;
  while (place < known && !first_bad_.compare_exchange_weak(known, place)) {
  }
}

void RowChunks::work(RowCheck& check) {
  for (std::size_t place = next_++; place < first_bad_; place = next_++) {
    checked_[place] = check.check(batch_, fault_, chunk(place));
    if (checked_[place].fault) return found_bad(place);
  }
}

CheckedRows RowChunks::together() {
  CheckedRows all;
  for (CheckedRows& one : checked_) {
    if (one.first_text != 0 && one.first_text != first_text_ + all.texts)
      one.fault = fault_(fmt::format("the text of row {} is not as recorded", one.row_of_first_text)).value();
    if (one.fault) {
      all.fault = std::move(one.fault);
      return all;
    }
    std::move(one.nodes.begin(), one.nodes.end(), std::back_inserter(all.nodes));
    all.texts += one.texts;
    if (one.last_recorded)
      all.last_recorded = std::max(all.last_recorded.value_or(*one.last_recorded), *one.last_recorded);
  }
  return all;
}

}  // namespace assay
