// Appends straight into the caller's kept bytes: a JSON object of a general library costs twenty times as much. The
// test compares it with append_leaf, which takes the plain way.
#include "evidence/store/leaf_maker.h"

#include <algorithm>
#include <charconv>

#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"
#include "evidence/core/imprecise_date.h"
#include "evidence/trail/merkle.h"
#include "evidence/trail/salt.h"

namespace assay {
namespace {

void append_number(std::string& out, std::int64_t number) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// With its key and quotes at once.
void append_whole(std::string& out, std::string_view key, std::int64_t number) {
  char text[48];
  char* end = std::copy(key.begin(), key.end(), text);
  *end++ = '"';
  end = std::to_chars(end, text + sizeof text, number).ptr;
  *end++ = '"';
  out.append(text, end);
}

// `key` comes with its comma, quotes and colon; what is empty is left out.
void set_text(std::string& piece, std::string_view key, std::string_view value) {
  piece.clear();
  if (value.empty()) return;
  piece = key;
  append_json_text(piece, value);
}

const std::string& known_name(std::vector<std::string>& pieces, std::uint32_t number, std::string_view key,
                              std::string_view name) {
  if (number >= pieces.size()) pieces.resize(number + 1);
  std::string& piece = pieces[number];
  if (piece.empty()) set_text(piece, key, name);
  return piece;
}

std::string plain_date(std::int32_t stored) {
  const auto date = ImpreciseDate::from_stored(stored);
  CHECK(date.has_value());
  return date->to_string();
}

}  // namespace

std::string_view LeafMaker::KnownDates::operator()(std::int32_t stored) {
  One& one = known[static_cast<std::uint32_t>(stored) % known.size()];
  if (one.stored != stored) {
    one.stored = stored;
    one.text.assign(before).append(plain_date(stored)).append(after);
  }
  return one.text;
}

void LeafMaker::append_document(std::string& out, const StoredRow& row, std::string_view file) {
  const bool known = row.document == document_.number && !document_.text.empty();
  if (!known || (row.document == 0 && document_.of != file)) {
    document_.number = row.document;
    document_.of = row.document == 0 ? file : catalogue_->documents()[row.document];
    set_text(document_.text, ",\"document\":", document_.of);
  }
  out += document_.text;
}

void LeafMaker::append_place(std::string& out, const StoredRow& row, std::int64_t first_row) {
  if (row.place.empty()) {
    out += ",\"place\":\"row ";
    append_number(out, line_of_row(row.row, first_row));
    out += '"';
    return;
  }
  if (place_.of != row.place) {
    place_.of = row.place;
    set_text(place_.text, ",\"place\":", row.place);
  }
  out += place_.text;
}

void LeafMaker::append_subject(std::string& out, std::uint32_t number) {
  if (subject_.number != number) {
    const Catalogue::SubjectEntry& subject = catalogue_->subjects()[number];
    subject_.number = number;
    subject_.of.assign(subject.kind).append(1, ':').append(subject.code);
    set_text(subject_.text, ",\"subject\":", subject_.of);
  }
  out += subject_.text;
}

void LeafMaker::append_value(std::string& out, const StoredRow& row, const Digest* text) {
  // The first quote ends the date that stands before it.
  constexpr std::string_view kKey = "\",\"value\":";
  if (row.form == StoredRow::Form::None) return static_cast<void>(out += '"');
  if (row.form == StoredRow::Form::Decimal) return append_json_text(out += kKey, row.decimal);
  const Catalogue::FieldEntry& field = catalogue_->fields()[row.field];
  switch (field.storage) {
    case Storage::YesNo:
      out.append(kKey).append(row.number != 0 ? "\"yes\"" : "\"no\"");
      return;
    case Storage::Number:
      if (field.places == 0) return append_whole(out, kKey, row.number);
      append_scaled(out.append(kKey).append(1, '"'), row.number, field.places);
      out += '"';
      return;
    case Storage::Date:
      out.append(kKey).append(1, '"').append(plain_date(static_cast<std::int32_t>(row.number))).append(1, '"');
      return;
    case Storage::Label:
      return append_json_text(out += kKey, catalogue_->labels()[static_cast<std::size_t>(row.number)].name);
    case Storage::Text:
      CHECK(text != nullptr);
      out.append(kKey).append(1, '"').append(text->to_string()).append(1, '"');
      return;
  }
}

void LeafMaker::append(std::string& out, const StoredRow& row, const Context& context) {
  const std::size_t begin = out.size();
  append_document(out, row, context.file);
  out += known_name(fields_, row.field, ",\"field\":", catalogue_->fields()[row.field].name);
  if (row.note != 0) {
    CHECK(context.note != nullptr);
    out.append(",\"note\":\"").append(context.note->to_string()).append(1, '"');
  }
  append_place(out, row, context.first_row);
  out += recorded_(row.recorded_on);
  append_number(out, row.row);
  if (!context.salt.empty()) out.append(",\"salt\":\"").append(salt_in_hex(std::string(context.salt))).append(1, '"');
  out += known_name(sources_, row.source, ",\"source\":", catalogue_->sources()[row.source]);
  if (row.standing != Standing::Held) {
    out += ",\"standing\":";
    append_number(out, static_cast<int>(row.standing));
  }
  append_subject(out, row.subject);
  if (row.supersedes != 0) {
    out += ",\"supersedes\":";
    append_number(out, row.supersedes);
  }
  out += from_(row.valid_from);
  if (row.valid_to != TypedRow::kNoDate) out += to_(row.valid_to);
  append_value(out, row, context.value);
  out += '}';
  out[begin] = '{';  // where the first key has its comma
}

std::string_view LeafMaker::json(const StoredRow& row, const Context& context) {
  json_.clear();
  append(json_, row, context);
  return json_;
}

Digest LeafMaker::digest(const StoredRow& row, const Context& context) { return merkle_leaf(json(row, context)); }

}  // namespace assay
