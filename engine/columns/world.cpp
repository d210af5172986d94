// A world from a snapshot: each cell read as engine/eval reads it.
#include "engine/columns/world.h"

#include <algorithm>

#include "engine/eval/reading.h"
#include "evidence/core/check.h"

namespace assay::columns {

State state_of(const Cell& cell) {
  if (!cell.applies()) return kNotApplicable;
  State state = 0;
  for (const Reason& reason : cell.why) state = static_cast<State>(state | (1u << static_cast<unsigned>(reason.kind)));
  if (cell.may_not_apply) state |= kMayNotApply;
  if (!cell.low) state |= kNoLow;
  if (!cell.high) state |= kNoHigh;
  return state;
}

std::optional<std::int64_t> lane(const Value& value, int places) {
  if (const auto* number = std::get_if<Decimal>(&value)) return number->to_scaled(places);
  if (const auto* date = std::get_if<Date>(&value)) return date->days;
  if (const auto* label = std::get_if<Label>(&value)) return label->index;
  return std::nullopt;
}

namespace {

constexpr int kPlacesMax = 12;                            // what a comparison sees
constexpr std::int64_t kLaneMax = std::int64_t{1} << 62;  // so that a sum of two still fits

// Texts, each by the place of its first standing: two are the same, or not.
class Texts {
 public:
  Value place_of(const Value& text) {
    const auto next = static_cast<std::int64_t>(places_.size());
    return Decimal::from_int(places_.try_emplace(std::get<std::string>(text), next).first->second);
  }

 private:
  std::unordered_map<std::string, std::int64_t> places_;
};

// The fewest places at which all ends fit a lane; nothing where there are none.
std::optional<int> places_of(const std::vector<Cell>& cells) {
  int places = 0;
  for (const Cell& cell : cells) {
    for (const auto* end : {&cell.low, &cell.high}) {
      while (*end && places <= kPlacesMax && !lane(**end, places)) ++places;
    }
  }
  if (places > kPlacesMax) return std::nullopt;
  for (const Cell& cell : cells)
    for (const auto* end : {&cell.low, &cell.high}) {
      const auto one = *end ? lane(**end, places) : 0;
      if (!one || *one > kLaneMax || *one < -kLaneMax) return std::nullopt;
    }
  return places;
}

Column conditions(const std::vector<Cell>& cells) {
  ConditionColumn column;
  for (const Cell& cell : cells) {
    Condition set = kNoAnswer;
    if (cell.applies()) {
      set = static_cast<Condition>((!cell.low || !std::get<bool>(*cell.low) ? kNo : 0) |
                                   (!cell.high || std::get<bool>(*cell.high) ? kYes : 0));
      if (cell.may_not_apply) set |= kNoAnswer;
    }
    column.cells.push_back(static_cast<Condition>(set | (state_of(cell) & kCauses) << kCauseShift));
  }
  return column;
}

Column wide(const std::vector<Cell>& cells) {
  WideColumn column;
  for (const Cell& cell : cells) {
    column.low.push_back(cell.low ? std::get<Decimal>(*cell.low) : Decimal());
    column.high.push_back(cell.high ? std::get<Decimal>(*cell.high) : Decimal());
    column.state.push_back(state_of(cell));
    column.any = static_cast<State>(column.any | column.state.back());
  }
  return column;
}

Column numbers(const std::vector<Cell>& cells) {
  const auto places = places_of(cells);
  if (!places) return wide(cells);
  NumberColumn column;
  column.places = *places;
  std::optional<std::int64_t> least, greatest;
  for (const Cell& cell : cells) {
    for (const auto* end : {&cell.low, &cell.high}) {
      if (!*end) continue;
      const std::int64_t one = *lane(**end, *places);
      least = std::min(least.value_or(one), one);
      greatest = std::max(greatest.value_or(one), one);
    }
  }
  column.least = least.value_or(0), column.greatest = greatest.value_or(0);
  column.low = column.high = Lanes::between(column.least, column.greatest, cells.size());
  column.state.resize(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    column.low.set(i, cells[i].low ? *lane(*cells[i].low, *places) : column.least);
    column.high.set(i, cells[i].high ? *lane(*cells[i].high, *places) : column.least);
    column.state[i] = state_of(cells[i]);
  }
  summarise(column);
  return column;
}

}  // namespace

World world_of(const Snapshot& snapshot, Date as_at) {
  World world;
  world.as_at = as_at;
  const Schema& schema = snapshot.schema();
  std::vector<std::uint32_t> row(snapshot.subjects().size());
  for (std::uint32_t kind = 0; kind < schema.kinds().size(); ++kind) {
    std::uint32_t next = 0;
    for (const SubjectId subject : snapshot.of_kind({kind})) row[subject.index] = next++;
  }
  for (std::uint32_t kind = 0; kind < schema.kinds().size(); ++kind) {
    Frame frame;
    for (const SubjectId id : snapshot.of_kind({kind})) {
      const Subject& subject = snapshot.subject(id);
      frame.in_being.push_back(in_being(snapshot, id, as_at) ? 1 : 0);
      if (!subject.from || !subject.to) continue;
      frame.from.push_back(row[subject.from->index]);
      frame.to.push_back(row[subject.to->index]);
    }
    frame.rows = frame.in_being.size();
    world.frames.push_back(std::move(frame));
  }
  world.field = [&snapshot, as_at](FieldId field) -> Result<Column> {
    const FieldDef& def = snapshot.schema().field(field);
    CHECK(def.occurrence != Occurrence::Event);
    std::vector<Cell> cells;
    Texts texts;
    for (const SubjectId subject : snapshot.of_kind(def.kind)) {
      cells.push_back(read_evidence(snapshot, field, subject, {as_at}).cell);
      Cell& cell = cells.back();
      if (def.type.kind == TypeKind::Text && cell.low) cell.low = cell.high = texts.place_of(*cell.low);
    }
    return def.type.kind == TypeKind::YesNo ? conditions(cells) : numbers(cells);
  };
  return world;
}

}  // namespace assay::columns
