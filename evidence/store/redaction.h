// What somebody had destroyed of what a store holds, and the digests that stand for it since. Rows keep the leaf they
// were recorded with, outcome blocks and explanations their digest, so that every proof still holds
// (docs/formats/trail.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/date.h"
#include "evidence/core/digest.h"

namespace assay {

// Parts of a row that can be destroyed.
struct RowParts {
  bool value = false, note = false, place = false;
  bool any() const { return value || note || place; }
  friend bool operator==(const RowParts&, const RowParts&) = default;
};
std::string in_words(RowParts parts);  // "value and note"

struct Redaction {
  struct Row {
    std::int64_t row = 0;
    RowParts gone;  // in all, with what was destroyed before
    Digest leaf;    // as recorded
    Digest left;    // of what is left of it
  };
  // An outcome block or a kept explanation, by its number in its table.
  struct Derived {
    std::int64_t number = 0;
    Digest digest;  // as recorded
    Digest left;
  };
  std::int64_t entry = 0;  // in the trail
  std::string by, because;
  Date on;
  std::string recorded_at;  // UTC moment, RFC 3339
  std::vector<Row> rows;    // ascending, as are the next two
  std::vector<Derived> outcomes, explanations;
};
// "redacted on 28 November 2026 by A. Example because ..."
std::string in_words(const Redaction& redaction);

// What is to be destroyed.
struct NewRedaction {
  struct Row {
    std::int64_t row = 0;
    RowParts parts;
  };
  // What takes the place of a block or an explanation; `place` among those of its run, from 0.
  struct Derived {
    std::int64_t run = 0;
    std::size_t place = 0;
    std::string left;
  };
  std::string by, because;
  Date on;
  std::string recorded_at;
  std::vector<Row> rows;
  std::vector<Derived> outcomes, explanations;
  // The size of the trail when it was worked out which outcomes they are.
  std::optional<std::int64_t> at = {};
};

// A row as somebody who decides on its redaction needs it.
struct RowHeld {
  std::int64_t row = 0, entry = 0;  // of its batch
  std::string subject, field, document, place, file, recorded_by, imported_at;
  Date recorded_on;
  std::string standing;
  RowParts has;  // what could be destroyed and is there
  // What can be destroyed, in plain words: what must be found nowhere afterwards. Empty where there is none.
  std::string value, note, whereabouts;
  bool free_text = false;  // its value is a text, and no name of a body
  bool stage = false;      // a decision announced: no value of it is destroyed
  RowParts guessable;      // parts that the trail binds without a salt, as it did before it had any
  std::string purpose;     // of its batch, where it was let in as data about persons
  std::string redacted;    // in words, where some of it is gone
};

}  // namespace assay
