// Inserts blocks of typed rows, each by one statement that copies it whole, unless they are too few to be worth it.
// Private to evidence/store.
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
  static constexpr std::size_t kFew = 16;  // an image takes as long as so many rows, about
  Result<void> insert(const StoredRow& row);
  Result<void> insert_rows(const Block& block);
  BlockTable(const Database& database, std::unique_ptr<BlockImage> image);
  const Database* database_;
  std::unique_ptr<BlockImage> image_;  // which the connection reads, at a place that stays
  Statement rows_, row_, text_;
};

}  // namespace assay
