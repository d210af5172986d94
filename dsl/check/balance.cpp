// What rulesets measure, and how fairly: safety among what is aimed at, more than one measure below a rating,
// priorities left to those who choose them (docs/language.md 8.7). What they read is told apart by what evidence says
// of itself, so that a ruleset that says nothing is warned of nothing.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "dsl/check/reads.h"
#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

constexpr std::string_view kPriority = "priority";

// Evidence reached from some reads, by whatever rules.
std::set<std::uint32_t> fields_below(const std::vector<std::vector<Read>>& edges, std::vector<Read> open) {
  std::set<std::uint32_t> fields, rules;
  while (!open.empty()) {
    const Read read = open.back();
    open.pop_back();
    if (const auto* field = std::get_if<FieldId>(&read.what)) fields.insert(field->index);
    const auto* rule = std::get_if<RuleId>(&read.what);
    if (rule != nullptr && rules.insert(rule->index).second)
      open.insert(open.end(), edges[rule->index].begin(), edges[rule->index].end());
  }
  return fields;
}

// ---- Safety ----

// By ruleset: whether it says what it is for, an aim or a priority, and whether what it declares or reads serves
// safety.
void check_safety(Checker& checker, const std::vector<std::vector<Read>>& edges) {
  const Rulebook& book = checker.book;
  std::vector<bool> says_what_for(book.rulesets.size(), false), serves(book.rulesets.size(), false);
  for (const EvidenceNote& note : book.evidence) {
    if (!note.charge.aims.empty() || note.measures == kPriority) says_what_for[note.ruleset.index] = true;
    if (note.serves_safety) serves[note.ruleset.index] = true;
  }
  for (std::size_t i = 0; i < book.rules.size(); ++i) {
    const Rule& rule = book.rules[i];
    if (rule.local_of) continue;
    if (!rule.charge.aims.empty()) says_what_for[rule.ruleset.index] = true;
    for (const std::uint32_t field : fields_below(edges, edges[i]))
      if (book.evidence[field].serves_safety) serves[rule.ruleset.index] = true;
  }
  std::vector<bool> told(book.rulesets.size(), false);
  checker.for_each<ast::RulesetDecl>([&](ast::DeclId, const ast::RulesetDecl& decl, RulesetId in) {
    if (told[in.index] || !says_what_for[in.index] || serves[in.index]) return;
    told[in.index] = true;
    checker.report(DiagnosticKind::NoSafety, decl.name.span,
                   fmt::format("`{}` says what it is for, and nothing in it serves safety", decl.name.text),
                   "add `serves safety` to the evidence of quality and safety, or add such evidence");
  });
}

// ---- Single measures ----

// A rating that only flags, criteria and readers see: no other value is made of it.
bool stands_by_itself(const Rulebook& book, const std::vector<std::vector<Read>>& edges, RuleId rating) {
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (is_trigger(book.rules[i]) || book.rules[i].local_of) continue;
    for (const Read& read : edges[i]) {
      const auto* rule = std::get_if<RuleId>(&read.what);
      if (rule != nullptr && book.same_rule(*rule, rating)) return false;
    }
  }
  return true;
}

// Evidence of another kind of subject, or of a link, is as many measures as there are of those.
void check_single_measures(Checker& checker, const std::vector<std::vector<Read>>& edges) {
  const Rulebook& book = checker.book;
  for (std::uint32_t i = 0; i < book.rules.size(); ++i) {
    const Rule& rule = book.rules[i];
    if (!std::holds_alternative<RatingRule>(rule.body) || rule.local_of) continue;
    const std::set<std::uint32_t> fields = fields_below(edges, edges[i]);
    if (fields.size() != 1) continue;
    const FieldDef& field = book.schema.field({*fields.begin()});
    const EvidenceNote& note = book.evidence[*fields.begin()];
    if (note.measures.empty() || field.kind != rule.kind || !stands_by_itself(book, edges, {i})) continue;
    checker.report(DiagnosticKind::OneMeasure, checker.rule_named[i],
                   fmt::format("`{}` rests on `{}` alone", rule.name, field.name),
                   "a rating of a body takes more than one measure; or make it a flag, which says what it found",
                   {{note.span, "the one measure"}});
  }
}

// ---- Priorities ----

class PriorityFinder {
 public:
  PriorityFinder(Checker& checker, const std::vector<std::vector<Read>>& edges, const Rule& rule)
      : checker_(checker), edges_(edges), rule_(rule) {}

  void visit(ast::ExprId id) {
    const ast::Expr& expr = checker_.book.tree.expr(id);
    if (const auto* aggregate = std::get_if<ast::Aggregate>(&expr)) range(id, aggregate->range);
    if (const auto* quantified = std::get_if<ast::Quantified>(&expr)) range(id, quantified->range);
    if (const auto* position = std::get_if<ast::Position>(&expr)) among(id, position->value, position->among);
    if (const auto* spread = std::get_if<ast::Spread>(&expr)) among(id, spread->value, spread->among);
    ast::for_each_child(expr, [&](ast::ExprId child) { visit(child); });
  }

 private:
  void range(ast::ExprId whole, const ast::Range& range) {
    const auto* set = std::get_if<ast::SetOf>(&range);
    if (set == nullptr) return;
    std::vector<Read> reads;
    add_reads(checker_.book, set->set, reads);
    if (set->where) add_reads(checker_.book, *set->where, reads);
    if (set->meet) add_reads(checker_.book, *set->meet, reads);
    compared(whole, *set, std::move(reads));
  }
  void among(ast::ExprId whole, ast::ExprId value, const ast::SetOf& set) {
    std::vector<Read> reads;
    add_reads(checker_.book, value, reads);
    compared(whole, set, std::move(reads));
  }
  // Who is like it, or near it, may be chosen by priority: that is no comparison of priorities.
  void compared(ast::ExprId whole, const ast::SetOf& set, std::vector<Read> reads) {
    const auto* members = std::get_if<SetRef>(&checker_.book.resolved[set.set.index]);
    if (members == nullptr || members->members != rule_.kind) return;
    for (const std::uint32_t field : fields_below(edges_, std::move(reads))) {
      const EvidenceNote& note = checker_.book.evidence[field];
      if (note.measures != kPriority) continue;
      checker_.report(DiagnosticKind::PrioritiesCompared, checker_.book.tree.span(whole),
                      fmt::format("`{}` compares what bodies chose as priorities: `{}`", rule_.name,
                                  checker_.book.schema.field({field}).name),
                      "compare access, quality or outcomes; to differ in priorities is no shortcoming",
                      {{note.span, "`measures priority`"}});
      return;
    }
  }

  Checker& checker_;
  const std::vector<std::vector<Read>>& edges_;
  const Rule& rule_;
};

void check_priorities(Checker& checker, const std::vector<std::vector<Read>>& edges) {
  for (const Rule& rule : checker.book.rules) {
    if (rule.local_of) continue;
    PriorityFinder finder(checker, edges, rule);
    for (const ast::ExprId expr : deciding_exprs(rule)) finder.visit(expr);
  }
}

}  // namespace

void check_balance(Checker& checker) {
  // Where something is wrong, what it would have read is not known.
  if (checker.sink.has_errors()) return;
  const auto edges = rule_reads(checker);
  check_safety(checker, edges);
  check_single_measures(checker, edges);
  check_priorities(checker, edges);
}

}  // namespace assay::checking
