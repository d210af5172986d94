// What a reader should be told of a ruleset that stands: rules without grounds, regimes without a way out, evidence
// nobody reads.
#include <algorithm>

#include <fmt/format.h>

#include "dsl/check/reads.h"

namespace assay::checking {
namespace {

void check_rulesets(Checker& checker) {
  std::vector<bool> told(checker.book.rulesets.size(), false);
  checker.for_each<ast::RulesetDecl>([&](ast::DeclId, const ast::RulesetDecl& decl, RulesetId in) {
    if (told[in.index] || checker.book.ruleset(in).upcoming ||
        checker.book.ruleset(in).in_force_from != Date::from_ymd(1, 1, 1))
      return;
    told[in.index] = true;
    checker.report(DiagnosticKind::NoStart, decl.name.span,
                   fmt::format("nothing says from when `{}` is in force", decl.name.text), "add `in force from DATE`");
  });
}

// What nobody has published, or a council sets for itself, has nothing to cite.
bool needs_citation(const Grounds& grounds) {
  return grounds.basis != ast::BasisKind::Proposed && grounds.basis != ast::BasisKind::Local &&
         grounds.basis != ast::BasisKind::Published;
}

// Grounds that stand after the last row or exception are its own, and not the rule's.
bool taken_by_last(const ast::TableDecl& decl) { return !decl.rows.empty() && decl.rows.back().grounds.basis; }
bool taken_by_last(const ast::DefineDecl& decl) { return !decl.buts.empty() && decl.buts.back().grounds.basis; }
template <class Decl>
bool taken_by_last(const Decl&) {
  return false;
}

// Of a rule, or a method.
template <class Believed>
void check_rule(Checker& checker, const Believed& rule, const ast::Grounds& written, Span named, bool taken = false) {
  if (!rule.grounds.basis) {
    checker.report(DiagnosticKind::NoBasis, named,
                   fmt::format("`{}` has no basis{}", rule.name, written.cites.empty() ? " and cites nothing" : ""),
                   taken ? "what stands after the last row or exception is its own: put the rule's before the first"
                         : "say `basis` statute, published, guidance, inferred, proposed or local");
  } else if (written.cites.empty() && needs_citation(rule.grounds)) {
    checker.report(DiagnosticKind::NoCitation, named, fmt::format("`{}` cites nothing", rule.name),
                   "add `cite SOURCE`");
  }
}

template <class Decl>
void check_declared(Checker& checker) {
  checker.for_each<Decl>([&](ast::DeclId id, const Decl& decl, RulesetId) {
    if (checker.became[id.index])
      check_rule(checker, checker.book.rules[*checker.became[id.index]], decl.grounds, decl.name.span,
                 taken_by_last(decl));
  });
}

// A method that nothing calls has been put in no place where it could be checked.
void check_methods(Checker& checker) {
  checker.for_each<ast::MethodDecl>([&](ast::DeclId id, const ast::MethodDecl& decl, RulesetId) {
    if (!checker.became[id.index]) return;
    const std::uint32_t method = *checker.became[id.index];
    check_rule(checker, checker.book.methods[method], decl.grounds, decl.name.span);
    if (checker.method_called[method] || checker.sink.has_errors()) return;
    checker.report(DiagnosticKind::NeverCalled, decl.name.span, fmt::format("no rule calls `{}`", decl.name.text),
                   "leave it out, or let a rule call it");
  });
}

bool leads_out(const ast::RegimeDecl& regime, const std::string& stage) {
  return std::ranges::any_of(regime.exits, [&](const ast::Exit& exit) { return exit.from.text == stage; });
}

void check_regimes(Checker& checker) {
  checker.for_each<ast::RegimeDecl>([&](ast::DeclId id, const ast::RegimeDecl& decl, RulesetId in) {
    if (!checker.became[id.index]) return;
    const auto row = [&](const std::string& name, const ast::Grounds& grounds, Span named) {
      const Symbol* rule = checker.names.own(in, decl.name.text + "." + name);
      if (rule != nullptr && rule->sort == Sort::Rule)
        check_rule(checker, checker.book.rules[rule->index], grounds, named);
    };
    for (const ast::Enter& enter : decl.enters) row("enter." + enter.stage.text, enter.grounds, enter.stage.span);
    for (const ast::Exit& exit : decl.exits)
      row("exit." + exit.from.text + "." + exit.to.text, exit.grounds, exit.from.span);
    for (const ast::Enter& enter : decl.enters) {
      if (leads_out(decl, enter.stage.text)) continue;
      checker.report(DiagnosticKind::NoExit, enter.stage.span,
                     fmt::format("`{}` has criteria to enter and none to leave", enter.stage.text),
                     fmt::format("say what would let a body out, as in `exit {} to STAGE when ...`", enter.stage.text));
    }
  });
}

void check_says(Checker& checker) {
  checker.for_each<ast::FlagDecl>([&](ast::DeclId, const ast::FlagDecl& decl, RulesetId) {
    if (decl.says) return;
    checker.report(DiagnosticKind::NoSays, decl.name.span,
                   fmt::format("`{}` says nothing when it is raised", decl.name.text), "add `says` and a sentence");
  });
  checker.for_each<ast::InteractionDecl>([&](ast::DeclId, const ast::InteractionDecl& decl, RulesetId) {
    if (decl.says) return;
    checker.report(DiagnosticKind::NoSays, decl.name.span,
                   fmt::format("`{}` says nothing when it joins two bodies", decl.name.text),
                   "add `says` and a sentence that names both");
  });
}

void add_text(const Rulebook& book, const std::optional<ast::Template>& text, std::vector<Read>& reads) {
  if (!text) return;
  for (const auto& piece : text->pieces) {
    if (const auto* id = std::get_if<ast::ExprId>(&piece)) add_reads(book, *id, reads);
  }
}

// Evidence that a rule reads, prints, moves or shares, or that a parameter is the standard for.
std::vector<bool> fields_read(const Checker& checker) {
  const Rulebook& book = checker.book;
  std::vector<Read> reads;
  for (const auto& of_rule : rule_reads(checker)) reads.insert(reads.end(), of_rule.begin(), of_rule.end());
  std::vector<bool> read(book.schema.fields().size(), false);
  for (const Rule& rule : book.rules) {
    if (const auto* flag = std::get_if<FlagRule>(&rule.body)) {
      add_text(book, flag->says, reads);
      add_text(book, flag->action, reads);
    }
    const auto* interaction = std::get_if<InteractionRule>(&rule.body);
    if (interaction == nullptr) continue;
    add_text(book, interaction->says, reads);
    for (const auto& effect : interaction->effects) {
      if (const auto* move = std::get_if<TimetableMove>(&effect)) read[move->what.index] = true;
      if (const auto* shared = std::get_if<SharedEvidence>(&effect)) read[shared->what.index] = true;
    }
  }
  for (const Read& each : reads) {
    if (const auto* field = std::get_if<FieldId>(&each.what)) read[field->index] = true;
  }
  for (const auto& field : checker.standard_for) {
    if (field) read[field->index] = true;
  }
  return read;
}

void check_evidence(Checker& checker) {
  const std::vector<bool> read = fields_read(checker);
  checker.for_each<ast::EvidenceDecl>([&](ast::DeclId id, const ast::EvidenceDecl& decl, RulesetId) {
    if (!checker.became[id.index] || read[*checker.became[id.index]]) return;
    checker.report(DiagnosticKind::NeverRead, decl.name.span, fmt::format("no rule reads `{}`", decl.name.text),
                   "leave it out, or let a rule read it");
  });
}

// What is cited was superseded, or is not in force, on days on which the edition that cites it is.
void check_cited(Checker& checker, RulesetId in, const ast::Citation& cite) {
  const Symbol* symbol = checker.names.find(in, cite.source.text).symbol;
  if (symbol == nullptr || symbol->sort != Sort::Document) return;
  const CitedDocument& document = checker.book.documents[symbol->index];
  const Days days = days_in_force(checker.book, in);
  const auto reaches = [&](Date day) { return !days.to || day <= *days.to; };
  if (document.superseded_by && reaches(*document.superseded_from)) {
    checker.report(
        DiagnosticKind::SupersededText, cite.span,
        fmt::format("`{}` is superseded by `{}` from {}{}", document.name,
                    checker.book.documents[document.superseded_by->index].name, document.superseded_from->to_string(),
                    *document.superseded_from <= days.from ? "" : ", while this edition is in force"),
        "cite what took its place, or end this edition", {{symbol->span, "declared here"}});
  } else if (document.in_force_to && reaches(Date{document.in_force_to->days + 1})) {
    checker.report(DiagnosticKind::SupersededText, cite.span,
                   fmt::format("`{}` is in force to {} only", document.name, document.in_force_to->to_string()),
                   "cite what took its place, or end this edition", {{symbol->span, "declared here"}});
  }
  const bool announced_only = document.announced && !document.in_force_from;
  if (!announced_only && (!document.in_force_from || *document.in_force_from <= days.from)) return;
  checker.report(DiagnosticKind::TextNotInForce, cite.span,
                 announced_only ? fmt::format("`{}` is announced and not in force", document.name)
                                : fmt::format("`{}` is in force from {}, after this edition", document.name,
                                              document.in_force_from->to_string()),
                 "what rests on it says so", {{symbol->span, "declared here"}});
}

struct CitesOf {
  std::vector<const ast::Grounds*> found;
  void add(const ast::Grounds& grounds) { found.push_back(&grounds); }
  void operator()(const ast::ParameterDecl& decl) { add(decl.grounds); }
  void operator()(const ast::MethodDecl& decl) { add(decl.grounds); }
  void operator()(const ast::DefineDecl& decl) {
    add(decl.grounds);
    for (const ast::But& but : decl.buts) add(but.grounds);
  }
  void operator()(const ast::RatingDecl& decl) { add(decl.grounds); }
  void operator()(const ast::TableDecl& decl) {
    add(decl.grounds);
    for (const ast::TableRow& row : decl.rows) add(row.grounds);
  }
  void operator()(const ast::FlagDecl& decl) { add(decl.grounds); }
  void operator()(const ast::InteractionDecl& decl) { add(decl.grounds); }
  void operator()(const ast::RegimeDecl& decl) {
    for (const ast::Stage& stage : decl.stages) add(stage.grounds);
    for (const ast::Enter& enter : decl.enters) add(enter.grounds);
    for (const ast::Exit& exit : decl.exits) add(exit.grounds);
  }
  template <class Other>
  void operator()(const Other&) {}
};

void check_texts_cited(Checker& checker) {
  const ast::Tree& tree = checker.book.tree;
  for (std::uint32_t i = 0; i < tree.decl_count(); ++i) {
    const RulesetId in = checker.ruleset_of(tree.span(ast::DeclId{i}));
    if (checker.book.ruleset(in).upcoming) continue;
    CitesOf cites;
    std::visit(cites, tree.decl(ast::DeclId{i}));
    for (const ast::Grounds* grounds : cites.found)
      for (const ast::Citation& cite : grounds->cites) check_cited(checker, in, cite);
  }
}

}  // namespace

void check_grounds(Checker& checker) {
  check_rulesets(checker);
  check_declared<ast::DefineDecl>(checker);
  check_declared<ast::RatingDecl>(checker);
  check_declared<ast::TableDecl>(checker);
  check_declared<ast::FlagDecl>(checker);
  check_declared<ast::InteractionDecl>(checker);
  check_methods(checker);
  check_regimes(checker);
  check_says(checker);
  check_texts_cited(checker);
  // Where something is wrong, what it would have read is not known.
  if (!checker.sink.has_errors()) check_evidence(checker);
}

}  // namespace assay::checking
