// The rows of a batch against themselves, a chunk at a time: that none is missing, that each is as rows are written,
// their texts, and the hashes that they give. What follows on from other chunks is for who puts them together. Private
// to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/store/batch_row.h"
#include "evidence/store/leaf_maker.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/row_walk.h"
#include "evidence/store/stored_row.h"
#include "evidence/store/texts_ahead.h"

namespace assay {

// Corruption of a store as verification says it.
struct FaultIn {
  std::string path;
  std::string entry;  // "entry 7 (batch 5, cqc.csv)"; may be empty
  tl::unexpected<Error> operator()(std::string_view what) const;
  tl::unexpected<Error> operator()(Error fault) const;  // of the file, in that entry
  // The fault of what was read (a Statement, or texts) if it has one, else `what`.
  template <class Source>
  tl::unexpected<Error> operator()(Source& source, std::string_view what) const {
    auto done = source.end();
    return done ? (*this)(what) : (*this)(std::move(done.error()));
  }
};

// Begins with the first row of a node.
struct RowChunk {
  std::int64_t first_row = 0, rows = 0;
  std::int64_t first_text = 0;  // by the chunks before; 0: not known, the first row that has one says
};

struct CheckedRows {
  std::optional<Error> fault;  // the first there is; all else is of the rows before it
  std::vector<Digest> nodes;
  std::int64_t first_text = 0, row_of_first_text = 0;  // 0: none has one
  std::int64_t texts = 0;
  std::optional<std::int32_t> last_recorded;
};

// One worker's tools, for any number of chunks one after another. All it is given outlives it.
class RowCheck {
 public:
  RowCheck(const Database& database, const Catalogue& catalogue, const Redactions& redactions);
  CheckedRows check(const BatchRow& batch, const FaultIn& fault, const RowChunk& chunk);

 private:
  // How a text has to be found.
  struct TextForm {
    bool salted = false;     // else without a salt
    bool destroyed = false;  // else with its content
  };
  Result<void> next_row(WalkedRow& walked);
  Result<void> append_leaf(const StoredRow& row);
  Result<Digest> next_text(std::int64_t number, std::int64_t row, TextForm form);
  Result<std::string> next_salt(std::int64_t row, bool destroyed);
  const TextsAhead::Text* step_text(std::int64_t number, std::int64_t row);
  void hash_node();  // of the leaves gathered

  const Catalogue& catalogue_;
  const Redactions& redactions_;
  RowWalk walk_;
  TextsAhead texts_;
  LeafMaker leaf_maker_;
  // Of the chunk at hand.
  const BatchRow* batch_ = nullptr;
  const FaultIn* fault_ = nullptr;
  CheckedRows checked_;
  std::int64_t next_row_ = 0, next_text_ = 0;
  // Of the node at hand: leaves with the byte before each that is hashed with it, where each ends, and what stands for
  // those that were redacted, by their place.
  std::string leaves_;
  std::vector<std::size_t> leaf_ends_;
  std::vector<std::pair<std::size_t, Digest>> recorded_;
};

}  // namespace assay
