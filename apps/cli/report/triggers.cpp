// What is raised, gravest first, and what is undetermined and for want of what.
#include <algorithm>
#include <map>

#include "apps/cli/report/parts.h"
#include "apps/cli/run_table.h"

namespace assay::cli {

namespace {

// Gravest first; interactions and criteria, which have no severity, after flags.
int gravity(const Rule& rule) {
  const auto* flag = std::get_if<FlagRule>(&rule.body);
  if (!flag) return 3;
  switch (flag->severity) {
    case ast::FlagSeverity::High:
      return 0;
    case ast::FlagSeverity::Medium:
      return 1;
    case ast::FlagSeverity::Low:
      return 2;
    case ast::FlagSeverity::Commend:
      return 4;
  }
  return 3;
}

const char* severity_words(int gravity) {
  constexpr const char* kWords[] = {"high", "medium", "low", "", "commend"};
  return kWords[gravity];
}

std::string basis_words(const Grounds& grounds) {
  if (!grounds.basis) return "none stated";
  std::string words(to_string(*grounds.basis));
  if (*grounds.basis == ast::BasisKind::Proposed) words += " by us, not published";
  if (!grounds.remark.empty()) words += ": " + grounds.remark;
  return words;
}

data raised_one(Evaluation& evaluation, const Outcome& outcome) {
  const Rule& rule = evaluation.rulebook().rule(outcome.rule);
  data out;
  out.set("sentence", sentence_of(evaluation, outcome));
  out.set("rule", rule.name);
  set_or_false(out, "waiver", outcome.waiver ? in_words(outcome, evaluation.rulebook()) : "");
  set_or_false(out, "severity", severity_words(gravity(rule)));
  out.set("basis", basis_words(rule.grounds));
  const bool criterion = !outcome.reasons.empty() || std::holds_alternative<UnsupportedRule>(rule.body);
  set_or_false(out, "since",
               criterion ? evaluation.since(outcome.rule, outcome.subject, outcome.as_at).to_long_string() : "");
  const auto* flag = std::get_if<FlagRule>(&rule.body);
  const bool acts = flag && flag->action;
  out.set(
      "action",
      acts ? evaluation.fill(*flag->action, evaluation.scope_of(outcome.rule, outcome.subject, {outcome.as_at})) : "");
  return out;
}

}  // namespace

void add_raised(data& page, Evaluation& evaluation, const std::vector<Outcome>& outcomes) {
  std::vector<const Outcome*> raised;
  for (const Outcome& outcome : outcomes)
    if (outcome.status == Status::Raised) raised.push_back(&outcome);
  std::stable_sort(raised.begin(), raised.end(), [&](const Outcome* a, const Outcome* b) {
    return gravity(evaluation.rulebook().rule(a->rule)) < gravity(evaluation.rulebook().rule(b->rule));
  });
  data list{data::type::list};
  for (const Outcome* outcome : raised) list.push_back(raised_one(evaluation, *outcome));
  page.set("raised", list);
  const auto waived =
      std::count_if(raised.begin(), raised.end(), [](const Outcome* outcome) { return outcome->waiver.has_value(); });
  page.set("raised_count", std::to_string(raised.size()));
  set_or_false(page, "waived", waived ? fmt::format("{} of them waived", waived) : "");
}

void add_undetermined(data& page, Evaluation& evaluation, const std::vector<Outcome>& outcomes) {
  struct Open {
    std::size_t count = 0;
    std::map<std::uint32_t, std::size_t> wanting;  // field to how often
  };
  std::map<std::uint32_t, Open> by_rule;
  std::size_t undetermined = 0, clear = 0;
  for (const Outcome& outcome : outcomes) {
    clear += outcome.status == Status::Clear ? 1u : 0u;
    if (outcome.status != Status::Undetermined) continue;
    ++undetermined;
    Open& open = by_rule[outcome.rule.index];
    ++open.count;
    for (const Reason& reason : outcome.cell.why) ++open.wanting[reason.field.index];
  }
  data list{data::type::list};
  for (const auto& [rule, open] : by_rule) {
    std::vector<std::pair<std::size_t, std::uint32_t>> most;
    for (const auto& [field, count] : open.wanting) most.emplace_back(count, field);
    std::stable_sort(most.begin(), most.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string wanting;
    for (std::size_t i = 0; i < most.size() && i < 4; ++i)
      wanting += fmt::format("{}{} ({})", i ? ", " : "", evaluation.rulebook().schema.field({most[i].second}).title,
                             most[i].first);
    if (most.size() > 4) wanting += fmt::format(" and {} more", most.size() - 4);
    data row;
    row.set("rule", evaluation.rulebook().rules[rule].name);
    row.set("count", std::to_string(open.count));
    row.set("wanting", wanting);
    list.push_back(row);
  }
  page.set("undetermined", list);
  page.set("undetermined_count", std::to_string(undetermined));
  page.set("clear_count", std::to_string(clear));
}

}  // namespace assay::cli
