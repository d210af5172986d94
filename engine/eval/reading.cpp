// States and series: each source's latest row, then precedence among sources (docs/language.md 5.2 to 5.4).
#include "engine/eval/reading.h"

#include <algorithm>
#include <map>

#include "evidence/core/check.h"

namespace assay {

namespace {

constexpr std::size_t kNoRank = static_cast<std::size_t>(-1);

// Place of a source in the evidence's order of precedence; kNoRank where it does not count.
std::size_t rank_of(const FieldDef& field, std::string_view source) {
  if (field.from.empty()) return 0;
  for (std::size_t rank = 0; rank < field.from.size(); ++rank) {
    const auto& equals = field.from[rank];
    if (std::find(equals.begin(), equals.end(), source) != equals.end()) return rank;
  }
  return kNoRank;
}

// What one source says: its latest row, or several of one date that differ.
struct Voice {
  std::size_t rank = 0;
  std::vector<const Observation*> rows;  // the latest; more than one only in conflict
  bool usable = false;
  Reason hole;  // why not, where it is not
};

struct Question {
  const Snapshot& snapshot;
  const FieldDef& field;
  FieldId field_id;
  SubjectId subject;
  Date date;                   // on which a state is asked
  std::optional<Period> step;  // of a series
};

Reason reason(const Question& q, ReasonKind kind, std::string detail) {
  return {q.subject, q.field_id, q.date, kind, std::move(detail)};
}

std::string stood_until(const Observation& row, const FieldDef& field) {
  return fmt::format("{} from {}", to_words(row.value, field.type), row.valid_from.to_long_string());
}

// Why a row that stands latest gives no value; nothing when it does.
std::optional<Reason> hole_in(const Question& q, const Observation& row) {
  switch (row.standing) {
    case Standing::Held:
    case Standing::NotApplicable:
      break;
    case Standing::NotAvailable:
      return reason(q, ReasonKind::Missing, row.note.empty() ? "not available" : "not available, " + row.note);
    case Standing::Suppressed:
      return reason(q, ReasonKind::Missing, "suppressed");
    case Standing::Withdrawn:
      return reason(q, ReasonKind::Withdrawn, fmt::format("withdrawn on {}", row.recorded_on.to_long_string()));
    case Standing::Redacted:
      return reason(q, ReasonKind::Withdrawn, fmt::format("redacted on {}", row.recorded_on.to_long_string()));
    case Standing::Ended:
      return reason(q, ReasonKind::Missing, fmt::format("ended on {}", row.valid_from.to_long_string()));
    case Standing::Complete:
    case Standing::MindedTo:
      return reason(q, ReasonKind::Missing, "not held");
  }
  if (!q.step && row.valid_to && *row.valid_to < q.date)
    return reason(q, ReasonKind::Missing, fmt::format("term ended on {}", row.valid_to->to_long_string()));
  const Date start = q.step ? q.step->to.value_or(q.step->from) : row.valid_from;
  if (q.field.fresh_for && add(start, *q.field.fresh_for) < q.date)
    return reason(
        q, ReasonKind::Stale,
        row.standing == Standing::Held ? "last " + stood_until(row, q.field) : "last recorded as not applicable");
  return std::nullopt;
}

// Does the row belong to what is asked: a state begun by the date, a reading of the step?
bool belongs(const Question& q, const Observation& row) {
  if (row.standing == Standing::MindedTo || row.standing == Standing::Complete) return false;
  if (!q.step) return row.valid_from <= q.date;
  const Date end = row.valid_to.value_or(step_end(row.valid_from, *q.field.every));
  return step_end(end, *q.field.every) == *q.step->to;
}

bool says_same(const Observation& a, const Observation& b) {
  if (a.standing != b.standing) return false;
  return a.standing != Standing::Held || same(a.value, b.value);
}

// Later valid, then later recorded.
std::pair<Date, Date> key_of(const Question& q, const Observation& row) {
  return {q.step ? row.valid_to.value_or(row.valid_from) : row.valid_from, row.recorded_on};
}

// Sorts rows into voices, noting the part of each row that does not speak.
std::vector<Voice> voices(const Question& q, std::vector<RowPart>& parts) {
  std::map<std::uint32_t, Voice> by_source;
  for (const Observation& row : q.snapshot.rows(q.field_id, q.subject)) {
    if (row.superseded) {
      parts.push_back({&row, Part::Superseded});
      continue;
    }
    if (!belongs(q, row)) {
      if (row.valid_from <= q.date) parts.push_back({&row, Part::OtherTime});
      continue;
    }
    const std::size_t rank = rank_of(q.field, q.snapshot.source_name(row.source));
    if (rank == kNoRank) {
      parts.push_back({&row, Part::NotCounted});
      continue;
    }
    Voice& voice = by_source[row.source.index];
    voice.rank = rank;
    if (voice.rows.empty() || key_of(q, row) == key_of(q, *voice.rows.front())) {
      voice.rows.push_back(&row);
    } else if (key_of(q, row) > key_of(q, *voice.rows.front())) {
      for (const Observation* old : voice.rows) parts.push_back({old, Part::Older});
      voice.rows = {&row};
    } else {
      parts.push_back({&row, Part::Older});
    }
  }
  std::vector<Voice> out;
  for (auto& [source, voice] : by_source) {
    const auto hole = hole_in(q, *voice.rows.front());
    voice.usable = !hole;
    if (hole) voice.hole = *hole;
    out.push_back(std::move(voice));
  }
  std::stable_sort(out.begin(), out.end(), [](const Voice& a, const Voice& b) { return a.rank < b.rank; });
  return out;
}

Cell unknown_of_type(const FieldDef& field, Reason why) {
  Cell cell = unknown_of(field.type, std::move(why));
  if (field.may_not_apply) {
    cell.state = Cell::State::Unknown;
    cell.may_not_apply = true;
  }
  return cell;
}

// Several usable rows of equal standing that differ: the range of what they say.
Cell conflict(const Question& q, const std::vector<const Observation*>& rows) {
  std::vector<std::string> said;
  std::optional<Value> low, high;
  bool may_not_apply = false;
  for (const Observation* row : rows) {
    const bool held = row->standing == Standing::Held;
    said.push_back(fmt::format("{} {}", q.snapshot.source_name(row->source),
                               held ? to_words(row->value, q.field.type) : "does not apply"));
    may_not_apply = may_not_apply || !held;
    if (!held || !is_ordered(q.field.type.kind)) continue;
    if (!low || order(row->value, *low) < 0) low = row->value;
    if (!high || order(row->value, *high) > 0) high = row->value;
  }
  std::sort(said.begin(), said.end());
  Cell cell;
  cell.low = low;
  cell.high = high;
  cell.may_not_apply = may_not_apply;
  cell.why = {reason(q, ReasonKind::Conflict, fmt::format("{}", fmt::join(said, ", ")))};
  return cell;
}

Cell value_of(const Observation& row) {
  return row.standing == Standing::NotApplicable ? Cell::not_applicable() : Cell::of(row.value);
}

// The usable voices of the first rank that has any; among equals the latest dated.
Cell answer(const Question& q, std::vector<Voice>& all, std::vector<RowPart>& parts) {
  std::optional<std::size_t> rank;
  std::optional<Date> latest;
  for (const Voice& voice : all) {
    if (!voice.usable || (rank && voice.rank != *rank)) continue;
    rank = voice.rank;
    const Date start = key_of(q, *voice.rows.front()).first;
    if (!latest || start > *latest) latest = start;
  }
  if (!rank) {
    for (const Voice& voice : all)
      for (const Observation* row : voice.rows) parts.push_back({row, Part::Hole});
    const bool held = !all.empty();
    std::string none = q.step ? fmt::format("not held for {}", step_name(*q.step->to, *q.field.every)) : "not held";
    return unknown_of_type(q.field, held ? all.front().hole : reason(q, ReasonKind::Missing, std::move(none)));
  }
  std::vector<const Observation*> speaking;
  for (const Voice& voice : all) {
    const bool counts = voice.usable && voice.rank == *rank && key_of(q, *voice.rows.front()).first == *latest;
    for (const Observation* row : voice.rows) {
      if (counts)
        speaking.push_back(row);
      else if (!voice.usable)
        parts.push_back({row, Part::Hole});
      else
        parts.push_back({row, voice.rank == *rank ? Part::Older : Part::Outranked});
    }
  }
  const bool agree =
      std::all_of(speaking.begin(), speaking.end(), [&](auto* row) { return says_same(*row, *speaking.front()); });
  for (const Observation* row : speaking) parts.push_back({row, agree ? Part::Answers : Part::Disagrees});
  return agree ? value_of(*speaking.front()) : conflict(q, speaking);
}

// The step whose reading answers: the last one already due, then as many back as asked.
Period step_asked(const FieldDef& field, const Moment& moment) {
  const Step every = *field.every;
  const Duration due = field.due_within.value_or(Duration{});
  Date end = step_end(moment.as_at, every);
  while (add(end, due) > moment.as_at) end = step_end_back(end, every, 1);
  const int months = every == Step::Month ? 1 : every == Step::Quarter ? 3 : 12;
  int back = every == Step::Day    ? moment.days_back
             : every == Step::Week ? moment.days_back / 7
                                   : moment.months_back / months;
  // A look back in days over a series of months, or the other way about, goes by the date instead.
  const bool by_months = every != Step::Day && every != Step::Week;
  if ((by_months && moment.days_back != 0) || (!by_months && moment.months_back != 0)) {
    return step_asked(field, Moment{moment.date()});
  }
  end = step_end_back(end, every, back);
  return {step_start(end, every), end};
}

}  // namespace

Cell unknown_of(const ValueType& type, Reason why) {
  std::optional<Value> low, high;
  if (type.low) low = Value(*type.low);
  if (type.high) high = Value(*type.high);
  if (type.kind == TypeKind::YesNo) low = Value(false), high = Value(true);
  if (type.kind == TypeKind::Scale && !type.labels.empty()) {
    low = Value(Label{0});
    high = Value(Label{static_cast<std::uint16_t>(type.labels.size() - 1)});
  }
  return Cell::unknown_between(low, high, {std::move(why)});
}

Date Moment::date() const {
  Date date = as_at;
  if (months_back != 0) date = add(date, {Duration::Unit::Months, -months_back});
  if (days_back != 0) date = add(date, {Duration::Unit::Days, -days_back});
  return date;
}

std::optional<Moment> Moment::present() const {
  if (!looked_from && months_back == 0 && days_back == 0) return std::nullopt;
  Moment present{looked_from.value_or(as_at)};
  present.audience = audience;
  return present;
}

Moment at_earlier_date(const Moment& moment, Date earlier) {
  Moment then{earlier};
  then.looked_from = moment.looked_from.value_or(moment.as_at);
  then.audience = moment.audience;
  return then;
}

Reading read_evidence(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment) {
  const FieldDef& def = snapshot.schema().field(field);
  Question q{snapshot, def, field, subject, moment.date(), std::nullopt};
  if (def.occurrence == Occurrence::Series) q.step = step_asked(def, moment);
  Reading reading;
  reading.step = q.step;
  std::vector<Voice> all = voices(q, reading.rows);
  reading.cell = answer(q, all, reading.rows);
  std::stable_sort(reading.rows.begin(), reading.rows.end(), [](const RowPart& a, const RowPart& b) {
    return std::pair(a.part, a.row->row) < std::pair(b.part, b.row->row);
  });
  return reading;
}

namespace {

// To what time a reading belongs: its step, or the start of the latest row that speaks.
std::optional<Date> time_of(const Reading& reading) {
  if (reading.step) return reading.step->to;
  std::optional<Date> latest;
  for (const RowPart& part : reading.rows) {
    if (part.part != Part::Answers && part.part != Part::Disagrees) continue;
    if (!latest || part.row->valid_from > *latest) latest = part.row->valid_from;
  }
  return latest;
}

}  // namespace

Reading read_comparable(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment) {
  Reading reading = read_evidence(snapshot, field, subject, moment);
  const FieldDef& def = snapshot.schema().field(field);
  const auto present = moment.present();
  if (def.breaks.empty() || !present) return reading;
  const auto then = time_of(reading), now = time_of(read_evidence(snapshot, field, subject, *present));
  for (std::size_t i = 0; then && now && i < def.breaks.size(); ++i) {
    const SeriesBreak& each = def.breaks[i];
    if (!(*then < each.from && each.from <= *now)) continue;
    reading.across = i;
    reading.cell =
        unknown_of_type(def, {subject, field, moment.date(), ReasonKind::Missing,
                              fmt::format("not comparable, break from {}: {}", each.from.to_long_string(), each.why)});
    for (RowPart& part : reading.rows)
      if (part.part == Part::Answers || part.part == Part::Disagrees) part.part = Part::Hole;
    break;
  }
  return reading;
}

bool in_being(const Snapshot& snapshot, SubjectId subject, Date date) {
  const KindDef& kind = snapshot.schema().kind(snapshot.subject(subject).kind);
  return read_evidence(snapshot, kind.register_field, subject, {date}).cell.known();
}

std::string name_on(const Snapshot& snapshot, SubjectId subject, Date date) {
  const Subject& who = snapshot.subject(subject);
  if (who.from && who.to)
    return fmt::format("{} and {}", name_on(snapshot, *who.from, date), name_on(snapshot, *who.to, date));
  const KindDef& kind = snapshot.schema().kind(who.kind);
  const Cell cell = read_evidence(snapshot, kind.register_field, subject, {date}).cell;
  if (cell.known()) return std::get<std::string>(cell.value());
  for (const Observation& row : snapshot.rows(kind.register_field, subject))
    if (row.standing == Standing::Held && !row.superseded) return std::get<std::string>(row.value);
  return who.code;
}

}  // namespace assay
