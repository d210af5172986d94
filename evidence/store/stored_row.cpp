// The strictness here is what lets verify stand for every byte of a row: two spellings of one row cannot both pass.
#include "evidence/store/stored_row.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "evidence/core/check.h"
#include "evidence/core/decimal.h"

namespace assay {
namespace {

constexpr std::int32_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int32_t kLastDay = 2932896;   // 9999-12-31

template <class Source>
std::int32_t read_date(Source& source, int column) {
  return static_cast<std::int32_t>(source.integer(column, kFirstDay, kLastDay));
}

// One that may be known only to its month, quarter or year.
template <class Source>
std::int32_t read_imprecise_date(Source& source, int column, std::int64_t row) {
  const auto stored = static_cast<std::int32_t>(
      source.integer(column, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
  if (stored >= kFirstDay && stored <= kLastDay) return stored;  // a day, as nearly all are
  if (ImpreciseDate::from_stored(stored)) return stored;
  source.refuse(fmt::format("row {} holds {} for a date", row, stored));
  return 0;
}

template <class Source, class Table>
std::uint32_t read_number(Source& source, int column, const Table& table) {
  return static_cast<std::uint32_t>(source.integer(column, 1, static_cast<std::int64_t>(table.size()) - 1));
}

template <class Source>
void read_value(Source& source, const Catalogue& catalogue, StoredRow& row) {
  constexpr int kValue = 3;
  if (row.field >= catalogue.fields().size()) return;  // refused already
  const Catalogue::FieldEntry& field = catalogue.fields()[row.field];
  if (source.is_null(kValue)) {
    // A decision may be announced without its stage.
    if (row.standing == Standing::Held) source.refuse(fmt::format("row {} has no value", row.row));
    return;
  }
  const bool of_destroyed_text = row.standing == Standing::Redacted && field.storage == Storage::Text;
  if (!holds_value(row.standing) && !of_destroyed_text)
    source.refuse(fmt::format("row {} has a value that its standing rules out", row.row));
  if (source.is_text(kValue)) {
    row.form = StoredRow::Form::Decimal;
    row.decimal = source.text(kValue);
    const auto decimal = Decimal::parse(row.decimal);
    if (field.storage != Storage::Number || !decimal || decimal->to_scaled(field.places)) {
      source.refuse(fmt::format("row {} holds a text for a value", row.row));
    }
    return;
  }
  row.form = StoredRow::Form::Number;
  switch (field.storage) {
    case Storage::YesNo:
      row.number = source.integer(kValue, 0, 1);
      break;
    case Storage::Number:
      row.number = source.integer(kValue);
      break;
    case Storage::Date:
      row.number = read_imprecise_date(source, kValue, row.row);
      break;
    case Storage::Label:
      row.number = read_number(source, kValue, catalogue.labels());
      if (static_cast<std::size_t>(row.number) < catalogue.labels().size() &&
          catalogue.labels()[static_cast<std::size_t>(row.number)].field != row.field) {
        source.refuse(fmt::format("row {} holds a label of another field", row.row));
      }
      break;
    case Storage::Text:
      row.number = source.integer(kValue, 1);
      break;
  }
}

std::uint32_t last_subject_of(const Catalogue& catalogue) {
  return static_cast<std::uint32_t>(catalogue.subjects().size() - 1);
}

template <class Source>
StoredRow read(Source& source, const Catalogue& catalogue, std::uint32_t last_subject) {
  StoredRow row;
  row.row = source.integer(0, 1);
  row.subject = static_cast<std::uint32_t>(source.integer(1, 1, last_subject));
  row.field = read_number(source, 2, catalogue.fields());
  if (!source.is_null(4)) row.standing = static_cast<Standing>(source.integer(4, 1, static_cast<int>(Standing::Ended)));
  read_value(source, catalogue, row);
  row.valid_from = read_imprecise_date(source, 5, row.row);
  if (!source.is_null(6)) row.valid_to = read_imprecise_date(source, 6, row.row);
  row.source = read_number(source, 7, catalogue.sources());
  row.recorded_on = read_date(source, 8);
  if (!source.is_null(9)) row.document = read_number(source, 9, catalogue.documents());
  if (!source.is_null(10)) {
    row.place = source.text(10);
    if (row.place.empty()) source.refuse(fmt::format("row {} has an empty place", row.row));
  }
  if (!source.is_null(11)) row.note = source.integer(11, 1);
  if (!source.is_null(12)) row.supersedes = source.integer(12, 1, row.row - 1);
  return row;
}

}  // namespace

StoredRow read_row(Statement& statement, const Catalogue& catalogue) {
  return read(statement, catalogue, last_subject_of(catalogue));
}
StoredRow read_row(Statement& statement, const Catalogue& catalogue, std::uint32_t last_subject) {
  return read(statement, catalogue, last_subject);
}
StoredRow read_row(WalkedRow& walked, const Catalogue& catalogue) {
  return read(walked, catalogue, last_subject_of(catalogue));
}

bool holds_value(Standing standing) { return standing == Standing::Held || standing == Standing::MindedTo; }

namespace {

bool names_body(const Catalogue::FieldEntry& field) {
  return field.storage == Storage::Text && (field.name.ends_with(".register") || field.name.ends_with(".alias"));
}

}  // namespace

bool holds_free_text(const Catalogue::FieldEntry& field) {
  return field.storage == Storage::Text && !names_body(field);
}

bool stands_without_text(const Catalogue::FieldEntry& field) {
  return names_body(field) || (field.storage == Storage::Text && field.name.ends_with(".waiver"));
}

Digest destroyed_salt() { return sha256(std::string_view()); }

std::int64_t line_of_row(std::int64_t row, std::int64_t first_row) { return row - first_row + 2; }

std::string default_place(std::int64_t row, std::int64_t first_row) {
  return fmt::format("row {}", line_of_row(row, first_row));
}

bool is_default_place(std::string_view place, std::int64_t row, std::int64_t first_row) {
  constexpr std::string_view kRow = "row ";
  if (!place.starts_with(kRow) || place.size() == kRow.size()) return false;
  // Nearly always the last digit tells.
  const std::int64_t line = line_of_row(row, first_row);
  if (place.back() != '0' + line % 10) return false;
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, line).ptr;
  return place.substr(kRow.size()) == std::string_view(digits, static_cast<std::size_t>(end - digits));
}

void append_scaled(std::string& out, std::int64_t count, int places) {
  char digits[24];
  const auto size = static_cast<std::uint64_t>(count);
  const std::uint64_t magnitude = count < 0 ? std::uint64_t{0} - size : size;
  const auto end = std::to_chars(digits, digits + sizeof digits, magnitude).ptr;
  std::string_view all(digits, static_cast<std::size_t>(end - digits));
  if (count < 0) out += '-';
  const auto point = static_cast<std::size_t>(places);
  if (all.size() > point) {
    out += all.substr(0, all.size() - point);
  } else {
    out += '0';
  }
  std::string_view fraction = all.substr(all.size() > point ? all.size() - point : 0);
  const std::size_t zeros = point - fraction.size();
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  if (fraction.empty()) return;
  out += '.';
  out.append(zeros, '0');
  out += fraction;
}

std::string value_in_words(const StoredRow& row, const Catalogue& catalogue) {
  const Catalogue::FieldEntry& field = catalogue.fields()[row.field];
  switch (field.storage) {
    case Storage::YesNo:
      return row.number != 0 ? "yes" : "no";
    case Storage::Number: {
      std::string number(row.decimal);
      if (row.form == StoredRow::Form::Number) append_scaled(number, row.number, field.places);
      return number;
    }
    case Storage::Date:
      return ImpreciseDate::from_stored(static_cast<std::int32_t>(row.number))->to_string();
    case Storage::Label:
      return catalogue.labels()[static_cast<std::size_t>(row.number)].name;
    case Storage::Text:
      break;
  }
  return {};
}

}  // namespace assay
