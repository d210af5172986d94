// Inserts blocks of typed rows, each by one statement that copies it whole. Private to evidence/store.
#pragma once

#include <memory>

#include "evidence/core/result.h"
#include "evidence/store/block.h"
#include "evidence/store/block_image.h"
#include "evidence/store/database.h"

namespace assay {

// Gives the connection a second database, `block`, in memory. At most one per connection, which it must not outlive;
// not within a transaction.
class BlockTable {
 public:
  static Result<BlockTable> attach(const Database& database);
  BlockTable(BlockTable&&) noexcept;
  ~BlockTable();
  Result<void> insert(const Block& block);

 private:
  BlockTable(const Database& database, std::unique_ptr<BlockImage> image);
  const Database* database_;
  std::unique_ptr<BlockImage> image_;  // which the connection reads, at a place that stays
  Statement rows_, text_;
};

}  // namespace assay
