// Assay's columns as a side of the measurement: evaluation alone, columns in memory, for the same cells as the peers.
// Prints `NAME SECONDS SUBJECTS MEGABYTES` for each round, the last the most that the process has held, then what it
// counted, so that sides can be seen to agree.
//   bench_columns WORKLOAD SUBJECTS FOLDER [ROUNDS]     cqc, cqc_complete, oversight, oversight_many, links, wide
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "engine/columns/evaluate.h"
#include "engine/columns/share.h"
#include "engine/plan/plan.h"
#include "engine/session/rules.h"
#include "evidence/core/check.h"

namespace assay {
namespace {

using namespace columns;
using ColumnPlan = columns::Plan;

const Date kAsAt = *Date::parse("2026-03-31");

std::vector<std::uint8_t> read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    fmt::print(stderr, "bench_columns: {} cannot be read\n", path);
    std::_Exit(3);
  }
  return std::vector<std::uint8_t>(std::istreambuf_iterator<char>(in), {});
}

std::uint64_t number(const std::vector<std::uint8_t>& bytes, std::size_t at, std::size_t width) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < width; ++i) out |= static_cast<std::uint64_t>(bytes[at + i]) << (8 * i);
  return out;
}

// Numbers of which `missing` is none, between the ends of their type; or all held, where there is none.
struct Cells {
  std::size_t begin, width;
  int places;
  std::int64_t least, greatest;
  std::optional<std::uint64_t> missing;
};

Column numbers(const std::vector<std::uint8_t>& bytes, std::size_t rows, const Cells& cells) {
  NumberColumn column;
  column.places = cells.places;
  column.least = cells.least, column.greatest = cells.greatest;
  column.low = column.high = Lanes::between(cells.least, cells.greatest, rows);
  column.state.resize(rows);
  // On all cores, which are then at work before the time is taken, as those of every other side are.
  share_out(rows, [&](const Share& share) {
    for (std::size_t i = share.begin; i < share.end; ++i) {
      const std::uint64_t one = number(bytes, cells.begin + i * cells.width, cells.width);
      const bool held = !cells.missing || one != *cells.missing;
      column.low.set(i, held ? static_cast<std::int64_t>(one) : cells.least);
      column.high.set(i, held ? static_cast<std::int64_t>(one) : cells.greatest);
      column.state[i] = held ? State{0} : kMissing;
    }
  });
  summarise(column);
  return column;
}

Column conditions(const std::vector<std::uint8_t>& bytes, std::size_t begin, std::size_t rows) {
  ConditionColumn column;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint8_t one = bytes[begin + i];
    column.cells.push_back(one == 2   ? static_cast<Condition>(kUnknown | kMissing << kCauseShift)
                           : one == 1 ? kYes
                                      : kNo);
  }
  return column;
}

struct Workload {
  std::string ruleset, kind;
  std::map<std::string, Cells> fields;  // by name without its ruleset
  std::string path;
};

Workload workload(const std::string& name, std::size_t rows, const std::string& folder) {
  const bool oversight = name.starts_with("oversight");
  Workload out{oversight         ? "example.oversight"
               : name == "links" ? "example.links"
               : name == "wide"  ? "example.wide"
                                 : "example.cqc",
               oversight ? "trust" : "council",
               {},
               folder + "/" + (name == "links" || name == "wide" ? "cqc" : name) + ".bin"};
  if (oversight) {
    out.fields["kind_of_trust"] = {0, 4, 0, 0, static_cast<std::int64_t>(rows), std::nullopt};
    for (std::size_t m = 0; m < 5; ++m) out.fields[fmt::format("m{}", m + 1)] = {rows * (4 + 2 * m), 2, 2, 0, 10000, 0};
    out.fields["in_deficit"] = {rows * 14, 1, 0, 0, 1, 2};
    return out;
  }
  const char* scores[] = {"needs",        "healthier_lives", "equity",     "care_provision", "partnerships",
                          "safe_systems", "safeguarding",    "governance", "learning"};
  for (std::size_t s = 0; s < 9; ++s) out.fields[scores[s]] = {rows * s, 1, 0, 1, 4, 0};
  return out;
}

