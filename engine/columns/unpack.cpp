// Reading packed blocks, whoever wrote them: bytes that pack() does not make are refused.
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/columns/pack.h"
#include "engine/columns/packed.h"
#include "engine/columns/world.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

struct Heading {
  nlohmann::json json;
  std::string_view bytes;
  std::size_t rows = 0, first = 0, width = 0;
  std::uint32_t low = 0, high = 0;  // numbers of its first and last subject
  std::string sort;
  bool highs = false;
};

std::optional<Heading> read_plain_heading(std::string_view block) {
  const std::size_t end = block.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  Heading out;
  out.json = nlohmann::json::parse(block.substr(0, end), nullptr, false);
  if (!out.json.is_object() || out.json.value("format", "") != kPackedFormat) return std::nullopt;
  out.bytes = block.substr(end + 1);
  const auto rows = out.json.value("rows", std::int64_t{-1}), first = out.json.value("first", std::int64_t{-1});
  if (rows < 0 || rows > static_cast<std::int64_t>(kBlock) || first < 0) return std::nullopt;
  out.rows = static_cast<std::size_t>(rows), out.first = static_cast<std::size_t>(first);
  const auto subjects = out.json.find("subjects");
  if (subjects == out.json.end() || !subjects->is_array() || subjects->size() != 2 ||
      !(*subjects)[0].is_number_unsigned() || !(*subjects)[1].is_number_unsigned())
    return std::nullopt;
  out.low = (*subjects)[0].get<std::uint32_t>(), out.high = (*subjects)[1].get<std::uint32_t>();
  if (out.json.value("kind", "").empty()) return std::nullopt;
  out.sort = out.json.value("sort", "");
  out.highs = out.json.value("highs", false);
  out.width = out.sort == "wide" ? kWideBytes : static_cast<std::size_t>(out.json.value("width", std::int64_t{0}));
  const std::size_t wanted = out.sort == "conditions" ? out.rows : out.rows * (1 + out.width * (out.highs ? 2 : 1));
  if (out.bytes.size() != wanted || out.width > kWideBytes) return std::nullopt;
  return out;
}

// A key of another type than expected makes the library throw.
std::optional<Heading> read_heading(std::string_view block) {
  try {
    return read_plain_heading(block);
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::optional<std::string> end_of(const Heading& head, std::size_t row, bool high) {
  const std::size_t at = head.rows + ((high && head.highs ? head.rows : 0) + row) * head.width;
  unsigned __int128 bits = 0;
  for (std::size_t i = head.width; i-- > 0;) bits = (bits << 8) | static_cast<std::uint8_t>(head.bytes[at + i]);
  if (head.sort == "wide") return Decimal::from_units(static_cast<__int128>(bits)).to_string();
  const std::int64_t lane = head.json.value("base", std::int64_t{0}) + static_cast<std::int64_t>(bits);
  if (head.sort == "dates") return Date{static_cast<std::int32_t>(lane)}.to_string();
  if (head.sort == "numbers") {
    const auto number = Decimal::scaled(lane, static_cast<int>(head.json.value("places", std::int64_t{0})));
    return number ? std::optional(number->to_string()) : std::nullopt;
  }
  const auto values = head.json.find("values");
  if (values == head.json.end() || !values->is_array() || lane < 0 ||
      lane >= static_cast<std::int64_t>(values->size()) || !(*values)[static_cast<std::size_t>(lane)].is_string())
    return std::nullopt;
  return (*values)[static_cast<std::size_t>(lane)].get<std::string>();
}

PackedCell of_condition(Condition cell, std::size_t row) {
  PackedCell out{row, static_cast<State>(cell >> kCauseShift), {}, {}};
  const Condition set = cell & kSet;
  if (set == kNoAnswer) return {row, kNotApplicable, {}, {}};
  if ((set & kNoAnswer) != 0) out.state |= kMayNotApply;
  out.low = (set & kNo) != 0 ? "no" : "yes";
  out.high = (set & kYes) != 0 ? "yes" : "no";
  return out;
}

tl::unexpected<Error> torn() {
  return fail(ErrorCode::Corruption, "a packed block of outcomes is not as it is written");
}

// One block, its ends as numbers of its own kind.
struct GivenBlock {
  std::string sort;
  int places = 0;
  std::size_t first = 0;                // its first row, among those of all blocks
  std::string_view states;              // bytes of the text
  std::vector<std::int64_t> low, high;  // lanes of numbers, dates, labels, and places of listed
  std::vector<Decimal> values;          // that listed names
  std::vector<Decimal> wide_low, wide_high;

  std::size_t rows() const { return states.size(); }
  State state(std::size_t i) const { return static_cast<State>(states[i]); }
  bool has(std::size_t i, bool end_is_high) const {
    return (state(i) & (kNotApplicable | (end_is_high ? kNoHigh : kNoLow))) == 0;
  }
  // Of numbers, listed and wide.
  std::optional<Decimal> number(std::size_t i, bool end_is_high) const {
    if (sort == "wide") return (end_is_high ? wide_high : wide_low)[i];
    const std::int64_t lane = (end_is_high ? high : low)[i];
    if (sort == "numbers") return Decimal::scaled(lane, places);
    const auto place = static_cast<std::size_t>(lane);
    return place < values.size() ? std::optional(values[place]) : std::nullopt;
  }
};
using GivenBlocks = std::vector<GivenBlock>;

template <class Lane>
void read_lanes(const char* from, std::int64_t base, std::vector<std::int64_t>& into) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    Lane lane;
    std::memcpy(&lane, from + i * sizeof(Lane), sizeof(Lane));
    into[i] = base + static_cast<std::int64_t>(lane);
  }
}

