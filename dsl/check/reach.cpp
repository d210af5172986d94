// What may not be read, however many rules stand between: evidence for information in ratings and criteria, readings
// too far apart for the steps asked about, local standards beside other evidence (docs/language.md 5.6, 8.4, 9.2).
#include <fmt/format.h>

#include <algorithm>

#include "dsl/check/reads.h"
#include "dsl/check/time_steps.h"
#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

// Evidence reached from some readings, each once, with the reading that led there and the rules in between.
struct Reached {
  FieldId field;
  Span at;  // in the expression or rule asked about
  struct Between {
    RuleId rule;
    Span reads;  // what comes next on the way
  };
  std::vector<Between> way;
};

std::vector<Reached> reached_from(const std::vector<std::vector<Read>>& edges, const std::vector<Read>& reads) {
  std::vector<Reached> found;
  struct Step {
    const Read* read;
    Span at;
    std::size_t came;
  };
  std::vector<Step> steps;
  const std::size_t none = static_cast<std::size_t>(-1);
  for (const Read& read : reads) steps.push_back({&read, read.at, none});
  std::vector<bool> seen(edges.size(), false);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step step = steps[i];
    if (const auto* rule = std::get_if<RuleId>(&step.read->what)) {
      if (seen[rule->index]) continue;
      seen[rule->index] = true;
      for (const Read& read : edges[rule->index]) steps.push_back({&read, step.at, i});
      continue;
    }
    Reached reached{std::get<FieldId>(step.read->what), step.at, {}};
    const bool known =
        std::any_of(found.begin(), found.end(), [&](const Reached& other) { return other.field == reached.field; });
    if (known) continue;
    std::size_t next = i;
    for (std::size_t at = step.came; at != none; next = at, at = steps[at].came)
      reached.way.push_back({std::get<RuleId>(steps[at].read->what), steps[next].read->at});
    std::reverse(reached.way.begin(), reached.way.end());
    found.push_back(std::move(reached));
  }
  return found;
}

std::string by_way_of(const Checker& checker, const Reached& reached) {
  if (reached.way.empty()) return "";
  std::string text = ", by way of ";
  for (std::size_t i = 0; i < reached.way.size(); ++i)
    text += (i == 0 ? "`" : ", `") + checker.book.rule(reached.way[i].rule).name + "`";
  return text;
}

// A rating, whatever makes it: bands, a table or a definition that gives a value of a scale, or a score. Or a
// criterion. A second outcome shares the text of the national rule, of which it has been said.
bool judges(const Rulebook& book, const Rule& rule) {
  if (rule.local_of) return false;
  if (std::holds_alternative<StageRule>(rule.body)) return false;
  const TypeKind kind = book.type(rule.type).kind;
  return kind == TypeKind::Scale || kind == TypeKind::Score || std::holds_alternative<RatingRule>(rule.body) ||
         std::holds_alternative<EnterRule>(rule.body) || std::holds_alternative<ExitRule>(rule.body);
}

// The path, a line for each rule on it: what it reads next, where.
std::vector<Note> path_of(const Checker& checker, const Reached& reached) {
  std::vector<Note> lines;
  for (std::size_t i = 0; i < reached.way.size(); ++i) {
    const auto& [rule, reads] = reached.way[i];
    const std::string& next = i + 1 < reached.way.size() ? checker.book.rule(reached.way[i + 1].rule).name
                                                         : checker.book.schema.field(reached.field).name;
    lines.push_back({reads, fmt::format("`{}` reads `{}` here", checker.book.rule(rule).name, next)});
  }
  lines.push_back({checker.book.evidence[reached.field.index].span, fmt::format("`purpose inform`")});
  return lines;
}

void check_purposes(Checker& checker, const std::vector<std::vector<Read>>& edges) {
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const Rule& rule = checker.book.rules[i];
    if (!judges(checker.book, rule)) continue;
    for (const Reached& reached : reached_from(edges, edges[i])) {
      const EvidenceNote& note = checker.book.evidence[reached.field.index];
      if (note.purpose != ast::Purpose::Inform) continue;
      const std::string& field = checker.book.schema.field(reached.field).name;
      checker.report(
          DiagnosticKind::InformsOnly, reached.at,
          fmt::format("`{}` is there to inform, and reaches `{}`{}", field, rule.name, by_way_of(checker, reached)),
          "a rating or criterion reads evidence whose purpose is to judge", path_of(checker, reached));
    }
  }
}

void check_consecutives(Checker& checker, const std::vector<std::vector<Read>>& edges) {
  for (const auto& asked : checker.asked_every) {
    std::vector<Read> reads;
    add_reads(checker.book, asked.what, reads);
    for (const Reached& reached : reached_from(edges, reads)) {
      const FieldDef& field = checker.book.schema.field(reached.field);
      if (!field.every || !is_coarser(*field.every, asked.unit)) continue;
      checker.report(
          DiagnosticKind::ReadTooSeldom, reached.at,
          fmt::format("`{}` has a reading every {}, less often than every {}{}", field.name,
                      assay::to_string(*field.every), to_string(asked.unit), by_way_of(checker, reached)),
          fmt::format("{} {}s", asked.combined ? "go by" : "ask for consecutive", assay::to_string(*field.every)));
    }
  }
}

void find_parameters(const Rulebook& book, ast::ExprId id, std::vector<ast::ExprId>& found) {
  if (std::holds_alternative<ParameterRef>(book.resolved[id.index])) found.push_back(id);
  std::vector<ast::ExprId> children;
  ast::for_each_child(book.tree.expr(id), [&](ast::ExprId child) { children.push_back(child); });
  for (const ast::ExprId child : children) find_parameters(book, child, found);
}

void check_standards(Checker& checker) {
  for (const Rule& rule : checker.book.rules) {
    if (rule.local_of) continue;
    std::vector<ast::ExprId> parameters;
    for (const ast::ExprId expr : deciding_exprs(rule)) find_parameters(checker.book, expr, parameters);
    for (const ast::ExprId id : parameters) {
      const ParameterId parameter = std::get<ParameterRef>(checker.book.resolved[id.index]).parameter;
      const auto standard = checker.standard_for[parameter.index];
      const auto& met = checker.standards_met;
      if (!standard || std::find(met.begin(), met.end(), id) != met.end()) continue;
      const Span at = checker.book.tree.span(id);
      checker.report(DiagnosticKind::StandardElsewhere, at,
                     fmt::format("{} is the local standard for `{}`, and is compared with that only", checker.quote(at),
                                 checker.book.schema.field(*standard).name),
                     "what is tighter would be turned round elsewhere: take another parameter");
    }
  }
}

}  // namespace

void check_reach(Checker& checker) {
  const auto edges = rule_reads(checker);
  check_purposes(checker, edges);
  check_consecutives(checker, edges);
  check_standards(checker);
}

}  // namespace assay::checking
