// The row that answers for each subject: of its one source the latest valid, then the latest recorded
// (docs/language.md 5.2 to 5.4).
#include "engine/session/stored_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <utility>

#include "engine/columns/world.h"
#include "engine/eval/question.h"
#include "evidence/core/check.h"
#include "evidence/import/typed_row.h"

namespace assay {

namespace {

using namespace columns;

constexpr std::int32_t kImprecise = 10'000'000;  // docs/formats/store.md: a date that is not known to the day
using Best = FieldRoom::Best;
constexpr std::int64_t kNone = FieldRoom::kNone;

std::int64_t key_of(std::int32_t valid_from, std::int32_t recorded_on) {
  return (std::int64_t{valid_from} << 32) + recorded_on;
}

}  // namespace

struct StoredField::State {
  FieldAsked asked;
  const FieldDef& def;
  const Catalogue::FieldEntry* held = nullptr;
  std::uint32_t number = 0;
  std::vector<std::size_t> ranks;    // by source
  std::vector<std::int32_t> labels;  // by the store's number: place, -1 where the rules know none
  std::vector<Best> best;
  std::optional<SegmentBounds> bounds;  // of all values read
  std::vector<std::uint32_t> unplain;   // rows of the frame
  std::map<std::uint32_t, Cell> cells;  // of those
  std::int32_t oldest_fresh = std::numeric_limits<std::int32_t>::min();
  int places = 0;
  std::int64_t unit = 1;  // lanes to one count of the store's

  State(const FieldAsked& of, FieldRoom room) : asked(of), def(of.schema.field(of.field)), best(std::move(room.best)) {
    best.resize(of.rows);
  }

  bool is_text() const { return def.type.kind == TypeKind::Text; }
  bool is_label() const { return held && held->storage == Storage::Label; }
  std::uint32_t row_of(std::uint32_t subject) const { return asked.rows_of.row[subject - asked.rows_of.first]; }
  Result<void> find_held();
  void know_labels();
  Result<void> expect_range(const SegmentRows& rows) const;
  Result<void> expect_labels(const SegmentRows& rows) const;
  Result<void> take(const SegmentRows& rows);
  void extend_bounds(const SegmentRows& rows);
  bool any_superseded(const SegmentRows& rows) const;
  bool all_plain(const SegmentRows& rows) const;
  void take_cell(const SegmentRows& rows, std::size_t i, bool odd);
  Result<void> read_unplain(Store& store, const std::vector<std::uint32_t>& subjects);
  Result<void> read_texts(Store& store);
  std::optional<columns::State> hole_in(const Best& of) const;
  void find_oldest_fresh();
  bool plainly_held(const Best& of) const;
  void know_places();
  void know_range(NumberColumn& column, const Cell& none) const;
  template <class Lane>
  void fill(NumberColumn& column, const Cell& none);
  Column numbers();
  Column conditions();
  Cell unknown() const;
};

Result<void> StoredField::State::find_held() {
  for (std::uint32_t i = 1; i < asked.words.fields.size(); ++i)
    if (asked.words.fields[i].name == def.name) number = i;
  if (number == 0) return {};
  held = &asked.words.fields[number];
  if (held->kind == asked.schema.kind(def.kind).name && held->storage == storage_of(def.type.kind)) return {};
  return fail(ErrorCode::BadInput,
              fmt::format("the store holds `{}` of {} as another type than the rules declare, which is {} of {}",
                          def.name, held->kind, describe(def.type), asked.schema.kind(def.kind).name),
              {}, "give the evidence in the rules another name");
}

void StoredField::State::know_labels() {
  labels.assign(asked.words.labels.size(), -1);
  for (std::size_t i = 1; i < asked.words.labels.size(); ++i) {
    if (asked.words.labels[i].field != number) continue;
    for (std::size_t place = 0; place < def.type.labels.size(); ++place)
      if (def.type.labels[place].name == asked.words.labels[i].name) labels[i] = static_cast<std::int32_t>(place);
  }
}

void StoredField::State::take_cell(const SegmentRows& rows, std::size_t i, bool odd) {
  const auto standing = static_cast<Standing>(rows.standing[i]);
  const std::size_t rank = ranks[rows.source[i]];
  const std::uint32_t row = row_of(rows.subject[i]);
  Best& so_far = best[row];
  if (!so_far.plain) return;
  const auto leave_to_cells = [&] {
    so_far.plain = false;
    unplain.push_back(row);
  };
  const auto imprecise = [](std::int32_t date) { return date >= kImprecise && date != TypedRow::kNoDate; };
  if (odd || imprecise(rows.valid_from[i]) || imprecise(rows.valid_to[i])) {
    leave_to_cells();
    return;
  }
  if (rank == kNoRank || standing == Standing::MindedTo || standing == Standing::Complete ||
      rows.valid_from[i] > asked.as_at.days)
    return;
  const std::int64_t key = key_of(rows.valid_from[i], rows.recorded_on[i]);
  const auto source = static_cast<std::uint16_t>(rows.source[i]);
  const bool same = so_far.standing == rows.standing[i] && so_far.value == rows.value[i];
  if (so_far.key != kNone && (so_far.source != source || (so_far.key == key && !same))) {
    leave_to_cells();
    return;
  }
  if (key > so_far.key) so_far = {key, rows.value[i], rows.valid_to[i], source, rows.standing[i], true};
}

// The rules may have changed since: reckoning relies on the range they state.
Result<void> StoredField::State::expect_range(const SegmentRows& rows) const {
  const ValueType& type = def.type;
  if (held->storage != Storage::Number || (!type.low && !type.high)) return {};
  for (const std::int64_t end : {rows.values.low, rows.values.high}) {
    const auto number_of = Decimal::scaled(end, held->places);
    if (number_of && (!type.low || number_of->compare(*type.low) >= 0 || !rows.all_held) &&
        (!type.high || number_of->compare(*type.high) <= 0))
      continue;
    return fail(ErrorCode::BadInput,
                fmt::format("`{}` holds numbers beyond {}, as which the rules declare it", def.name, describe(type)),
                {}, "change the rules, or correct the rows");
  }
  return {};
}

Result<void> StoredField::State::expect_labels(const SegmentRows& rows) const {
  if (!is_label()) return {};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<Standing>(rows.standing[i]) != Standing::Held) continue;
    const auto label = static_cast<std::size_t>(rows.value[i]);
    if (label < labels.size() && labels[label] >= 0) continue;
    return fail(ErrorCode::BadInput,
                fmt::format("row {} holds a label that is no value of `{}` in the rules", rows.first_row + rows.row[i],
                            def.name),
                {}, "change the rules, or correct the row");
  }
  return {};
}

