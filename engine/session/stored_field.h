// What one field says of every subject of its kind on a date, straight from a store's segments: the rows that answer,
// found in one pass, without making a row of evidence for each. Subjects that are not plain (several sources,
// corrections, dates not known to the day, series) are read as engine/eval reads them. Private to engine/session.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/columns/lanes.h"
#include "evidence/core/schema.h"
#include "evidence/store/store.h"

namespace assay {

struct FieldAsked {
  const Schema& schema;
  FieldId field;
  const Segments& segments;
  const StoredWords& words;
  // By the store's number of a subject: its row among those of its kind.
  const std::vector<std::uint32_t>& row_of;
  std::size_t rows;  // of its kind
  Date as_at, known_on;
};

// In three steps, so that the first can be shared out among threads.
class StoredField {
 public:
  // What it names must outlive it.
  explicit StoredField(const FieldAsked& asked);
  StoredField(StoredField&&) noexcept;
  ~StoredField();
  // One pass over the segments. BadInput where the store holds what the rules do not allow.
  Result<void> read();
  // Is there something that no segment holds? Else column() can be asked at once.
  bool needs_store() const;
  // What no segment holds: texts, and the rows of subjects that are not plain. `subjects`: the store's numbers by row.
  Result<void> complete(Store& store, const std::vector<std::uint32_t>& subjects);
  // Once; what was gathered for it is given up.
  columns::Column column();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay
