// Text in, typed row out: looks up subject, field, source and document, reads dates and value, and says which cell is
// at fault. Every layout ends here, so the same rules hold for all of them (docs/formats/tidy.md). What the last row
// named is kept, since rows of a table mostly name the same things again.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/core/schema.h"
#include "evidence/core/text.h"
#include "evidence/import/catalogue.h"
#include "evidence/import/find_subject.h"
#include "evidence/import/read_value.h"
#include "evidence/import/typed_row.h"

namespace assay {

// The columns of the tidy layout.
enum class Column : std::uint8_t {
  Subject,
  Field,
  Content,
  ValidFrom,
  ValidTo,
  Source,
  Document,
  Place,
  RecordedOn,
  Note,
  Supersedes,
};
inline constexpr std::size_t kColumns = 11;
inline constexpr std::array<std::string_view, kColumns> kColumnNames = {
    "subject",  "field", "value",       "valid_from", "valid_to",  "source",
    "document", "place", "recorded_on", "note",       "supersedes"};

// The cells of one row by meaning; empty where there is none.
struct RowText {
  std::array<std::string_view, kColumns> cells{};
  // What the value's marker means in a published table, such as suppressed: the value is then not read.
  std::optional<Standing> standing;

  std::string_view& operator[](Column column) { return cells[static_cast<std::size_t>(column)]; }
  std::string_view operator[](Column column) const { return cells[static_cast<std::size_t>(column)]; }
};

// What rows that do not say take.
struct RowDefaults {
  std::string source;     // may be empty
  std::string file_name;  // the source of last resort, where the rules do not care whose record it is
  Date recorded_on;       // and the latest a row may say
};

// Without the spaces around it, which cells rarely have: so that is asked first.
inline std::string_view trimmed(std::string_view text) {
  const auto is_text = [](char c) { return c > ' ' && c <= '~'; };
  if (text.empty() || (is_text(text.front()) && is_text(text.back()))) return text;
  return trim(text);
}

class RowTyper {
 public:
  RowTyper(const Schema& schema, Catalogue& catalogue, RowDefaults defaults);

  // False after a fault; the row is then not to be used. Adds to the catalogue what register and alias rows bring.
  bool type(const RowText& text, TypedRow& row);
  const Error& fault() const { return fault_; }
  Column fault_column() const { return fault_column_; }

  // One sentence for each source that the rules do not count for the field.
  std::vector<std::string> notes() const;

 private:
  struct SourceUse {
    std::uint32_t source;
    bool counts;
    std::uint64_t rows = 0;
  };
  // Made once for each field a file names, so that its number, labels and sources are looked up once.
  struct FieldUse {
    FieldUse(const FieldDef& def, const KindDef& kind, std::uint32_t number, Catalogue& catalogue);
    const FieldDef* def;
    const KindDef* kind;
    std::uint32_t number;
    bool is_register, is_alias;
    ValueReader values;
    std::vector<SourceUse> sources;
    // What followed it last, by that name: rows mostly come in the same order for each subject.
    std::string next_name;
    FieldUse* next = nullptr;
  };
  struct DateCell {
    std::string text;
    ImpreciseDate date;
  };

  bool refuse(Column column, Error error);
  bool refuse(Column column, std::string message, std::string help = {});
  FieldUse* next_field(std::string_view name);
  FieldUse* find_field(std::string_view name);
  bool read_subject(std::string_view name, const FieldUse& field, TypedRow& row);
  std::optional<ImpreciseDate> read_date(Column column, std::string_view text);
  bool read_dates(const RowText& text, const FieldUse& field, TypedRow& row);
  bool fits_imprecise(Column column, std::string_view text, const ImpreciseDate& date, const FieldUse& field);
  bool read_standing(const RowText& text, FieldUse& field, TypedRow& row);
  bool read_decision(std::string_view value, FieldUse& field, TypedRow& row);
  bool fits_role(const RowText& text, const FieldUse& field, const TypedRow& row);
  bool read_value(const RowText& text, FieldUse& field, TypedRow& row);
  void keep_note(const RowText& text, TypedRow& row) const;
  bool read_origin(const RowText& text, FieldUse& field, TypedRow& row);
  bool read_source(std::string_view source, FieldUse& field, TypedRow& row);
  bool read_recorded_on(std::string_view text, TypedRow& row);
  bool read_document(std::string_view title, TypedRow& row);
  bool read_supersedes(std::string_view text, TypedRow& row);
  bool learn_names(const FieldUse& field, const TypedRow& row);

  const Schema* schema_;
  Catalogue* catalogue_;
  RowDefaults defaults_;
  SubjectFinder subjects_;
  std::vector<std::unique_ptr<FieldUse>> fields_;
  std::unordered_map<std::string, FieldUse*, TextHash, std::equal_to<>> field_by_name_;
  // What the last row named.
  std::string last_field_, last_subject_, last_source_, last_document_;
  FieldUse* field_ = nullptr;
  std::uint32_t subject_ = 0, source_ = 0, document_ = 0;
  std::vector<DateCell> dates_;  // read before, each in its place
  Error fault_;
  Column fault_column_ = Column::Subject;
};

}  // namespace assay
