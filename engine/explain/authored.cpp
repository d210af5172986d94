// The authors' own words, made once.
#include "engine/explain/authored.h"

#include <fmt/format.h>

#include "engine/explain/words.h"

namespace assay {

Authored::Authored(const Rulebook& rulebook)
    : rulebook_(rulebook),
      exprs_(rulebook.tree.expr_count()),
      rules_(rulebook.rules.size()),
      parameters_(rulebook.parameters.size()) {}

const Authored::Text& Authored::of(ast::ExprId expr) {
  Text& text = exprs_[expr.index];
  if (!text.made) text = made(rulebook_.tree.span(expr));
  return text;
}

Authored::Text Authored::made(Span span) const {
  const SourceFile& file = rulebook_.sources.file(span.file);
  const std::string& path = file.path();
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return {.made = true,
          .words = rulebook_.sources.words(span),
          .place = fmt::format("{}:{}", name, file.position(span.begin).line)};
}

namespace {

// "Waits, edition 2027, a draft"; an edition that was in force before anyone could read it says so.
std::string edition_in_words(const Ruleset& ruleset) {
  std::string words = ruleset.title.empty() ? ruleset.name : ruleset.title;
  if (!ruleset.edition.empty()) words += fmt::format(", edition {}", ruleset.edition);
  if (ruleset.draft) words += ", a draft";
  if (ruleset.published > ruleset.in_force_from)
    words += fmt::format(", in force from {} and published only on {}", ruleset.in_force_from.to_long_string(),
                         ruleset.published.to_long_string());
  return words;
}

}  // namespace

const Authored::RuleText& Authored::of(RuleId id) {
  RuleText& text = rules_[id.index];
  if (text.made) return text;
  const Rule& rule = rulebook_.rule(id);
  const Ruleset& ruleset = rulebook_.ruleset(rule.ruleset);
  text.made = true;
  text.place = made({rule.span.file, rule.span.begin, rule.span.begin}).place;
  text.edition = edition_in_words(ruleset);
  if (rule.local_of)
    text.edition += ", on " + edition_in_words(rulebook_.ruleset(rulebook_.rule(*rule.local_of).ruleset));
  text.grounds = of(rule.grounds);
  return text;
}

Authored::GroundsText Authored::of(const Grounds& grounds) const {
  GroundsText text;
  if (grounds.basis) text.basis = to_string(*grounds.basis);
  text.remark = grounds.remark;
  text.cites.reserve(grounds.cites.size());
  for (const Citation& cite : grounds.cites) text.cites.push_back(cite_in_words(rulebook_, cite));
  return text;
}

const Authored::GroundsText& Authored::of(ParameterId parameter) {
  auto& text = parameters_[parameter.index];
  if (!text) text = of(rulebook_.parameters[parameter.index].grounds);
  return *text;
}

const Authored::Text& Authored::at(Span span) {
  const auto found = spans_.find(span);
  return found != spans_.end() ? found->second : spans_.emplace(span, made(span)).first->second;
}

const std::string& Authored::heading(RuleId rule, const ast::Criteria& criteria) {
  std::string& heading = rules_[rule.index].heading;
  if (!heading.empty()) return heading;
  Span whole = rulebook_.rule(rule).span;
  if (!criteria.reasons.empty()) whole.end = std::max(whole.begin, criteria.reasons.front().span.begin);
  return heading = rulebook_.sources.words(whole);
}

}  // namespace assay
