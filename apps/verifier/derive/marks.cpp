// What travels with a value and changes none (docs/language.md 4.10, 4.11, 5.9, 5.11).
#include "apps/verifier/derive/derivation.h"

namespace assay::verifier {

void Derivation::mark(Answer& answer, const Grounds& grounds, const Moment& moment) const {
  if (grounds.basis == ast::BasisKind::Proposed) add(answer.marks, {{MarkOf::Proposed, grounds.remark}});
  if (grounds.basis == ast::BasisKind::Inferred) add(answer.marks, {{MarkOf::Inferred, grounds.remark}});
  if (grounds.basis == ast::BasisKind::Local) add(answer.marks, {{MarkOf::Local, grounds.remark}});
  const Date date = moment.date();
  effort_.spend(1 + grounds.cites.size() * (1 + answer.marks.size()));
  for (const Citation& cite : grounds.cites) {
    const CitedDocument& text = book_.documents[cite.document.index];
    if (text.superseded_by && text.superseded_from && *text.superseded_from <= date)
      add(answer.marks, {{MarkOf::Superseded, text.title}});
    else if (text.in_force_to && *text.in_force_to < date)
      add(answer.marks, {{MarkOf::Superseded, text.title}});
    else if ((text.in_force_from && date < *text.in_force_from) || (text.announced && !text.in_force_from))
      add(answer.marks, {{MarkOf::NotInForce, text.title}});
  }
}

void Derivation::mark_evidence(Answer& answer, FieldId field, SubjectId subject, const Moment& moment,
                               RuleId reader) const {
  const EvidenceNote& note = book_.evidence[field.index];
  // 8.5: the same body reads for its own use what it has not released.
  const bool own_use = note.release && !asks_for(field, moment, reader);
  if (own_use && !is_released(field, subject, moment, book_.rule(reader).ruleset, false) && answer.known())
    add(answer.marks, {{MarkOf::NotReleased, evidence_.def(field).title}});
  if (!note.judgement_of.empty()) add(answer.marks, {{MarkOf::Judgement, note.judgement_of}});
  if (!note.proxy_for.empty()) add(answer.marks, {{MarkOf::Proxy, note.proxy_for}});
}

}  // namespace assay::verifier
