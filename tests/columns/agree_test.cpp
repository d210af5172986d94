// Columns and cells agree: over every scenario of the shipped rulesets, and over the sample evidence where a store of
// it is named. Prints what was compared, and what columns leave to cells.
//   columns_agree [--why] [STORE...]
#include <fmt/format.h>

#include <map>
#include <string>

#include "engine/plan/plan.h"
#include "engine/session/rules.h"
#include "engine/session/scenario_snapshot.h"
#include "engine/session/stored_world.h"
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

// Columns from the store's segments, against cells of its snapshot.
Result<Agreement> compare_stored(const Rulebook& book, Store& store, const Snapshot& snapshot, Date as_at) {
  std::vector<FieldId> fields;
  for (const RuleId rule : plan(book, EditionAsked{as_at, snapshot.known_on()}).rules)
    for (const FieldId field : fields_read(book, rule))
      if (book.schema.field(field).occurrence != Occurrence::Event) fields.push_back(field);
  auto world = stored_world(store, book.schema, {fields, as_at, snapshot.known_on()});
  if (!world) return tl::unexpected(world.error());
  std::vector<std::vector<SubjectId>> subjects(world->subjects.size());
  for (std::uint32_t kind = 0; kind < subjects.size(); ++kind) {
    auto codes = store.subject_codes(world->subjects[kind]);
    if (!codes) return tl::unexpected(codes.error());
    for (const std::string& code : *codes) subjects[kind].push_back(snapshot.find({kind}, code).value_or(SubjectId{}));
  }
  return compare_columns(book, snapshot, world->world,
                         [&](KindId kind, std::size_t row) { return subjects[kind.index][row]; });
}

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
      auto stored = compare_stored(book, *store, *snapshot, as_at);
      if (!stored) {
        fmt::print(stderr, "columns_agree: {}\n", stored.error().message);
        return 3;
      }
      fmt::print("  from its segments: {} cells compared, {} in being\n", stored->cells, one.cells);
      if (stored->cells != one.cells)
        stored->differences.emplace_back(fmt::format("{} cells, not {}", stored->cells, one.cells));
      sum.add(*stored, as_at.to_string() + ", segments");
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
