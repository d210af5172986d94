// Second outcomes: of each national rule that reads, at the subject itself, a parameter that an overlay sets, one in
// the overlay's own name (docs/language.md 9.3). It shares the national rule's text; which values it reads the engine
// finds by whose rule is asked. Members of sets keep the national ones.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/check/reads.h"
#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

// What a rule reads at its subject itself.
struct OwnReads {
  const Rulebook& book;
  std::set<ParameterId> parameters;
  std::set<RuleId> rules;

  void expr(ast::ExprId id, bool of_member) {
    const Resolved& resolved = book.resolved[id.index];
    if (const auto* ref = std::get_if<ParameterRef>(&resolved); ref && !of_member) parameters.insert(ref->parameter);
    if (const auto* rule = std::get_if<RuleOf>(&resolved); rule && rule->slot == 0 && !rule->pinned)
      rules.insert(rule->rule);
    const bool inside = of_member || asks_members(book.tree.expr(id));
    ast::for_each_child(book.tree.expr(id), [&](ast::ExprId child) { expr(child, inside); });
  }

  static bool asks_members(const ast::Expr& node) {
    if (const auto* quantified = std::get_if<ast::Quantified>(&node))
      return std::holds_alternative<ast::SetOf>(quantified->range);
    if (const auto* aggregate = std::get_if<ast::Aggregate>(&node))
      return !aggregate->over && std::holds_alternative<ast::SetOf>(aggregate->range);
    return std::holds_alternative<ast::Position>(node) || std::holds_alternative<ast::Spread>(node);
  }
};

OwnReads own_reads(const Rulebook& book, const Rule& rule) {
  OwnReads reads{book, {}, {}};
  for (const ast::ExprId id : deciding_exprs(rule)) reads.expr(id, false);
  if (const auto* unsupported = std::get_if<UnsupportedRule>(&rule.body)) reads.rules.insert(unsupported->enter);
  return reads;
}

class SecondOutcomes {
 public:
  SecondOutcomes(Checker& checker, RulesetId overlay) : checker_(checker), overlay_(overlay) {}

  void make() {
    const Rulebook& book = checker_.book;
    std::vector<std::pair<RuleId, OwnReads>> candidates;
    for (std::uint32_t i = 0; i < book.rules.size(); ++i)
      if (is_candidate(book.rules[i])) candidates.emplace_back(RuleId{i}, own_reads(book, book.rules[i]));
    std::set<RuleId> affected;
    for (bool grew = true; grew;) {
      grew = false;
      for (const auto& [id, reads] : candidates)
        if (!affected.contains(id) && is_affected(reads, affected)) grew = affected.insert(id).second;
    }
    for (const RuleId id : affected) add(id);
    for (const RuleId id : affected) turn(id);
  }

 private:
  const Overlay& overlay() const { return *checker_.book.ruleset(overlay_).overlay; }

  bool is_candidate(const Rule& rule) const {
    const auto& editions = checker_.book.ruleset(overlay().on).editions;
    return !rule.local_of && rule.kind == overlay().kind && !std::holds_alternative<InteractionRule>(rule.body) &&
           std::find(editions.begin(), editions.end(), rule.ruleset) != editions.end();
  }

  bool is_affected(const OwnReads& reads, const std::set<RuleId>& affected) const {
    const auto& set = checker_.book.local_parameters;
    return std::any_of(reads.parameters.begin(), reads.parameters.end(),
                       [&](ParameterId id) {
                         return set.contains({overlay_, id});
                       }) ||
           std::any_of(reads.rules.begin(), reads.rules.end(), [&](RuleId id) { return affected.contains(id); });
  }

  void add(RuleId national) {
    const RuleId id{static_cast<std::uint32_t>(checker_.book.rules.size())};
    Rule made = checker_.book.rule(national);
    const std::string name = made.name.substr(checker_.book.ruleset(made.ruleset).name.size() + 1);
    made.ruleset = overlay_;
    made.name = checker_.qualified(overlay_, name);
    made.grounds.basis = ast::BasisKind::Local;
    made.grounds.remark.clear();
    made.editions.clear();
    made.local_of = national;
    const Span named = checker_.rule_named[national.index];
    // It is waived apart from the national one.
    if (auto* flag = std::get_if<FlagRule>(&made.body))
      flag->waiver = checker_.add_record(overlay_, {name, named}, made.kind, FieldRole::Waiver, made.title);
    if (const Symbol* own = checker_.names.own(overlay_, name); own == nullptr) {
      checker_.names.add(overlay_, name, {.sort = Sort::Rule, .index = id.index, .span = named});
    } else if (own->sort != Sort::Rule || !checker_.book.rules[own->index].local_of) {
      checker_.report(DiagnosticKind::DeclaredTwice, own->span,
                      fmt::format("`{}` is the overlay's own outcome of the national rule of that name", name),
                      "give this one another name", {{named, "the national rule"}});
    }
    checker_.rule_named.push_back(named);
    checker_.book.local_rules[{overlay_, national}] = id;
    checker_.book.rules.push_back(std::move(made));
  }

  // A criterion asked of by another of its regime is the overlay's too.
  void turn(RuleId national) {
    auto& book = checker_.book;
    Rule& made = book.rules[book.local_rules.at({overlay_, national}).index];
    auto* unsupported = std::get_if<UnsupportedRule>(&made.body);
    if (unsupported == nullptr) return;
    const auto enter = book.local_rules.find({overlay_, unsupported->enter});
    if (enter != book.local_rules.end()) unsupported->enter = enter->second;
  }

  Checker& checker_;
  RulesetId overlay_;
};

}  // namespace

void make_local_outcomes(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.book.rulesets.size(); ++i)
    if (checker.book.rulesets[i].overlay) SecondOutcomes(checker, RulesetId{i}).make();
  std::map<std::string, std::vector<RuleId>> by_name;
  for (std::uint32_t i = 0; i < checker.book.rules.size(); ++i)
    if (checker.book.rules[i].local_of) by_name[checker.book.rules[i].name].push_back({i});
  for (const auto& [name, ids] : by_name) {
    if (ids.size() < 2) continue;
    for (const RuleId id : ids) checker.book.rules[id.index].editions = ids;
  }
}

}  // namespace assay::checking
