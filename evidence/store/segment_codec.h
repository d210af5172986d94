// The bytes of a segment: ten columns, each its least and greatest value and then its cells in as many bytes as their
// range needs (docs/formats/segments.md). Private to evidence/store.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/import/typed_row.h"
#include "evidence/store/segments.h"
#include "evidence/store/stored_row.h"

namespace assay {

constexpr std::int64_t kSegmentFormat = 3;
constexpr std::size_t kSegmentCells = 4096;

// What a segment keeps of a row.
struct SegmentCell {
  std::int64_t row = 0, value = 0, supersedes = 0;
  std::uint32_t subject = 0, field = 0, source = 0;
  std::int32_t valid_from = 0, valid_to = TypedRow::kNoDate, recorded_on = 0;
  std::uint8_t standing = 0;
  bool exceptional = false;
};
SegmentCell cell_of(const StoredRow& row);

// By subject, then row.
std::string encode_segment(std::span<const SegmentCell* const> cells, std::int64_t first_row);

// Keeps its arrays from one segment to the next.
class SegmentDecoder {
 public:
  // False when the bytes are not a segment of so many cells. rows() is good until the next call: the cells of wanted
  // subjects, with the bounds of all, or wider ones.
  bool decode(std::string_view bytes, std::size_t cells, std::int64_t first_row, const SegmentFilter& wanted = {});
  const SegmentRows& rows() const { return rows_; }

 private:
  template <class Cell>
  bool take(std::string_view& bytes, std::vector<Cell>& into, SegmentBounds& bounds);
  bool take_steps(std::string_view& bytes, std::vector<std::uint32_t>& into, std::size_t end, SegmentBounds& bounds);
  void find_ends();

  std::size_t cells_ = 0, begin_ = 0, count_ = 0;  // of the segment, and those wanted
  std::vector<std::uint32_t> subject_, source_, row_;
  std::vector<std::int64_t> steps_, value_, supersedes_, ends_;
  std::vector<std::uint8_t> standing_, exceptional_;
  std::vector<std::int32_t> valid_from_, valid_to_, recorded_on_;
  SegmentRows rows_;
};

}  // namespace assay