// Of dates those alone that are known to the day: the others are read as cells, in days.
void StoredField::State::extend_bounds(const SegmentRows& rows) {
  const auto take = [&](std::int64_t low, std::int64_t high) {
    bounds =
        bounds ? SegmentBounds{std::min(bounds->low, low), std::max(bounds->high, high)} : SegmentBounds{low, high};
  };
  if (def.type.kind != TypeKind::Date || rows.values.high < kImprecise) return take(rows.values.low, rows.values.high);
  for (const std::int64_t value : rows.value)
    if (value < kImprecise) take(value, value);
}

bool StoredField::State::any_superseded(const SegmentRows& rows) const {
  const auto first = std::ranges::lower_bound(asked.superseded, rows.rows.low);
  return first != asked.superseded.end() && *first <= rows.rows.high;
}

// Nothing in the whole segment but values that are held, known on the date, and from sources that count.
bool StoredField::State::all_plain(const SegmentRows& rows) const {
  if (def.occurrence == Occurrence::Series || !rows.all_held || !rows.none_supersede || !rows.exceptional.empty() ||
      any_superseded(rows) || rows.recorded_ons.high > asked.known_on.days || rows.rows.high > asked.last_row ||
      rows.valid_froms.high > asked.as_at.days || rows.valid_froms.high >= kImprecise)
    return false;
  if (def.type.kind == TypeKind::Date && rows.values.high >= kImprecise) return false;
  if (rows.valid_tos.high != TypedRow::kNoDate ? rows.valid_tos.high >= kImprecise
                                               : rows.valid_tos.low != TypedRow::kNoDate)
    return false;
  return std::ranges::none_of(rows.source, [&](std::uint32_t source) { return ranks[source] == kNoRank; });
}

