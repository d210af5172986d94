// The rows below one node that is kept of a batch, each with what its leaf needs, so that it can be made as it stands
// or as it might have stood. Private to evidence/store.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/store/batch_row.h"
#include "evidence/store/leaf_maker.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/stored_row.h"

namespace assay {

class NodeRows {
 public:
  // A row looks into the texts beside it, so it stays where it is.
  struct Row {
    StoredRow row;
    std::string decimal, place, salt;
    std::optional<Digest> value, note;
    std::optional<Digest> redacted;  // the leaf that stands for it, since it cannot be made anew
  };
  // Rows from `first` on, all of one node. What cannot be read.
  static Result<NodeRows> read(const Database& database, const Catalogue& catalogue, const Redactions& redactions,
                               const BatchRow& batch, std::int64_t first);

  std::size_t size() const { return rows_.size(); }
  const Row& operator[](std::size_t place) const { return *rows_[place]; }
  // Appends the leaf of the row at this place, were its columns these.
  void append_leaf(std::string& out, LeafMaker& maker, std::size_t place, const StoredRow& as) const;
  // As they stand now.
  std::vector<Digest> leaves(const Catalogue& catalogue) const;

 private:
  explicit NodeRows(const BatchRow& batch) : batch_(&batch) {}
  Result<void> read_texts(const Database& database, const Catalogue& catalogue);
  const BatchRow* batch_;
  std::vector<std::unique_ptr<Row>> rows_;
};

}  // namespace assay
