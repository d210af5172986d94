// Blind spots of a subject: rules that could decide on no day of a period, and evidence that no rule reads. A list that
// anyone could have asked for at the time. Pure.
#pragma once

#include <vector>

#include "engine/eval/evaluation.h"

namespace assay {

// A piece of evidence that was wanting on every day the rule was asked.
struct AlwaysWanting {
  SubjectId subject;
  FieldId field;
  std::int64_t rows = 0;  // held of it whenever, with a value
};
struct NeverAble {
  RuleId rule;
  SubjectId subject;  // of an interaction: the link
  Date since;         // the first day on which it was asked
  std::vector<AlwaysWanting> wanting;
};
// Rules of the subject, and of the pairs it is one of; in the order declared.
std::vector<NeverAble> never_able(Evaluation& evaluation, SubjectId subject, Date from, Date to);

// Evidence of the subject's kind that reaches no rule, with how many rows are held of the subject.
struct Unread {
  FieldId field;
  std::int64_t rows = 0;
  bool printed = false;  // in what a flag or interaction says or asks for, where it decides nothing
};
std::vector<Unread> read_by_no_rule(const Rulebook& rulebook, const Snapshot& snapshot, SubjectId subject);

}  // namespace assay
