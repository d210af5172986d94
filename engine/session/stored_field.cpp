// The row that answers for each subject: of its one source the latest valid, then the latest recorded
// (docs/language.md 5.2 to 5.4).
#include "engine/session/stored_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "engine/columns/world.h"
#include "engine/eval/question.h"
#include "evidence/core/check.h"
#include "evidence/import/typed_row.h"

namespace assay {

namespace {

using namespace columns;

constexpr std::int32_t kImprecise = 10'000'000;  // docs/formats/store.md: a date that is not known to the day
constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();

// What is known of a subject so far.
struct Best {
  std::int64_t key = kNone;  // valid from, then recorded on
  std::int64_t value = 0;
  std::int32_t valid_to = TypedRow::kNoDate;
  std::uint16_t source = 0;
  std::uint8_t standing = 0;
  bool plain = true;
};

std::int64_t key_of(std::int32_t valid_from, std::int32_t recorded_on) {
  return (std::int64_t{valid_from} << 32) + recorded_on;
}

}  // namespace

struct StoredField::State {
  FieldAsked asked;
  const FieldDef& def;
  const Catalogue::FieldEntry* held = nullptr;
  std::uint32_t number = 0;
  std::vector<std::size_t> ranks;        // by source
  std::map<std::int64_t, Label> labels;  // by the store's number
  std::vector<Best> best;
  std::vector<std::uint32_t> unplain;   // rows of the frame
  std::map<std::uint32_t, Cell> cells;  // of those
  std::int32_t oldest_fresh = std::numeric_limits<std::int32_t>::min();
  int places = 0;

  explicit State(const FieldAsked& of) : asked(of), def(of.schema.field(of.field)), best(of.rows) {}

