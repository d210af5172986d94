// Reading packed blocks, whoever wrote them: bytes that pack() does not make are refused.
#include <algorithm>
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
class GivenBlock {
 public:
  // Nothing where some row is not in being: of such a row nothing is kept.
  static std::optional<GivenBlock> read(std::string_view block) {
    GivenBlock out;
    auto head = read_heading(block);
    if (!head) return std::nullopt;
    out.head_ = std::move(*head);
    const bool conditions = out.head_.sort == "conditions";
    for (std::size_t i = 0; i < out.rows(); ++i)
      if (out.state(i) == (conditions ? 0 : kNotInBeing)) return std::nullopt;
    out.base_ = out.head_.json.value("base", std::int64_t{0});
    out.places_ = static_cast<int>(out.head_.json.value("places", std::int64_t{0}));
    if (out.head_.sort == "listed") {
      for (const auto& value : out.head_.json.value("values", std::vector<std::string>())) {
        const auto number = Decimal::parse(value);
        if (!number) return std::nullopt;
        out.values_.push_back(*number);
      }
    }
    return out;
  }
  std::size_t rows() const { return head_.rows; }
  const std::string& sort() const { return head_.sort; }
  int places() const { return places_; }
  State state(std::size_t i) const { return static_cast<State>(head_.bytes[i]); }
  bool has(std::size_t i, bool high) const { return (state(i) & (kNotApplicable | (high ? kNoHigh : kNoLow))) == 0; }
  std::int64_t lane(std::size_t i, bool high) const { return base_ + static_cast<std::int64_t>(bits(i, high)); }
  // Of numbers, listed and wide.
  std::optional<Decimal> number(std::size_t i, bool high) const {
    if (sort() == "wide") return Decimal::from_units(static_cast<__int128>(bits(i, high)));
    if (sort() == "numbers") return Decimal::scaled(lane(i, high), places_);
    const auto place = static_cast<std::size_t>(lane(i, high));
    return place < values_.size() ? std::optional(values_[place]) : std::nullopt;
  }
  const std::vector<Decimal>& values() const { return values_; }

 private:
  unsigned __int128 bits(std::size_t row, bool high) const {
    const std::size_t at = head_.rows + ((high && head_.highs ? head_.rows : 0) + row) * head_.width;
    unsigned __int128 out = 0;
    for (std::size_t i = head_.width; i-- > 0;) out = (out << 8) | static_cast<std::uint8_t>(head_.bytes[at + i]);
    return out;
  }

  Heading head_;
  std::int64_t base_ = 0;
  int places_ = 0;
  std::vector<Decimal> values_;
};

using GivenBlocks = std::vector<GivenBlock>;

// visit(block, row of it, is it a high end, row of all): of each end there is.
template <class Visit>
bool each_end(const GivenBlocks& blocks, Visit visit) {
  std::size_t at = 0;
  for (const GivenBlock& block : blocks) {
    for (std::size_t i = 0; i < block.rows(); ++i)
      for (const bool high : {false, true})
        if (block.has(i, high) && !visit(block, i, high, at + i)) return false;
    at += block.rows();
  }
  return true;
}

std::vector<State> states_of(const GivenBlocks& blocks) {
  std::vector<State> states;
  for (const GivenBlock& block : blocks)
    for (std::size_t i = 0; i < block.rows(); ++i) states.push_back(block.state(i));
  return states;
}

// Whole numbers that lane(block, row, high) gives; nothing where it gives none.
template <class Lane>
std::optional<Given> given_numbers(const GivenBlocks& blocks, Meaning meaning, Lane lane_of) {
  NumberColumn column;
  column.places = meaning.places;
  column.state = states_of(blocks);
  std::optional<std::int64_t> least, greatest;
  const bool all = each_end(blocks, [&](const GivenBlock& block, std::size_t i, bool high, std::size_t) {
    const std::optional<std::int64_t> lane = lane_of(block, i, high);
    if (lane) least = std::min(least.value_or(*lane), *lane), greatest = std::max(greatest.value_or(*lane), *lane);
    return lane.has_value();
  });
  if (!all) return std::nullopt;
  column.least = least.value_or(0), column.greatest = greatest.value_or(0);
  column.low = column.high = Lanes::between(column.least, column.greatest, column.state.size());
  each_end(blocks, [&](const GivenBlock& block, std::size_t i, bool high, std::size_t row) {
    (high ? column.high : column.low).set(row, *lane_of(block, i, high));
    return true;
  });
  summarise(column);
  return Given{std::move(column), std::move(meaning)};
}

