// Golden cases of reading. One case is one text file: comment lines, then
//   --- text          a file of rules
//   --- tree          its tree as print_tree shows it; left out where there is none
//   --- diagnostics   what was said of it, as a terminal shows it; left out where nothing was
// A name begins with fail_ if and only if an error is expected.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "dsl/syntax/parse.h"
#include "tests/support/print_tree.h"

namespace assay {

namespace {

namespace fs = std::filesystem;
const fs::path kFolder = fs::path(ASSAY_SOURCE_DIR) / "tests/golden/parse";

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> cases() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".case") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

// What stands before the first section, and the text of a section up to the next.
std::string opening(const std::string& text) { return text.substr(0, text.find("--- text\n")); }
std::string section(const std::string& text, const std::string& head) {
  const std::string mark = "--- " + head + "\n";
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + mark.size();
  const std::size_t end = text.find("\n--- ", begin - 1);
  return text.substr(begin, end == std::string::npos ? end : end + 1 - begin);
}

struct Answer {
  std::string text;
  bool has_errors;
};

// The case as it reads now.
Answer answer(const std::string& asked) {
  Sources sources;
  ast::Tree tree;
  DiagnosticSink sink;
  std::string rules = section(asked, "text");
  const FileId file = sources.add("rules.assay", rules);
  parse(sources, file, tree, sink);
  const std::string picture = golden::print_tree(tree), said = render(sink, sources);
  std::string out = opening(asked) + "--- text\n" + rules;
  if (!picture.empty()) out += "--- tree\n" + picture;
  if (!said.empty()) out += "--- diagnostics\n" + said;
  return {std::move(out), sink.has_errors()};
}

}  // namespace

TEST_CASE("golden cases of reading") {
  REQUIRE(cases().size() > 20);
  for (const fs::path& path : cases()) {
    DYNAMIC_SECTION(path.stem().string()) {
      const std::string asked = contents(path);
      const Answer now = answer(asked);
      CHECK(opening(asked).find("# ") == 0);
      CHECK(now.has_errors == path.stem().string().starts_with("fail_"));
      if (now.text != asked) {
        const fs::path fresh = fs::path(ASSAY_NEW_CASES) / path.filename();
        std::ofstream(fresh, std::ios::binary) << now.text;
        INFO("to take what it reads as now: cp " << fresh.string() << " " << path.string());
        CHECK(now.text == asked);
      }
    }
  }
}

TEST_CASE("every kind of fault found in reading is shown by a golden case") {
  // Their bytes would make the case file no text, or 8 megabytes long; tests/unit/dsl/syntax shows them.
  const std::set<std::string_view> elsewhere = {"NotUtf8", "NulByte", "FileTooLong"};
  std::string all;
  for (const fs::path& path : cases()) all += section(contents(path), "diagnostics");
  for (const DiagnosticKind kind : all_diagnostic_kinds()) {
    if (!code_of(kind).starts_with("E01") || elsewhere.contains(name_of(kind))) continue;
    INFO(name_of(kind));
    CHECK(all.find(fmt::format("error[{}]", code_of(kind))) != std::string::npos);
  }
}

}  // namespace assay
