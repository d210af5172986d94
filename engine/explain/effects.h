// What follows from an interaction, for one pair: a flag raised, a date moved, evidence shared. Data for people and
// calendars; no rule reads it (docs/language.md 8.2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/eval/evaluation.h"

namespace assay {

struct EffectNow {
  enum class Kind { Raise, BringForward, PutBack, Share } kind = Kind::Raise;
  std::string what, what_title;   // name of the flag or field
  std::string whose, whose_name;  // on whom, or whose date or evidence: "ics:QE1"
  std::string with, with_name;    // shared with
  std::string by, decided_by;     // "3 months"; who decides
  // Of a date moved: neither where no date is set, the first alone where that is not known to the day.
  std::optional<ImpreciseDate> from;
  std::optional<Date> to;
};

std::vector<EffectNow> effects_of(Evaluation& evaluation, const InteractionRule& body, const Scope& scope);
std::string effect_in_words(const EffectNow& effect);
std::string_view to_string(EffectNow::Kind kind);  // raise, bring_forward, put_back, share

}  // namespace assay
