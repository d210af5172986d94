// The house rules of docs/STYLE.md and the layers of docs/ARCHITECTURE.md, held against every file of the project.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/tidy/clauses.h"
#include "tests/tidy/layers.h"
#include "tests/tidy/project_text.h"
#include "tests/tidy/shape.h"
#include "tests/tidy/words.h"

namespace assay::tidy {
namespace {

const std::string kRoot = ASSAY_SOURCE_DIR;

template <class Check>
std::vector<Fault> across_project(Check check) {
  const std::vector<TextFile> files = read_project(kRoot);
  // A walk that finds nothing would pass every check.
  REQUIRE(std::count_if(files.begin(), files.end(), [](const TextFile& file) { return is_cpp(file.path); }) > 50);
  std::vector<Fault> faults;
  for (const TextFile& file : files) {
    const std::vector<Fault> found = check(file);
    faults.insert(faults.end(), found.begin(), found.end());
  }
  return faults;
}

void require_none(const std::vector<Fault>& faults) {
  INFO(describe(faults));
  REQUIRE(faults.empty());
}

TEST_CASE("includes go from right to left in the order of layers") { require_none(across_project(check_includes)); }

TEST_CASE("every file says in its first line what it is for") { require_none(across_project(check_first_line)); }

TEST_CASE("no file is longer than 500 lines") { require_none(across_project(check_length)); }

TEST_CASE("no line is wider than 120 columns") { require_none(across_project(check_width)); }

TEST_CASE("no function is longer than 70 lines") { require_none(across_project(check_functions)); }

TEST_CASE("no tabs, no blanks at line ends, a line feed at the end") {
  require_none(across_project(check_white_space));
}

TEST_CASE("nothing is left for later, and nothing does what only apps may") {
  require_none(across_project(check_words));
}

TEST_CASE("every document named is there") {
  const auto exists = [](const std::string& path) {
    return std::filesystem::exists(std::filesystem::path(kRoot) / path);
  };
  require_none(across_project([&](const TextFile& file) { return check_links(file, exists); }));
}

TEST_CASE("every clause of the language is shown by a golden case, and every case cites clauses there are") {
  namespace fs = std::filesystem;
  const auto read = [](const fs::path& path) {
    std::ifstream in(fs::path(kRoot) / path, std::ios::binary);
    return make_text_file(path.generic_string(), {std::istreambuf_iterator<char>(in), {}});
  };
  std::vector<TextFile> cases;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(kRoot) / "tests/golden")) {
    if (entry.path().extension() == ".case") cases.push_back(read(fs::relative(entry.path(), kRoot)));
  }
  REQUIRE(cases.size() > 100);
  std::ranges::sort(cases, {}, &TextFile::path);
  require_none(check_clauses(read("docs/language.md"), cases));
}

TEST_CASE("the map in ARCHITECTURE.md names every folder of code, and no other") {
  const std::vector<TextFile> files = read_project(kRoot);
  std::set<std::string> folders;
  for (const TextFile& file : files) {
    const bool code = is_below(file.path, "evidence") || is_below(file.path, "dsl") || is_below(file.path, "engine") ||
                      is_below(file.path, "apps");
    // A folder below a layer's folder is part of that layer.
    if (code && is_cpp(file.path)) folders.insert(file.path.substr(0, file.path.find('/', file.path.find('/') + 1)));
  }
  const std::span<const std::string_view> order = layer_order();
  REQUIRE(folders == std::set<std::string>(order.begin(), order.end()));
  const auto map = std::find_if(files.begin(), files.end(),
                                [](const TextFile& file) { return file.path == "docs/ARCHITECTURE.md"; });
  REQUIRE(map != files.end());
  for (const std::string& folder : folders) {
    INFO(folder);
    CHECK(map->bytes.find("`" + folder + "`") != std::string::npos);
  }
}

}  // namespace
}  // namespace assay::tidy
