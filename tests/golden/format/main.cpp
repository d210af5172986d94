// Golden cases of layout. One case is one text file: comment lines, then
//   --- text        rules as somebody wrote them
//   --- formatted   the same in canonical layout
// and, for whatever text reads at all, here or in the cases of reading and checking: what is formatted stays as it is
// when formatted again, and means the same.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "dsl/format/format.h"
#include "dsl/syntax/parse.h"
#include "tests/support/print_tree.h"

namespace assay {

namespace {

namespace fs = std::filesystem;
const fs::path kTests = fs::path(ASSAY_SOURCE_DIR) / "tests/golden";

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

std::string section(const std::string& text, const std::string& head) {
  const std::string mark = "--- " + head + "\n";
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + mark.size();
  const std::size_t end = text.find("\n--- ", begin - 1);
  return text.substr(begin, end == std::string::npos ? end : end + 1 - begin);
}

std::optional<std::string> formatted(const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  return format_ruleset(sources, sources.add("rules.assay", text), sink);
}

std::string tree_of(const std::string& text) {
  Sources sources;
  ast::Tree tree;
  DiagnosticSink sink;
  const FileId file = sources.add("rules.assay", text);
  parse(sources, file, tree, sink);
  return golden::print_tree(tree);
}

// Nothing where all is well with a text that reads.
std::string fault_of(const std::string& text) {
  const auto once = formatted(text);
  if (!once) return {};
  const auto again = formatted(*once);
  if (!again) return "what was formatted does not read";
  if (*again != *once) return "formatted again it differs:\n" + *once + "\n----\n" + *again;
  return tree_of(text) == tree_of(*once) ? "" : "the tree differs";
}

}  // namespace

TEST_CASE("golden cases of layout") {
  const auto cases = files_in(kTests / "format", ".case");
  REQUIRE(cases.size() > 8);
  for (const fs::path& path : cases) {
    DYNAMIC_SECTION(path.stem().string()) {
      const std::string asked = contents(path), text = section(asked, "text");
      const auto now = formatted(text);
      REQUIRE(now);
      const std::string answer =
          asked.substr(0, asked.find("--- text\n")) + "--- text\n" + text + "--- formatted\n" + *now;
      CHECK(asked.find("# ") == 0);
      CHECK(fault_of(text).empty());
      if (answer != asked) {
        const fs::path fresh = fs::path(ASSAY_NEW_CASES) / path.filename();
        std::ofstream(fresh, std::ios::binary) << answer;
        INFO("to take what it is laid out as now: cp " << fresh.string() << " " << path.string());
        CHECK(answer == asked);
      }
    }
  }
}

TEST_CASE("formatting twice is formatting once, and the tree stays") {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const fs::path& path : files_in(kTests / "parse", ".case"))
    texts.emplace_back(path.string(), section(contents(path), "text"));
  for (const fs::path& path : files_in(kTests / "check", ".case")) texts.emplace_back(path.string(), contents(path));
  for (const fs::path& path : files_in(fs::path(ASSAY_SOURCE_DIR) / "rulesets", ".assay"))
    texts.emplace_back(path.string(), contents(path));
  std::size_t read = 0;
  for (const auto& [path, text] : texts) {
    INFO(path);
    read += formatted(text) ? 1U : 0U;
    CHECK(fault_of(text).empty());
  }
  CHECK(read > 60);
}

TEST_CASE("a text that does not read is left alone") { CHECK_FALSE(formatted("flag x of\n")); }

}  // namespace assay
