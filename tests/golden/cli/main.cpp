// golden_cli [--update] [CASE...]: runs cases of the command line and holds what they print against what is written.
// With --update it writes down what they print instead. A word names the cases whose names hold it.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/golden/cli/case_file.h"
#include "tests/golden/cli/sandbox.h"

namespace {

using namespace assay::golden;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Lines that differ, with - for what is written and + for what came; the longest common lines stand still.
std::string difference(const std::string& written, const std::string& came) {
  const auto a = split_lines(written), b = split_lines(came);
  std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  std::string out;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && a[i] == b[j])
      ++i, ++j;
    else if (j < b.size() && (i == a.size() || common[i][j + 1] > common[i + 1][j]))
      out += fmt::format("    + {}\n", b[j++]);
    else
      out += fmt::format("    - {}\n", a[i++]);
  }
  return out;
}

std::string without_empty_end(std::string text) {
  while (text.size() > 1 && text.back() == '\n' && text[text.size() - 2] == '\n') text.pop_back();
  if (text == "\n") text.clear();
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

// Runs a case and leaves what came in it; gives the faults.
std::vector<std::string> run(Case& written, const Program& program) {
  std::vector<std::string> faults;
  Sandbox sandbox(program);
  bool fails = false;
  for (Step& step : written.steps) {
    if (const auto* file = std::get_if<FileStep>(&step.body)) {
      const auto text = made_text(file->text);
      if (!text) return {fmt::format("line {}: {}", step.line, text.error())};
      sandbox.write(file->path, *text);
    } else if (const auto* sample = std::get_if<SampleStep>(&step.body)) {
      if (const auto copied = sandbox.copy_sample(sample->path); !copied) return {copied.error()};
    } else {
      auto& command = std::get<CommandStep>(step.body);
      Ran ran = sandbox.run(command.command);
      ran.printed = without_empty_end(std::move(ran.printed));
      // Machine rows are as wide as they are.
      const bool machine = command.command.find("--format") != std::string::npos;
      for (const std::string& line : ran.wide)
        if (!machine && !written.wide)
          faults.push_back(fmt::format("line {}: $ {}\n    over 80 columns: {}\n", step.line, command.command, line));
      if (ran.printed != command.expected || ran.exit != command.exit)
        faults.push_back(fmt::format(
            "line {}: $ {}\n{}{}", step.line, command.command, difference(command.expected, ran.printed),
            ran.exit == command.exit ? "" : fmt::format("    exit {} where {} is written\n", ran.exit, command.exit)));
      fails = fails || ran.exit != 0;
      command.expected = ran.printed;
      command.exit = ran.exit;
    }
  }
  // The name says whether a reader will meet a refusal.
  if (fails != (written.name.compare(0, 5, "fail_") == 0))
    faults.push_back(fails ? "a command does not exit 0, so its name begins with fail_\n"
                           : "every command exits 0, so its name does not begin with fail_\n");
  return faults;
}

bool run_file(const fs::path& path, const Program& program, bool update) {
  auto written = parse_case(path.stem().string(), read(path));
  if (!written) {
    fmt::print("FAIL {}\n  {}\n", path.stem().string(), written.error());
    return false;
  }
  const auto faults = run(*written, program);
  if (update) std::ofstream(path, std::ios::binary) << print_case(*written);
  fmt::print("{} {}\n", faults.empty() ? "ok  " : update ? "new " : "FAIL", written->name);
  for (const std::string& fault : faults) fmt::print("  {}", fault);
  return faults.empty();
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path source = ASSAY_SOURCE_DIR;
  const Program program{ASSAY_PROGRAM, source / "rulesets", ASSAY_WORK_DIR, ASSAY_TEST_TOOLS};
  bool update = false, exact = false;
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--update")
      update = true;
    else if (word == "--exact")
      exact = true;
    else
      words.push_back(word);
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(source / "tests/golden/cli")) {
    if (entry.path().extension() != ".case") continue;
    const std::string name = entry.path().stem().string();
    if (words.empty() || std::any_of(words.begin(), words.end(), [&](const std::string& word) {
          return exact ? name == word : name.find(word) != std::string::npos;
        }))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::size_t failed = 0;
  for (const fs::path& file : files) failed += run_file(file, program, update) ? 0U : 1U;
  fmt::print("{} cases, {} {}\n", files.size(), failed, update ? "written anew" : "failed");
  return files.empty() || (failed > 0 && !update) ? 1 : 0;
}
