// coverage_page [--update]: holds docs/coverage and docs/coverage.md against the shipped rulesets; with --update the
// page is written again, and the diff is the review.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "engine/session/rules.h"
#include "tests/coverage/coverage.h"

namespace {

namespace fs = std::filesystem;
using namespace assay;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Subcommands, as main adds them.
std::vector<std::string> commands_in(const std::string& text) {
  constexpr std::string_view kAdds = "assay::cli::add_";
  std::vector<std::string> out;
  for (std::size_t at = text.find(kAdds); at != std::string::npos; at = text.find(kAdds, at)) {
    at += kAdds.size();
    out.push_back(text.substr(at, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at) - at));
  }
  return out;
}

// The names of the files that hold one thing each.
std::vector<std::string> stems_in(const fs::path& folder) {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".cpp") out.push_back(entry.path().stem().string());
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const bool update = argc > 1 && std::string_view(argv[1]) == "--update";
  const fs::path root = ASSAY_SOURCE_DIR, docs = root / "docs";
  auto loaded = load_rules({(root / "rulesets").string()}, {});
  if (!loaded || loaded->sink.has_errors()) {
    fmt::print("the shipped rulesets could not be read\n");
    return 1;
  }
  const coverage::Tables tables{.asks = coverage::read_table(read(docs / "coverage/asks.tsv")),
                                .taken_up = coverage::read_table(read(docs / "coverage/taken_up.tsv")),
                                .entries = coverage::read_table(read(docs / "coverage/register.tsv"))};
  const coverage::Words words{.glossary = read(docs / "STYLE.md"),
                              .language = read(docs / "language.md"),
                              .commands = commands_in(read(root / "apps/cli/main.cpp")),
                              .layouts = stems_in(root / "evidence/import/layouts")};
  int exit = 0;
  for (const std::string& fault : coverage::faults_of(tables, loaded->rulebook, words)) {
    fmt::print("{}\n", fault);
    exit = 1;
  }
  const std::string page = coverage::page_of(tables, loaded->rulebook);
  if (update) std::ofstream(docs / "coverage.md", std::ios::binary) << page;
  if (!update && page != read(docs / "coverage.md")) {
    fmt::print("docs/coverage.md is not what the tables make; `coverage_page --update` writes it\n");
    exit = 1;
  }
  fmt::print("{} asks, {} takers, {} entries\n", tables.asks.size(), tables.taken_up.size(), tables.entries.size());
  return exit;
}
