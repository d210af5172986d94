// Typed rows gathered to be inserted and hashed together. Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/import/catalogue.h"
#include "evidence/import/typed_row.h"
#include "evidence/store/leaf_maker.h"
#include "evidence/store/stored_row.h"

namespace assay {

constexpr std::size_t kBlockRows = 4096;

// A text or a note, or, without content, the salt of a row; a salt of 16 random bytes belongs to all but the names of
// bodies.
struct StoredText {
  std::int64_t number = 0, row = 0;
  std::string salt;
  std::optional<std::string> content;
  Digest digest;
};

struct Block {
  std::vector<StoredRow> rows;
  TextArena kept;  // what the rows' views look at
  std::vector<StoredText> texts;
  // The leaves of the rows, each with the byte before it that is hashed with it, and where each ends.
  std::string leaves;
  std::vector<std::size_t> leaf_ends;
  // Of rows that were redacted, by their place here: what stands for them in the tree.
  std::vector<std::pair<std::size_t, Digest>> recorded;
};

// The inner tree of a batch, out of its blocks in their order.
class NodeMaker {
 public:
  void add(const Block& block);
  // Of all rows added: the tree's nodes of level 8 (the last may be of fewer rows).
  std::vector<Digest> nodes() const;

 private:
  std::vector<Digest> leaves_;  // of the rows since the last full node
  std::vector<Digest> nodes_;
};

// Turns typed rows into blocks.
class BlockMaker {
 public:
  // The catalogue must have every name before a row with it is added.
  BlockMaker(const Catalogue& catalogue, std::string file, std::int64_t first_row, std::int64_t first_text);
  // From the next row on each has a salt of its own, for rows that hold data about persons.
  void salt_rows(bool salted) { salted_rows_ = salted; }
  // WrongUse for a row that supersedes what is not there; CHECKs what an importer has to keep to.
  Result<void> add(const TypedRow& row);
  bool full() const { return block_.rows.size() >= kBlockRows; }
  Block take();

  const std::string& file() const { return file_; }
  std::int64_t rows() const { return next_row_ - first_row_; }
  std::int64_t next_text() const { return next_text_; }
  // Whether more than notes was salted.
  bool salted() const { return salted_; }
  bool salts_rows() const { return salted_rows_; }
  std::optional<std::int32_t> last_recorded() const { return last_recorded_; }

 private:
  void set_place(std::string_view place, StoredRow& row);
  void set_value(const TypedRow& typed, StoredRow& row);
  std::int64_t add_text(std::int64_t row, bool salted, std::optional<std::string> content);

  const Catalogue* catalogue_;
  std::string file_;
  std::int64_t first_row_, next_row_, next_text_;
  bool salted_rows_ = false, salted_ = false;
  std::optional<std::int32_t> last_recorded_;
  Block block_;
  std::string_view last_place_;  // kept in the block
  LeafMaker leaves_;
};

}  // namespace assay
