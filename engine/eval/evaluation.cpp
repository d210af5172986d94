// Asking for the cell of a rule: kept once derived. The parts live beside: rules.cpp, regime.cpp, expression.cpp and
// what those name.
#include "engine/eval/evaluation.h"

#include <algorithm>

#include "evidence/core/check.h"

namespace assay {

std::size_t Evaluation::KeyHash::operator()(const Key& key) const noexcept {
  // The rule is mixed in like the rest: rule and subject are both small, and pairs of them must not fall together.
  std::size_t hash = 0;
  for (std::uint32_t part :
       {key.rule, key.subject, static_cast<std::uint32_t>(key.moment.as_at.days),
        static_cast<std::uint32_t>(key.moment.months_back), static_cast<std::uint32_t>(key.moment.days_back),
        static_cast<std::uint32_t>(key.moment.looked_from.value_or(Date{}).days), key.moment.audience})
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
  return hash;
}

Evaluation::Evaluation(const Rulebook& rulebook, const Snapshot& snapshot, Overrides overrides, bool drafts)
    : rulebook_(rulebook), snapshot_(snapshot), overrides_(std::move(overrides)), drafts_(drafts) {
  any_waits_for_release_ = std::any_of(rulebook.evidence.begin(), rulebook.evidence.end(),
                                       [](const EvidenceNote& note) { return note.release.has_value(); });
  demands_.resize(rulebook.schema.kinds().size());
  for (std::uint32_t index = 0; index < rulebook.tree.decl_count(); ++index) {
    const auto* relation = std::get_if<ast::RelationDecl>(&rulebook.tree.decl({index}));
    const auto kind = relation ? rulebook.schema.find_kind(relation->name.text) : std::nullopt;
    if (!kind) continue;
    for (const auto& each : relation->each)
      (each.kind.text == relation->from.text ? demands_[kind->index].from : demands_[kind->index].to) = each.at_least;
  }
}

const Cell& Evaluation::rule(RuleId rule, SubjectId subject, const Moment& moment) {
  const Key key{rule.index, subject.index, moment};
  if (!recorder_) {
    const auto found = cells_.find(key);
    if (found != cells_.end()) return found->second;
  }
  // Derived before it is kept: deriving asks for other cells, and the table may grow meanwhile.
  Cell cell = derive(rule, subject, moment);
  return cells_.insert_or_assign(key, std::move(cell)).first->second;
}

Cell Evaluation::watched(RuleId rule, SubjectId subject, const Moment& moment, Watch watch) {
  watch_ = std::move(watch);
  Cell cell = derive(rule, subject, moment);
  watch_ = nullptr;
  return cell;
}

std::vector<Evaluation::Asked> Evaluation::asked() const {
  std::vector<Asked> out;
  for (const auto& [key, cell] : cells_) out.push_back({{key.rule}, {key.subject}, key.moment});
  std::sort(out.begin(), out.end());
  return out;
}

Scope Evaluation::scope_of(RuleId rule, SubjectId subject, const Moment& moment) const {
  Scope scope{moment, {subject}, rule, nullptr};
  if (scope.moment.audience == 0) scope.moment.audience = audience_of(rule);
  const Subject& who = snapshot_.subject(subject);
  if (who.from && who.to) scope.slots = {subject, *who.from, *who.to};
  const Rule& text = rulebook_.rule(rulebook_.rule(rule).local_of.value_or(rule));
  scope.pinned = rulebook_.ruleset(text.ruleset).editions.size() > 1 &&
                 rulebook_.edition_on(text.ruleset, asked_on(moment.date())) != text.ruleset;
  return scope;
}

Reading Evaluation::read(FieldId field, SubjectId subject, const Moment& moment) {
  if (auto withheld = withheld_from(field, subject, moment)) return *std::move(withheld);
  Reading reading = read_comparable(snapshot_, field, subject, moment);
  hold_back_until_due(reading, field, subject, moment);
  mark_evidence(reading.cell, field, subject, moment);
  note_reading(reading);
  return reading;
}

Cell Evaluation::cell_of(FieldId field, SubjectId subject, const Moment& moment) {
  if (recorder_) return read(field, subject, moment).cell;
  const Key key{field.index, subject.index, moment};
  if (const auto found = field_cells_.find(key); found != field_cells_.end()) return found->second;
  return field_cells_.insert_or_assign(key, read(field, subject, moment).cell).first->second;
}

const std::vector<SubjectId>& Evaluation::in_force(KindId kind, Date date) {
  const auto [found, fresh] = in_force_.try_emplace({kind.index, date.days});
  if (fresh) {
    for (SubjectId subject : snapshot_.of_kind(kind))
      if (in_being(snapshot_, subject, date)) found->second.push_back(subject);
  }
  return found->second;
}

void Evaluation::note_reading(const Reading& reading) {
  if (!recorder_ || !reading.time) return;
  Noted noted{{}, *reading.time};
  for (const RowPart& part : reading.rows)
    if (speaks(part.part)) noted.rows.push_back(part.row);
  recorder_->push_back(std::move(noted));
}

template <typename Ask>
std::vector<Evaluation::Noted> Evaluation::noted_while(const Ask& ask) {
  std::vector<Noted> noted;
  auto* outer = recorder_;
  recorder_ = &noted;
  ask();
  recorder_ = outer;
  return noted;
}

std::vector<Evaluation::Noted> Evaluation::readings(ast::ExprId expression, const Scope& scope) {
  return noted_while([&] { expr(expression, scope); });
}

std::vector<const Observation*> Evaluation::reads(RuleId id, SubjectId subject, const Moment& moment) {
  std::vector<const Observation*> rows;
  for (const Noted& noted : noted_while([&] { rule(id, subject, moment); }))
    rows.insert(rows.end(), noted.rows.begin(), noted.rows.end());
  return rows;
}

const Parameter::Dated* Evaluation::parameter_row(ParameterId id, const Moment& moment) const {
  if (overrides_.contains(id.index)) return nullptr;
  const Date date = moment.date();
  if (!rulebook_.in_force(rulebook_.parameters[id.index].ruleset, asked_on(date))) return nullptr;
  const Parameter::Dated* answer = nullptr;
  for (const auto& dated : rulebook_.parameters[id.index].values)
    if (dated.from <= date) answer = &dated;
  // One that has ended never answers for later.
  return answer && answer->to && *answer->to < date ? nullptr : answer;
}

Cell Evaluation::parameter(ParameterId id, const Moment& moment) {
  if (!rulebook_.parameters[id.index].local_of.empty()) return local_parameter(id, moment);
  Cell cell = own_value(id, moment);
  // Where no edition answers there is no text to rest on (5.9).
  if (cell.known() || rulebook_.in_force(rulebook_.parameters[id.index].ruleset, asked_on(moment.date())))
    mark(cell, rulebook_.parameters[id.index].grounds, moment.date());
  return cell;
}

Cell Evaluation::own_value(ParameterId id, const Moment& moment) {
  const Parameter& parameter = rulebook_.parameters[id.index];
  Cell cell;
  if (const auto found = overrides_.find(id.index); found != overrides_.end()) {
    cell = Cell::of(found->second);
  } else if (const auto* row = parameter_row(id, moment)) {
    cell = Cell::of(row->value);
  } else {
    const ValueType& type = rulebook_.type(parameter.type);
    cell.low = type.low ? std::optional<Value>(*type.low) : std::nullopt;
    cell.high = type.high ? std::optional<Value>(*type.high) : std::nullopt;
  }
  return cell;
}

}  // namespace assay
