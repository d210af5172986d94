// Writing and reading packed blocks; the two change together, and with docs/formats/packed.md.
#include "engine/columns/pack.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

constexpr std::string_view kFormat = "assay.packed/1";
constexpr State kNotInBeing = 0xff;  // no number has all states at once
constexpr std::size_t kWideBytes = 16;

std::string_view sort_of(const Answer& answer, const Column& column) {
  if (std::holds_alternative<ConditionColumn>(column)) return "conditions";
  if (std::holds_alternative<WideColumn>(column)) return "wide";
  switch (answer.meaning.sort) {
    case Sort::Dates:
      return "dates";
    case Sort::Labels:
      return "labels";
    default:
      return answer.meaning.table ? "listed" : "numbers";
  }
}

struct Extent {
  std::size_t begin, count;
};

std::string heading(const Answer& answer, const Column& column, const Rulebook& book, Extent rows, bool highs) {
  const auto* numbers = std::get_if<NumberColumn>(&column);
  const Rule& rule = book.rule(answer.rule);
  JsonWriter json;
  json.begin_object();
  if (numbers) json.key("base").number(numbers->low.base);
  json.key("first").number(static_cast<std::int64_t>(rows.begin));
  json.field("format", kFormat);
  json.key("highs").boolean(highs);
  json.field("kind", book.schema.kind(rule.kind).name);
  if (numbers) json.key("places").number(numbers->places);
  json.key("rows").number(static_cast<std::int64_t>(rows.count));
  json.field("sort", sort_of(answer, column));
  if (numbers && (answer.meaning.table || answer.meaning.sort == Sort::Labels)) {
    json.key("values").begin_array();
    if (answer.meaning.table) {
      for (const Decimal& value : *answer.meaning.table) json.text(value.to_string());
    } else {
      for (const LabelDef& label : book.type(rule.type).labels) json.text(label.name);
    }
    json.end_array();
  }
  if (numbers) json.key("width").number(numbers->low.width);
  json.end_object();
  return json.take() + "\n";
}

void append_wide(std::string& out, Decimal number) {
  auto units = static_cast<unsigned __int128>(number.units());
  for (std::size_t i = 0; i < kWideBytes; ++i, units >>= 8) out.push_back(static_cast<char>(units & 0xff));
}

// A state for each row, then what it says.
std::string states_of(const std::vector<State>& states, const Frame& frame, Extent rows, bool& highs) {
  std::string out;
  for (std::size_t i = rows.begin; i < rows.begin + rows.count; ++i) {
    const bool there = frame.in_being[i] != 0;
    highs = highs || (there && states[i] != 0);
    out.push_back(static_cast<char>(there ? states[i] : kNotInBeing));
  }
  return out;
}

void append_lanes(std::string& out, const Lanes& lanes, const Frame& frame, Extent rows) {
  const std::size_t at = out.size();
  out.append(reinterpret_cast<const char*>(lanes.bytes.data() + rows.begin * lanes.width), rows.count * lanes.width);
  for (std::size_t i = 0; i < rows.count; ++i)
    if (frame.in_being[rows.begin + i] == 0)
      std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(at + i * lanes.width), lanes.width, '\0');
}

std::string pack_block(const Answer& answer, const Column& column, const Frame& frame, const Rulebook& book,
                       Extent rows) {
  if (const auto* conditions = std::get_if<ConditionColumn>(&column)) {
    std::string out = heading(answer, column, book, rows, false);
    for (std::size_t i = rows.begin; i < rows.begin + rows.count; ++i)
      out.push_back(static_cast<char>(frame.in_being[i] != 0 ? conditions->cells[i] : Condition{0}));
    return out;
  }
  bool highs = false;
  if (const auto* numbers = std::get_if<NumberColumn>(&column)) {
    const std::string states = states_of(numbers->state, frame, rows, highs);
    std::string out = heading(answer, column, book, rows, highs) + states;
    append_lanes(out, numbers->low, frame, rows);
    if (highs) append_lanes(out, numbers->high, frame, rows);
    return out;
  }
  const auto& wide = std::get<WideColumn>(column);
  const std::string states = states_of(wide.state, frame, rows, highs);
  std::string out = heading(answer, column, book, rows, highs) + states;
  for (const auto* ends : {&wide.low, &wide.high}) {
    if (ends == &wide.high && !highs) break;
    for (std::size_t i = rows.begin; i < rows.begin + rows.count; ++i)
      append_wide(out, frame.in_being[i] != 0 ? (*ends)[i] : Decimal());
  }
  return out;
}

// ---- Reading

struct Heading {
  nlohmann::json json;
  std::string_view bytes;
  std::size_t rows = 0, first = 0, width = 0;
  std::string sort;
  bool highs = false;
};

std::optional<Heading> read_heading(std::string_view block) {
  const std::size_t end = block.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  Heading out;
  out.json = nlohmann::json::parse(block.substr(0, end), nullptr, false);
  if (!out.json.is_object() || out.json.value("format", "") != kFormat) return std::nullopt;
  out.bytes = block.substr(end + 1);
  const auto rows = out.json.value("rows", std::int64_t{-1}), first = out.json.value("first", std::int64_t{-1});
  if (rows < 0 || rows > static_cast<std::int64_t>(kBlock) || first < 0) return std::nullopt;
  out.rows = static_cast<std::size_t>(rows), out.first = static_cast<std::size_t>(first);
  out.sort = out.json.value("sort", "");
  out.highs = out.json.value("highs", false);
  out.width = out.sort == "wide" ? kWideBytes : static_cast<std::size_t>(out.json.value("width", std::int64_t{0}));
  const std::size_t wanted = out.sort == "conditions" ? out.rows : out.rows * (1 + out.width * (out.highs ? 2 : 1));
  if (out.bytes.size() != wanted || out.width > kWideBytes) return std::nullopt;
  return out;
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
  const std::int64_t place = head.sort == "listed" ? lane - head.json.value("base", std::int64_t{0}) : lane;
  if (values == head.json.end() || !values->is_array() || place < 0 ||
      place >= static_cast<std::int64_t>(values->size()) || !(*values)[static_cast<std::size_t>(place)].is_string())
    return std::nullopt;
  return (*values)[static_cast<std::size_t>(place)].get<std::string>();
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

}  // namespace

std::vector<std::string> pack(const Answer& answer, const Column& column, const Frame& frame,
                              const Rulebook& rulebook) {
  std::vector<std::string> blocks;
  for (std::size_t begin = 0; begin < frame.rows; begin += kBlock)
    blocks.push_back(pack_block(answer, column, frame, rulebook, {begin, std::min(kBlock, frame.rows - begin)}));
  return blocks;
}

bool is_packed(std::string_view block) {
  return block.substr(0, std::min(block.size(), block.find('\n'))).find(kFormat) != std::string_view::npos;
}

Result<PackedBlock> unpack(std::string_view block) {
  const auto head = read_heading(block);
  if (!head) return torn();
  PackedBlock out;
  out.kind = head->json.value("kind", "");
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

}  // namespace assay::columns
