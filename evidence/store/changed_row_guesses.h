// What may have stood in a row before it was changed, one part of it at a time. Private to evidence/store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evidence/store/batch_row.h"
#include "evidence/store/node_rows.h"
#include "evidence/store/stored_row.h"

namespace assay {

class RowGuesses {
 public:
  // All outlive this. `rows` are those of the node, which are guessed at together.
  RowGuesses(const Catalogue& catalogue, const BatchRow& batch, const NodeRows& rows);

  using Guess = std::vector<StoredRow> (RowGuesses::*)(const StoredRow& now) const;
  using InWords = std::string (RowGuesses::*)(const StoredRow& was, const StoredRow& now) const;
  struct Part {
    Guess guess;
    InWords in_words;  // what it said and says
  };
  static std::span<const Part> parts();  // in the order of looking

 private:
  std::vector<StoredRow> recorded_on(const StoredRow& now) const;
  std::vector<StoredRow> valid_from(const StoredRow& now) const;
  std::vector<StoredRow> valid_to(const StoredRow& now) const;
  std::vector<StoredRow> values(const StoredRow& now) const;
  std::vector<StoredRow> subjects(const StoredRow& now) const;
  std::string recorded_in_words(const StoredRow& was, const StoredRow& now) const;
  std::string from_in_words(const StoredRow& was, const StoredRow& now) const;
  std::string to_in_words(const StoredRow& was, const StoredRow& now) const;
  std::string values_in_words(const StoredRow& was, const StoredRow& now) const;
  std::string subjects_in_words(const StoredRow& was, const StoredRow& now) const;
  std::vector<StoredRow> with_date(const StoredRow& now, std::int32_t StoredRow::*date) const;
  std::vector<std::int32_t> days_near(std::int32_t stored) const;
  std::vector<std::int64_t> numbers(const StoredRow& now) const;
  std::string value_in_words(const StoredRow& row) const;

  const Catalogue& catalogue_;
  std::size_t rows_;                 // a full node must not take much longer than a small one
  std::int32_t imported_ = 0;        // on this day
  std::vector<std::int32_t> dates_;  // that occur, as do these
  std::vector<std::uint32_t> subjects_;
};

}  // namespace assay
