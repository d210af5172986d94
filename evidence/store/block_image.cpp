// Each function writes the columns of one table, in their order; the number of a row stands outside its record.
#include "evidence/store/block_image.h"

namespace assay {
namespace {

enum Table : std::size_t { kObservation, kTextValue, kSubject };  // BlockImage::kTables

void fill(RecordMaker& record, const StoredRow& row) {
  record.null();
  record.integer(row.subject);
  record.integer(row.field);
  if (row.form == StoredRow::Form::None) record.null();
  if (row.form == StoredRow::Form::Number) record.integer(row.number);
  if (row.form == StoredRow::Form::Decimal) record.text(row.decimal);
  record.integer_or_null(static_cast<int>(row.standing), 0);
  record.integer(row.valid_from);
  record.integer_or_null(row.valid_to, TypedRow::kNoDate);
  record.integer(row.source);
  record.integer(row.recorded_on);
  record.integer_or_null(row.document, 0);
  if (row.place.empty()) {
    record.null();
  } else {
    record.text(row.place);
  }
  record.integer_or_null(row.note, 0);
  record.integer_or_null(row.supersedes, 0);
}

void fill(RecordMaker& record, const StoredText& text) {
  record.null();
  record.integer(text.row);
  if (text.salt.empty()) {
    record.null();
  } else {
    record.blob(text.salt);
  }
  if (text.content) {
    record.text(*text.content);
  } else {
    record.null();
  }
  record.blob({reinterpret_cast<const char*>(text.digest.bytes.data()), text.digest.bytes.size()});
}

void fill(RecordMaker& record, const SubjectRow& subject) {
  record.null();
  record.integer(subject.kind);
  record.text(subject.code);
  record.integer_or_null(subject.from, 0);
  record.integer_or_null(subject.to, 0);
}

std::int64_t id_of(const StoredRow& row) { return row.row; }
std::int64_t id_of(const StoredText& text) { return text.number; }
std::int64_t id_of(const SubjectRow& subject) { return subject.number; }

template <class Rows>
void put_table(TableImage& image, RecordMaker& record, Table table, const Rows& rows) {
  image.begin_table(table);
  for (const auto& row : rows) {
    record.begin();
    fill(record, row);
    image.add(id_of(row), record);
  }
  image.end_table();
}

}  // namespace

Result<BlockImage> BlockImage::make() {
  auto image = TableImage::make(kTables);
  if (!image) return tl::unexpected(image.error());
  return BlockImage(std::move(*image));
}

std::span<char> BlockImage::build(const Block& block, bool with_texts) {
  image_.begin();
  put_table(image_, record_, kObservation, block.rows);
  if (with_texts) put_table(image_, record_, kTextValue, block.texts);
  return image_.finish();
}

std::span<char> BlockImage::build(std::span<const SubjectRow> subjects) {
  image_.begin();
  put_table(image_, record_, kSubject, subjects);
  return image_.finish();
}

}  // namespace assay
