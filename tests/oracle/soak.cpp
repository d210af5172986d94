// The engine and the second evaluator over rules and evidence made at random, until so many cells are compared.
//   oracle_soak CELLS [--seed N] [--keep FOLDER] [--marks no]
//                                                    a seed that differs is made small and kept as a case
//   oracle_soak 0 --seed N                           prints the case of a seed
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "tests/oracle/run_case.h"

namespace {

using namespace assay;

struct Total {
  std::size_t cells = 0, cases = 0, refused = 0, differences = 0;
  std::map<std::string, std::size_t> seen;
};

void keep(const std::string& folder, std::uint64_t seed, const oracle::Case& small, const std::string& words) {
  std::ofstream out(fmt::format("{}/seed_{}.case", folder, seed));
  out << "# Found by the soak, seed " << seed << ".\n\n" << oracle::to_text(small) << "--- differs\n" << words << "\n";
}

void print(const Total& total, std::uint64_t first, std::uint64_t last) {
  fmt::print("constructs, standings and answers met\n");
  for (const auto& [name, count] : total.seen) fmt::print("  {:<40} {}\n", name, count);
  fmt::print("seeds {} to {}, {} rulesets, {} refused by the checker\n", first, last, total.cases, total.refused);
  fmt::print("{} cells compared, {} differ\n", total.cells, total.differences);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return fmt::print("oracle_soak CELLS [--seed N] [--keep FOLDER]\n"), 2;
  const std::size_t wanted = std::stoull(words[0]);
  std::uint64_t seed = 1;
  std::string folder;
  for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
    if (words[i] == "--seed") seed = std::stoull(words[i + 1]);
    if (words[i] == "--keep") folder = words[i + 1];
    if (words[i] == "--marks" && words[i + 1] == "no") oracle::compare_marks(false);
  }
  if (wanted == 0) return fmt::print("{}", oracle::to_text(oracle::generate(seed))), 0;
  const std::uint64_t first = seed;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Total total;
  constexpr std::size_t kMost = 12;
  for (; total.cells < wanted && total.differences < kMost && total.refused <= total.cases + kMost; ++seed) {
    const oracle::Case made = oracle::generate(seed);
    oracle::CaseResult result = oracle::run_case(made, oracle::by_engine, oracle::by_verifier, &total.seen);
    if (!result.fault.empty()) {
      ++total.refused;
      if (total.refused <= 3) fmt::print("seed {}: {}\n", seed, result.fault);
      continue;
    }
    ++total.cases;
    total.cells += result.cells;
    if (result.differences.empty()) continue;
    ++total.differences;
    fmt::print("seed {}: {} differ, first {}\n", seed, result.differences.size(), result.differences.front());
    if (folder.empty()) continue;
    const oracle::Case small = oracle::shrink(made, oracle::by_engine, oracle::by_verifier);
    const auto again = oracle::run_case(small, oracle::by_engine, oracle::by_verifier, nullptr);
    keep(folder, seed, small, again.differences.empty() ? "" : again.differences.front());
  }
  print(total, first, seed - 1);
  return total.differences == 0 ? 0 : 1;
}
