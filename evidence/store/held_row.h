// One row with all that belongs to it: its batch, its texts with their salts, and the leaf made of them. Private to
// evidence/store.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "evidence/store/batch_row.h"
#include "evidence/store/leaf_maker.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/stored_row.h"

namespace assay {

struct HeldText {
  std::int64_t number = 0;
  std::optional<std::string> salt, content;
  Digest digest;
};

struct HeldRow {
  StoredRow row;
  std::string decimal, place;  // what the row's views look at
  BatchRow batch;
  std::optional<HeldText> value, note, salt;

  HeldRow() = default;
  HeldRow(const HeldRow&) = delete;  // the row looks into this
  HeldRow& operator=(const HeldRow&) = delete;

  // Of the row as it stands now.
  Digest leaf(const Catalogue& catalogue) const;
  std::string value_in_words(const Catalogue& catalogue) const;  // plain; of a text its content
  RowParts has() const;
};

RowHeld describe(const HeldRow& held, const Catalogue& catalogue);

// Within a transaction, with fresh names. NotFound when there is no such row.
Result<std::unique_ptr<HeldRow>> read_held_row(const Database& database, const Catalogue& catalogue,
                                               std::int64_t number);

}  // namespace assay
