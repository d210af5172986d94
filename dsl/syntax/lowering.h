// Nodes to tree: what matched becomes the structs of ast.h, and what the grammar cannot see (a clause given twice,
// `and` mixed with `or`, a day the calendar does not have) becomes a diagnostic. The functions stand in lower_*.cpp,
// cut by construct.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/syntax/ast.h"
#include "dsl/syntax/node.h"

namespace assay::syntax {

// "quarter" or "quarters".
ast::ConsecutiveUnit consecutive_unit(std::string_view word);

class Lowering {
 public:
  Lowering(const Sources& sources, FileId file, ast::Tree& tree, DiagnosticSink& sink)
      : sources_(sources), file_(file), tree_(tree), sink_(sink), first_expr_(tree.expr_count()) {}

  // One declaration. What could not be lowered stands as ErrorExpr, and has been reported.
  void declaration(const Node& node);

 private:
  using Seen = std::map<Kind, Span>;

  // lowering.cpp: places, words and messages
  Span span(const Node& node) const { return {file_, node.begin, node.end}; }
  std::string words(const Node& node) const { return sources_.words(span(node)); }
  std::string_view written(const Node& node) const { return sources_.text(span(node)); }
  ast::ExprId add(ast::Expr expr, const Node& node);
  ast::ExprId error_at(const Node& node) { return add(ast::ErrorExpr{}, node); }
  ast::ExprId missing(const ast::Name& name, std::string_view declaration, std::string_view clause);
  void report(DiagnosticKind kind, Span at, std::string message, std::string help = {}, std::vector<Note> labels = {});
  // Reports a clause of one kind given before; the first one counts.
  bool first_time(Seen& seen, const Node& clause);

  // lower_literal.cpp
  ast::Name name(const Node& node) const;
  ast::Text text(const Node& node) const;
  std::string text_of_child(const Node& node) const;  // of the Text in it, or nothing
  ast::Name name_of_child(const Node& node) const;
  std::vector<ast::Name> names_in(const Node& node) const;
  Date date(const Node& node);  // of a Date, or of a node that holds one
  // Of a Date, of SomeDays, or of a node that holds one of them.
  ImpreciseDate imprecise_date(const Node& node);
  Duration duration(const Node& node);
  std::uint32_t count(const Node& integer);
  ast::ExprId literal(const Node& node);
  ast::ExprId constant(const Node& node);

  // lower_expression.cpp
  ast::ExprId expr(const Node& node);
  ast::ExprId bracket(const Node& node);
  ast::ExprId when(const Node& node);
  ast::ExprId logic(const Node& node);
  ast::ExprId test(const Node& node);
  ast::ExprId compare(const Node& node);
  ast::ExprId amount(const Node& node);
  int places(const Node& integer);
  ast::ExprId operator_run(const Node& node);
  ast::ExprId factor(const Node& node);
  ast::Relation relation(const Node& node);
  // The depth of the deepest of these, in the author's levels.
  int depth(const std::vector<ast::ExprId>& operands) const;
  void set_depth(ast::ExprId id, int depth);

  // lower_set.cpp
  struct Modifiers {
    std::optional<ast::ExprId> weighted_by;
    std::optional<ast::OverTime> over;
    std::optional<ast::Ties> ties;
    bool ignoring_missing = false;
  };
  ast::ExprId chain(const Node& node);
  ast::Range range(const Node& node, Modifiers& modifiers);
  // From the `first` child of the node on: what stands before belongs to the construct.
  ast::SetOf set(const Node& node, std::size_t first, Modifiers& modifiers);
  ast::OverTime over_time(const Node& duration);
  ast::ExprId set_of_nearest(const Node* chain, const Node& nearest, ast::SetOf& set);
  ast::ListOf list_of(const Node& node);
  void refuse(const Node& node, Kind modifier, std::string_view construct, std::string_view help);
  int depth(const ast::Range& range) const;
  int depth_of_set(const ast::SetOf& set) const;
  std::optional<ast::ExprId> member_test(const Node& where_or_meet);
  ast::ExprId quantified(const Node& node, std::optional<ast::Relation> each);
  ast::ExprId aggregate(const Node& node);
  // lower_position.cpp
  ast::ExprId position(const Node& node);
  ast::ExprId spread(const Node& node);
  ast::ExprId change(const Node& node);
  ast::ExprId call(const Node& node);
  std::vector<ast::ExprId> list(const Node& node);

  // lower_parts.cpp
  ast::TypeExpr type(const Node& node);
  ast::Basis basis(const Node& node) const;
  // Whom it answers to and its aims; false where the clause says something else.
  bool charge_clause(ast::Charge& charge, const Node& clause, Seen& seen);
  void grounds_clause(ast::Grounds& grounds, const Node& clause, Seen& seen);
  ast::Template text_template(const Node& clause);
  ast::ExprId braced(std::size_t open, std::size_t closing, std::size_t end);
  ast::Criteria criteria(const Node& node);
  // A title stands straight after the name or in a clause of its own.
  static bool is_title(const Node& clause) { return clause.kind == Kind::Text || clause.kind == Kind::Title; }
  void take_title(std::string& title, const Node& clause, Seen& seen);

  // lower_vocabulary.cpp: what there is
  void ruleset(const Node& node);  // or a local overlay
  void ruleset_clause(ast::RulesetDecl& out, const Node& clause);
  void local_clause(ast::LocalPart& out, const Node& clause, Seen& seen);
  void use(const Node& node);
  void source(const Node& node);
  void theme(const Node& node);
  void scale(const Node& node);
  void kind(const Node& node);
  void relation_declaration(const Node& node);
  // lower_evidence.cpp
  void evidence(const Node& node);
  ast::SeriesBreak series_break(const Node& node);
  ast::Horizon horizon(const Node& node);
  std::variant<ast::Name, ast::Text> name_or_text(const Node& node) const;
  void evidence_clause(ast::EvidenceDecl& out, const Node& clause);
  void parameter(const Node& node);
  ast::DatedValue dated_value(const Node& node);
  // lower_rules.cpp: what follows
  void method(const Node& node);
  void define(const Node& node);
  ast::But but(const Node& node);
  void rating(const Node& node);
  ast::Band band(const Node& node);
  void table(const Node& node);  // lower_table.cpp
  ast::TableRow row(const Node& node);
  std::size_t blanks_begin(std::size_t at) const;
  void flag(const Node& node);
  void interaction(const Node& node);
  ast::Effect effect(const Node& node);
  // lower_regime.cpp
  void regime(const Node& node);
  ast::Stage stage(const Node& node);
  ast::Enter enter(const Node& node);
  ast::Exit exit_stage(const Node& node);
  // lower_scenario.cpp
  void scenario(const Node& node);
  ast::GivenValue given_value(const Node& node);
  std::vector<ast::GivenValue> given_values(const Node& node);
  ast::GivenSubject given_subject(const Node& node);
  ast::GivenWaiver given_waiver(const Node& node);
  ast::GivenRelease given_release(const Node& node);
  ast::Expect expect(const Node& node);
  ast::ExpectedReason expected_reason(const Node& node) const;

  const Sources& sources_;
  FileId file_;
  ast::Tree& tree_;
  DiagnosticSink& sink_;
  std::size_t first_expr_;
  std::vector<int> depths_;  // of each expression from first_expr_ on
};

}  // namespace assay::syntax
