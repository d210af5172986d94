// Regimes: stages, and the criteria to enter and leave them (docs/language.md 7).
#include "dsl/syntax/lowering.h"

namespace assay::syntax {

void Lowering::regime(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::RegimeDecl out{.name = names[0], .kind = names[1]};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::DecidedBy && first_time(seen, clause)) out.decided_by = text_of_child(clause);
    if (clause.kind == Kind::StartsIn && first_time(seen, clause)) out.starts_in = name_of_child(clause);
    charge_clause(out.charge, clause, seen);
    if (clause.kind == Kind::Stage) out.stages.push_back(stage(clause));
    if (clause.kind == Kind::Enter) out.enters.push_back(enter(clause));
    if (clause.kind == Kind::Exit) out.exits.push_back(exit_stage(clause));
  }
  if (out.starts_in.text.empty()) missing(out.name, "regime", "`starts in`");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

ast::Stage Lowering::stage(const Node& node) {
  ast::Stage out{.name = name_of_child(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::DecidedBy && first_time(seen, clause)) out.decided_by = text_of_child(clause);
    if (clause.kind == Kind::Basis || clause.kind == Kind::Cites) grounds_clause(out.grounds, clause, seen);
  }
  return out;
}

ast::Enter Lowering::enter(const Node& node) {
  ast::Enter out{.stage = name_of_child(node), .span = span(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    charge_clause(out.charge, clause, seen);
    if (clause.kind == Kind::Criteria && first_time(seen, clause)) out.criteria = criteria(clause);
    if (clause.kind == Kind::Basis || clause.kind == Kind::Cites) grounds_clause(out.grounds, clause, seen);
  }
  if (!seen.contains(Kind::Criteria)) missing(out.stage, "way into", "`when`");
  return out;
}

ast::Exit Lowering::exit_stage(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::Exit out{.from = names[0], .to = names[1], .span = span(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    charge_clause(out.charge, clause, seen);
    if (clause.kind == Kind::Criteria && first_time(seen, clause)) out.criteria = criteria(clause);
    if (clause.kind == Kind::Basis || clause.kind == Kind::Cites) grounds_clause(out.grounds, clause, seen);
  }
  if (!seen.contains(Kind::Criteria)) missing(out.from, "way out of", "`when`");
  return out;
}

}  // namespace assay::syntax
