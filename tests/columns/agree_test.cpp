// Columns and cells agree: over every scenario of the shipped rulesets, and over the sample evidence where a store of
// it is named. Prints what was compared, and what columns leave to cells.
//   columns_agree [--why] [STORE...]
#include <fmt/format.h>

#include <map>
#include <string>

#include "engine/session/rules.h"
#include "engine/session/scenario_snapshot.h"
#include "evidence/store/store.h"
#include "tests/columns/agree.h"

namespace assay {
namespace {

struct Sum {
  Agreement all;
  std::map<std::string, int> reasons;
  void add(const Agreement& one, const std::string& where) {
    all.rules += one.rules, all.refused += one.refused, all.cells += one.cells;
    for (const std::string& text : one.differences) all.differences.push_back(where + ": " + text);
    for (const std::string& text : one.reasons) ++reasons[text];
  }
};

int compare_all(int argc, char** argv) {
  auto rules = load_rules(std::vector<std::string>{"rulesets"}, "rulesets");
  if (!rules) {
    fmt::print(stderr, "columns_agree: {}\n", rules.error().message);
    return 3;
  }
  const Rulebook& book = rules->rulebook;
  bool why = false;
  Sum sum;
  for (const Scenario& scenario : book.scenarios)
    sum.add(compare_columns(book, scenario_snapshot(book, scenario), scenario.as_at), scenario.title);
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--why") {
      why = true;
      continue;
    }
    auto store = Store::open(argv[i], Access::Read);
    if (!store) {
      fmt::print(stderr, "columns_agree: {}\n", store.error().message);
      return 3;
    }
    for (const Date as_at : {*Date::parse("2024-06-30"), *Date::parse("2026-03-31"), *Date::parse("2026-09-30")}) {
      auto snapshot = store->snapshot(book.schema, *Date::parse("2026-12-31"));
      if (!snapshot) {
        fmt::print(stderr, "columns_agree: {}\n", snapshot.error().message);
        return 3;
      }
      const Agreement one = compare_columns(book, *snapshot, as_at);
      fmt::print("{} as at {}: {} rules by columns, {} left to cells, {} cells compared\n", argv[i], as_at.to_string(),
                 one.rules, one.refused, one.cells);
      sum.add(one, as_at.to_string());
    }
  }
  if (why)
    for (const auto& [reason, times] : sum.reasons) fmt::print("{}  ({})\n", reason, times);
  for (std::size_t i = 0; i < sum.all.differences.size() && i < 40; ++i) fmt::print("{}\n", sum.all.differences[i]);
  fmt::print("{} cells compared, {} differ\n", sum.all.cells, sum.all.differences.size());
  return sum.all.differences.empty() && sum.all.cells > 0 ? 0 : 1;
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { return assay::compare_all(argc, argv); }