Result<void> StoredField::State::take(const SegmentRows& rows) {
  auto done = expect_range(rows);
  if (done) done = expect_labels(rows);
  if (!done) return done;
  extend_bounds(rows);
  const auto [begin, end] = std::pair(std::ranges::lower_bound(rows.subject, asked.rows_of.only.subject_low),
                                      std::ranges::upper_bound(rows.subject, asked.rows_of.only.subject_high));
  auto i = static_cast<std::size_t>(begin - rows.subject.begin());
  const auto last = static_cast<std::size_t>(end - rows.subject.begin());
  if (all_plain(rows)) {
    for (; i < last; ++i) {
      Best& so_far = best[row_of(rows.subject[i])];
      if (so_far.key != kNone || !so_far.plain) {
        take_cell(rows, i, false);
        continue;
      }
      so_far.key = key_of(rows.valid_from[i], rows.recorded_on[i]);
      so_far.value = rows.value[i];
      so_far.valid_to = rows.valid_to[i];
      so_far.source = static_cast<std::uint16_t>(rows.source[i]);
      so_far.standing = 0;
    }
    return {};
  }
  const bool dates = def.type.kind == TypeKind::Date && rows.values.high >= kImprecise;
  const bool series = def.occurrence == Occurrence::Series, superseded = any_superseded(rows);
  for (; i < last; ++i) {
    if (rows.recorded_on[i] > asked.known_on.days || rows.first_row + rows.row[i] > asked.last_row) continue;
    const bool odd = series || (!rows.none_supersede && rows.supersedes[i] != 0) ||
                     (!rows.exceptional.empty() && rows.exceptional[i] != 0) ||
                     (dates && rows.value[i] >= kImprecise) ||
                     (superseded && std::ranges::binary_search(asked.superseded, rows.first_row + rows.row[i]));
    take_cell(rows, i, odd);
  }
  return {};
}

// As cells are read, all rows of each such subject at hand.
Result<void> StoredField::State::read_unplain(Store& store, const std::vector<std::uint32_t>& subjects) {
  if (unplain.empty()) return {};
  Store::Part part{{}, {def.name}};
  for (const std::uint32_t row : unplain) part.subjects.push_back(subjects[row]);
  auto codes = store.subject_codes(part.subjects);
  if (!codes) return tl::unexpected(codes.error());
  auto snapshot = store.snapshot(asked.schema, asked.known_on, part, asked.before_entry);
  if (!snapshot) return tl::unexpected(snapshot.error());
  for (std::size_t i = 0; i < unplain.size(); ++i) {
    const auto subject = snapshot->find(def.kind, (*codes)[i]);
    CHECK(subject);  // it has rows of this field
    cells.emplace(unplain[i], read_evidence(*snapshot, asked.field, *subject, {asked.as_at}).cell);
  }
  return {};
}

// Texts by the place of their first standing; of a register nobody asks which text it is.
Result<void> StoredField::State::read_texts(Store& store) {
  if (!is_text() || asked.schema.kind(def.kind).register_field == asked.field) return {};
  std::unordered_map<std::string, std::int64_t> places_of;
  const auto place_of = [&](std::string_view text) {
    return places_of.try_emplace(std::string(text), static_cast<std::int64_t>(places_of.size())).first->second;
  };
  std::vector<std::pair<std::int64_t, std::uint32_t>> wanted;
  for (std::uint32_t row = 0; row < best.size(); ++row)
    if (best[row].plain && best[row].key != kNone && best[row].standing == static_cast<std::uint8_t>(Standing::Held))
      wanted.emplace_back(best[row].value, row);
  std::sort(wanted.begin(), wanted.end());
  std::vector<std::int64_t> numbers;
  for (const auto& [number_of_text, row] : wanted) numbers.push_back(number_of_text);
  auto done = store.texts(numbers,
                          [&](std::size_t i, std::string_view text) { best[wanted[i].second].value = place_of(text); });
  if (!done) return done;
  for (auto& [row, cell] : cells)
    if (cell.low) cell.low = cell.high = Value(Decimal::from_int(place_of(std::get<std::string>(*cell.low))));
  return {};
}

