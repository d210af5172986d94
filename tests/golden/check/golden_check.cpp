// Golden cases of checking: golden_check FOLDER [--update] [NAME...]. A case whose name begins with fail_ has errors
// and shows only them; any other has none and shows its warnings. --update writes down what is found.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/support/caret_case.h"

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool may_fail(const fs::path& path) { return path.filename().string().rfind("fail_", 0) == 0; }

// What speaks against the case; empty where it stands as recorded.
std::string fault_of(const fs::path& path, const std::string& recorded, const assay::golden::CaretCase& found) {
  std::string fault;
  if (recorded.rfind("# ", 0) != 0) fault += "  the first line is a comment that says what the case shows\n";
  if (found.errors != may_fail(path)) {
    fault += fmt::format("  {}: a name begins with fail_ if and only if errors are expected\n", found.summary);
  }
  return fault + assay::golden::line_difference(recorded, found.text);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool update = std::erase(arguments, "--update") > 0;
  if (arguments.empty()) {
    fmt::print(stderr, "golden_check FOLDER [--update] [NAME...]\n");
    return 2;
  }
  const fs::path folder = arguments.front();
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    const bool wanted = arguments.size() == 1 ||
                        std::find(arguments.begin() + 1, arguments.end(), path.stem().string()) != arguments.end();
    if (wanted && path.extension() == ".case") cases.push_back(path);
  }
  std::sort(cases.begin(), cases.end());
  int failed = 0;
  for (const fs::path& path : cases) {
    const std::string recorded = read(path);
    const auto found = assay::golden::annotate(recorded, !may_fail(path));
    if (update && found.text != recorded) std::ofstream(path, std::ios::binary) << found.text;
    const std::string fault = fault_of(path, update ? found.text : recorded, found);
    if (fault.empty()) continue;
    ++failed;
    fmt::print("{}\n{}  as found it would be written by: golden_check {} --update {}\n\n", path.string(), fault,
               folder.string(), path.stem().string());
  }
  fmt::print("{} of {} cases as recorded\n", static_cast<int>(cases.size()) - failed, cases.size());
  return failed == 0 && !cases.empty() ? 0 : 1;
}
