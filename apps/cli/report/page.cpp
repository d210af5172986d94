// Fills the template with the parts.
#include "apps/cli/report/page.h"

#include "apps/cli/report/parts.h"
#include "apps/cli/report/text.h"
#include "evidence/core/check.h"

namespace assay::cli {

namespace {

// The first raised flag of the highest severity: what a reader wants opened.
std::optional<Outcome> to_open(const Rulebook& book, const std::vector<Outcome>& outcomes) {
  std::optional<Outcome> found;
  int best = -1;
  for (const Outcome& outcome : outcomes) {
    if (outcome.status != Status::Raised) continue;
    const auto* flag = std::get_if<FlagRule>(&book.rule(outcome.rule).body);
    int weight = 0;
    if (flag && flag->severity == ast::FlagSeverity::High) weight = 3;
    if (flag && flag->severity == ast::FlagSeverity::Medium) weight = 2;
    if (flag && flag->severity == ast::FlagSeverity::Low) weight = 1;
    if (weight > best) best = weight, found = outcome;
  }
  return found;
}

// Of several editions the one that answers; no draft, and nothing that is only announced.
data rulesets(const Rulebook& book, const EditionAsked& asked, const std::vector<std::string>& approvals) {
  std::vector<const Ruleset*> shown;
  for (std::uint32_t i = 0; i < book.rulesets.size(); ++i) {
    const Ruleset& ruleset = book.rulesets[i];
    const bool one_of_several = ruleset.editions.size() > 1 || ruleset.draft || ruleset.upcoming;
    if (!one_of_several || book.edition_on({i}, asked) == RulesetId{i}) shown.push_back(&ruleset);
  }
  data list{data::type::list};
  for (const Ruleset* ruleset : shown) {
    data one;
    one.set("name", ruleset->name);
    one.set("edition", ruleset->edition);
    one.set("approval", approvals[static_cast<std::size_t>(ruleset - book.rulesets.data())]);
    one.set("last", ruleset == shown.back());
    list.push_back(one);
  }
  return list;
}

}  // namespace

void set_or_false(data& into, const char* key, const std::string& text) {
  if (text.empty())
    into.set(key, false);
  else
    into.set(key, text);
}

std::string report_page(Evaluation& evaluation, const std::vector<Outcome>& outcomes, const ReportRequest& request) {
  data page;
  page.set("style", std::string(kPageStyle));
  page.set("as_at", request.as_at.to_long_string());
  page.set("known_on", request.known_on.to_long_string());
  page.set("as_at_iso", request.as_at.to_string());
  page.set("known_on_iso", request.known_on.to_string());
  page.set("rulesets", rulesets(evaluation.rulebook(), {request.as_at, request.known_on}, request.approvals));
  page.set("log_size", std::to_string(request.log.size));
  page.set("log_root", request.log.root.to_string());
  add_map(page, evaluation, request);
  add_raised(page, evaluation, outcomes);
  add_undetermined(page, evaluation, outcomes);
  const auto opened = request.opened ? request.opened : to_open(evaluation.rulebook(), outcomes);
  if (opened) add_opened(page, evaluation, *opened);
  kainjow::mustache::mustache filled{std::string(kPageTemplate)};
  CHECK(filled.is_valid());
  return filled.render(page);
}

}  // namespace assay::cli
