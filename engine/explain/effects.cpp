// Effects of an interaction, with the dates they move.
#include "engine/explain/effects.h"

#include <fmt/format.h>

#include "engine/explain/words.h"

namespace assay {

namespace {

struct Reader {
  Evaluation& evaluation;
  const Scope& scope;

  std::string text(Slot slot) const { return subject_text(evaluation.snapshot(), scope.slots[slot]); }
  std::string name(Slot slot) const { return name_on(evaluation.snapshot(), scope.slots[slot], scope.moment.date()); }
  const FieldDef& field(FieldId id) const { return evaluation.snapshot().schema().field(id); }

  EffectNow operator()(const RaiseFlag& raise) const {
    const Rule& flag = evaluation.rulebook().rule(raise.flag);
    return {.what = flag.name, .what_title = flag.title, .whose = text(raise.on), .whose_name = name(raise.on)};
  }
  EffectNow operator()(const TimetableMove& move) const {
    const bool forward = move.move == ast::TimetableEffect::Move::BringForward;
    EffectNow effect{.kind = forward ? EffectNow::Kind::BringForward : EffectNow::Kind::PutBack,
                     .what = field(move.what).name,
                     .what_title = field(move.what).title,
                     .whose = text(move.whose),
                     .whose_name = name(move.whose),
                     .by = move.by.to_string(),
                     .decided_by = move.decided_by};
    const Reading reading = evaluation.read(move.what, scope.slots[move.whose], scope.moment);
    if (const Cell& date = reading.cell; date.known() && std::holds_alternative<Date>(date.value())) {
      effect.from = std::get<Date>(date.value());
      effect.to = add(effect.from->first, {move.by.unit, forward ? -move.by.count : move.by.count});
    }
    for (const RowPart& row : reading.rows)
      if (row.part == Part::Imprecise) effect.from = std::get<ImpreciseDate>(row.row->value);
    return effect;
  }
  EffectNow operator()(const SharedEvidence& share) const {
    return {.kind = EffectNow::Kind::Share,
            .what = field(share.what).name,
            .what_title = field(share.what).title,
            .whose = text(share.whose),
            .whose_name = name(share.whose),
            .with = text(share.with),
            .with_name = name(share.with)};
  }
};

}  // namespace

std::vector<EffectNow> effects_of(Evaluation& evaluation, const InteractionRule& body, const Scope& scope) {
  std::vector<EffectNow> effects;
  for (const auto& effect : body.effects) effects.push_back(std::visit(Reader{evaluation, scope}, effect));
  return effects;
}

std::string effect_in_words(const EffectNow& effect) {
  const std::string& title = effect.what_title.empty() ? effect.what : effect.what_title;
  if (effect.kind == EffectNow::Kind::Raise) return fmt::format("raises \"{}\" on {}", title, effect.whose_name);
  if (effect.kind == EffectNow::Kind::Share)
    return fmt::format("shares \"{}\" of {} with {}", title, effect.whose_name, effect.with_name);
  std::string words =
      fmt::format("{} \"{}\" of {} by {}", effect.kind == EffectNow::Kind::PutBack ? "puts back" : "brings forward",
                  title, effect.whose_name, effect.by);
  if (effect.from && effect.to)
    words += fmt::format(", from {} to {}", effect.from->to_long_string(), effect.to->to_long_string());
  else
    words += effect.from ? fmt::format(", from a day of {} that is not known", effect.from->to_long_string())
                         : ", no date is set";
  if (!effect.decided_by.empty()) words += fmt::format(", decided by {}", effect.decided_by);
  return words;
}

std::string_view to_string(EffectNow::Kind kind) {
  switch (kind) {
    case EffectNow::Kind::Raise:
      return "raise";
    case EffectNow::Kind::BringForward:
      return "bring_forward";
    case EffectNow::Kind::PutBack:
      return "put_back";
    case EffectNow::Kind::Share:
      return "share";
  }
  return {};
}

}  // namespace assay
