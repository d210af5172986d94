// The image is given to SQLite anew for each block, so that it keeps no page of the one before.
#include "evidence/store/block_table.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "evidence/core/text.h"
#include "evidence/store/tables_at_end.h"

namespace assay {
namespace {

constexpr std::string_view kRows = "the rows of evidence", kTexts = "the texts", kSubjects = "the subjects";

// The bytes stay ours, and nothing writes to them. Read-only they cannot be called: BEGIN IMMEDIATE wants a right to
// write of every database of the connection.
Result<void> show(const Database& database, std::span<char> image) {
  const auto size = static_cast<sqlite3_int64>(image.size());
  const int code =
      sqlite3_deserialize(database.handle(), "block", reinterpret_cast<unsigned char*>(image.data()), size, size, 0);
  if (code == SQLITE_OK) return {};
  return fail(ErrorCode::Io, "SQLite has no memory left to take rows in", database.path());
}

}  // namespace

BlockTable BlockTable::of_single_rows(const Database& database) { return BlockTable(database, nullptr); }

Result<BlockTable> BlockTable::attach(const Database& database) {
  auto made = BlockImage::make();
  if (!made) return tl::unexpected(made.error());
  auto image = std::make_unique<BlockImage>(std::move(*made));
  auto done = database.execute("ATTACH ':memory:' AS block", "rows in memory");
  if (done) done = show(database, image->build(Block(), false));
  if (!done) return tl::unexpected(done.error());
  return BlockTable(database, std::move(image));
}

BlockTable::BlockTable(const Database& database, std::unique_ptr<BlockImage> image)
    : database_(&database),
      image_(std::move(image)),
      row_(database.prepare("INSERT INTO main.observation VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", kRows)),
      text_(database.prepare("INSERT INTO main.text_value VALUES(?, ?, ?, ?, ?)", kTexts)),
      subject_(database.prepare("INSERT INTO main.subject VALUES(?, ?, ?, ?, ?)", kSubjects)) {}
BlockTable::BlockTable(BlockTable&&) noexcept = default;
BlockTable::~BlockTable() = default;

Result<void> BlockTable::begin() {
  if (!image_) return {};
  if (auto known = know_tables_at_end(*database_, BlockImage::kTables); !known) return known;
  const auto copy = [&](std::string_view table, std::string_view what) {
    return database_->prepare(fmt::format("INSERT INTO main.{0} SELECT * FROM block.{0}", at_end_of(table)), what);
  };
  copies_ = {copy("observation", kRows), copy("text_value", kTexts), copy("subject", kSubjects)};
  return {};
}

void BlockTable::end() {
  if (!copies_) return;
  copies_.reset();
  forget_tables_at_end(*database_);
}

// SQLite gives the numbers, and they are to be ours.
Result<void> BlockTable::copy(Statement& copy, std::int64_t last) {
  auto done = copy.with().run();
  if (!done || sqlite3_last_insert_rowid(database_->handle()) == last) return done;
  return fail(ErrorCode::Corruption, fmt::format("{} do not end where the last batch does", copy.what()),
              database_->path(), "restore the store from a copy");
}

namespace {

// What does not go into an image goes in by itself, and what is not UTF-8 is refused there.
bool fits(std::string_view text) { return text.size() < RecordMaker::kMostBytes && !first_bad_utf8(text); }
bool fit(std::span<const StoredText> texts) {
  constexpr std::size_t kMostTogether = 8 << 20;  // bytes: the image would hold all of them once more
  std::size_t together = 0;
  for (const StoredText& text : texts) {
    if (!text.content) continue;
    together += text.content->size();
    if (together > kMostTogether || !fits(*text.content)) return false;
  }
  return true;
}
bool fit(std::span<const SubjectRow> subjects) {
  return std::ranges::all_of(subjects, [](const SubjectRow& subject) { return fits(subject.code); });
}

template <class Value>
std::optional<Value> unless(Value value, Value none) {
  return value == none ? std::nullopt : std::optional(value);
}

}  // namespace

Result<void> BlockTable::insert(const StoredRow& row) {
  const auto put = [&](auto value) {
    return row_
        .with(row.row, row.subject, row.field, value, unless(static_cast<int>(row.standing), 0), row.valid_from,
              unless(row.valid_to, TypedRow::kNoDate), row.source, row.recorded_on, unless(row.document, 0u),
              row.place.empty() ? std::nullopt : std::optional(row.place), unless(row.note, std::int64_t{0}),
              unless(row.supersedes, std::int64_t{0}))
        .run();
  };
  switch (row.form) {
    case StoredRow::Form::Number:
      return put(row.number);
    case StoredRow::Form::Decimal:
      return put(row.decimal);
    case StoredRow::Form::None:
      break;
  }
  return put(nullptr);
}

Result<void> BlockTable::insert(const StoredText& text) {
  const auto salt = text.salt.empty() ? std::nullopt : std::optional(Bytes{text.salt});
  return text_.with(text.number, text.row, salt, text.content, text.digest).run();
}

Result<void> BlockTable::insert(const SubjectRow& subject) {
  return subject_.with(subject.number, subject.kind, subject.code, unless(subject.from, 0u), unless(subject.to, 0u))
      .run();
}

Result<void> BlockTable::insert(const Block& block) {
  Result<void> done;
  const bool rows_whole = copies_ && block.rows.size() > kFew;
  const bool texts_whole = rows_whole && block.texts.size() > kFew && fit(block.texts);
  if (rows_whole) done = show(*database_, image_->build(block, texts_whole));
  if (rows_whole && done) done = copy(copies_->rows, block.rows.back().row);
  if (texts_whole && done) done = copy(copies_->texts, block.texts.back().number);
  if (!rows_whole) done = insert_each(block.rows);
  if (!texts_whole && done) done = insert_each(block.texts);
  return done;
}

Result<void> BlockTable::insert(std::span<const SubjectRow> subjects) {
  if (!copies_ || subjects.size() <= kFew || !fit(subjects)) return insert_each(subjects);
  auto done = show(*database_, image_->build(subjects));
  return done ? copy(copies_->subjects, subjects.back().number) : done;
}

}  // namespace assay
