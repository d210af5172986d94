// Blocks of 4,096 subjects by number; the last is written anew until it is full.
#include "evidence/store/subject_segments.h"

#include <fmt/format.h>

#include "evidence/core/digest.h"
#include "evidence/store/column_codec.h"
#include "evidence/store/segment_codec.h"

namespace assay {
namespace {

constexpr std::string_view kWhat = "the segments of subjects";
constexpr auto kMost = std::int64_t{std::numeric_limits<std::uint32_t>::max()};

struct Joined {
  std::int64_t kind = 0, from = 0, to = 0;
};

Result<void> write_block(Statement& insert, std::int64_t low, std::vector<Joined>& subjects) {
  if (subjects.empty()) return {};
  std::string bytes;
  append_column(bytes, subjects.size(), [&](std::size_t i) { return subjects[i].kind; });
  append_column(bytes, subjects.size(), [&](std::size_t i) { return subjects[i].from; });
  append_column(bytes, subjects.size(), [&](std::size_t i) { return subjects[i].to; });
  const auto count = static_cast<std::int64_t>(subjects.size());
  subjects.clear();
  return insert.with(low, count, sha256(std::string_view(bytes)), Bytes{bytes}).run();
}

}  // namespace

Result<void> write_subject_segments(const Database& database) {
  Statement last = database.prepare("SELECT coalesce(max(low), 1) FROM segment_subject", kWhat);
  std::int64_t low = last.next() ? last.integer(0, 1, kMost) : 1;
  if (auto done = last.end(); !done) return done;
  Statement insert = database.prepare("INSERT OR REPLACE INTO segment_subject VALUES(?, ?, ?, ?)", kWhat);
  Statement row =
      database.prepare("SELECT kind, from_subject, to_subject FROM subject WHERE id >= ? ORDER BY id", "the subjects");
  row.with(low);
  std::vector<Joined> subjects;
  while (row.next()) {
    subjects.push_back({row.integer(0, 1), row.is_null(1) ? 0 : row.integer(1, 1, kMost),
                        row.is_null(2) ? 0 : row.integer(2, 1, kMost)});
    if (!row.sound()) break;
    if (subjects.size() < kSegmentCells) continue;
    if (auto done = write_block(insert, low, subjects); !done) return done;
    low += static_cast<std::int64_t>(kSegmentCells);
  }
  if (auto done = row.end(); !done) return done;
  return write_block(insert, low, subjects);
}

namespace {

// One block, or nothing.
std::optional<SubjectColumns> read_block(Statement& block, std::int64_t most_kinds) {
  const std::int64_t low = block.integer(0, 1, kMost);
  const auto count = static_cast<std::size_t>(block.integer(1, 1, kSegmentCells));
  const Digest digest = block.digest(2);
  std::string_view bytes = block.blob(3);
  if (!block.sound() || sha256(bytes) != digest) return std::nullopt;
  SubjectColumns out;
  out.first = static_cast<std::uint32_t>(low);
  out.kind.resize(count), out.from.resize(count), out.to.resize(count);
  SegmentBounds kinds, from, to;
  const bool whole = take_column(bytes, out.kind.data(), count, kinds) &&
                     take_column(bytes, out.from.data(), count, from) && take_column(bytes, out.to.data(), count, to) &&
                     bytes.empty();
  const std::int64_t end = low + static_cast<std::int64_t>(count);
  if (!whole || kinds.low < 1 || kinds.high > most_kinds || from.high >= end || to.high >= end) return std::nullopt;
  return out;
}

}  // namespace

void read_subject_segments(const Database& database, SubjectRange range, SubjectColumns& into) {
  Statement block = database.prepare(
      "SELECT low, subjects, digest, bytes FROM segment_subject WHERE low BETWEEN ? AND ? ORDER BY low", kWhat);
  // The block that holds the first: each but the last holds as many.
  const std::int64_t before = range.low > kSegmentCells ? std::int64_t{range.low} - std::int64_t{kSegmentCells} + 1 : 1;
  block.with(before, range.high);
  const auto most_kinds = static_cast<std::int64_t>(into.kinds.size()) - 1;
  while (block.next()) {
    const auto one = read_block(block, most_kinds);
    const std::uint32_t next = into.first + static_cast<std::uint32_t>(into.kind.size());
    if (!one || one->first > next) return;
    if (one->first + one->kind.size() <= next) continue;
    const auto skip = static_cast<std::ptrdiff_t>(next - one->first);
    const auto take = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(one->kind.size()),
                                               std::int64_t{range.high} - one->first + 1);
    const auto add = [&](auto& column, const auto& from) {
      column.insert(column.end(), from.begin() + skip, from.begin() + take);
    };
    add(into.kind, one->kind), add(into.from, one->from), add(into.to, one->to);
  }
}

}  // namespace assay
