// A row of evidence as the table holds it, read strictly, and the leaf that is rebuilt from it. Private to
// evidence/store.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/core/digest.h"
#include "evidence/core/snapshot.h"
#include "evidence/import/catalogue.h"
#include "evidence/import/typed_row.h"
#include "evidence/store/database.h"

namespace assay {

// Views live as long as what they were read from: a block, or the statement's present row.
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
// The row that stands ready in a statement over kRowColumns. What commit() could not have written is refused, such as a
// number beyond the catalogue or a NULL spelt out.
StoredRow read_row(Statement& statement, const Catalogue& catalogue);

// Whether a value belongs to a standing: a decision announced has its stage.
bool holds_value(Standing standing);
// Whether a field holds free text, whose values have salts: a text that is no name of a body, which is published.
bool holds_free_text(const Catalogue::FieldEntry& field);
// The salt of a row itself goes by no number in the row: it comes after its value and its note among the texts.
// What stands for it once it is destroyed.
Digest destroyed_salt();
// "row 2" for the first row of a batch: its line in the file, whose first line is the header.
std::string default_place(std::int64_t row, std::int64_t first_row);
// A count of 10^-places in shortest form: 12500 at 3 places is 12.5.
void append_scaled(std::string& out, std::int64_t count, int places);

// Rebuilds leaves. Keeps what it made last, since rows come in runs of one subject and one date.
class LeafMaker {
 public:
  explicit LeafMaker(const Catalogue& catalogue) : catalogue_(&catalogue) {}
  // What the row needs from its batch and from its texts.
  struct Context {
    std::string_view file;
    std::int64_t first_row = 1;
    const Digest* value = nullptr;  // of a Text
    const Digest* note = nullptr;
    std::string_view salt = {};  // of the row, where it has one
  };
  std::string_view json(const StoredRow& row, const Context& context);  // until the next call
  Digest digest(const StoredRow& row, const Context& context);
  // Of a value that is no text, as it stands in the leaf.
  std::string_view plain_value(const StoredRow& row) { return value(row, nullptr); }

 private:
  std::string_view date(std::int32_t days);
  std::string_view value(const StoredRow& row, const Digest* text);

  struct KnownDate {
    std::int32_t days = TypedRow::kNoDate;
    std::string text;
  };
  const Catalogue* catalogue_;
  std::array<KnownDate, 64> dates_;
  std::uint32_t subject_number_ = 0;
  std::string subject_, value_, value_digest_, note_, place_, salt_, json_;
};

}  // namespace assay