// The earliest start that is still fresh: a later one is not staler.
void StoredField::State::find_oldest_fresh() {
  if (!def.fresh_for) return;
  std::int32_t stale = -800'000, fresh = asked.as_at.days;
  if (add(Date{stale}, *def.fresh_for) >= asked.as_at) return;
  while (fresh - stale > 1) {
    const std::int32_t middle = stale + (fresh - stale) / 2;
    (add(Date{middle}, *def.fresh_for) >= asked.as_at ? fresh : stale) = middle;
  }
  oldest_fresh = fresh;
}

std::optional<columns::State> StoredField::State::hole_in(const Best& of) const {
  if (of.key == kNone) return kMissing;
  switch (static_cast<Standing>(of.standing)) {
    case Standing::Held:
    case Standing::NotApplicable:
      break;
    case Standing::Withdrawn:
    case Standing::Redacted:
      return kWithdrawn;
    default:
      return kMissing;
  }
  if (of.valid_to != TypedRow::kNoDate && of.valid_to < asked.as_at.days) return kMissing;
  if (static_cast<std::int32_t>(of.key >> 32) < oldest_fresh) return kStale;
  return std::nullopt;
}

Cell StoredField::State::unknown() const {
  Cell cell = unknown_of(def.type, {});
  if (def.may_not_apply) cell.state = Cell::State::Unknown, cell.may_not_apply = true;
  return cell;
}

Column StoredField::State::conditions() {
  ConditionColumn column;
  column.cells.resize(asked.rows);
  const unsigned open = def.may_not_apply ? kUnknown | kNoAnswer : kUnknown;
  for (std::uint32_t row = 0; row < asked.rows; ++row) {
    const Best one = std::exchange(best[row], Best());  // as new for the next field
    if (!one.plain) {
      const Cell& cell = cells.at(row);
      unsigned set = kNoAnswer;
      if (cell.applies())
        set = (std::get<bool>(*cell.low) ? 0u : kNo) | (std::get<bool>(*cell.high) ? kYes : 0u) |
              (cell.may_not_apply ? kNoAnswer : 0u);
      column.cells[row] = static_cast<Condition>(set | static_cast<unsigned>(state_of(cell) & kCauses) << kCauseShift);
    } else if (const auto hole = hole_in(one)) {
      column.cells[row] = static_cast<Condition>(open | static_cast<unsigned>(*hole) << kCauseShift);
    } else {
      const bool applies = static_cast<Standing>(one.standing) == Standing::Held;
      column.cells[row] = !applies ? kNoAnswer : one.value != 0 ? kYes : kNo;
    }
  }
  return column;
}

// So many places that every end fits.
void StoredField::State::know_places() {
  const bool number_held = held && held->storage == Storage::Number;
  places = number_held ? held->places : 0;
  const auto take = [&](const Value& value) {
    while (places < Decimal::kComparedPlaces && !lane(value, places)) ++places;
  };
  if (def.type.low) take(Value(*def.type.low));
  if (def.type.high) take(Value(*def.type.high));
  for (const auto& [row, cell] : cells)
    for (const auto* end : {&cell.low, &cell.high})
      if (*end && !std::holds_alternative<std::string>(**end)) take(**end);
  for (int place = number_held ? held->places : places; place < places; ++place) unit *= 10;
}

// Between which ends lie, those of rows that are not seen perhaps among them.
void StoredField::State::know_range(NumberColumn& column, const Cell& none) const {
  std::optional<std::int64_t> least, greatest;
  const auto extend = [&](const std::optional<std::int64_t>& one) {
    if (one) least = std::min(least.value_or(*one), *one), greatest = std::max(greatest.value_or(*one), *one);
  };
  const auto extend_by = [&](const Cell& cell) {
    for (const auto* end : {&cell.low, &cell.high})
      if (*end) extend(lane(**end, places));
  };
  if (is_label()) {
    extend(0), extend(static_cast<std::int64_t>(def.type.labels.size()) - 1);
  } else if (is_text()) {
    for (const Best& one : best)
      if (one.key != kNone) extend(one.value);
  } else if (bounds) {
    extend(bounds->low * unit), extend(bounds->high * unit);
  }
  extend_by(none);
  for (const auto& [row, cell] : cells) extend_by(cell);
  column.least = least.value_or(0), column.greatest = greatest.value_or(0);
}

