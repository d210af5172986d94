// Inserts blocks of typed rows and new subjects, each table by one statement that copies it whole, unless they are too
// few to be worth it.
// Private to evidence/store.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "evidence/core/result.h"
#include "evidence/store/block.h"
#include "evidence/store/block_image.h"
#include "evidence/store/database.h"

namespace assay {

// A connection must outlive its own.
class BlockTable {
 public:
  // For rows one by one, however many.
  static BlockTable of_single_rows(const Database& database);
  // Gives the connection a second database, `block`, in memory, which costs each later transaction a little. At most
  // one per connection; not within a transaction.
  static Result<BlockTable> attach(const Database& database);
  bool takes_blocks() const { return image_ != nullptr; }
  BlockTable(BlockTable&&) noexcept;
  ~BlockTable();
  // Within a transaction that many rows go into: from here on blocks are copied, each row's number the one after the
  // last there is.
  Result<void> begin();
  void end();
  Result<void> insert(const Block& block);
  Result<void> insert(std::span<const SubjectRow> subjects);

 private:
  static constexpr std::size_t kFew = 16;  // an image takes as long as so many rows, about
  Result<void> insert(const StoredRow& row);
  Result<void> insert(const StoredText& text);
  Result<void> insert(const SubjectRow& subject);
  template <class Rows>
  Result<void> insert_each(const Rows& rows) {
    Result<void> done;
    for (const auto& row : rows)
      if (done) done = insert(row);
    return done;
  }
  BlockTable(const Database& database, std::unique_ptr<BlockImage> image);
  const Database* database_;
  std::unique_ptr<BlockImage> image_;  // which the connection reads, at a place that stays
  struct Copies {
    Statement rows, texts, subjects;
  };
  std::optional<Copies> copies_;  // from the image, between begin() and end()
  Result<void> copy(Statement& copy, std::int64_t last);
  Statement row_, text_, subject_;
};

}  // namespace assay
