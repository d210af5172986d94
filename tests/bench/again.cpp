// What one new observation costs a store that has been run before, and what one question costs it, printed for
// tests/bench/run to compare:
//   again run STORE RULES FIELD ROUNDS      seconds of a run anew, and of one begun from it after one row more; both
//                                           from opening the store to the commit, least, median and most
//   again why STORE RULES RULE ROUNDS       milliseconds of one explanation in an open process: median, 99th percentile
// The store is added to: give a copy. Subjects are drawn from those that the store has, by a fixed seed.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>

#include "engine/eval/outcome.h"
#include "engine/explain/explanation.h"
#include "engine/session/about.h"
#include "engine/session/packed_run.h"
#include "engine/session/rules.h"
#include "evidence/store/store.h"
#include "tests/bench/measuring.h"

using namespace assay;

namespace {

double at(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times.size())))];
}

const Date kAsAt = *Date::parse("2026-01-01");

RunRequest request() { return {{kAsAt}, {}, "bench", "2026-01-02T09:00:00Z"}; }

// One row of a number, for a subject that the field has rows of.
void add_row(Store& store, const std::string& field, std::uint32_t subject, int value) {
  Catalogue& names = **store.catalogue();
  TypedRow row;
  row.subject = subject;
  row.field = names.find_field(field);
  row.number = value;
  row.valid_from = Date::parse("2025-11-30")->days;
  row.recorded_on = Date::parse("2025-12-03")->days;
  row.source = names.source("cqc_report");
  auto writer = must(store.begin_batch({"one.csv", {}, "tidy", "bench", "2026-01-01T09:00:00Z"}));
  must(writer.add(std::span(&row, 1)));
  must(writer.commit());
}

int measure_runs(const std::string& path, const Rulebook& book, const std::string& field, int rounds) {
  Store writer = must(Store::open(path, Access::Write));
  const auto subjects = must(writer.extent()).subjects;
  std::mt19937 dice(20);
  std::vector<double> anew, again;
  const auto seconds_of_run = [&](Begin begin) {
    std::optional<Store> store;
    std::optional<PackedResult> result;
    const double seconds = seconds_of([&] {
      store.emplace(must(Store::open(path, Access::Write)));
      result.emplace(must(run_packed(*store, book, request(), begin)));
    });
    if ((begin == Begin::FromEarlier) == result->begun_from.has_value()) return seconds;
    fmt::print(stderr, "again: the run did not begin as asked\n");
    std::_Exit(1);
  };
  for (int i = 0; i < rounds; ++i) {
    add_row(writer, field, 1 + static_cast<std::uint32_t>(dice() % subjects), 1 + i % 4);
    anew.push_back(seconds_of_run(Begin::Anew));
    for (int j = 0; j < 3; ++j) {
      add_row(writer, field, 1 + static_cast<std::uint32_t>(dice() % subjects), 1 + (i + j) % 4);
      again.push_back(seconds_of_run(Begin::FromEarlier));
    }
  }
  for (const auto& times : {anew, again})
    fmt::print("{:.5f} {:.5f} {:.5f} ", at(times, 0), at(times, 0.5), at(times, 1));
  fmt::print("\n");
  return 0;
}

int measure_whys(const std::string& path, const Rulebook& book, const std::string& name, int rounds) {
  Store store = must(Store::open(path, Access::Read));
  const Catalogue& names = *must(store.catalogue());
  const auto rule = book.find_rule(name);
  const Date known_on = must(known_on_of(store, {}, kAsAt));
  std::mt19937 dice(21);
  std::vector<double> times;
  std::size_t written = 0;
  for (int i = 0; i < rounds; ++i) {
    const auto& subject = names.subjects()[1 + dice() % (names.subjects().size() - 1)];
    times.push_back(seconds_of([&] {
      const auto snapshot = must(
          snapshot_about(store, book, *rule, std::string(subject.kind) + ":" + std::string(subject.code), known_on));
      Evaluation evaluation(book, *snapshot);
      const auto who = snapshot->find(*book.schema.find_kind(subject.kind), subject.code);
      written += to_tree(explain(evaluation, outcome(evaluation, *rule, *who, kAsAt))).size();
    }));
  }
  fmt::print("{:.3f} {:.3f} {}\n", 1e3 * at(times, 0.5), 1e3 * at(times, 0.99), written / times.size());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) {
    fmt::print(stderr, "again: run|why STORE RULES FIELD|RULE ROUNDS\n");
    return 2;
  }
  const std::vector<std::string> words(arguments + 1, arguments + count);
  const auto rules = must(load_rules(std::vector<std::string>{words[2]}, ""));
  const int rounds = std::max(1, std::atoi(words[4].c_str()));
  if (words[0] == "run") return measure_runs(words[1], rules.rulebook, words[3], rounds);
  return measure_whys(words[1], rules.rulebook, words[3], rounds);
}
