// Segments in the file: two tables beside those of the trail, which may be absent and may be dropped. Private to
// evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/derived_definition.h"
#include "evidence/store/segment_codec.h"

namespace assay {

struct SegmentEntry {
  std::uint32_t field = 0;
  std::uint32_t subject_low = 0, subject_high = 0;
  std::size_t cells = 0, corrections = 0;  // corrections: cells that supersede a row
  std::int64_t first_row = 1;              // row numbers in the bytes count from here
  std::string bytes;
};

// Which rows stand in segments: those numbered up to `rows`.
struct SegmentCover {
  std::int64_t rows = 0;
  bool corrections = false;  // some of them correct or withdraw others
  friend bool operator==(const SegmentCover& a, const SegmentCover& b) { return a.rows == b.rows; }
};

// What is in the file for segments' sake.
std::span<const DerivedDefinition> segment_definitions();

// So many rows that are in no segment yet are put into some; fewer are read as rows each time.
inline constexpr std::int64_t kRowsWorthSegments = 16384;

// Nothing when there are no segments, or when they are not of this store's rows. Within a transaction.
Result<std::optional<SegmentCover>> read_segment_cover(const Database& database);
// Whether they say that they are of the trail as it stands, without counting them.
bool segments_are_of_trail(const Database& database);
// How many rows they say stand in them; 0 when they are not of the trail.
std::int64_t rows_in_segments(const Database& database);
// Whether there is something where segments stand.
bool segments_left_over(const Database& database);
// The rest within a write transaction.
Result<void> make_segment_tables(const Database& database);
Result<void> drop_segments(const Database& database);
Result<void> insert_segment(const Database& database, const SegmentEntry& entry);
// That all rows so far stand in segments. Makes large ones of small ones where there are many.
Result<void> cover_all_rows(const Database& database);

inline constexpr std::string_view kSegmentColumns = "id, subject_low, subject_high, cells, first_row, digest, bytes";
// The segment that stands ready in a statement over kSegmentColumns; nothing when it is damaged. Good until the next
// step.
bool decode_segment(Statement& statement, SegmentDecoder& decoder, const SegmentFilter& wanted = {});

}  // namespace assay
