// Which rows count, and which of them answers where several sources speak (docs/language.md 5.2 to 5.4).
#include "apps/verifier/derive/evidence.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace assay::verifier {

Evidence::Evidence(const Snapshot& snapshot, Date known_on, Effort& effort)
    : snapshot_(snapshot), known_on_(known_on), effort_(effort) {
  for (const Observation& row : snapshot.all_rows())
    if (row.supersedes != 0 && row.recorded_on <= known_on) replaced_.insert(row.supersedes);
}

std::vector<const Observation*> Evidence::rows(FieldId field, SubjectId subject) const {
  std::vector<const Observation*> found;
  effort_.spend(1);
  for (const Observation& row : snapshot_.rows(field, subject)) {
    effort_.spend(2);
    if (row.recorded_on > known_on_ || (row.row != 0 && replaced_.contains(row.row))) continue;
    if (rank_of(row)) found.push_back(&row);
  }
  return found;
}

std::optional<std::size_t> Evidence::rank_of(const Observation& row) const {
  const auto& ranks = def(row.field).from;
  if (ranks.empty()) return 0;
  const std::string_view source = snapshot_.source_name(row.source);
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    effort_.spend(1 + ranks[i].size());
    if (std::find(ranks[i].begin(), ranks[i].end(), source) != ranks[i].end()) return i;
  }
  return std::nullopt;
}

Answer Evidence::lacking(FieldId field, SubjectId subject, Date on, Lacking lacking) const {
  Answer answer = unknown_of(def(field).type, {subject, field, on, lacking});
  answer.may_not_apply = def(field).may_not_apply;
  if (answer.may_not_apply) answer.why = {{subject, field, on, lacking}};
  return answer;
}

bool Evidence::in_being(SubjectId subject, Date date) const {
  const FieldId field = schema().kind(snapshot_.subject(subject).kind).register_field;
  const auto held = rows(field, subject);
  return std::any_of(held.begin(), held.end(), [&](const Observation* row) {
    return row->standing == Standing::Held && row->valid_from <= date && (!row->valid_to || date <= *row->valid_to);
  });
}

namespace {

bool same_saying(const Observation& a, const Observation& b) {
  if (a.standing != b.standing) return false;
  return a.standing != Standing::Held || same(a.value, b.value);
}

Answer said_by(const Observation& row, Date on) {
  if (row.standing == Standing::NotApplicable) return does_not_apply();
  const auto* date = std::get_if<ImpreciseDate>(&row.value);
  if (date == nullptr) return known(row.value);
  // 3.6: a range of dates, unknown within it.
  return unknown_between(date->first, date->last(), {{row.subject, row.field, on, Lacking::Missing}});
}

}  // namespace

// 5.4: of one source the row that begins latest, of several that begin together the one recorded latest. Usable beats
// precedence, precedence beats recency; equals whose rows begin together and differ are in conflict.
Reading Evidence::chosen(const std::vector<DatedRow>& rows, FieldId field, SubjectId subject, Date on,
                         const std::function<std::optional<Lacking>(const DatedRow&)>& unusable) const {
  std::map<SourceId, std::vector<DatedRow>> latest;
  effort_.spend(20 * rows.size());
  for (const DatedRow& row : rows) {
    auto& of_source = latest[row.row->source];
    const auto key = [](const DatedRow& of) { return std::pair(of.from, of.row->recorded_on); };
    if (!of_source.empty() && key(of_source.front()) > key(row)) continue;
    if (!of_source.empty() && key(of_source.front()) < key(row)) of_source.clear();
    of_source.push_back(row);
  }
  // 5.2: what is withdrawn leaves a hole, whatever else was recorded with it.
  for (auto& [source, of_source] : latest) {
    const auto withdrawn = std::find_if(of_source.begin(), of_source.end(), [](const DatedRow& row) {
      return row.row->standing == Standing::Withdrawn || row.row->standing == Standing::Redacted;
    });
    if (withdrawn != of_source.end()) of_source = {*withdrawn};
  }
  const std::size_t ranks = std::max<std::size_t>(1, def(field).from.size());
  for (std::size_t rank = 0; rank < ranks; ++rank) {
    std::vector<DatedRow> speak;
    for (const auto& [source, of_source] : latest) {
      for (const DatedRow& row : of_source) {
        if (rank_of(*row.row) != rank || unusable(row)) continue;
        if (!speak.empty() && speak.front().from > row.from) continue;
        if (!speak.empty() && speak.front().from < row.from) speak.clear();
        speak.push_back(row);
      }
    }
    if (speak.empty()) continue;
    Reading reading;
    reading.stands_at = speak.front().from;
    reading.answer = said_by(*speak.front().row, on);
    bool conflict = false;
    for (const DatedRow& row : speak) {
      reading.rows.push_back(row.row);
      if (same_saying(*row.row, *speak.front().row)) continue;
      conflict = true;
      reading.answer = hull(reading.answer, said_by(*row.row, on));
    }
    if (conflict) {
      reading.answer.why = {{subject, field, on, Lacking::Conflict}};
      const TypeKind kind = def(field).type.kind;
      if (kind == TypeKind::Choice || kind == TypeKind::Text) reading.answer.low = reading.answer.high = std::nullopt;
    }
    return reading;
  }
  // No source has a usable row: why, as the first of them says.
  Reading reading;
  std::optional<DatedRow> hole;
  for (const auto& [source, of_source] : latest) {
    const DatedRow& row = of_source.front();
    const auto key = [&](const DatedRow& of) {
      return std::tuple(*rank_of(*of.row), -of.from.days, snapshot_.source_name(of.row->source));
    };
    if (!hole || key(row) < key(*hole)) hole = row;
  }
  reading.answer = lacking(field, subject, on, hole ? *unusable(*hole) : Lacking::Missing);
  return reading;
}

}  // namespace assay::verifier
