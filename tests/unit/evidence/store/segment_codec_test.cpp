// The bytes of a segment, there and back, and what is no segment. The worked example is that of
// docs/formats/segments.md.
#include "evidence/store/segment_codec.h"

#include <catch2/catch.hpp>
#include <random>

using namespace assay;

namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

std::string encode(const std::vector<SegmentCell>& cells, std::int64_t first_row) {
  std::vector<const SegmentCell*> views;
  for (const SegmentCell& cell : cells) views.push_back(&cell);
  return encode_segment(views, first_row);
}

std::int64_t within(std::mt19937_64& random, std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

// Of ranges that need each width.
std::vector<SegmentCell> random_cells(std::mt19937_64& random, std::size_t count, int width) {
  const std::int64_t range = width == 0 ? 0 : width == 8 ? std::int64_t{1} << 61 : (std::int64_t{1} << (8 * width - 1));
  std::vector<SegmentCell> cells;
  std::uint32_t subject = 1;
  for (std::size_t i = 0; i < count; ++i) {
    SegmentCell cell;
    subject += static_cast<std::uint32_t>(within(random, 0, 3));
    cell.subject = subject;
    cell.row = 1000 + static_cast<std::int64_t>(i) + within(random, 0, std::min(range, std::int64_t{1} << 30));
    cell.value = within(random, -range, range);
    cell.valid_from = static_cast<std::int32_t>(within(random, -700'000, 20'020'148));
    if (within(random, 0, 1) == 1) cell.valid_to = static_cast<std::int32_t>(within(random, -700'000, 20'020'148));
    cell.recorded_on = static_cast<std::int32_t>(within(random, 0, std::min<std::int64_t>(range, 30'000)));
    cell.source = static_cast<std::uint32_t>(within(random, 1, 1 + std::min<std::int64_t>(range, 70'000)));
    cell.standing = static_cast<std::uint8_t>(within(random, 0, width == 0 ? 0 : 8));
    cell.exceptional = width > 1 && within(random, 0, 9) == 0;
    if (width > 0 && within(random, 0, 5) == 0) cell.supersedes = within(random, 1, cell.row - 1);
    cells.push_back(cell);
  }
  return cells;
}

}  // namespace

TEST_CASE("the worked example of segments.md") {
  const std::vector<SegmentCell> cells = {
      {.row = 12, .value = 3, .subject = 7, .source = 1, .valid_from = 20300, .recorded_on = 20400},
      {.row = 10, .value = 2, .subject = 9, .source = 1, .valid_from = 20300, .valid_to = 20302, .recorded_on = 20400},
      {.row = 11,
       .supersedes = 10,
       .subject = 9,
       .source = 1,
       .valid_from = 20300,
       .recorded_on = 20401,
       .standing = 1}};
  const std::string bytes = encode(cells, 10);
  CHECK(hex(bytes) ==
        "0700000000000000000000000000000002000000000000000200"
        "00000000000000000300000000000000030200"
        "00000000000000000100000000000000000001"
        "00000000000000000000000000000000"
        "4c4f0000000000004c4f000000000000"
        "00000000000000000300000000000000000300"
        "b04f000000000000b14f000000000000000001"
        "01000000000000000100000000000000"
        "0200000000000000feffffffffffffff01000000000000000003"
        "00000000000000000100000000000000000001");
  SegmentDecoder decoder;
  REQUIRE(decoder.decode(bytes, 3, 10));
  CHECK(decoder.rows().supersedes[2] == 10);
  CHECK(decoder.rows().valid_to[1] == 20302);
}

TEST_CASE("there and back, whatever the widths") {
  std::mt19937_64 random(7);
  SegmentDecoder decoder;
  for (const int width : {0, 1, 2, 4, 8}) {
    for (const std::size_t count : {1U, 2U, 63U, 4096U}) {
      CAPTURE(width, count);
      const auto cells = random_cells(random, count, width);
      const std::int64_t first =
          std::min_element(cells.begin(), cells.end(), [](auto& a, auto& b) { return a.row < b.row; })->row;
      REQUIRE(decoder.decode(encode(cells, first), count, first));
      const SegmentRows& rows = decoder.rows();
      REQUIRE(rows.size() == count);
      bool same = true;
      for (std::size_t i = 0; i < count; ++i) {
        const SegmentCell& cell = cells[i];
        same = same && rows.subject[i] == cell.subject && rows.value[i] == cell.value &&
               rows.standing[i] == cell.standing && rows.valid_from[i] == cell.valid_from &&
               rows.valid_to[i] == cell.valid_to && rows.recorded_on[i] == cell.recorded_on &&
               rows.source[i] == cell.source && rows.first_row + rows.row[i] == cell.row &&
               (rows.none_supersede ? 0 : rows.supersedes[i]) == cell.supersedes &&
               (rows.exceptional.empty() ? 0 : rows.exceptional[i]) == (cell.exceptional ? 1 : 0);
      }
      CHECK(same);
    }
  }
}

TEST_CASE("the cells of some subjects are those of the whole") {
  std::mt19937_64 random(13);
  SegmentDecoder whole, part;
  for (int round = 0; round < 200; ++round) {
    const auto count = static_cast<std::size_t>(within(random, 1, 300));
    const auto cells = random_cells(random, count, 1 << round % 4);
    const std::int64_t first =
        std::min_element(cells.begin(), cells.end(), [](auto& a, auto& b) { return a.row < b.row; })->row;
    const std::string bytes = encode(cells, first);
    REQUIRE(whole.decode(bytes, count, first));
    const auto low = static_cast<std::uint32_t>(within(random, 0, 3 * static_cast<std::int64_t>(count)));
    const SegmentFilter wanted{low, low + static_cast<std::uint32_t>(within(random, 0, 40))};
    REQUIRE(part.decode(bytes, count, first, wanted));
    const SegmentRows &all = whole.rows(), &some = part.rows();
    const auto begin = std::lower_bound(all.subject.begin(), all.subject.end(), wanted.subject_low);
    const auto at = static_cast<std::size_t>(begin - all.subject.begin());
    REQUIRE(some.size() ==
            static_cast<std::size_t>(std::upper_bound(begin, all.subject.end(), wanted.subject_high) - begin));
    for (std::size_t i = 0; i < some.size(); ++i) {
      const bool same = some.subject[i] == all.subject[at + i] && some.value[i] == all.value[at + i] &&
                        some.standing[i] == all.standing[at + i] && some.valid_from[i] == all.valid_from[at + i] &&
                        some.valid_to[i] == all.valid_to[at + i] && some.row[i] == all.row[at + i] &&
                        some.recorded_on[i] == all.recorded_on[at + i] && some.source[i] == all.source[at + i] &&
                        (some.none_supersede || some.supersedes[i] == all.supersedes[at + i]) &&
                        (some.exceptional.empty() || some.exceptional[i] == all.exceptional[at + i]);
      REQUIRE(same);
    }
    CHECK(some.none_supersede == all.none_supersede);
    CHECK((some.size() == 0 || some.exceptional.empty() == all.exceptional.empty()));
  }
}

TEST_CASE("what is cut off or too long is no segment, and no change to the bytes is read past their end") {
  std::mt19937_64 random(11);
  SegmentDecoder decoder;
  const auto cells = random_cells(random, 40, 2);
  const std::string bytes = encode(cells, 1000);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    REQUIRE_FALSE(decoder.decode(bytes.substr(0, size), 40, 1000));
  CHECK_FALSE(decoder.decode(bytes + '\0', 40, 1000));
  CHECK_FALSE(decoder.decode(bytes, 39, 1000));
  CHECK_FALSE(decoder.decode(bytes, 41, 1000));
  CHECK_FALSE(decoder.decode(bytes, 0, 1000));
  CHECK_FALSE(decoder.decode(bytes, 5000, 1000));
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    if (!decoder.decode(changed, 40, 1000)) ++refused;
  }
  CHECK(refused > 0);  // where a bound has changed; the digest finds the others
}
