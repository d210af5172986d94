// Beginnings on one side, dated decisions on the other.
#include "engine/history/near_decisions.h"

#include <algorithm>

#include "engine/eval/reading.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

struct Beginning {
  std::string what;
  Date on;
};

bool has(const Rulebook& book, const Parameter& parameter, const Parameter::Dated& value) {
  for (const Parameter& one : book.parameters)
    if (one.name == parameter.name)
      for (const auto& dated : one.values)
        if (dated.from == value.from && same(dated.value, value.value)) return true;
  return false;
}

bool has(const Rulebook& book, const Ruleset& edition) {
  return std::any_of(book.rulesets.begin(), book.rulesets.end(), [&](const Ruleset& one) {
    return one.name == edition.name && one.edition == edition.edition && one.in_force_from == edition.in_force_from;
  });
}

std::vector<Beginning> beginnings(const Rulebook& was, const Rulebook& now) {
  std::vector<Beginning> out;
  for (const Parameter& parameter : now.parameters)
    for (const auto& dated : parameter.values)
      if (!has(was, parameter, dated))
        out.push_back(
            {fmt::format("{}: {}", parameter.name, to_words(dated.value, now.type(parameter.type))), dated.from});
  for (const Ruleset& one : now.rulesets)
    if (!has(was, one)) out.push_back({fmt::format("edition {} of {}", one.edition, one.name), one.in_force_from});
  return out;
}

// The day a row is about a decision on, if it is.
std::optional<Date> decided_on(const FieldDef& field, const Observation& row) {
  if (row.superseded) return std::nullopt;
  const bool decision = row.standing == Standing::Held || row.standing == Standing::Ended;
  if (field.is_stage && decision) return row.valid_from;
  if (field.type.kind == TypeKind::Date && row.standing == Standing::Held) return std::get<Date>(row.value);
  return std::nullopt;
}

}  // namespace

std::vector<NearDecision> near_decisions(const Rulebook& was, const Rulebook& now, const Snapshot& snapshot,
                                         std::int32_t days) {
  const std::vector<Beginning> begun = beginnings(was, now);
  std::vector<NearDecision> out;
  for (const Observation& row : snapshot.all_rows()) {
    const FieldDef& field = snapshot.schema().field(row.field);
    const auto on = decided_on(field, row);
    if (!on) continue;
    for (const Beginning& one : begun) {
      if (*on < one.on || on->days - one.on.days > days) continue;
      const std::string decision =
          field.is_stage ? fmt::format("{}: {}", field.title, row_in_words(row, field.type)) : field.title;
      out.push_back({one.what, one.on, subject_text(snapshot, row.subject), name_on(snapshot, row.subject, *on),
                     decision, *on, row.document});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const NearDecision& a, const NearDecision& b) {
    return std::tie(a.begins, a.what, a.on) < std::tie(b.begins, b.what, b.on);
  });
  return out;
}

}  // namespace assay
