// Both evaluators over written evidence: every scenario of the rules named, or a store as known on its last day.
//   oracle_sweep RULES... [--store STORE --as-at DATE]
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>

#include "engine/session/rules.h"
#include "engine/session/scenario_snapshot.h"
#include "evidence/store/store.h"
#include "tests/oracle/seen.h"

namespace {

using namespace assay;

struct Total {
  std::size_t cells = 0, differences = 0;
  std::map<std::string, std::size_t> statuses;
  std::set<std::string> shown;
};

void sweep(const oracle::Question& question, const std::string& title, Total& total) {
  const auto found = oracle::compare(question, oracle::by_engine, oracle::by_verifier);
  total.cells += found.cells;
  total.differences += found.differences.size();
  for (const auto& [status, count] : found.statuses) total.statuses[status] += count;
  // Of each rule the first.
  for (const auto& difference : found.differences) {
    if (!total.shown.insert(question.book.rule(difference.rule).name).second) continue;
    fmt::print("{} as at {}: {}\n", title, question.as_at.to_string(), difference.words);
  }
}

int swept(const Total& total) {
  for (const auto& [status, count] : total.statuses) fmt::print("  {:<24} {}\n", status, count);
  fmt::print("{} outcomes compared, {} differ\n", total.cells, total.differences);
  return total.differences == 0 && total.cells > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  std::string store_path;
  std::vector<Date> dates;
  const auto option = [&](const std::string& name) {
    const auto at = std::find(words.begin(), words.end(), name);
    if (at == words.end() || at + 1 == words.end()) return std::string();
    const std::string value = *(at + 1);
    words.erase(at, at + 2);
    return value;
  };
  store_path = option("--store");
  for (std::string date = option("--as-at"); !date.empty(); date = option("--as-at"))
    if (const auto day = Date::parse(date)) dates.push_back(*day);
  const auto rules = load_rules(words, "rulesets");
  if (!rules) return fmt::print(stderr, "{}\n", rules.error().message), 3;
  if (rules->sink.has_errors()) return fmt::print(stderr, "the rules do not check\n"), 3;
  const Rulebook& book = rules->rulebook;
  Total total;
  if (store_path.empty()) {
    for (const Scenario& scenario : book.scenarios) {
      const Snapshot snapshot = scenario_snapshot(book, scenario);
      std::map<std::uint32_t, Value> given;
      for (const auto& [parameter, value] : scenario.parameters) given.emplace(parameter.index, value);
      sweep({book, snapshot, scenario.as_at, given}, scenario.title, total);
    }
    return swept(total);
  }
  auto store = Store::open(store_path, Access::Read);
  if (!store) return fmt::print(stderr, "{}\n", store.error().message), 3;
  const auto snapshot = store->snapshot(book.schema, Date{3652058 / 2});
  if (!snapshot) return fmt::print(stderr, "{}\n", snapshot.error().message), 3;
  for (const Date date : dates) sweep({book, *snapshot, date, {}}, "store", total);
  return swept(total);
}
