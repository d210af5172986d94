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

// Into `out`, anew; false where it is no block.
bool read_block(Statement& block, std::int64_t most_kinds, SubjectColumns& out) {
  const std::int64_t low = block.integer(0, 1, kMost);
  const auto count = static_cast<std::size_t>(block.integer(1, 1, kSegmentCells));
  const Digest digest = block.digest(2);
  std::string_view bytes = block.blob(3);
  if (!block.sound() || sha256(bytes) != digest) return false;
  out.first = static_cast<std::uint32_t>(low);
  out.kind.resize(count), out.from.resize(count), out.to.resize(count);
  SegmentBounds kinds, from, to;
  const bool whole = take_column(bytes, out.kind.data(), count, kinds) &&
                     take_column(bytes, out.from.data(), count, from) && take_column(bytes, out.to.data(), count, to) &&
                     bytes.empty();
  const std::int64_t end = low + static_cast<std::int64_t>(count);
  if (!whole || kinds.low < 1 || kinds.high > most_kinds || from.high >= end || to.high >= end) return false;
  if (from.high == 0 && to.high == 0) out.from.clear(), out.to.clear();  // no link among them
  return true;
}

// Behind what there is, those of a block from one place to before another.
void add(const SubjectColumns& block, std::ptrdiff_t begin, std::ptrdiff_t end, SubjectColumns& into) {
  const std::size_t before = into.kind.size();
  into.kind.insert(into.kind.end(), block.kind.begin() + begin, block.kind.begin() + end);
  if (block.from.empty() && into.from.empty()) return;
  const auto add_ends = [&](auto& ends, const auto& more) {
    ends.resize(before);
    if (more.empty()) return ends.resize(into.kind.size());
    ends.insert(ends.end(), more.begin() + begin, more.begin() + end);
  };
  add_ends(into.from, block.from), add_ends(into.to, block.to);
}

}  // namespace

void read_subject_segments(const Database& database, SubjectRange range, SubjectColumns& into) {
  Statement block = database.prepare(
      "SELECT low, subjects, digest, bytes FROM segment_subject WHERE low BETWEEN ? AND ? ORDER BY low", kWhat);
  // The block that holds the first: each but the last holds as many.
  const std::int64_t before = range.low > kSegmentCells ? std::int64_t{range.low} - std::int64_t{kSegmentCells} + 1 : 1;
  block.with(before, range.high);
  const auto most_kinds = static_cast<std::int64_t>(into.kinds.size()) - 1;
  SubjectColumns one;
  while (block.next()) {
    const bool read = read_block(block, most_kinds, one);
    const std::uint32_t next = into.first + static_cast<std::uint32_t>(into.kind.size());
    if (!read || one.first > next) return;
    if (one.first + one.kind.size() <= next) continue;
    add(one, static_cast<std::ptrdiff_t>(next - one.first),
        std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(one.kind.size()),
                                 std::int64_t{range.high} - one.first + 1),
        into);
  }
}

}  // namespace assay
