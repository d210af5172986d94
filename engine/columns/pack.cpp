// Writing packed blocks. Reading them (unpack.cpp) and docs/formats/packed.md change together with this.
#include "engine/columns/pack.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>

#include "engine/columns/packed.h"
#include "engine/columns/world.h"
#include "evidence/core/canonical_json.h"

namespace assay::columns {

namespace {

constexpr std::size_t kListedMax = 256;  // values that are listed

struct Extent {
  std::size_t begin, count;
};

// The ends of some rows as whole numbers, and which of them there are.
struct Ends {
  std::array<std::int64_t, kBlock> number;
  std::array<std::uint8_t, kBlock> there;
};
struct Rows {
  std::size_t count = 0;
  std::array<State, kBlock> state;
  Ends low, high;
  bool highs = false;
};

// Which ends there are, of what is in being.
void read_states(const std::vector<State>& states, const Frame& frame, Extent of, Rows& rows) {
  rows.count = of.count;
  State any = 0;
  for (std::size_t i = 0; i < of.count; ++i) {
    const bool in_being = frame.in_being[of.begin + i] != 0;
    const State state = in_being ? states[of.begin + i] : State{kNotApplicable};
    any = static_cast<State>(any | (in_being ? state : 0));
    rows.low.there[i] = (state & (kNotApplicable | kNoLow)) == 0 ? 1 : 0;
    rows.high.there[i] = (state & (kNotApplicable | kNoHigh)) == 0 ? 1 : 0;
    rows.state[i] = in_being ? state : kNotInBeing;
  }
  rows.highs = any != 0;
}

template <class Lane>
void read_lanes(const Lanes& lanes, Extent of, Ends& ends) {
  const std::uint8_t* from = lanes.bytes.data() + of.begin * sizeof(Lane);
  for (std::size_t i = 0; i < of.count; ++i) {
    Lane lane;
    std::memcpy(&lane, from + i * sizeof(Lane), sizeof(Lane));
    ends.number[i] = lanes.base + static_cast<std::int64_t>(lane);
  }
}
void read_lanes(const Lanes& lanes, Extent of, Ends& ends) {
  if (lanes.width == 1) return read_lanes<std::uint8_t>(lanes, of, ends);
  if (lanes.width == 2) return read_lanes<std::uint16_t>(lanes, of, ends);
  if (lanes.width == 4) return read_lanes<std::uint32_t>(lanes, of, ends);
  read_lanes<std::uint64_t>(lanes, of, ends);
}

// visit(number): of each end there is.
template <class Visit>
void each_end(Rows& rows, Visit visit) {
  for (Ends* ends : {&rows.low, &rows.high}) {
    if (ends == &rows.high && !rows.highs) break;
    for (std::size_t i = 0; i < rows.count; ++i)
      if (ends->there[i] != 0) visit(ends->number[i]);
  }
}

// How the numbers of a block are written. It follows from the numbers alone, and not from how a plan came to them: so
// a block has the same bytes whatever else was evaluated with it.
struct Written {
  std::string_view sort;
  int places = 0;
  std::vector<std::string> values;  // of labels and of listed
};

// Lanes of the fewest places that hold them all.
int drop_places(Rows& rows, int places) {
  std::int64_t unit = 1;
  int drop = places;
  for (int i = 0; i < places; ++i) unit *= 10;
  each_end(rows, [&](std::int64_t number) {
    while (drop > 0 && number % unit != 0) --drop, unit /= 10;
  });
  if (drop > 0) {
    for (Ends* ends : {&rows.low, &rows.high})
      for (std::size_t i = 0; i < rows.count; ++i) ends->number[i] /= unit;
  }
  return places - drop;
}

// Of numbers that are named by their place among `values`, which ascend: plain ones where all are so, else each by
// its place among those that occur.
Written write_listed(Rows& rows, std::vector<Decimal> values) {
  std::vector<std::uint8_t> used(values.size());
  each_end(rows, [&](std::int64_t place) { used[static_cast<std::size_t>(place)] = 1; });
  int places = 0;
  bool plain = true;
  for (std::size_t i = 0; i < values.size() && plain; ++i)
    while (used[i] != 0 && plain && !lane(Value(values[i]), places)) plain = ++places <= kPlainPlaces;
  Written out{plain ? "numbers" : "listed", plain ? places : 0, {}};
  std::vector<std::int64_t> number_of(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (used[i] == 0) continue;
    number_of[i] = plain ? *lane(Value(values[i]), places) : static_cast<std::int64_t>(out.values.size());
    if (!plain) out.values.push_back(values[i].to_string());
  }
  for (Ends* ends : {&rows.low, &rows.high})
    for (std::size_t i = 0; i < rows.count; ++i)
      if (ends->there[i] != 0) ends->number[i] = number_of[static_cast<std::size_t>(ends->number[i])];
  return out;
}

// Wide numbers by their place among those that occur; nothing where they are too many.
std::optional<std::vector<Decimal>> list_wide(const WideColumn& wide, Extent of, Rows& rows) {
  std::map<__int128, std::int64_t> places;
  const auto each = [&](auto take) {
    for (const bool high : {false, true}) {
      Ends& ends = high ? rows.high : rows.low;
      if (high && !rows.highs) break;
      for (std::size_t i = 0; i < of.count; ++i)
        if (ends.there[i] != 0 && !take((high ? wide.high : wide.low)[of.begin + i].units(), ends.number[i]))
          return false;
    }
    return true;
  };
  if (!each(
          [&](__int128 units, std::int64_t&) { return places.try_emplace(units).second, places.size() <= kListedMax; }))
    return std::nullopt;
  std::vector<Decimal> values;
  for (auto& [units, place] : places) {
    place = static_cast<std::int64_t>(values.size());
    values.push_back(Decimal::from_units(units));
  }
  each([&](__int128 units, std::int64_t& number) { return number = places.at(units), true; });
  return values;
}

// Wide numbers in lanes of the fewest places that hold them all; nothing where there are no such.
std::optional<int> plain_places(const WideColumn& wide, Extent of, Rows& rows) {
  for (int places = 0; places <= kPlainPlaces; ++places) {
    bool plain = true;
    for (const bool high : {false, true}) {
      Ends& ends = high ? rows.high : rows.low;
      if (high && !rows.highs) break;
      for (std::size_t i = 0; i < of.count && plain; ++i) {
        if (ends.there[i] == 0) continue;
        const auto found = lane(Value((high ? wide.high : wide.low)[of.begin + i]), places);
        plain = found.has_value();
        ends.number[i] = found.value_or(0);
      }
    }
    if (plain) return places;
  }
  return std::nullopt;
}

// The heading of all kinds of block.
std::string heading(const PackAsked& asked, Extent rows, const Written& as, const Lanes& lanes, bool highs) {
  const Rule& rule = asked.rulebook.rule(asked.answer.rule);
  const bool numbers = as.sort != "conditions" && as.sort != "wide";
  JsonWriter json;
  json.begin_object();
  if (numbers) json.key("base").number(lanes.base);
  json.key("first").number(static_cast<std::int64_t>(asked.first + rows.begin));
  json.field("format", kPackedFormat);
  json.key("highs").boolean(highs);
  json.field("kind", asked.rulebook.schema.kind(rule.kind).name);
  if (numbers) json.key("places").number(as.places);
  json.key("rows").number(static_cast<std::int64_t>(rows.count));
  json.field("sort", as.sort);
  json.key("subjects").begin_array().number(asked.subjects[rows.begin]);
  json.number(asked.subjects[rows.begin + rows.count - 1]).end_array();
  if (!as.values.empty()) {
    json.key("values").begin_array();
    for (const std::string& value : as.values) json.text(value);
    json.end_array();
  }
  if (numbers) json.key("width").number(lanes.width);
  json.end_object();
  return json.take() + "\n";
}

template <class Lane>
void append_lanes(std::string& out, const Ends& ends, std::size_t count, std::int64_t base) {
  const std::size_t at = out.size();
  out.resize(at + count * sizeof(Lane));
  for (std::size_t i = 0; i < count; ++i) {
    const auto lane = static_cast<Lane>(ends.there[i] != 0 ? ends.number[i] - base : 0);
    std::memcpy(out.data() + at + i * sizeof(Lane), &lane, sizeof(Lane));
  }
}
void append_lanes(std::string& out, const Ends& ends, std::size_t count, const Lanes& lanes) {
  if (lanes.width == 1) return append_lanes<std::uint8_t>(out, ends, count, lanes.base);
  if (lanes.width == 2) return append_lanes<std::uint16_t>(out, ends, count, lanes.base);
  if (lanes.width == 4) return append_lanes<std::uint32_t>(out, ends, count, lanes.base);
  append_lanes<std::uint64_t>(out, ends, count, lanes.base);
}

std::string_view bytes_of(const Rows& rows) { return {reinterpret_cast<const char*>(rows.state.data()), rows.count}; }

std::string write_numbers(const PackAsked& asked, Extent of, Rows& rows, const Written& as) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max(), greatest = std::numeric_limits<std::int64_t>::min();
  each_end(rows, [&](std::int64_t number) { least = std::min(least, number), greatest = std::max(greatest, number); });
  const Lanes lanes = least > greatest ? Lanes() : Lanes::between(least, greatest, 0);
  std::string out = heading(asked, of, as, lanes, rows.highs);
  out.append(bytes_of(rows));
  append_lanes(out, rows.low, rows.count, lanes);
  if (rows.highs) append_lanes(out, rows.high, rows.count, lanes);
  return out;
}

std::string write(const PackAsked& asked, Extent of, const NumberColumn& numbers) {
  Rows rows;
  read_states(numbers.state, asked.frame, of, rows);
  read_lanes(numbers.low, of, rows.low);
  read_lanes(numbers.high, of, rows.high);
  const Meaning& meaning = asked.answer.meaning;
  if (meaning.sort == Sort::Dates) return write_numbers(asked, of, rows, {"dates", 0, {}});
  if (meaning.sort == Sort::Labels) {
    Written as{"labels", 0, {}};
    for (const LabelDef& label : asked.rulebook.type(asked.rulebook.rule(asked.answer.rule).type).labels)
      as.values.push_back(label.name);
    return write_numbers(asked, of, rows, as);
  }
  if (!meaning.table) {
    const int places = drop_places(rows, numbers.places);
    return write_numbers(asked, of, rows, {"numbers", places, {}});
  }
  each_end(rows, [&](std::int64_t& number) { number -= meaning.least; });
  const Written as = write_listed(rows, *meaning.table);
  return write_numbers(asked, of, rows, as);
}

void append_wide(std::string& out, Decimal number) {
  auto units = static_cast<unsigned __int128>(number.units());
  for (std::size_t i = 0; i < kWideBytes; ++i, units >>= 8) out.push_back(static_cast<char>(units & 0xff));
}

std::string write(const PackAsked& asked, Extent of, const WideColumn& wide) {
  Rows rows;
  read_states(wide.state, asked.frame, of, rows);
  if (const auto places = plain_places(wide, of, rows)) return write_numbers(asked, of, rows, {"numbers", *places, {}});
  if (auto values = list_wide(wide, of, rows)) {
    const Written as = write_listed(rows, std::move(*values));
    return write_numbers(asked, of, rows, as);
  }
  std::string out = heading(asked, of, {"wide", 0, {}}, {}, rows.highs);
  out.append(bytes_of(rows));
  for (const bool high : {false, true}) {
    if (high && !rows.highs) break;
    for (std::size_t i = 0; i < of.count; ++i)
      append_wide(
          out, (high ? rows.high : rows.low).there[i] != 0 ? (high ? wide.high : wide.low)[of.begin + i] : Decimal());
  }
  return out;
}

std::string write(const PackAsked& asked, Extent of, const ConditionColumn& conditions) {
  std::string out = heading(asked, of, {"conditions", 0, {}}, {}, false);
  const std::size_t head = out.size();
  out.resize(head + of.count);
  for (std::size_t i = 0; i < of.count; ++i)
    out[head + i] =
        static_cast<char>(asked.frame.in_being[of.begin + i] != 0 ? conditions.cells[of.begin + i] : Condition{0});
  return out;
}

}  // namespace

std::vector<std::string> pack(const PackAsked& asked, const Column& column) {
  const std::size_t rows = asked.frame.rows;
  std::vector<std::string> blocks((rows + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t block) {
    const std::size_t begin = block * kBlock;
    const Extent of{begin, std::min(kBlock, rows - begin)};
    blocks[block] = std::visit([&](const auto& one) { return write(asked, of, one); }, column);
  });
  return blocks;
}

}  // namespace assay::columns
