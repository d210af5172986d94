// States and series: each source's latest row, then precedence among sources (docs/language.md 5.2 to 5.4).
#include "engine/eval/reading.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/eval/question.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

// What one source says: its latest row, or several of one date that differ.
struct Voice {
  std::size_t rank = 0;
  std::vector<const Observation*> rows;  // the latest; more than one only in conflict
  bool usable = false;
  Reason hole;  // why not, where it is not
};

// Later valid, then later recorded.
std::pair<Date, Date> key_of(const Question& q, const Observation& row) {
  return {q.step ? row.valid_to.value_or(row.valid_from) : row.valid_from, row.recorded_on};
}

// Of rows of one source begun and recorded together: what is withdrawn leaves a hole, whatever was recorded with it;
// else those that are usable speak.
void keep_what_speaks(const Question& q, Voice& voice, std::vector<RowPart>& parts) {
  const auto keep = [&](const auto& wanted) {
    if (std::none_of(voice.rows.begin(), voice.rows.end(), wanted)) return;
    for (const Observation* row : voice.rows)
      if (!wanted(row)) parts.push_back({row, Part::Older});
    std::erase_if(voice.rows, [&](const Observation* row) { return !wanted(row); });
  };
  const auto withdrawn = [](const Observation* row) {
    return row->standing == Standing::Withdrawn || row->standing == Standing::Redacted;
  };
  if (std::any_of(voice.rows.begin(), voice.rows.end(), withdrawn))
    keep(withdrawn);
  else
    keep([&](const Observation* row) { return !hole_in(q, *row); });
  const auto hole = hole_in(q, *voice.rows.front());
  voice.usable = !hole;
  if (hole) voice.hole = hole->why;
}

// Sorts rows into voices, noting the part of each row that does not speak.
std::vector<Voice> voices(const Question& q, std::vector<RowPart>& parts) {
  std::map<std::uint32_t, Voice> by_source;
  for (const Observation& row : q.rows) {
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
    keep_what_speaks(q, voice, parts);
    out.push_back(std::move(voice));
  }
  // Where none is usable the first says why: not by the order in which sources came to be known.
  std::stable_sort(out.begin(), out.end(), [&](const Voice& a, const Voice& b) {
    const auto key = [&](const Voice& voice) {
      return std::tuple(voice.rank, -key_of(q, *voice.rows.front()).first.days,
                        q.snapshot.source_name(voice.rows.front()->source));
    };
    return key(a) < key(b);
  });
  return out;
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
  Cell cell = agree ? value_of(q, *speaking.front()) : conflict(q, speaking);
  const Part part = !agree ? Part::Disagrees : cell.unknown() ? Part::Imprecise : Part::Answers;
  for (const Observation* row : speaking) parts.push_back({row, part});
  return cell;
}

// The step whose reading answers: the last one already due, then as many back as asked.
Period step_asked(const FieldDef& field, const Moment& moment) {
  const Step every = *field.every;
  const Duration due = field.due_within.value_or(Duration{});
  Date end = step_end(moment.as_at, every);
  while (add(end, due) > moment.as_at) {
    const Date before = step_end_back(end, every, 1);
    if (before == end) break;  // there are no days before
    end = before;
  }
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

namespace {

// Rows known to the day that speak together are of one day; of others any may be the one that answers.
std::optional<TimeOfRows> time_of(const Question& q, const std::vector<RowPart>& parts, bool surely) {
  std::optional<TimeOfRows> out;
  for (const RowPart& part : parts) {
    if (!speaks(part.part)) continue;
    const Date end = q.step ? *q.step->to : part.row->valid_from;
    const Date last = q.step ? end : std::min(part.row->from().last(), q.date);  // it began by then
    if (!out) out = {end, last, surely};
    out->low = std::min(out->low, end);
    out->high = std::max(out->high, last);
  }
  return out;
}

// On which side of a break: a step has its place, whether or not there is a reading for it.
std::optional<TimeOfRows> stands_at(const Reading& reading) {
  return reading.step ? TimeOfRows{*reading.step->to, *reading.step->to} : reading.time;
}

}  // namespace

Reading read_evidence(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment) {
  const FieldDef& def = snapshot.schema().field(field);
  Question q{snapshot, def, field, subject, snapshot.rows(field, subject), moment.date(), std::nullopt};
  if (def.occurrence == Occurrence::Series) q.step = step_asked(def, moment);
  Reading reading;
  reading.step = q.step;
  const auto is_exact = [](const Observation& row) { return row.exact(); };
  const bool exact = q.step || std::all_of(q.rows.begin(), q.rows.end(), is_exact);
  auto doubted = exact ? std::nullopt : read_in_doubt(q, reading.rows);
  if (doubted) {
    reading.cell = std::move(doubted->cell);
  } else {
    std::vector<Voice> all = voices(q, reading.rows);
    reading.cell = answer(q, all, reading.rows);
  }
  reading.time = time_of(q, reading.rows, !doubted || doubted->surely);
  std::stable_sort(reading.rows.begin(), reading.rows.end(), [](const RowPart& a, const RowPart& b) {
    return std::pair(a.part, a.row->row) < std::pair(b.part, b.row->row);
  });
  return reading;
}

Reading read_comparable(const Snapshot& snapshot, FieldId field, SubjectId subject, const Moment& moment) {
  Reading reading = read_evidence(snapshot, field, subject, moment);
  const FieldDef& def = snapshot.schema().field(field);
  const auto present = moment.present();
  if (def.breaks.empty() || !present) return reading;
  const auto then = stands_at(reading), now = stands_at(read_evidence(snapshot, field, subject, *present));
  for (std::size_t i = 0; then && now && i < def.breaks.size(); ++i) {
    const SeriesBreak& each = def.breaks[i];
    if (!(then->low < each.from && each.from <= now->high)) continue;
    reading.across = i;
    reading.time.reset();
    reading.cell =
        unknown_of_type(def, {subject, field, moment.date(), ReasonKind::Missing,
                              fmt::format("not comparable, break from {}: {}", each.from.to_long_string(), each.why)});
    for (RowPart& part : reading.rows)
      if (speaks(part.part)) part.part = Part::Hole;
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
