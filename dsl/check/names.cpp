// Tables of names and the three ways in which one is found.
#include "dsl/check/names.h"

#include <algorithm>

#include "evidence/core/text.h"

namespace assay::checking {

void Names::add_ruleset(std::string name) {
  spaces_.emplace_back();
  spaces_.back().name = std::move(name);
}

std::optional<RulesetId> Names::ruleset(std::string_view name) const {
  for (std::size_t i = 0; i < spaces_.size(); ++i) {
    if (spaces_[i].name == name) return RulesetId{static_cast<std::uint32_t>(i)};
  }
  return std::nullopt;
}

std::optional<RulesetId> Names::alias(RulesetId in, std::string_view name) const {
  const auto& aliases = spaces_[in.index].aliases;
  const auto found = aliases.find(name);
  return found == aliases.end() ? std::nullopt : std::optional(found->second);
}

bool Names::sees(RulesetId user, RulesetId used) const {
  const auto& list = uses(user);
  return user == used || std::find(list.begin(), list.end(), used) != list.end();
}

bool Names::pinned(RulesetId user, RulesetId used) const {
  const auto& list = spaces_[user.index].pinned;
  return std::find(list.begin(), list.end(), used) != list.end();
}

const Symbol* Names::own(RulesetId in, std::string_view name) const {
  const auto& own = spaces_[in.index].own;
  const auto found = own.find(name);
  return found == own.end() ? nullptr : &found->second;
}

void Names::add(RulesetId in, const std::string& name, Symbol symbol) {
  spaces_[in.index].own.insert_or_assign(name, symbol);
  spaces_[in.index].by_small_letters.emplace(lower_case(name), name);
}

const std::pair<const std::string, Symbol>* Names::own_in_other_case(RulesetId in, std::string_view name) const {
  const Space& space = spaces_[in.index];
  const auto same = space.by_small_letters.find(lower_case(name));
  if (same == space.by_small_letters.end() || same->second == name) return nullptr;
  return &*space.own.find(same->second);
}

const Symbol* Names::own_or_broken(RulesetId in, std::string_view name) const {
  if (const Symbol* symbol = own(in, name)) return symbol;
  for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
    const Symbol* start = own(in, name.substr(0, dot));
    if (start != nullptr && start->sort == Sort::Broken) return start;
  }
  return nullptr;
}

Lookup Names::find(RulesetId from, std::string_view name) const {
  if (const Symbol* symbol = own_or_broken(from, name)) return {symbol, Lookup::Problem::None, {}};
  Lookup found;
  for (const RulesetId used : uses(from)) {
    const Symbol* symbol = own(used, name);
    if (symbol == nullptr || !symbol->vocabulary) continue;
    // Editions of one ruleset say the same; the first that is used answers.
    const std::string& name_of_used = spaces_[used.index].name;
    if (std::find(found.rulesets.begin(), found.rulesets.end(), name_of_used) != found.rulesets.end()) continue;
    found.symbol = symbol;
    found.rulesets.push_back(name_of_used);
  }
  if (found.rulesets.size() > 1) found.problem = Lookup::Problem::Ambiguous;
  if (found.symbol != nullptr) return found;
  return find_qualified(from, name);
}

// The longest start of the name that is a ruleset or its short name; the rest is a name in it.
Lookup Names::find_qualified(RulesetId from, std::string_view name) const {
  Lookup unknown{nullptr, Lookup::Problem::Unknown, {}};
  for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
    const std::string_view start = name.substr(0, dot);
    auto used = alias(from, start);
    if (!used) used = ruleset(start);
    if (!used) continue;
    std::vector<RulesetId> editions;
    if (same_name(from, *used)) editions.push_back(from);
    for (const RulesetId each : uses(from))
      if (same_name(each, *used)) editions.push_back(each);
    if (editions.empty()) return {nullptr, Lookup::Problem::NotUsed, {spaces_[used->index].name}};
    for (const RulesetId each : editions)
      if (const Symbol* symbol = own_or_broken(each, name.substr(dot + 1))) return {symbol, Lookup::Problem::None, {}};
    return unknown;
  }
  return unknown;
}

std::string Names::prefix_of(RulesetId from, RulesetId used) const {
  for (const auto& [name, ruleset] : spaces_[from.index].aliases) {
    if (ruleset == used) return name + ".";
  }
  return spaces_[used.index].name + ".";
}

std::vector<std::string> Names::visible(RulesetId from) const {
  std::vector<std::string> names;
  for (const auto& [name, symbol] : all_own(from)) names.push_back(name);
  for (const RulesetId used : uses(from)) {
    for (const auto& [name, symbol] : all_own(used)) {
      if (symbol.vocabulary) names.push_back(name);
    }
  }
  for (const RulesetId used : uses(from)) {
    const std::string prefix = prefix_of(from, used);
    for (const auto& [name, symbol] : all_own(used)) names.push_back(prefix + name);
  }
  return names;
}

std::optional<std::string> Names::elsewhere(RulesetId from, std::string_view bare) const {
  for (const RulesetId used : uses(from)) {
    if (own(used, bare) != nullptr) return prefix_of(from, used) + std::string(bare);
  }
  return std::nullopt;
}

}  // namespace assay::checking