// Held for good, and fresh: what most are.
bool StoredField::State::plainly_held(const Best& of) const {
  return of.plain && of.key != kNone && of.standing == static_cast<std::uint8_t>(Standing::Held) &&
         of.valid_to == TypedRow::kNoDate && static_cast<std::int32_t>(of.key >> 32) >= oldest_fresh;
}

template <class Lane>
void StoredField::State::fill(NumberColumn& column, const Cell& none) {
  const columns::State open_state = state_of(none);
  const auto lane_or = [&](const std::optional<Value>& end) { return end ? lane(*end, places) : std::nullopt; };
  const std::int64_t type_low = lane_or(none.low).value_or(column.least),
                     type_high = lane_or(none.high).value_or(column.least);
  std::uint8_t* const low = column.low.bytes.data();
  std::uint8_t* const high = column.high.bytes.data();
  const std::int64_t base = column.low.base;
  const auto put = [&](std::size_t row, std::int64_t low_end, std::int64_t high_end) {
    const auto low_lane = static_cast<Lane>(low_end - base), high_lane = static_cast<Lane>(high_end - base);
    std::memcpy(low + row * sizeof(Lane), &low_lane, sizeof(Lane));
    std::memcpy(high + row * sizeof(Lane), &high_lane, sizeof(Lane));
  };
  const bool label = is_label();
  const auto value_of = [&](const Best& one) {
    return label ? std::int64_t{labels[static_cast<std::size_t>(one.value)]} : one.value * unit;
  };
  for (std::uint32_t row = 0; row < asked.rows; ++row) {
    const Best one = std::exchange(best[row], Best());  // as new for the next field
    columns::State& state = column.state[row];
    if (plainly_held(one)) {
      const std::int64_t value = value_of(one);
      put(row, value, value);
    } else if (!one.plain) {
      const Cell& cell = cells.at(row);
      state = state_of(cell);
      put(row, lane_or(cell.low).value_or(column.least), lane_or(cell.high).value_or(column.least));
    } else if (const auto hole = hole_in(one)) {
      state = static_cast<columns::State>(open_state | *hole);
      put(row, type_low, type_high);
    } else if (static_cast<Standing>(one.standing) != Standing::Held) {
      state = kNotApplicable;
      put(row, column.least, column.least);
    } else {
      const std::int64_t value = value_of(one);
      put(row, value, value);
    }
  }
}

Column StoredField::State::numbers() {
  know_places();
  const Cell none = unknown();
  NumberColumn column;
  column.places = places;
  know_range(column, none);
  column.state.resize(asked.rows);
  column.low = column.high = Lanes::between(column.least, column.greatest, asked.rows);
  if (column.low.width == 1) fill<std::uint8_t>(column, none);
  if (column.low.width == 2) fill<std::uint16_t>(column, none);
  if (column.low.width == 4) fill<std::uint32_t>(column, none);
  if (column.low.width == 8) fill<std::uint64_t>(column, none);
  summarise(column);
  return column;
}

StoredField::StoredField(const FieldAsked& asked, FieldRoom room)
    : state_(std::make_unique<State>(asked, std::move(room))) {}
StoredField::StoredField(StoredField&&) noexcept = default;
StoredField::~StoredField() = default;

Result<void> StoredField::read() {
  State& state = *state_;
  if (auto held = state.find_held(); !held || !state.held) return held;
  for (const std::string& source : state.asked.words.sources) state.ranks.push_back(rank_of(state.def, source));
  state.know_labels();
  return state.asked.segments.read(state.def.name, state.asked.rows_of.only,
                                   [&](const SegmentRows& rows) { return state.take(rows); });
}

Result<void> StoredField::complete(Store& store, const std::vector<std::uint32_t>& subjects) {
  auto done = state_->read_unplain(store, subjects);
  return done ? state_->read_texts(store) : done;
}

bool StoredField::needs_store() const {
  const bool is_register = state_->asked.schema.kind(state_->def.kind).register_field == state_->asked.field;
  return !state_->unplain.empty() || (state_->is_text() && !is_register);
}

Column StoredField::column() {
  state_->find_oldest_fresh();
  return state_->def.type.kind == TypeKind::YesNo ? state_->conditions() : state_->numbers();
}

FieldRoom StoredField::room() { return {std::move(state_->best)}; }

}  // namespace assay
