// Tables of outcomes in 80 columns, and as CSV.
#include "apps/cli/run_table.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "apps/cli/lines.h"
#include "engine/eval/reading.h"

namespace assay::cli {

namespace {

constexpr std::size_t kListed = 12;

struct Counts {
  std::size_t known = 0, unknown = 0, other = 0;  // raised, undetermined, clear for triggers
};

void count(Counts& counts, Status status) {
  switch (status) {
    case Status::Known:
    case Status::Raised:
      ++counts.known;
      break;
    case Status::Unknown:
    case Status::Undetermined:
      ++counts.unknown;
      break;
    case Status::NotApplicable:
    case Status::Clear:
      ++counts.other;
      break;
  }
}

// The names of a ruleset's rules stand below its own.
void print_counts(const Rulebook& book, const std::vector<std::pair<RuleId, Counts>>& rules, bool triggers) {
  std::string ruleset;
  for (const auto& [id, counts] : rules) {
    const Rule& rule = book.rule(id);
    if (is_trigger(rule) != triggers) continue;
    if (ruleset.empty())
      fmt::print("\n{:<49}{:>8}{:>14}{:>8}\n", triggers ? "flags, interactions, criteria" : "values and ratings",
                 triggers ? "raised" : "known", triggers ? "undetermined" : "unknown", triggers ? "clear" : "n/a");
    if (ruleset != book.ruleset(rule.ruleset).name) fmt::print("{}\n", ruleset = book.ruleset(rule.ruleset).name);
    fmt::print("  {:<47}{:>8}{:>14}{:>8}\n", rule.name.substr(ruleset.size() + 1), counts.known, counts.unknown,
               counts.other);
  }
}

void print_raised(const RunResult& result, Evaluation& evaluation) {
  const Rulebook& book = evaluation.rulebook();
  std::vector<const Outcome*> raised;
  for (const Outcome& outcome : result.outcomes)
    if (outcome.status == Status::Raised) raised.push_back(&outcome);
  std::stable_sort(raised.begin(), raised.end(), [&](const Outcome* a, const Outcome* b) {
    return weight_of(book.rule(a->rule)) < weight_of(book.rule(b->rule));
  });
  const auto waived =
      std::count_if(raised.begin(), raised.end(), [](const Outcome* outcome) { return outcome->waiver.has_value(); });
  if (!raised.empty())
    fmt::print("\nraised{}\n", waived ? fmt::format(": {}, {} of them waived", raised.size(), waived) : "");
  for (std::size_t i = 0; i < std::min(raised.size(), kListed); ++i) {
    fmt::print("  {}\n", book.rule(raised[i]->rule).name);
    print_lines("    ", sentence_of(evaluation, *raised[i]));
    if (raised[i]->waiver) print_lines("    ", in_words(*raised[i], book), 6);
  }
  if (raised.size() > kListed)
    fmt::print("  and {} more: `assay flags --as-at {}` lists them all\n", raised.size() - kListed,
               result.as_at.to_string());
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::string who(const Evaluation& evaluation, const Outcome& outcome) {
  return name_on(evaluation.snapshot(), outcome.subject, outcome.as_at);
}

std::string sentence_of(Evaluation& evaluation, const Outcome& outcome) {
  const Rule& rule = evaluation.rulebook().rule(outcome.rule);
  const auto* flag = std::get_if<FlagRule>(&rule.body);
  const auto* interaction = std::get_if<InteractionRule>(&rule.body);
  const auto says = flag ? flag->says : interaction ? interaction->says : std::nullopt;
  if (says) return evaluation.fill(*says, evaluation.scope_of(outcome.rule, outcome.subject, {outcome.as_at}));
  return fmt::format("{}: {}", who(evaluation, outcome), rule.title);
}

std::string severity_in_words(const Rule& rule) {
  const auto* flag = std::get_if<FlagRule>(&rule.body);
  if (!flag) return {};
  switch (flag->severity) {
    case ast::FlagSeverity::Low:
      return "low";
    case ast::FlagSeverity::Medium:
      return "medium";
    case ast::FlagSeverity::High:
      return "high";
    case ast::FlagSeverity::Commend:
      return "commend";
  }
  return {};
}

// High flags, then criteria, then medium flags, interactions, low flags and commendations.
int weight_of(const Rule& rule) {
  if (const auto* flag = std::get_if<FlagRule>(&rule.body)) {
    switch (flag->severity) {
      case ast::FlagSeverity::High:
        return 0;
      case ast::FlagSeverity::Medium:
        return 2;
      case ast::FlagSeverity::Low:
        return 4;
      case ast::FlagSeverity::Commend:
        return 5;
    }
  }
  return std::holds_alternative<InteractionRule>(rule.body) ? 3 : 1;
}

void print_table(const RunResult& result, Evaluation& evaluation, const std::string& standing) {
  const Rulebook& book = evaluation.rulebook();
  fmt::print("As at {}, known on {}: {}\n", result.as_at.to_long_string(), result.known_on.to_long_string(),
             counted(static_cast<std::int64_t>(result.outcomes.size()), "outcome"));
  if (result.record) fmt::print("recorded as run {}, trail entry {}\n", result.record->number, result.record->entry);
  print_lines("", standing, 2);
  std::vector<std::pair<RuleId, Counts>> rules;
  for (const Outcome& outcome : result.outcomes) {
    if (rules.empty() || rules.back().first != outcome.rule) rules.push_back({outcome.rule, {}});
    count(rules.back().second, outcome.status);
  }
  print_counts(book, rules, false);
  print_counts(book, rules, true);
  print_raised(result, evaluation);
}

void print_csv(const RunResult& result, bool heading) {
  if (heading) fmt::print("subject,name,to,rule,as_at,status,value,low,high,basis,digest\n");
  for (const std::string& text : result.rows) {
    const auto row = nlohmann::json::parse(text, nullptr, false);
    const auto cell = [&](const char* key) {
      return csv_cell(row.contains(key) && row[key].is_string() ? row[key].get<std::string>() : "");
    };
    const auto end = [&](std::size_t i) {
      if (!row.contains("range") || !row["range"].is_array() || row["range"].size() != 2 ||
          !row["range"][i].is_string())
        return std::string();
      return csv_cell(row["range"][i].get<std::string>());
    };
    fmt::print("{},{},{},{},{},{},{},{},{},{},{}\n", cell("subject"), cell("name"), cell("to"), cell("rule"),
               cell("as_at"), cell("status"), cell("value"), end(0), end(1), cell("basis"), cell("digest"));
  }
}

}  // namespace assay::cli