World world_of(const Rulebook& book, const Workload& load, std::size_t rows, const std::string& folder) {
  World world;
  world.as_at = kAsAt;
  world.frames.resize(book.schema.kinds().size());
  Frame& frame = world.frames[book.schema.find_kind(load.kind)->index];
  frame.rows = rows;
  frame.in_being.assign(rows, 1);
  if (load.ruleset == "example.links") {
    const auto bytes = read_bytes(folder + "/links.bin");
    Frame& links = world.frames[book.schema.find_kind("membership")->index];
    links.rows = bytes.size() / 8;
    links.in_being.assign(links.rows, 1);
    std::uint32_t systems = 0;
    for (std::size_t i = 0; i < links.rows; ++i) {
      links.to.push_back(static_cast<std::uint32_t>(number(bytes, 8 * i, 4)));
      links.from.push_back(static_cast<std::uint32_t>(number(bytes, 8 * i + 4, 4)) - 1);
      systems = std::max(systems, links.to.back() + 1);
    }
    Frame& ends = world.frames[book.schema.find_kind("ics")->index];
    ends.rows = systems;
    ends.in_being.assign(systems, 1);
  }
  const auto bytes = std::make_shared<const std::vector<std::uint8_t>>(read_bytes(load.path));
  world.field = [&book, load, rows, bytes](FieldId field) -> Result<Column> {
    const std::string& name = book.schema.field(field).name;
    const auto found = load.fields.find(name.substr(name.rfind('.') + 1));
    CHECK(found != load.fields.end());
    if (book.schema.field(field).type.kind == TypeKind::YesNo) return conditions(*bytes, found->second.begin, rows);
    return numbers(*bytes, rows, found->second);
  };
  return world;
}

// Of each answer how many are known, unknown, raised and so on, and the sum of all ends.
void print_counts(const Rulebook& book, const ColumnPlan& made) {
  for (const Answer& answer : made.answers) {
    std::int64_t known = 0, unknown = 0, low = 0, high = 0;
    const std::string& name = book.rule(answer.rule).name;
    if (const auto* conditions = std::get_if<ConditionColumn>(&made.columns[answer.column])) {
      std::int64_t yes = 0;
      for (const Condition cell : conditions->cells)
        yes += (cell & kSet) == kYes ? 1 : 0, unknown += is_open(cell) ? 1 : 0;
      fmt::print("count {} raised {} undetermined {}\n", name, yes, unknown);
    } else if (const auto* column = std::get_if<NumberColumn>(&made.columns[answer.column])) {
      for (std::size_t i = 0; i < column->state.size(); ++i) {
        (column->state[i] == 0 ? known : unknown) += 1;
        low += column->low.at(i), high += column->high.at(i);
      }
      fmt::print("count {} known {} unknown {} low {} high {}\n", name, known, unknown, low, high);
    } else {
      const auto& wide = std::get<WideColumn>(made.columns[answer.column]);
      for (const State state : wide.state) (state == 0 ? known : unknown) += 1;
      fmt::print("count {} known {} unknown {}\n", name, known, unknown);
    }
  }
  for (const Refused& refused : made.refused) {
    fmt::print(stderr, "bench_columns: {} is left to cells: {}\n", book.rule(refused.rule).name, refused.why);
    std::_Exit(1);
  }
}

int measure(const std::string& name, std::size_t rows, const std::string& folder, int rounds) {
  auto rules = load_rules(std::vector<std::string>{"tests/bench/peers/rules"}, "rulesets");
  CHECK(rules.has_value());
  const Rulebook& book = rules->rulebook;
  const Workload load = workload(name, rows, folder);
  const World world = world_of(book, load, rows, folder);
  const EditionAsked asked{kAsAt, kAsAt};
  std::vector<RuleId> wanted;
  for (const RuleId rule : plan(book, asked).rules)
    if (book.rule(rule).name.starts_with(load.ruleset + ".")) wanted.push_back(rule);
  auto made = compile(book, asked, wanted, world);
  CHECK(made.has_value());
  for (int round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    evaluate(*made, world, book.schema);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    fmt::print("{}{} {:.7f} {} {:.1f}\n", name, round == 0 && rounds > 1 ? ".first" : "", took.count(), rows,
               static_cast<double>(used.ru_maxrss) / 1024);
  }
  print_counts(book, *made);
  return 0;
}

}  // namespace
}  // namespace assay

int main(int count, char** arguments) {
  if (count < 4) {
    fmt::print(stderr, "bench_columns: name a workload, the number of subjects and a folder\n");
    return 2;
  }
  const int rounds = count > 4 ? std::atoi(arguments[4]) : 2;
  return assay::measure(arguments[1], std::strtoull(arguments[2], nullptr, 10), arguments[3], rounds);
}
