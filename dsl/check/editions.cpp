// Which edition of a ruleset answers on a date, and so which of its rules and parameters (docs/language.md 5.9).
#include <algorithm>

#include "dsl/check/rulebook.h"

namespace assay {
namespace {

// Takes part at all in what is asked.
bool counts(const Ruleset& edition, const EditionAsked& asked) {
  return !edition.upcoming && edition.published <= asked.known_on && (!edition.draft || asked.drafts);
}

template <class Item, class ItemId>
std::optional<ItemId> of_edition(const std::vector<Item>& table, ItemId any, RulesetId edition) {
  if (table[any.index].ruleset == edition) return any;
  for (const ItemId each : table[any.index].editions)
    if (table[each.index].ruleset == edition) return each;
  return std::nullopt;
}

}  // namespace

bool Rulebook::in_force(RulesetId id, const EditionAsked& asked) const {
  const Ruleset& edition = ruleset(id);
  if (!counts(edition, asked) || asked.as_at < edition.in_force_from) return false;
  if (edition.in_force_to) return asked.as_at <= *edition.in_force_to;
  return std::none_of(edition.editions.begin(), edition.editions.end(), [&](RulesetId other) {
    const Ruleset& next = ruleset(other);
    return counts(next, asked) && edition.in_force_from < next.in_force_from && next.in_force_from <= asked.as_at;
  });
}

std::optional<RulesetId> Rulebook::edition_on(RulesetId any, const EditionAsked& asked) const {
  const auto& editions = ruleset(any).editions;
  for (auto each = editions.rbegin(); each != editions.rend(); ++each)
    if (in_force(*each, asked)) return *each;
  return std::nullopt;
}

std::optional<RuleId> Rulebook::rule_on(RuleId any, const EditionAsked& asked) const {
  const Rule& named = rule(any);
  const auto edition = edition_on(named.ruleset, asked);
  if (!edition) return std::nullopt;
  if (!named.local_of) return of_edition(rules, any, *edition);
  const auto national = rule_on(*named.local_of, asked);
  if (!national) return std::nullopt;
  const auto found = local_rules.find({*edition, *national});
  return found == local_rules.end() ? std::nullopt : std::optional(found->second);
}

std::optional<ParameterId> Rulebook::parameter_on(ParameterId any, const EditionAsked& asked) const {
  const auto edition = edition_on(parameters[any.index].ruleset, asked);
  return edition ? of_edition(parameters, any, *edition) : std::nullopt;
}

bool Rulebook::same_rule(RuleId a, RuleId b) const {
  return a == b || (!rule(a).editions.empty() && rule(a).editions == rule(b).editions);
}

}  // namespace assay
