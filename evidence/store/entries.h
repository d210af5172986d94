// The entries of the trail as they are kept: most with their text in log_entry; that of a batch which says no more than
// its row is made anew from the row (docs/formats/store.md). Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/store/batch_row.h"
#include "evidence/store/database.h"

namespace assay {

// In their order, as a loop over a Statement reads. Whether one is missing is for the reader to see.
class EntryWalk {
 public:
  EntryWalk(const Database& database, std::int64_t from);  // from that number on
  bool next();                                             // one stands ready; false for good at the end
  std::int64_t number() const { return of_batch_ ? batch_->batch.entry : number_; }
  Digest leaf() const { return of_batch_ ? *batch_->leaf : leaf_; }
  std::string body();
  Result<void> end();  // the fault, if there was one
  // Calls the entry at hand damaged.
  void refuse(std::string_view why) { (of_batch_ ? row_ : entry_).refuse(why); }

 private:
  void read_entry();
  void read_batch_row();

  Statement entry_, row_;
  bool begun_ = false, entry_ready_ = false, of_batch_ = false;
  std::int64_t number_ = 0;  // of the entry that stands ready in log_entry
  Digest leaf_;
  std::optional<BatchRow> batch_;  // the next that stands for its entry
};

}  // namespace assay