bool read_ends(const Heading& head, bool end_is_high, GivenBlock& out) {
  const char* const from = head.bytes.data() + head.rows + (end_is_high && head.highs ? head.rows * head.width : 0);
  if (head.sort == "wide") {
    std::vector<Decimal>& ends = end_is_high ? out.wide_high : out.wide_low;
    for (std::size_t i = 0; i < head.rows; ++i) {
      __int128 units;
      std::memcpy(&units, from + i * kWideBytes, kWideBytes);
      ends.push_back(Decimal::from_units(units));
    }
    return true;
  }
  std::vector<std::int64_t>& ends = end_is_high ? out.high : out.low;
  ends.resize(head.rows);
  const auto base = head.json.value("base", std::int64_t{0});
  if (head.width == 1) return read_lanes<std::uint8_t>(from, base, ends), true;
  if (head.width == 2) return read_lanes<std::uint16_t>(from, base, ends), true;
  if (head.width == 4) return read_lanes<std::uint32_t>(from, base, ends), true;
  if (head.width == 8) return read_lanes<std::uint64_t>(from, base, ends), true;
  return false;
}

// Nothing where some row is not in being: of such a row nothing is kept.
std::optional<GivenBlock> read_given(std::string_view text) {
  const auto head = read_heading(text);
  if (!head) return std::nullopt;
  GivenBlock out;
  out.sort = head->sort;
  out.states = head->bytes.substr(0, head->rows);
  const bool conditions = out.sort == "conditions";
  const char none = conditions ? '\0' : static_cast<char>(kNotInBeing);
  if (out.states.find(none) != std::string_view::npos) return std::nullopt;
  if (conditions) return out;
  out.places = static_cast<int>(head->json.value("places", std::int64_t{0}));
  if (!read_ends(*head, false, out) || !read_ends(*head, true, out)) return std::nullopt;
  if (out.sort != "listed") return out;
  for (const auto& value : head->json.value("values", std::vector<std::string>())) {
    const auto number = Decimal::parse(value);
    if (!number) return std::nullopt;
    out.values.push_back(*number);
  }
  return out;
}

std::optional<GivenBlocks> read_all(std::span<const std::string> texts) {
  std::vector<std::optional<GivenBlock>> read(texts.size());
  tbb::parallel_for(std::size_t{0}, texts.size(), [&](std::size_t i) {
    try {
      read[i] = read_given(texts[i]);
    } catch (const nlohmann::json::exception&) {  // a key of another type than expected
    }
  });
  GivenBlocks blocks;
  std::size_t first = 0;
  for (auto& one : read) {
    if (!one) return std::nullopt;
    one->first = first;
    first += one->rows();
    blocks.push_back(std::move(*one));
  }
  return blocks;
}

std::vector<State> states_of(const GivenBlocks& blocks) {
  std::vector<State> states(blocks.empty() ? 0 : blocks.back().first + blocks.back().rows());
  for (const GivenBlock& block : blocks)
    std::memcpy(states.data() + block.first, block.states.data(), block.states.size());
  return states;
}

