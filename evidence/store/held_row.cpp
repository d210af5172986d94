// Read one at a time: a redaction is of few rows, and each text is found by the row it belongs to.
#include "evidence/store/held_row.h"

#include <fmt/format.h>

#include <utility>

#include "evidence/trail/merkle.h"

namespace assay {
namespace {

Result<void> read_batch_of(const Database& database, HeldRow& held) {
  Statement batch = database.prepare(
      fmt::format("SELECT {} FROM batch WHERE first_row <= ? ORDER BY id DESC LIMIT 1", batch_columns(database)),
      "the batches");
  if (batch.with(held.row.row).next()) held.batch = read_batch(batch);
  if (auto done = batch.end(); !done) return done;
  Statement entry = database.prepare("SELECT body FROM log_entry WHERE number = ?", "the entries of the trail");
  if (entry.with(held.batch.batch.entry).next()) read_said(entry.text(0), held.batch);
  return entry.end();
}

Result<void> read_texts_of(const Database& database, HeldRow& held) {
  Statement text = database.prepare(
      "SELECT id, salt, content, digest FROM text_value WHERE observation = ? ORDER BY id", "the texts");
  text.with(held.row.row);
  while (text.next()) {
    HeldText found{text.integer(0, 1), std::nullopt, std::nullopt, text.digest(3)};
    if (!text.is_null(1)) found.salt = std::string(text.blob(1));
    if (!text.is_null(2)) found.content = std::string(text.text(2));
    // A value and a note go by their numbers; the salt of the row is what is left.
    const bool is_note = held.row.note == found.number;
    (is_note                                            ? held.note
     : held.value && held.value->number != found.number ? held.salt
                                                        : held.value) = std::move(found);
  }
  return text.end();
}

}  // namespace

Result<std::unique_ptr<HeldRow>> read_held_row(const Database& database, const Catalogue& catalogue,
                                               std::int64_t number) {
  auto held = std::make_unique<HeldRow>();
  Statement row =
      database.prepare(fmt::format("SELECT {} FROM observation WHERE id = ?", kRowColumns), "the rows of evidence");
  if (row.with(number).next()) {
    held->row = read_row(row, catalogue);
    held->decimal = held->row.decimal;
    held->place = held->row.place;
    held->row.decimal = held->decimal;
    held->row.place = held->place;
  }
  if (auto done = row.end(); !done) return tl::unexpected(done.error());
  if (held->row.row != number) {
    return fail(ErrorCode::NotFound, fmt::format("there is no row {}", number), database.path(),
                "give the number of a row as an explanation shows it");
  }
  auto done = read_batch_of(database, *held);
  if (done) done = read_texts_of(database, *held);
  if (!done) return tl::unexpected(done.error());
  const bool text_value =
      held->row.form == StoredRow::Form::Number && catalogue.fields()[held->row.field].storage == Storage::Text;
  if (!text_value && held->value) held->salt = std::exchange(held->value, std::nullopt);
  return held;
}

Digest HeldRow::leaf(const Catalogue& catalogue) const {
  LeafMaker::Context context{.file = batch.batch.file, .first_row = batch.first_row};
  if (value) context.value = &value->digest;
  if (note) context.note = &note->digest;
  if (salt && salt->salt) context.salt = *salt->salt;
  return LeafMaker(catalogue).digest(row, context);
}

std::string HeldRow::value_in_words(const Catalogue& catalogue) const {
  return value ? value->content.value_or(std::string()) : assay::value_in_words(row, catalogue);
}

RowParts HeldRow::has() const {
  const bool there = value ? value->content.has_value() : row.standing != Standing::Redacted;
  const bool holds = row.form != StoredRow::Form::None && there;
  return {.value = holds, .note = note && note->content, .place = !place.empty()};
}

RowHeld describe(const HeldRow& held, const Catalogue& catalogue) {
  const StoredRow& row = held.row;
  const auto& subject = catalogue.subjects()[row.subject];
  const Batch& batch = held.batch.batch;
  RowHeld said{.row = row.row,
               .entry = batch.entry,
               .subject = fmt::format("{}:{}", subject.kind, subject.code),
               .field = catalogue.fields()[row.field].name,
               .document = row.document == 0 ? batch.file : catalogue.documents()[row.document],
               .place = held.place.empty() ? default_place(row.row, held.batch.first_row) : held.place,
               .file = batch.file,
               .recorded_by = batch.recorded_by,
               .imported_at = batch.imported_at,
               .recorded_on = Date{row.recorded_on},
               .standing = std::string(to_string(row.standing)),
               .has = held.has(),
               .value = {},
               .note = {},
               .whereabouts = {},
               .free_text = held.value && holds_free_text(catalogue.fields()[row.field]),
               .stage = row.standing == Standing::MindedTo,
               .guessable = {},
               .purpose = held.batch.personal ? held.batch.personal->purpose : std::string(),
               .redacted = {}};
  const bool salted = held.batch.salted && held.batch.personal;
  const bool text_salted = held.batch.salted && holds_free_text(catalogue.fields()[row.field]);
  said.guessable = {.value = held.value ? !text_salted : !salted, .note = false, .place = !salted};
  if (said.has.value) said.value = held.value_in_words(catalogue);
  if (said.has.note) said.note = *held.note->content;
  if (said.has.place) said.whereabouts = held.place;
  return said;
}

}  // namespace assay
