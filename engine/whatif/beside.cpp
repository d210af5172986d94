// The question put twice, and every other question of the date beside it.
#include "engine/whatif/beside.h"

#include "engine/eval/words.h"
#include "engine/explain/because.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

std::string held_in_words(Evaluation& evaluation, const Stated& stated, Date as_at) {
  const FieldDef& field = evaluation.rulebook().schema.field(stated.field);
  if (field.occurrence == Occurrence::Event) {
    const Cell latest = evaluation.latest_event(stated.field, stated.subject, {as_at}).cell;
    if (latest.known()) return "the last on " + std::get<Date>(latest.value()).to_long_string();
    return latest.applies() ? "none recorded" : "none, for certain";
  }
  const Cell cell = evaluation.read(stated.field, stated.subject, {as_at}).cell;
  if (field.is_stage && evaluation.snapshot().rows(stated.field, stated.subject).empty())
    return "no decision held here";
  return cell.unknown() ? "what is not known" : cell_in_words(cell, field.type);
}

StatedInWords in_words(Evaluation& evaluation, const Stated& stated, Date as_at) {
  const Snapshot& snapshot = evaluation.snapshot();
  const FieldDef& field = snapshot.schema().field(stated.field);
  StatedInWords out;
  out.field = field.name;
  out.title = field.title.empty() ? field.name : field.title;
  out.subject = subject_text(snapshot, stated.subject);
  out.subject_name = name_on(snapshot, stated.subject, as_at);
  out.was = held_in_words(evaluation, stated, as_at);
  const Date from = stated_from(snapshot, stated, as_at);
  if (!stated.value) {
    out.now = "not held";
  } else if (field.occurrence == Occurrence::Event) {
    const bool one = !std::holds_alternative<bool>(*stated.value) || std::get<bool>(*stated.value);
    out.now = one ? "one on " + from.to_long_string() : "none up to " + from.to_long_string();
  } else {
    out.now = to_words(*stated.value, field.type);
    out.now += field.every ? fmt::format(" for {}", step_name(step_end(from, *field.every), *field.every))
                           : fmt::format(" from {}", from.to_long_string());
  }
  return out;
}

}  // namespace

Beside beside(Evaluation& evaluation, const Outcome& stands, const std::vector<Stated>& stated) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& held = evaluation.snapshot();
  const Snapshot snapshot = with_stated(book, held, stated, stands.as_at);
  Evaluation then(book, snapshot);
  const Outcome with_it = outcome(then, stands.rule, stands.subject, stands.as_at);
  Beside out;
  out.rule = book.rule(stands.rule).name;
  out.title = book.rule(stands.rule).title;
  out.subject = subject_text(held, stands.subject);
  out.name = name_on(held, stands.subject, stands.as_at);
  out.as_at = stands.as_at;
  out.known_on = held.known_on();
  for (const Stated& one : stated) out.stated.push_back(in_words(evaluation, one, stands.as_at));
  out.as_it_stands = assay::in_words(stands, book);
  out.with_it = assay::in_words(with_it, book);
  out.because = because_in_words(explain(then, with_it));
  const Plan planned = plan(book, {stands.as_at, held.known_on()});
  for (const Question& one : questions(book, held, planned)) {
    if (one.rule == stands.rule && one.subject == stands.subject) continue;
    const std::string was = assay::in_words(outcome(evaluation, one.rule, one.subject, stands.as_at), book);
    const std::string now = assay::in_words(outcome(then, one.rule, one.subject, stands.as_at), book);
    if (was != now)
      out.others.push_back({book.rule(one.rule).name, book.rule(one.rule).title, subject_text(held, one.subject),
                            name_on(held, one.subject, stands.as_at), was, now});
  }
  return out;
}

}  // namespace assay
