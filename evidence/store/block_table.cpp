// The image is given to SQLite anew for each block, so that it keeps no page of the one before.
#include "evidence/store/block_table.h"

#include <sqlite3.h>

#include <utility>

namespace assay {
namespace {

// The bytes stay ours, and nothing writes to them. Read-only they cannot be called: BEGIN IMMEDIATE wants a right to
// write of every database of the connection.
Result<void> show(const Database& database, std::string& image) {
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
  if (done) done = show(database, image->build(Block()));
  if (!done) return tl::unexpected(done.error());
  return BlockTable(database, std::move(image));
}

BlockTable::BlockTable(const Database& database, std::unique_ptr<BlockImage> image)
    : database_(&database),
      image_(std::move(image)),
      row_(database.prepare("INSERT INTO main.observation VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            "the rows of evidence")),
      text_(database.prepare("INSERT INTO text_value VALUES(?, ?, ?, ?, ?)", "the texts")) {
  if (!image_) return;
  rows_.emplace(
      database.prepare("INSERT INTO main.observation SELECT * FROM block.observation", "the rows of evidence"));
}
BlockTable::BlockTable(BlockTable&&) noexcept = default;
BlockTable::~BlockTable() = default;

namespace {

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

Result<void> BlockTable::insert_rows(const Block& block) {
  if (image_ && block.rows.size() > kFew) {
    auto done = show(*database_, image_->build(block));
    return done ? rows_->with().run() : done;
  }
  Result<void> done;
  for (const StoredRow& row : block.rows)
    if (done) done = insert(row);
  return done;
}

Result<void> BlockTable::insert(const Block& block) {
  auto done = insert_rows(block);
  for (const StoredText& text : block.texts) {
    if (!done) break;
    const auto salt = text.salt.empty() ? std::nullopt : std::optional(Bytes{text.salt});
    done = text_.with(text.number, text.row, salt, text.content, text.digest).run();
  }
  return done;
}

}  // namespace assay