template <class Lane>
void put_ends(const GivenBlock& block, NumberColumn& column) {
  for (const bool high : {false, true}) {
    std::uint8_t* const to = (high ? column.high : column.low).bytes.data() + block.first * sizeof(Lane);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const std::int64_t number = block.has(i, high) ? (high ? block.high : block.low)[i] : column.least;
      const auto lane = static_cast<Lane>(number - column.low.base);
      std::memcpy(to + i * sizeof(Lane), &lane, sizeof(Lane));
    }
  }
}

// Of lanes that mean the same in every block.
Given given_numbers(const GivenBlocks& blocks, Meaning meaning) {
  NumberColumn column;
  column.places = meaning.places;
  column.state = states_of(blocks);
  std::int64_t least = std::numeric_limits<std::int64_t>::max(), greatest = std::numeric_limits<std::int64_t>::min();
  for (const GivenBlock& block : blocks)
    for (const bool high : {false, true})
      for (std::size_t i = 0; i < block.rows(); ++i) {
        const std::int64_t number = (high ? block.high : block.low)[i];
        if (block.has(i, high)) least = std::min(least, number), greatest = std::max(greatest, number);
      }
  if (least <= greatest) column.least = least, column.greatest = greatest;
  column.low = column.high = Lanes::between(column.least, column.greatest, column.state.size());
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t i) {
    if (column.low.width == 1) put_ends<std::uint8_t>(blocks[i], column);
    if (column.low.width == 2) put_ends<std::uint16_t>(blocks[i], column);
    if (column.low.width == 4) put_ends<std::uint32_t>(blocks[i], column);
    if (column.low.width == 8) put_ends<std::uint64_t>(blocks[i], column);
  });
  summarise(column);
  return Given{std::move(column), std::move(meaning)};
}

// All in lanes of so many places; false where some do not fit: those are left as they were.
bool to_places(GivenBlocks& blocks, int places) {
  for (GivenBlock& block : blocks) {
    if (block.places == places) continue;
    std::int64_t unit = 1;
    for (int place = block.places; place < places; ++place)
      if (__builtin_mul_overflow(unit, std::int64_t{10}, &unit)) return false;
    auto low = block.low, high = block.high;
    for (auto* ends : {&low, &high})
      for (std::int64_t& end : *ends)
        if (__builtin_mul_overflow(end, unit, &end)) return false;
    block.low = std::move(low), block.high = std::move(high), block.places = places;
  }
  return true;
}

// By their place among all that occur, where those are few.
std::optional<Given> given_listed(GivenBlocks& blocks) {
  constexpr std::size_t kMost = 4096;
  std::map<__int128, std::int64_t> places;
  for (GivenBlock& block : blocks) {
    if (block.sort == "numbers") {  // each value that occurs, by name as the others are
      std::map<std::int64_t, std::int64_t> found;
      for (auto* ends : {&block.low, &block.high})
        for (const std::int64_t end : *ends) found.emplace(end, 0);
      if (found.size() > kMost) return std::nullopt;
      for (auto& [lane, place] : found) {
        const auto number = Decimal::scaled(lane, block.places);
        if (!number) return std::nullopt;
        place = static_cast<std::int64_t>(block.values.size());
        block.values.push_back(*number);
      }
      for (auto* ends : {&block.low, &block.high})
        for (std::int64_t& end : *ends) end = found.at(end);
      block.sort = "listed";
    }
    for (const bool high : {false, true})
      for (std::size_t i = 0; i < block.rows(); ++i)
        if (block.has(i, high) && !block.number(i, high)) return std::nullopt;
    for (const Decimal& value : block.values) places.emplace(value.units(), 0);
    if (places.size() > kMost) return std::nullopt;
  }
  auto table = std::make_shared<std::vector<Decimal>>();
  for (auto& [units, place] : places) {
    place = static_cast<std::int64_t>(table->size());
    table->push_back(Decimal::from_units(units));
  }
  for (GivenBlock& block : blocks) {
    std::vector<std::int64_t> place_of;
    for (const Decimal& value : block.values) place_of.push_back(places.at(value.units()));
    for (const bool high : {false, true})
      for (std::size_t i = 0; i < block.rows(); ++i) {
        std::int64_t& end = (high ? block.high : block.low)[i];
        if (block.has(i, high)) end = place_of[static_cast<std::size_t>(end)];
      }
  }
  return given_numbers(blocks, {Sort::Numbers, 0, 0, table});
}

