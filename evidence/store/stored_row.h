// A row of evidence as the table holds it, read strictly. Private to evidence/store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/core/snapshot.h"
#include "evidence/import/catalogue.h"
#include "evidence/import/typed_row.h"
#include "evidence/store/database.h"
#include "evidence/store/row_walk.h"

namespace assay {

// Views live as long as what they were read from: a block, or the present row of a statement or a walk.
struct StoredRow {
  enum class Form : std::uint8_t {
    None,
    Number,
    Decimal
  };  // Decimal: in `decimal`, since no count of the field's places

  std::int64_t row = 0;
  std::uint32_t subject = 0, field = 0;
  Form form = Form::None;
  Standing standing = Standing::Held;
  std::int64_t number = 0;  // as in typed_row.h; of a Text the number of its text_value
  std::string_view decimal;
  std::int32_t valid_from = 0, valid_to = TypedRow::kNoDate;  // as ImpreciseDate::stored()
  std::int32_t recorded_on = 0;
  std::uint32_t source = 0, document = 0;
  std::string_view place;  // empty: as default_place says
  std::int64_t note = 0;   // number of its text_value
  std::int64_t supersedes = 0;
};

// Columns of StoredRow in the order of the table.
inline constexpr std::string_view kRowColumns =
    "id, subject, field, value, standing, valid_from, valid_to, source, recorded_on, document, place, note, supersedes";
// The row that stands ready over kRowColumns. What commit() could not have written is refused, such as a number beyond
// the catalogue or a NULL spelt out.
StoredRow read_row(Statement& statement, const Catalogue& catalogue);
// The same where the catalogue does not have the store's subjects, whose last is given.
StoredRow read_row(Statement& statement, const Catalogue& catalogue, std::uint32_t last_subject);
StoredRow read_row(WalkedRow& walked, const Catalogue& catalogue);

// Whether a value belongs to a standing: a decision announced has its stage.
bool holds_value(Standing standing);
// Whether a field holds free text, whose values have salts: a text that is no name of a body, which is published.
bool holds_free_text(const Catalogue::FieldEntry& field);
// Whether a row of the field stands though its text is destroyed: a body is in being without its name, and a waiver
// waives without its reason.
bool stands_without_text(const Catalogue::FieldEntry& field);
// What stands for the salt of a row once it is destroyed. It goes by no number in the row: it comes after its value and
// its note among the texts.
Digest destroyed_salt();
// "row 2" for the first row of a batch: its line in the file, whose first line is the header.
std::int64_t line_of_row(std::int64_t row, std::int64_t first_row);
std::string default_place(std::int64_t row, std::int64_t first_row);
bool is_default_place(std::string_view place, std::int64_t row, std::int64_t first_row);
// A count of 10^-places in shortest form: 12500 at 3 places is 12.5.
void append_scaled(std::string& out, std::int64_t count, int places);

// The value of a row that holds one, plain; empty for a text, which stands elsewhere.
std::string value_in_words(const StoredRow& row, const Catalogue& catalogue);

}  // namespace assay
