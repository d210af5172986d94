// What the steps of checking share: the rulebook in the making, where mistakes go, the names, and what each declaration
// became. Steps run in the order of check.cpp; each takes what earlier ones declared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/names.h"
#include "dsl/check/rulebook.h"
#include "dsl/check/types.h"
#include "dsl/diagnostics/diagnostic.h"

namespace assay::checking {

// What its ruleset lets an overlay do with a parameter.
enum class LocalMay { Nothing, Tighten, Set };

struct Checker {
  Rulebook& book;
  DiagnosticSink& sink;
  Names names;
  std::vector<RulesetId> ruleset_of_file;  // by FileId
  std::vector<std::optional<std::uint32_t>>
      became;  // by DeclId: its first place in the table it belongs to; nothing where it is broken
  std::vector<std::optional<FieldId>> standard_for;  // by ParameterId: the evidence whose local standard it is
  std::vector<LocalMay> local_may;                   // by ParameterId
  std::vector<Span> rule_named;                      // by RuleId: its name where it is declared
  std::vector<ast::DeclId> method_declared;          // by MethodId
  std::vector<bool> method_called;                   // by MethodId
  std::vector<Span> calls;                           // of methods, round the place that is being checked
  std::size_t meant = 0;                             // names for which another was looked for that was meant
  struct Raised {
    RuleId flag, interaction;
    Span at;
  };
  std::vector<Raised> raised;         // in the order written
  bool interactions_dropped = false;  // some did not parse: what they raise is not known
  struct AskedEvery {
    ast::ExprId what;
    ast::ConsecutiveUnit unit;
    bool combined;  // into one value, rather than asked of each step
  };
  std::vector<AskedEvery> asked_every;               // looked at again once the rules' graph is known
  std::vector<ast::ExprId> standards_met;            // parameters' chains that stand against their own evidence
  std::vector<const ast::RulesetDecl*> overlays;     // by RulesetId: the header of a local overlay, else nullptr
  std::vector<std::optional<RulesetId>> overlay_on;  // by RulesetId: the national ruleset it stands on

  void report(DiagnosticKind kind, Span span, std::string message, std::string help = {},
              std::vector<Note> labels = {});

  // Each is held against every other name: past so many nobody reads what was meant.
  bool may_be_meant() const { return meant < 200; }
  std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);
  // The author's words in one line, in backticks, cut where they run on.
  std::string quote(Span span) const;
  bool is_local(RulesetId id) const { return overlays[id.index] != nullptr; }
  RulesetId ruleset_of(Span span) const { return ruleset_of_file[span.file.index]; }
  std::string qualified(RulesetId ruleset, const std::string& name) const;

  // ---- Declaring (declare.cpp) ----
  // False, and said so, where the name is taken; `symbol.span` is set here.
  bool declare(RulesetId in, const ast::Name& name, Symbol symbol);
  // What another edition of the ruleset declares under this name.
  const Symbol* in_other_edition(RulesetId in, const std::string& name, Sort sort) const;
  void differs(const ast::Name& name, const Symbol& other, std::string what);

  // ---- Finding (find.cpp): nullptr or nothing where the name does not stand for that; said so, unless it is broken
  // anyway ----
  const Symbol* find(RulesetId from, const ast::Name& name);
  const Symbol* find(RulesetId from, const ast::Name& name, Sort wanted);
  std::optional<KindId> find_kind(RulesetId from, const ast::Name& name);  // a kind or a relation
  std::optional<KindId> find_body_kind(RulesetId from, const ast::Name& name);
  std::optional<FieldId> find_field(RulesetId from, const ast::Name& name);  // evidence, or a regime's recorded stage
  // The place of a label in its type, said where it has none.
  std::optional<Label> find_label(const ValueType& type, const ast::Name& name);
  void unknown(const ast::Name& name, const Lookup& lookup, RulesetId from, const std::vector<std::string>& also = {});

  // ---- Types of declarations (declared_type.cpp); kErrorType where it is wrong ----
  // Where people record of something declared that it is waived or released: NAME.waiver, NAME.release. One field,
  // however many editions declare it. (declare_evidence.cpp)
  FieldId add_record(RulesetId in, const ast::Name& of, KindId kind, FieldRole role, const std::string& title);
  TypeId declared_type(RulesetId from, const ast::TypeExpr& type);
  Grounds grounds(RulesetId from, const ast::Grounds& grounds);
  // Whom it answers to (charges.cpp).
  Charge charge(RulesetId from, const ast::Charge& written);

  template <class Decl, class Fn>
  void for_each(Fn fn) {
    for (std::size_t i = 0; i < book.tree.decl_count(); ++i) {
      const ast::DeclId id{static_cast<std::uint32_t>(i)};
      if (const auto* decl = std::get_if<Decl>(&book.tree.decl(id))) fn(id, *decl, ruleset_of(book.tree.span(id)));
    }
  }
};

// "a theme", "evidence": what a name stands for, in messages.
std::string_view noun(Sort sort);
// The values of a parameter, each typed, in order, one at a time (parameters.cpp).
void take_dated_values(Checker& checker, const ast::Name& name, const std::vector<const ast::DatedValue*>& values,
                       Parameter& parameter);
// On which days an edition is in force, drafts set aside.
struct Days {
  Date from;
  std::optional<Date> to;
};
Days days_in_force(const Rulebook& book, RulesetId edition);

// ---- The steps
// -----------------------------------------------------------------------------------------------------------
void declare_rulesets(Checker& checker);    // rulesets and their editions; then declare_uses()
void declare_uses(Checker& checker);        // which of them each sees
void declare_vocabulary(Checker& checker);  // kinds, relations, scales, themes, documents
void declare_evidence(Checker& checker);    // evidence, attributes, regimes' recorded stages
void declare_rules(Checker& checker);       // names, kinds and types of parameters and rules
void check_editions(Checker& checker);      // that what two editions call by one name is of one sort and type
void check_hidden_names(Checker& checker);
void expand_calls(Checker& checker);  // puts the formula of each method in the place of its call
void check_parameters(Checker& checker);
void check_local_values(Checker& checker);   // what overlays set, and that it loosens nothing
void check_rules(Checker& checker);          // what they say
void make_local_outcomes(Checker& checker);  // overlays' own outcomes of national rules; from check_rules()
void check_overlays(Checker& checker);       // who they are for, and that they hold only what they may
void check_graph(Checker& checker);          // cycles, flags nothing raises
void check_reach(Checker& checker);          // what may not be read, however far down
void check_grounds(Checker& checker);
void check_charges(Checker& checker);  // that a duty answers to somebody
void check_balance(Checker& checker);  // what is measured, and how fairly
void check_presumptions(Checker& checker);
void check_scenarios(Checker& checker);

}  // namespace assay::checking
