// The numbers of a list are columns, as those of a segment are (column_codec.h).
#include "evidence/store/segment_list.h"

#include <string>
#include <utility>

#include "evidence/store/column_codec.h"

namespace assay {
namespace {

constexpr std::string_view kWhat = "the lists of segments";
constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();

struct FieldList {
  std::int64_t field = 0, cells = 0, corrections = 0;
  std::vector<ListedSegment> segments;
};

Result<void> write(const Database& database, const FieldList& list) {
  const std::size_t count = list.segments.size();
  if (count == 0) return {};
  const auto column = [&](std::string& bytes, auto part) {
    append_column(bytes, count, [&](std::size_t i) { return static_cast<std::int64_t>(list.segments[i].*part); });
  };
  std::string bytes;
  column(bytes, &ListedSegment::id);
  column(bytes, &ListedSegment::subject_low);
  column(bytes, &ListedSegment::subject_high);
  Statement insert = database.prepare("INSERT INTO segment_list VALUES(?, ?, ?, ?, ?, ?)", kWhat);
  return insert
      .with(list.field, static_cast<std::int64_t>(count), list.cells, list.corrections, sha256(std::string_view(bytes)),
            Bytes{bytes})
      .run();
}

template <class Cell, class Part>
bool take(std::string_view& bytes, std::vector<ListedSegment>& into, Part part) {
  std::vector<Cell> column(into.size());
  SegmentBounds bounds;
  if (!take_column(bytes, column.data(), column.size(), bounds)) return false;
  for (std::size_t i = 0; i < column.size(); ++i) into[i].*part = column[i];
  return true;
}

}  // namespace

std::optional<std::vector<ListedSegment>> read_segment_list(const Database& database, std::uint32_t field) {
  Statement row = database.prepare("SELECT segments, digest, bytes FROM segment_list WHERE field = ?", kWhat);
  if (!row.with(field).next()) return row.end() ? std::optional<std::vector<ListedSegment>>({}) : std::nullopt;
  std::string_view bytes = row.blob(2);
  const auto segments = static_cast<std::size_t>(row.integer(0, 1, kMost));
  const Digest digest = row.digest(1);
  // No two ids are alike, so that each takes a byte at least: no more room is made than there are bytes.
  if (!row.sound() || segments > bytes.size() || sha256(bytes) != digest) return std::nullopt;
  std::vector<ListedSegment> list(segments);
  const bool sound = take<std::int64_t>(bytes, list, &ListedSegment::id) &&
                     take<std::uint32_t>(bytes, list, &ListedSegment::subject_low) &&
                     take<std::uint32_t>(bytes, list, &ListedSegment::subject_high) && bytes.empty();
  return sound ? std::optional(std::move(list)) : std::nullopt;
}

std::optional<ListedCells> listed_cells(const Database& database) {
  Statement all =
      database.prepare("SELECT coalesce(sum(cells), 0), coalesce(max(corrections), 0) FROM segment_list", kWhat);
  if (!all.next()) return std::nullopt;
  const ListedCells found{all.integer(0, 0), all.integer(1, 0) > 0};
  return all.end() ? std::optional(found) : std::nullopt;
}

Result<void> write_segment_lists(const Database& database) {
  if (auto done = database.execute("DELETE FROM segment_list", kWhat); !done) return done;
  Statement each = database.prepare(
      "SELECT field, id, subject_low, subject_high, cells, corrections FROM segment "
      "ORDER BY field, subject_low, subject_high",
      kWhat);
  FieldList list;
  while (each.next()) {
    if (const std::int64_t field = each.integer(0, 1, kMost); field != list.field) {
      if (auto done = write(database, list); !done) return done;
      list = {field};
    }
    list.segments.push_back({each.integer(1), static_cast<std::uint32_t>(each.integer(2, 0, kMost)),
                             static_cast<std::uint32_t>(each.integer(3, 0, kMost))});
    list.cells += each.integer(4, 0, kMost);
    list.corrections += each.integer(5, 0, kMost);
    if (!each.sound()) break;
  }
  if (auto done = each.end(); !done) return done;
  return write(database, list);
}

}  // namespace assay
