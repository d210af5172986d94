// What two editions of a ruleset call by one name is of one sort, kind and type, so that whoever reads it need not know
// which of them answers (docs/language.md 5.9).
#include <fmt/format.h>

#include "dsl/check/checker.h"

namespace assay::checking {
namespace {

// In what a rule or parameter differs from that of another edition; empty where it does not.
std::string difference(const Checker& checker, const Symbol& a, const Symbol& b) {
  const Rulebook& book = checker.book;
  if (a.sort != b.sort) return fmt::format("is {} here and {} in another edition", noun(b.sort), noun(a.sort));
  TypeId of_a = kErrorType, of_b = kErrorType;
  if (a.sort == Sort::Rule) {
    const Rule &rule_a = book.rules[a.index], &rule_b = book.rules[b.index];
    if (rule_a.kind != rule_b.kind)
      return fmt::format("is of {} here and of {} in another edition", book.schema.kind(rule_b.kind).name,
                         book.schema.kind(rule_a.kind).name);
    if (is_trigger(rule_a) != is_trigger(rule_b))
      return is_trigger(rule_b) ? "is raised or clear here, and has a value in another edition"
                                : "has a value here, and is raised or clear in another edition";
    of_a = rule_a.type, of_b = rule_b.type;
  } else if (a.sort == Sort::Parameter) {
    of_a = book.parameters[a.index].type, of_b = book.parameters[b.index].type;
  }
  if (of_a == of_b || of_a == kErrorType || of_b == kErrorType) return "";
  return fmt::format("is {} here and {} in another edition", say(book.type(of_b)), say(book.type(of_a)));
}

class Agreement {
 public:
  explicit Agreement(Checker& checker) : checker_(checker) {}

  void of(const std::vector<RulesetId>& editions) {
    for (const RulesetId edition : editions)
      for (const auto& [name, symbol] : checker_.names.all_own(edition))
        if (symbol.sort != Sort::Broken) named_[name].push_back(symbol);
    for (const auto& [name, symbols] : named_) {
      if (symbols.size() < 2) continue;
      for (std::size_t i = 1; i < symbols.size(); ++i) {
        const std::string what = difference(checker_, symbols.front(), symbols[i]);
        if (!what.empty())
          checker_.differs({name, symbols[i].span}, symbols.front(), fmt::format("`{}` {}", name, what));
      }
      if (symbols.front().sort == Sort::Rule) note<RuleId>(symbols, checker_.book.rules);
      if (symbols.front().sort == Sort::Parameter) note<ParameterId>(symbols, checker_.book.parameters);
    }
  }

 private:
  template <class ItemId, class Item>
  void note(const std::vector<Symbol>& symbols, std::vector<Item>& table) {
    std::vector<ItemId> ids;
    for (const Symbol& symbol : symbols)
      if (symbol.sort == symbols.front().sort) ids.push_back({symbol.index});
    for (const ItemId id : ids) table[id.index].editions = ids;
  }

  Checker& checker_;
  std::map<std::string, std::vector<Symbol>> named_;
};

}  // namespace

Days days_in_force(const Rulebook& book, RulesetId id) {
  const Ruleset& edition = book.ruleset(id);
  Days days{edition.in_force_from, edition.in_force_to};
  for (const RulesetId other : edition.editions) {
    const Ruleset& next = book.ruleset(other);
    if (days.to || next.draft || next.upcoming || next.in_force_from <= edition.in_force_from) continue;
    days.to = Date{next.in_force_from.days - 1};
  }
  return days;
}

void check_editions(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.book.rulesets.size(); ++i) {
    const std::vector<RulesetId> editions = checker.book.rulesets[i].editions;
    if (editions.size() > 1 && editions.front() == RulesetId{i}) Agreement(checker).of(editions);
  }
}

}  // namespace assay::checking
