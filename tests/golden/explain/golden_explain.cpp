// Answers every case of explanations anew and compares: golden_explain FOLDER [--update] [NAME...]. With --update the
// files are written again, and the diff is the review.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/explain_case.h"

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The lines around the first that differ: enough to see what changed, the whole is one --update away.
void print_difference(const std::string& expected, const std::string& got) {
  constexpr std::size_t kAround = 6;
  const auto was = lines_of(expected), is = lines_of(got);
  std::size_t at = 0;
  while (at < was.size() && at < is.size() && was[at] == is[at]) ++at;
  fmt::print("  first difference at line {}\n", at + 1);
  for (std::size_t i = at; i < std::min(at + kAround, was.size()); ++i) fmt::print("  - {}\n", was[i]);
  for (std::size_t i = at; i < std::min(at + kAround, is.size()); ++i) fmt::print("  + {}\n", is[i]);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const bool update = std::erase(words, "--update") > 0;
  if (words.empty()) return fmt::print("golden_explain FOLDER [--update] [NAME...]\n"), 2;
  const std::filesystem::path folder = words.front();
  words.erase(words.begin());
  std::vector<std::filesystem::path> cases;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const bool wanted =
        words.empty() || std::find(words.begin(), words.end(), entry.path().stem().string()) != words.end();
    if (entry.path().extension() == ".case" && wanted) cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  if (cases.empty()) return fmt::print("no case to answer in {}\n", folder.string()), 1;
  int failed = 0;
  for (const auto& path : cases) {
    const std::string expected = read_file(path);
    const std::string got = assay::golden::write_case(assay::golden::answer(assay::golden::read_case(expected)));
    if (got == expected) continue;
    if (update) {
      std::ofstream(path, std::ios::binary) << got;
      fmt::print("written again: {}\n", path.string());
      continue;
    }
    ++failed;
    fmt::print("{}: answered otherwise; if that is right: golden_explain {} --update {}\n", path.string(),
               folder.string(), path.stem().string());
    print_difference(expected, got);
  }
  return failed == 0 ? 0 : 1;
}
