// The engine and the second evaluator over rules and evidence made at random, until so many cells are compared.
//   oracle_soak CELLS [--seed N] [--jobs N] [--keep FOLDER] [--marks no] [--columns no]
//                                                    a seed that differs is made small and kept as a case
//   oracle_soak 0 --seed N                           prints the case of a seed
#include <fmt/format.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "tests/oracle/run_case.h"

namespace {

using namespace assay;

struct Asked {
  std::size_t cells = 0;
  std::uint64_t seed = 1;
  unsigned jobs = 1;
  bool columns = true;
  std::string folder;
};

struct Total {
  std::size_t cells = 0, by_columns = 0, cases = 0, refused = 0, differences = 0;
  std::map<std::string, std::size_t> seen;
};

struct Tried {
  oracle::CaseResult result;
  std::map<std::string, std::size_t> seen;
};

void keep(const std::string& folder, std::uint64_t seed) {
  const oracle::Case small = oracle::shrink(oracle::generate(seed), oracle::by_engine, oracle::by_verifier);
  const auto again = oracle::run_case(small, oracle::by_engine, oracle::by_verifier, nullptr);
  std::ofstream out(fmt::format("{}/seed_{}.case", folder, seed));
  out << "# Found by the soak, seed " << seed << ".\n\n"
      << oracle::to_text(small) << "--- differs\n"
      << (again.differences.empty() ? "" : again.differences.front()) << "\n";
}

void print(const Total& total, std::uint64_t first, std::uint64_t last) {
  fmt::print("constructs, standings and answers met\n");
  for (const auto& [name, count] : total.seen) fmt::print("  {:<40} {}\n", name, count);
  fmt::print("seeds {} to {}, {} rulesets, {} refused by the checker\n", first, last, total.cases, total.refused);
  fmt::print("{} cells compared, {} of them with columns too, {} differ\n", total.cells, total.by_columns,
             total.differences);
}

constexpr std::size_t kMost = 12;

bool enough(const Total& total, std::size_t wanted) {
  return total.cells >= wanted || total.differences >= kMost || total.refused > total.cases + kMost;
}

void take(Total& total, const Tried& tried, std::uint64_t seed, const std::string& folder) {
  const oracle::CaseResult& result = tried.result;
  if (!result.fault.empty()) {
    ++total.refused;
    if (total.refused <= 3) fmt::print("seed {}: {}\n", seed, result.fault);
    return;
  }
  ++total.cases;
  total.cells += result.cells;
  total.by_columns += result.by_columns;
  for (const auto& [name, count] : tried.seen) total.seen[name] += count;
  if (result.differences.empty()) return;
  ++total.differences;
  fmt::print("seed {}: {} differ, first {}\n", seed, result.differences.size(), result.differences.front());
  if (!folder.empty()) keep(folder, seed);
}

// So many seeds at a time, shared among threads and taken in their order: what is printed is the same for any number
// of jobs.
int soak(const Asked& asked) {
  constexpr std::size_t kBatch = 64;
  Total total;
  std::uint64_t next = asked.seed;
  while (!enough(total, asked.cells)) {
    std::vector<Tried> batch(kBatch);
    std::atomic<std::size_t> at = 0;
    const auto work = [&] {
      for (std::size_t i = at++; i < kBatch; i = at++)
        batch[i].result =
            oracle::run_case(oracle::generate(next + i), oracle::by_engine, oracle::by_verifier, &batch[i].seen);
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < asked.jobs; ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    for (std::size_t i = 0; i < kBatch && !enough(total, asked.cells); ++i) take(total, batch[i], next++, asked.folder);
  }
  print(total, asked.seed, next - 1);
  const bool all_asked = total.cells >= asked.cells && (total.by_columns > 0 || !asked.columns);
  return total.differences == 0 && all_asked ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return fmt::print("oracle_soak CELLS [--seed N] [--jobs N] [--keep FOLDER]\n"), 2;
  Asked asked{.cells = std::stoull(words[0])};
  for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
    if (words[i] == "--seed") asked.seed = std::stoull(words[i + 1]);
    if (words[i] == "--jobs") asked.jobs = static_cast<unsigned>(std::stoul(words[i + 1]));
    if (words[i] == "--keep") asked.folder = words[i + 1];
    if (words[i] == "--marks" && words[i + 1] == "no") oracle::compare_marks(false);
    if (words[i] == "--columns" && words[i + 1] == "no") asked.columns = false;
  }
  if (asked.cells == 0) return fmt::print("{}", oracle::to_text(oracle::generate(asked.seed))), 0;
  oracle::compare_columns_too(asked.columns);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  return soak(asked);
}
