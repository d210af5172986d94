// What the soak once found, made small and kept: the engine, the second evaluator and columns agree on each, and answer
// as its file says.
//   oracle_cases FOLDER            asks every case
//   oracle_cases FOLDER --update   writes the engine's answers into them
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "tests/oracle/run_case.h"
#include "tests/support/case_sections.h"

namespace {

using namespace assay;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Heads: `rules NAME`, `evidence`, and `as at DATE known on DATE`, below which the answers stand.
oracle::Case case_of(const golden::CaseSections& sections) {
  oracle::Case made;
  for (const golden::Section& section : sections.sections) {
    std::istringstream words(section.head);
    std::string first, name;
    words >> first;
    if (first == "rules") {
      words >> name;
      made.files.push_back({name, {section.body}});
    } else if (first == "evidence") {
      made.evidence = lines_of(section.body);
    } else {
      std::string at, known, on, date;
      words >> at >> date >> known >> on >> made.known_on;
      made.dates.push_back(date);
    }
  }
  return made;
}

// True where all agree and answer as written.
bool ask(const std::string& path, bool update) {
  std::ifstream in(path);
  golden::CaseSections sections = golden::read_case(std::string(std::istreambuf_iterator<char>(in), {}));
  const oracle::Case made = case_of(sections);
  const auto result = oracle::run_case(made, oracle::by_engine, oracle::by_verifier, nullptr);
  bool good = result.fault.empty() && result.differences.empty() && result.cells > 0;
  if (!result.fault.empty()) fmt::print("{}: {}\n", path, result.fault);
  for (const std::string& words : result.differences) fmt::print("{}: {}\n", path, words);
  std::size_t next = 0;
  for (golden::Section& section : sections.sections) {
    if (!section.head.starts_with("as at ") || next >= made.dates.size()) continue;
    const std::string answers = oracle::answers_in_words(made, made.dates[next++]);
    if (answers == section.body) continue;
    good = good && update;
    if (!update) fmt::print("{}: {}\nwanted\n{}\nfound\n{}\n", path, section.head, section.body, answers);
    section.body = answers;
  }
  if (update) std::ofstream(path) << golden::write_case(sections);
  return good && next > 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fmt::print("oracle_cases FOLDER [--update]\n"), 2;
  const bool update = argc > 2 && std::string(argv[2]) == "--update";
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
    if (entry.path().extension() == ".case") paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::size_t failed = 0;
  for (const std::string& path : paths) failed += ask(path, update) ? 0U : 1U;
  fmt::print("{} cases, {} failed\n", paths.size(), failed);
  return failed == 0 && !paths.empty() ? 0 : 1;
}
