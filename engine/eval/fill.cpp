// Sentences: the author's text with its expressions put in (docs/language.md 1.8).
#include "engine/eval/evaluation.h"
#include "engine/eval/words.h"
#include "evidence/core/text.h"

namespace assay {

std::string Evaluation::fill(const ast::Template& text, const Scope& scope) {
  std::string out;
  for (const auto& piece : text.pieces) {
    if (const auto* words = std::get_if<std::string>(&piece))
      out += *words;
    else {
      const ast::ExprId id = std::get<ast::ExprId>(piece);
      const Cell cell = expr(id, scope);
      out += std::holds_alternative<SubjectRef>(rulebook_.resolved[id.index]) ||
                     std::holds_alternative<MatchesRef>(rulebook_.resolved[id.index])
                 ? std::get<std::string>(cell.value())
                 : in_words(cell, rulebook_.type(id), snapshot_);
    }
  }
  return out;
}

std::string Evaluation::matches_in_words(const Scope& scope) {
  std::vector<std::string> names;
  for (const Member& member : match_members(scope)) {
    if (member.subject)
      names.push_back(name_on(snapshot_, *member.subject, scope.moment.date()));
    else
      names.push_back(title_of(*member.expr));
  }
  return names.empty() ? "none" : join_words(names);
}

// A field or rule by its title, anything else in the author's words.
std::string Evaluation::title_of(ast::ExprId id) const {
  const Resolved& resolved = rulebook_.resolved[id.index];
  if (const auto* field = std::get_if<FieldOf>(&resolved)) return snapshot_.schema().field(field->field).title;
  if (const auto* what = std::get_if<RuleOf>(&resolved)) return rulebook_.rule(what->rule).title;
  return rulebook_.sources.words(rulebook_.tree.span(id));
}

}  // namespace assay
