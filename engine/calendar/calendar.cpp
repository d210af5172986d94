// The parts put together; what is wanted by whom; which dates would be moved; which fall together.
#include "engine/calendar/calendar.h"

#include <algorithm>
#include <tuple>

#include "engine/calendar/parts.h"

namespace assay {

std::string_view to_string(CalendarEntry::Kind kind) {
  switch (kind) {
    case CalendarEntry::Kind::Dated:
      return "dated";
    case CalendarEntry::Kind::Due:
      return "due";
    case CalendarEntry::Kind::Ends:
      return "ends";
    case CalendarEntry::Kind::Stale:
      return "stale";
    case CalendarEntry::Kind::Period:
      return "period";
  }
  return {};
}

Concerned::Concerned(const Snapshot& snapshot, const CalendarQuestion& question) {
  for (std::uint32_t i = 0; i < snapshot.subjects().size(); ++i) {
    const Subject& link = snapshot.subject({i});
    if (!link.from || !in_being(snapshot, {i}, question.from)) continue;
    pairs_.insert({std::min(*link.from, *link.to), std::max(*link.from, *link.to)});
  }
  if (!question.subject) return;
  only_ = {*question.subject};
  for (const auto& [a, b] : pairs_) {
    if (a == *question.subject) only_->insert(b);
    if (b == *question.subject) only_->insert(a);
  }
}

void find_moves(Evaluation& evaluation, const Concerned& concerned, Calendar& calendar) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  Plan moving{calendar.question.from, {}};
  for (const RuleId rule : plan(book, evaluation.asked_on(calendar.question.from)).rules) {
    const auto* body = std::get_if<InteractionRule>(&book.rule(rule).body);
    if (body == nullptr) continue;
    const bool moves = std::ranges::any_of(
        body->effects, [](const auto& effect) { return std::holds_alternative<TimetableMove>(effect); });
    if (moves) moving.rules.push_back(rule);
  }
  for (const Outcome& outcome : outcomes(evaluation, moving)) {
    const Subject& link = snapshot.subject(outcome.subject);
    if (outcome.status != Status::Raised || !concerned.is(*link.from) || !concerned.is(*link.to)) continue;
    const auto& body = std::get<InteractionRule>(book.rule(outcome.rule).body);
    const Scope scope = evaluation.scope_of(outcome.rule, outcome.subject, {calendar.question.from});
    for (EffectNow& effect : effects_of(evaluation, body, scope))
      if (effect.kind == EffectNow::Kind::BringForward || effect.kind == EffectNow::Kind::PutBack)
        calendar.moves.push_back({outcome.rule, outcome.subject, std::move(effect)});
  }
}

void find_clashes(const Concerned& concerned, Calendar& calendar) {
  const auto& entries = calendar.entries;
  const auto whole = [](const CalendarEntry& entry) { return entry.exact && entry.subjects.size() == 1; };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const CalendarEntry& first = entries[i];
    const bool dated = first.kind == CalendarEntry::Kind::Dated;
    if ((!dated && first.kind != CalendarEntry::Kind::Period) || !whole(first)) continue;
    const Date last = dated ? Date{first.from.days + calendar.question.within_days} : first.to;
    for (std::size_t j = 0; j < entries.size() && entries[j].from <= last; ++j) {
      const CalendarEntry& second = entries[j];
      if (second.kind != CalendarEntry::Kind::Dated || !whole(second) || second.from < first.from) continue;
      if (dated && j <= i) continue;
      const SubjectId a = first.subjects.front(), b = second.subjects.front();
      if (a != b && (!dated || !concerned.linked(a, b))) continue;
      calendar.clashes.push_back({i, j, a, b, dated ? second.from.days - first.from.days : 0});
    }
  }
}

Calendar calendar_of(Evaluation& evaluation, const CalendarQuestion& question) {
  Calendar out{.question = question, .known_on = evaluation.snapshot().known_on()};
  const Concerned concerned(evaluation.snapshot(), question);
  find_entries(evaluation, concerned, out);
  find_due(evaluation, concerned, out);
  std::ranges::stable_sort(out.entries, [](const CalendarEntry& a, const CalendarEntry& b) {
    return std::tie(a.from, a.to, a.kind, a.title) < std::tie(b.from, b.to, b.kind, b.title);
  });
  find_clashes(concerned, out);
  find_moves(evaluation, concerned, out);
  find_demands(evaluation, out);
  return out;
}

}  // namespace assay