std::optional<Given> given_wide(const GivenBlocks& blocks) {
  WideColumn column;
  column.state = states_of(blocks);
  column.low.resize(column.state.size()), column.high.resize(column.state.size());
  for (const State state : column.state) column.any = static_cast<State>(column.any | state);
  for (const GivenBlock& block : blocks)
    for (const bool high : {false, true})
      for (std::size_t i = 0; i < block.rows(); ++i) {
        if (!block.has(i, high)) continue;
        const auto number = block.number(i, high);
        if (!number) return std::nullopt;
        (high ? column.high : column.low)[block.first + i] = *number;
      }
  return Given{std::move(column), {}};
}

}  // namespace

bool is_packed(std::string_view block) {
  return block.substr(0, std::min(block.size(), block.find('\n'))).find(kPackedFormat) != std::string_view::npos;
}

Result<PackedBlock> unpack(std::string_view block) {
  const auto head = read_heading(block);
  if (!head) return torn();
  PackedBlock out;
  out.kind = head->json.value("kind", "");
  out.first = head->first;
  out.subject_low = head->low, out.subject_high = head->high;
  out.conditions = head->sort == "conditions";
  for (std::size_t i = 0; i < head->rows; ++i) {
    const auto byte = static_cast<std::uint8_t>(head->bytes[i]);
    if (out.conditions) {
      if (byte != 0) out.cells.push_back(of_condition(byte, head->first + i));
      continue;
    }
    if (byte == kNotInBeing) continue;
    PackedCell cell{head->first + i, byte, {}, {}};
    for (const bool high : {false, true}) {
      if ((byte & (kNotApplicable | (high ? kNoHigh : kNoLow))) != 0) continue;
      const auto end = end_of(*head, i, high);
      if (!end) return torn();
      (high ? cell.high : cell.low) = *end;
    }
    out.cells.push_back(std::move(cell));
  }
  return out;
}

std::optional<Given> unpack_all(std::span<const std::string> texts) {
  auto blocks = read_all(texts);
  if (!blocks || blocks->empty()) return std::nullopt;
  int places = 0;
  std::set<std::string> sorts;
  for (const GivenBlock& block : *blocks) {
    places = std::max(places, block.places);
    sorts.insert(block.sort);
  }
  const auto all = [&](const char* sort) { return sorts == std::set<std::string>{sort}; };
  if (all("conditions")) return Given{ConditionColumn{states_of(*blocks)}, {}};
  if (all("dates")) return given_numbers(*blocks, {Sort::Dates, 0, 0, nullptr});
  if (all("labels")) return given_numbers(*blocks, {Sort::Labels, 0, 0, nullptr});
  for (const char* other : {"conditions", "dates", "labels"})
    if (sorts.contains(other)) return std::nullopt;
  if (all("numbers")) {
    if (to_places(*blocks, places)) return given_numbers(*blocks, {Sort::Numbers, places, 0, nullptr});
  } else if (!sorts.contains("wide")) {
    if (auto listed = given_listed(*blocks)) return listed;
  }
  return given_wide(*blocks);
}

std::optional<BlockExtent> extent_of(std::string_view block) {
  const auto head = read_heading(block);
  if (!head) return std::nullopt;
  return BlockExtent{head->json.value("kind", ""), head->first, head->rows, head->low, head->high};
}

void BlockTally::add(const BlockTally& block, std::int64_t times) {
  known += times * block.known;
  unknown += times * block.unknown;
  not_applicable += times * block.not_applicable;
  raised += times * block.raised;
}

std::optional<BlockTally> tally(std::string_view block) {
  const auto head = read_heading(block);
  if (!head) return std::nullopt;
  // What they say is looked at once for each byte there can be, not for each there is.
  std::array<std::int64_t, 256> times{};
  for (std::size_t i = 0; i < head->rows; ++i) ++times[static_cast<std::uint8_t>(head->bytes[i])];
  BlockTally out;
  const bool conditions = head->sort == "conditions";
  times[conditions ? 0 : kNotInBeing] = 0;
  for (unsigned each = 0; each < times.size(); ++each) {
    const auto cell = static_cast<std::uint8_t>(each);
    const bool open = conditions ? is_open(cell) : (cell & kCauses) != 0;
    const bool none = conditions ? (cell & kSet) == kNoAnswer : cell == kNotApplicable;
    (open ? out.unknown : none ? out.not_applicable : out.known) += times[each];
    if (conditions && (cell & kSet) == kYes) out.raised += times[each];
  }
  return out;
}

}  // namespace assay::columns