  bool is_text() const { return def.type.kind == TypeKind::Text; }
  Result<void> find_held();
  void know_labels();
  Result<void> take(const SegmentRows& rows);
  void take_cell(const SegmentRows& rows, std::size_t i, bool odd);
  Result<void> read_unplain(Store& store, const std::vector<std::uint32_t>& subjects);
  Result<void> read_texts(Store& store);
  std::optional<columns::State> hole_in(const Best& of) const;
  void find_oldest_fresh();
  void know_range();
  Column numbers();
  Column conditions() const;
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
  for (std::size_t i = 1; i < asked.words.labels.size(); ++i) {
    if (asked.words.labels[i].field != number) continue;
    for (std::size_t place = 0; place < def.type.labels.size(); ++place)
      if (def.type.labels[place].name == asked.words.labels[i].name)
        labels.emplace(static_cast<std::int64_t>(i), Label{static_cast<std::uint16_t>(place)});
  }
}

void StoredField::State::take_cell(const SegmentRows& rows, std::size_t i, bool odd) {
  const auto standing = static_cast<Standing>(rows.standing[i]);
  const std::size_t rank = ranks[rows.source[i]];
  const std::uint32_t row = asked.row_of[rows.subject[i]];
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

Result<void> StoredField::State::take(const SegmentRows& rows) {
  const ValueType& type = def.type;
  if (held->storage == Storage::Number && (type.low || type.high)) {
    // The rules may have changed since: reckoning relies on the range they state.
    for (const std::int64_t end : {rows.values.low, rows.values.high}) {
      const auto number_of = Decimal::scaled(end, held->places);
      if (number_of && (!type.low || number_of->compare(*type.low) >= 0 || !rows.all_held) &&
          (!type.high || number_of->compare(*type.high) <= 0))
        continue;
      return fail(ErrorCode::BadInput,
                  fmt::format("`{}` holds numbers beyond {}, as which the rules declare it", def.name, describe(type)),
                  {}, "change the rules, or correct the rows");
    }
  }
  const bool dates = type.kind == TypeKind::Date && rows.values.high >= kImprecise;
  const bool series = def.occurrence == Occurrence::Series;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.recorded_on[i] > asked.known_on.days) continue;
    const bool odd = series || (!rows.none_supersede && rows.supersedes[i] != 0) ||
                     (!rows.exceptional.empty() && rows.exceptional[i] != 0) || (dates && rows.value[i] >= kImprecise);
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
  auto snapshot = store.snapshot(asked.schema, asked.known_on, part);
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

Column StoredField::State::conditions() const {
  ConditionColumn column;
  column.cells.resize(asked.rows);
  const unsigned open = def.may_not_apply ? kUnknown | kNoAnswer : kUnknown;
  for (std::uint32_t row = 0; row < asked.rows; ++row) {
    const Best& one = best[row];
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
void StoredField::State::know_range() {
  places = held && held->storage == Storage::Number ? held->places : 0;
  const auto take = [&](const Value& value) {
    while (places < Decimal::kComparedPlaces && !lane(value, places)) ++places;
  };
  if (def.type.low) take(Value(*def.type.low));
  if (def.type.high) take(Value(*def.type.high));
  for (const auto& [row, cell] : cells)
    for (const auto* end : {&cell.low, &cell.high})
      if (*end && !std::holds_alternative<std::string>(**end)) take(**end);
}

Column StoredField::State::numbers() {
  know_range();
  const Cell none = unknown();
  const columns::State open_state = state_of(none);
  const auto lane_or = [&](const std::optional<Value>& end) { return end ? lane(*end, places) : std::nullopt; };
  const std::int64_t type_low = lane_or(none.low).value_or(0), type_high = lane_or(none.high).value_or(0);
  std::int64_t unit = 1;
  if (held && held->storage == Storage::Number)
    for (int place = held->places; place < places; ++place) unit *= 10;
  NumberColumn column;
  column.places = places;
  std::vector<std::int64_t> low(asked.rows), high(asked.rows);
  column.state.resize(asked.rows);
  std::optional<std::int64_t> least, greatest;
  const auto extend = [&](std::int64_t one) {
    least = std::min(least.value_or(one), one), greatest = std::max(greatest.value_or(one), one);
  };
  for (std::uint32_t row = 0; row < asked.rows; ++row) {
    const Best& one = best[row];
    columns::State& state = column.state[row];
    if (!one.plain) {
      const Cell& cell = cells.at(row);
      state = state_of(cell);
      low[row] = lane_or(cell.low).value_or(0), high[row] = lane_or(cell.high).value_or(0);
    } else if (const auto hole = hole_in(one)) {
      state = static_cast<columns::State>(open_state | *hole);
      low[row] = type_low, high[row] = type_high;
    } else if (static_cast<Standing>(one.standing) != Standing::Held) {
      state = kNotApplicable;
    } else {
      std::int64_t value = one.value * unit;
      if (held->storage == Storage::Label) value = labels.at(one.value).index;
      low[row] = high[row] = value;
    }
    if ((state & (kNotApplicable | kNoLow)) == 0) extend(low[row]);
    if ((state & (kNotApplicable | kNoHigh)) == 0) extend(high[row]);
  }
  column.least = least.value_or(0), column.greatest = greatest.value_or(0);
  column.low = column.high = Lanes::between(column.least, column.greatest, asked.rows);
  for (std::uint32_t row = 0; row < asked.rows; ++row) {
    const columns::State state = column.state[row];
    column.low.set(row, (state & (kNotApplicable | kNoLow)) == 0 ? low[row] : column.least);
    column.high.set(row, (state & (kNotApplicable | kNoHigh)) == 0 ? high[row] : column.least);
  }
  summarise(column);
  return column;
}

StoredField::StoredField(const FieldAsked& asked) : state_(std::make_unique<State>(asked)) {}
StoredField::StoredField(StoredField&&) noexcept = default;
StoredField::~StoredField() = default;

Result<void> StoredField::read() {
  State& state = *state_;
  if (auto held = state.find_held(); !held || !state.held) return held;
  for (const std::string& source : state.asked.words.sources) state.ranks.push_back(rank_of(state.def, source));
  state.know_labels();
  return state.asked.segments.read(state.def.name, {}, [&](const SegmentRows& rows) { return state.take(rows); });
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
  Column made = state_->def.type.kind == TypeKind::YesNo ? state_->conditions() : state_->numbers();
  state_.reset();
  return made;
}

}  // namespace assay
