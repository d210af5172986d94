// Spans, then the two firsts.
#include "engine/history/history.h"

#include <algorithm>

#include "engine/explain/words.h"
#include "evidence/core/check.h"

namespace assay {

std::int32_t History::days(DayState state) const {
  std::int32_t out = 0;
  for (const TimelineSpan& span : spans) out += span.state == state ? span.days() : 0;
  return out;
}

const TimelineSpan& History::on(Date day) const {
  const auto found =
      std::find_if(spans.begin(), spans.end(), [&](const auto& span) { return span.from <= day && day <= span.to; });
  CHECK(found != spans.end());
  return *found;
}

History history_of(Evaluation& evaluation, const PeriodQuestion& question) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  const auto rule = book.find_rule(question.rule);
  CHECK(rule && question.from <= question.to);
  History history;
  history.question = question;
  history.title = book.rule(*rule).title;
  history.subject = subject_text(snapshot, question.subject);
  history.subject_name = name_on(snapshot, question.subject, question.to);
  history.trigger = is_trigger(book.rule(*rule));
  history.known_on = snapshot.known_on();
  history.spans = timeline(evaluation, question);
  if (!history.trigger) return history;
  for (const TimelineSpan& span : history.spans) {
    if (span.state != DayState::Raised && span.state != DayState::Waived) continue;
    history.first_knowable = span.from;
    break;
  }
  history.first_known = first_known(book, snapshot, question);
  return history;
}

}  // namespace assay
