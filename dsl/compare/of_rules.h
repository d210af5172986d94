// Which way one rule lies from another of its name. Internal to dsl/compare.
#pragma once

#include "dsl/compare/direction.h"

namespace assay {

struct RuleIn {
  const Rulebook& book;
  const Rule& rule;
};

// Of a flag, interaction or criterion: raised in more cases or fewer; of a number or rating: higher or lower.
Way way_of_rules(const RuleIn& was, const RuleIn& now, const NamesNow& names);
// The rule's terms, members in an order that says nothing: two rules whose words mean the same have the same.
std::string meaning_of(const RuleIn& rule);
// The names of rules, parameters and evidence that it reads itself.
std::vector<std::string> names_in(const RuleIn& rule);
// Does it itself divide, or look for what may not be there?
bool may_find_nothing(const RuleIn& rule);
// The author's words, without title, grounds and sentences.
std::string words_of(const RuleIn& rule);

}  // namespace assay