// By their place among all that occur, where those are few.
std::optional<Given> given_listed(const GivenBlocks& blocks) {
  constexpr std::size_t kMost = 4096;
  std::set<__int128> units;
  for (const GivenBlock& block : blocks) {
    for (const Decimal& value : block.values()) units.insert(value.units());
    if (block.sort() == "listed") continue;
    for (std::size_t i = 0; i < block.rows(); ++i)
      for (const bool high : {false, true})
        if (block.has(i, high) && units.insert(block.number(i, high)->units()).second && units.size() > kMost)
          return std::nullopt;
  }
  if (units.size() > kMost) return std::nullopt;
  auto table = std::make_shared<std::vector<Decimal>>();
  std::map<__int128, std::int64_t> places;
  for (const __int128 one : units) {
    places.emplace(one, static_cast<std::int64_t>(table->size()));
    table->push_back(Decimal::from_units(one));
  }
  return given_numbers(blocks, {Sort::Numbers, 0, 0, table},
                       [&](const GivenBlock& block, std::size_t i, bool high) -> std::optional<std::int64_t> {
                         const auto number = block.number(i, high);
                         const auto found = number ? places.find(number->units()) : places.end();
                         return found == places.end() ? std::nullopt : std::optional(found->second);
                       });
}

std::optional<Given> given_wide(const GivenBlocks& blocks) {
  WideColumn column;
  column.state = states_of(blocks);
  column.low.resize(column.state.size()), column.high.resize(column.state.size());
  for (const State state : column.state) column.any = static_cast<State>(column.any | state);
  const bool all = each_end(blocks, [&](const GivenBlock& block, std::size_t i, bool high, std::size_t row) {
    const auto number = block.number(i, high);
    if (number) (high ? column.high : column.low)[row] = *number;
    return number.has_value();
  });
  if (!all) return std::nullopt;
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
  GivenBlocks blocks;
  int places = 0;
  std::set<std::string> sorts;
  for (const std::string& text : texts) {
    auto block = GivenBlock::read(text);
    if (!block) return std::nullopt;
    places = std::max(places, block->places());
    sorts.insert(block->sort());
    blocks.push_back(std::move(*block));
  }
  if (sorts == std::set<std::string>{"conditions"}) return Given{ConditionColumn{states_of(blocks)}, {}};
  const auto plain = [](const GivenBlock& block, std::size_t i, bool high) {
    return std::optional(block.lane(i, high));
  };
  if (sorts == std::set<std::string>{"dates"}) return given_numbers(blocks, {Sort::Dates, 0, 0, nullptr}, plain);
  if (sorts == std::set<std::string>{"labels"}) return given_numbers(blocks, {Sort::Labels, 0, 0, nullptr}, plain);
  for (const char* other : {"conditions", "dates", "labels"})
    if (sorts.contains(other)) return std::nullopt;
  if (sorts == std::set<std::string>{"numbers"}) {
    auto numbers = given_numbers(blocks, {Sort::Numbers, places, 0, nullptr},
                                 [&](const GivenBlock& block, std::size_t i, bool high) {
                                   if (block.places() == places) return std::optional(block.lane(i, high));
                                   const auto number = block.number(i, high);
                                   return number ? lane(Value(*number), places) : std::nullopt;
                                 });
    if (numbers) return numbers;
  } else if (!sorts.contains("wide")) {
    if (auto listed = given_listed(blocks)) return listed;
  }
  return given_wide(blocks);
}

std::optional<BlockExtent> extent_of(std::string_view block) {
  const auto head = read_heading(block);
  if (!head) return std::nullopt;
  return BlockExtent{head->first, head->rows, head->low, head->high};
}

std::optional<BlockTally> tally(std::string_view block) {
  const auto head = read_heading(block);
  if (!head) return std::nullopt;
  BlockTally out;
  const bool conditions = head->sort == "conditions";
  for (std::size_t i = 0; i < head->rows; ++i) {
    const auto cell = static_cast<std::uint8_t>(head->bytes[i]);
    if (cell == (conditions ? 0 : kNotInBeing)) continue;
    const bool open = conditions ? is_open(cell) : (cell & kCauses) != 0;
    const bool none = conditions ? (cell & kSet) == kNoAnswer : cell == kNotApplicable;
    (open ? out.unknown : none ? out.not_applicable : out.known) += 1;
    if (conditions && (cell & kSet) == kYes) ++out.raised;
  }
  return out;
}

}  // namespace assay::columns
