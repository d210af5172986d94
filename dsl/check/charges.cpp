// Whom duties and decisions answer to (docs/language.md 8.7).
#include <fmt/format.h>

#include "dsl/check/checker.h"

namespace assay::checking {

Charge Checker::charge(RulesetId from, const ast::Charge& written) {
  Charge made{.answers_to = {}, .aims = written.aims};
  for (const auto& who : written.answers_to) {
    const auto* name = std::get_if<ast::Name>(&who);
    if (name == nullptr) {
      made.answers_to.push_back(std::get<ast::Text>(who).text);
      continue;
    }
    const Symbol* symbol = find(from, *name);
    if (symbol == nullptr || symbol->sort == Sort::Broken) continue;
    if (symbol->sort == Sort::Kind) {
      made.answers_to.push_back(book.schema.kind({symbol->index}).title);
    } else if (symbol->sort == Sort::Document) {
      const CitedDocument& document = book.documents[symbol->index];
      made.answers_to.push_back(document.title.empty() ? document.name : document.title);
    } else {
      report(DiagnosticKind::OtherSort, name->span,
             fmt::format("`{}` is {}, and nobody to answer to", name->text, noun(symbol->sort)),
             "name a kind or a source, or say who it is in quotes", {{symbol->span, "declared here"}});
    }
  }
  return made;
}

namespace {

// A duty: what an Act makes one. What an overlay answers for, and rows made of other rows, have been spoken of.
bool is_duty(const Rule& rule) {
  return rule.grounds.basis == ast::BasisKind::Statute && !rule.local_of &&
         !std::holds_alternative<StageRule>(rule.body) && !std::holds_alternative<UnsupportedRule>(rule.body) &&
         !std::holds_alternative<InteractionRule>(rule.body);
}

// Which rulesets say of anything whom it answers to.
std::vector<bool> that_say(const Rulebook& book) {
  std::vector<bool> say(book.rulesets.size(), false);
  for (const Rule& rule : book.rules)
    if (!rule.charge.answers_to.empty()) say[rule.ruleset.index] = true;
  for (const EvidenceNote& note : book.evidence)
    if (!note.charge.answers_to.empty()) say[note.ruleset.index] = true;
  return say;
}

}  // namespace

void check_charges(Checker& checker) {
  const Rulebook& book = checker.book;
  const std::vector<bool> say = that_say(book);
  for (std::size_t i = 0; i < book.rules.size(); ++i) {
    const Rule& rule = book.rules[i];
    if (!say[rule.ruleset.index] || !is_duty(rule) || !rule.charge.answers_to.empty()) continue;
    checker.report(DiagnosticKind::AnswersToNobody, checker.rule_named[i],
                   fmt::format("`{}` is a duty and answers to nobody", rule.name),
                   "say who holds the body to it, as in `answers to \"Parliament\"`");
  }
}

}  // namespace assay::checking
