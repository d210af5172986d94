// What one field says of every subject of its kind on a date, straight from a store's segments: the rows that answer,
// found in one pass, without making a row of evidence for each. Subjects that are not plain (several sources,
// corrections, dates not known to the day, series) are read as engine/eval reads them. Private to engine/session.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "engine/columns/lanes.h"
#include "evidence/core/schema.h"
#include "evidence/import/typed_row.h"
#include "evidence/store/store.h"

namespace assay {

// By the store's number of a subject: its row among those of its kind.
struct RowsOf {
  std::uint32_t first = 0;  // the number that `row` begins with
  std::vector<std::uint32_t> row;
  SegmentFilter only;  // the numbers that it knows
};

struct FieldAsked {
  const Schema& schema;
  FieldId field;
  const Segments& segments;
  const StoredWords& words;
  const RowsOf& rows_of;
  std::size_t rows;  // of its kind
  const std::vector<std::int64_t>& superseded;  // rows that another corrects, of whatever subject; ascending
  Date as_at, known_on;
  std::int64_t last_row;                     // later ones are not seen
  std::optional<std::int64_t> before_entry;  // nor what this entry of the trail and later ones record
};

// What is known of each subject so far: handed from one field to the next, so that memory is touched once.
class FieldRoom {
 public:
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();
  struct Best {
    std::int64_t key = kNone;  // valid from, then recorded on
    std::int64_t value = 0;
    std::int32_t valid_to = TypedRow::kNoDate;
    std::uint16_t source = 0;
    std::uint8_t standing = 0;
    bool plain = true;
  };
  std::vector<Best> best;  // each as new between fields
};

// In three steps, so that the first can be shared out among threads.
class StoredField {
 public:
  // What it names must outlive it.
  StoredField(const FieldAsked& asked, FieldRoom room);
  StoredField(StoredField&&) noexcept;
  ~StoredField();
  // One pass over the segments. BadInput where the store holds what the rules do not allow.
  Result<void> read();
  // Is there something that no segment holds? Else column() can be asked at once.
  bool needs_store() const;
  // What no segment holds: texts, and the rows of subjects that are not plain. `subjects`: the store's numbers by row.
  Result<void> complete(Store& store, const std::vector<std::uint32_t>& subjects);
  // Once; then only room() may be asked.
  columns::Column column();
  FieldRoom room();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay
