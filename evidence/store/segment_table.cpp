// What stands here is derived, so it has no triggers and no part in the trail; a fault in it is never the store's.
#include "evidence/store/segment_table.h"

#include <fmt/format.h>

#include <array>

#include "evidence/store/segment_builder.h"
#include "evidence/store/segment_list.h"
#include "evidence/store/subject_segments.h"

namespace assay {
namespace {

// A table without row numbers would keep each blob in its index, and waste half a page on it.
constexpr std::array<DerivedDefinition, 5> kDefinitions = {{
    {"segment",
     "CREATE TABLE segment(id INTEGER PRIMARY KEY, field INTEGER NOT NULL, subject_low INTEGER NOT NULL,\n"
     "  subject_high INTEGER NOT NULL, cells INTEGER NOT NULL, corrections INTEGER NOT NULL,\n"
     "  first_row INTEGER NOT NULL, digest BLOB NOT NULL, bytes BLOB NOT NULL) STRICT"},
    {"segment_of_field",
     "CREATE INDEX segment_of_field ON segment(field, subject_low, subject_high, cells, "
     "corrections)"},
    {"segment_subject",
     "CREATE TABLE segment_subject(low INTEGER PRIMARY KEY, subjects INTEGER NOT NULL, digest BLOB NOT NULL,\n"
     "  bytes BLOB NOT NULL) STRICT"},
    {"segment_list",
     "CREATE TABLE segment_list(field INTEGER PRIMARY KEY, segments INTEGER NOT NULL, cells INTEGER NOT NULL,\n"
     "  corrections INTEGER NOT NULL, digest BLOB NOT NULL, bytes BLOB NOT NULL) STRICT"},
    {"segment_cover",
     "CREATE TABLE segment_cover(format INTEGER NOT NULL, log_size INTEGER NOT NULL, root BLOB NOT NULL,\n"
     "  rows INTEGER NOT NULL) STRICT"},
}};

constexpr std::string_view kWhat = "the segments";

// Reads one number, or nothing; a fault counts as nothing, since it is one of what is derived.
std::optional<std::int64_t> number(const Database& database, std::string_view sql) {
  Statement row = database.prepare(sql, kWhat);
  if (!row.next() || row.is_null(0)) return std::nullopt;
  const std::int64_t found = row.integer(0);
  return row.end() ? std::optional(found) : std::nullopt;
}

// One look through the list, which has no index.
bool tables_are_ours(const Database& database) {
  Statement found =
      database.prepare("SELECT name, sql FROM sqlite_schema WHERE name >= 'segment' AND name < 'segmenu'", kWhat);
  std::size_t ours = 0;
  while (found.next()) {
    if (found.is_null(1)) continue;
    const std::string_view name = found.text(0), sql = found.text(1);
    for (const DerivedDefinition& definition : kDefinitions)
      if (definition.name == name && definition.sql == sql) ++ours;
  }
  return found.end().has_value() && ours == kDefinitions.size();
}

}  // namespace

std::span<const DerivedDefinition> segment_definitions() { return kDefinitions; }

namespace {

// What they say of themselves.
std::optional<std::int64_t> rows_said(const Database& database) {
  if (!tables_are_ours(database)) return std::nullopt;
  Statement cover = database.prepare(
      "SELECT c.format, c.rows FROM segment_cover c JOIN log_head h ON h.size = c.log_size AND h.root = c.root", kWhat);
  if (!cover.next() || cover.integer(0) != kSegmentFormat) return std::nullopt;
  const std::int64_t said = cover.integer(1, 0);
  return cover.end() ? std::optional(said) : std::nullopt;
}

}  // namespace

Result<std::optional<SegmentCover>> read_segment_cover(const Database& database) {
  const auto said = rows_said(database);
  if (!said) return std::nullopt;
  const auto listed = listed_cells(database);
  if (!listed || listed->cells != *said) return std::nullopt;
  return SegmentCover{*said, listed->corrections};
}

bool segments_are_of_trail(const Database& database) { return rows_said(database).has_value(); }

std::int64_t rows_in_segments(const Database& database) { return rows_said(database).value_or(0); }

bool segments_left_over(const Database& database) {
  return number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'segment'").value_or(0) > 0;
}

Result<void> make_segment_tables(const Database& database) {
  if (tables_are_ours(database)) return {};
  auto done = drop_segments(database);
  for (const DerivedDefinition& definition : kDefinitions) {
    if (done) done = database.execute(std::string(definition.sql), kWhat);
  }
  return done;
}

Result<void> drop_segments(const Database& database) {
  return database.execute(
      "DROP TABLE IF EXISTS segment; DROP TABLE IF EXISTS segment_list; DROP TABLE IF EXISTS segment_subject; "
      "DROP TABLE IF EXISTS segment_cover;",
      kWhat);
}

Result<void> insert_segment(const Database& database, const SegmentEntry& entry) {
  Statement insert = database.prepare("INSERT INTO segment VALUES(NULL, ?, ?, ?, ?, ?, ?, ?, ?)", kWhat);
  const Digest digest = sha256(std::string_view(entry.bytes));
  return insert
      .with(entry.field, entry.subject_low, entry.subject_high, static_cast<std::int64_t>(entry.cells),
            static_cast<std::int64_t>(entry.corrections), entry.first_row, digest, Bytes{entry.bytes})
      .run();
}

bool decode_segment(Statement& statement, SegmentDecoder& decoder, const SegmentFilter& wanted) {
  const std::int64_t cells = statement.integer(3, 1, kSegmentCells);
  const std::int64_t first_row = statement.integer(4, 1);
  const Digest digest = statement.digest(5);
  const std::string_view bytes = statement.blob(6);
  return statement.sound() && sha256(bytes) == digest &&
         decoder.decode(bytes, static_cast<std::size_t>(cells), first_row, wanted);
}

namespace {

Result<void> merge_field(const Database& database, std::uint32_t field, std::int64_t small) {
  SegmentBuilder builder;
  SegmentDecoder decoder;
  std::vector<std::int64_t> merged;
  Statement each =
      database.prepare(fmt::format("SELECT {} FROM segment WHERE field = ? AND cells < ?", kSegmentColumns), kWhat);
  each.with(field, small);
  while (each.next()) {
    if (!decode_segment(each, decoder)) return {};  // whoever reads it will say so
    builder.add(field, decoder.rows());
    merged.push_back(each.integer(0));
  }
  auto done = each.end();
  Statement remove = database.prepare("DELETE FROM segment WHERE id = ?", kWhat);
  for (const std::int64_t id : merged) {
    if (done) done = remove.with(id).run();
  }
  for (const SegmentEntry& entry : builder.finish()) {
    if (done) done = insert_segment(database, entry);
  }
  return done;
}

// Where a field has more than eight small segments, as many small imports leave them, makes large ones of them.
Result<void> merge_small_segments(const Database& database) {
  constexpr std::int64_t kSmall = kSegmentCells / 4, kMost = 8;
  std::vector<std::uint32_t> fields;
  Statement crowded =
      database.prepare("SELECT field FROM segment WHERE cells < ? GROUP BY field HAVING count(*) > ?", kWhat);
  crowded.with(kSmall, kMost);
  while (crowded.next()) fields.push_back(static_cast<std::uint32_t>(crowded.integer(0, 0, UINT32_MAX)));
  auto done = crowded.end();
  for (const std::uint32_t field : fields) {
    if (done) done = merge_field(database, field, kSmall);
  }
  return done;
}

}  // namespace

Result<void> cover_all_rows(const Database& database) {
  auto done = write_subject_segments(database);
  if (done) done = merge_small_segments(database);
  if (done) done = write_segment_lists(database);
  if (!done) return done;
  return database.execute(
      fmt::format("DELETE FROM segment_cover; INSERT INTO segment_cover SELECT {}, size, root, "
                  "(SELECT coalesce(max(id), 0) FROM observation) FROM log_head ORDER BY size DESC LIMIT 1",
                  kSegmentFormat),
      kWhat);
}

}  // namespace assay
