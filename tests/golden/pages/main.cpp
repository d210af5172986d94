// follow_page PAGE [--print]: does what a page tells its reader to do, in an empty folder, and holds what each command
// prints against what the page shows. --print shows the page's commands with what came instead, to be copied into it.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/golden/cli/case_file.h"
#include "tests/golden/cli/sandbox.h"
#include "tests/golden/pages/page.h"

namespace {

using namespace assay::golden;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files that the reader has made, by path.
using Files = std::map<std::string, std::string>;

std::string exchange(const Exchanged& what, Files& files) {
  std::string& text = files[what.path];
  const std::size_t at = text.find(what.before);
  if (at == std::string::npos) return fmt::format("`{}` does not stand in {}", what.before, what.path);
  if (text.find(what.before, at + 1) != std::string::npos)
    return fmt::format("`{}` stands more than once in {}", what.before, what.path);
  text.replace(at, what.before.size(), what.after);
  return {};
}

std::string type(const Typed& typed, Sandbox& sandbox, bool print) {
  auto came = split_lines(sandbox.run(typed.command).printed);
  while (!came.empty() && came.back().empty()) came.pop_back();
  auto printed = typed.printed;
  while (!printed.empty() && printed.back().empty()) printed.pop_back();
  if (print) fmt::print("$ {}\n{}\n", typed.command, join_lines(came));
  if (matches(printed, came)) return {};
  return fmt::format("$ {}\n  the page shows\n{}  what came\n{}", typed.command, join_lines(printed), join_lines(came));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fmt::print("which page?\n"), 2;
  const bool print = argc > 2;
  const auto steps = read_page(read(argv[1]));
  if (!steps) return fmt::print("{}: {}\n", argv[1], steps.error()), 1;
  const fs::path source = ASSAY_SOURCE_DIR;
  const Program program{ASSAY_PROGRAM, source / "rulesets", ASSAY_WORK_DIR};
  Sandbox sandbox(program);
  Files files;
  std::size_t commands = 0, faults = 0;
  for (const PageStep& step : *steps) {
    std::string fault;
    if (const auto* written = std::get_if<Written>(&step.what)) {
      std::string& text = files[written->path];
      text = (written->at_the_end ? text : std::string()) + written->text;
      sandbox.write(written->path, text);
    } else if (const auto* exchanged = std::get_if<Exchanged>(&step.what)) {
      fault = exchange(*exchanged, files);
      sandbox.write(exchanged->path, files[exchanged->path]);
    } else {
      fault = type(std::get<Typed>(step.what), sandbox, print);
      ++commands;
    }
    if (fault.empty()) continue;
    ++faults;
    if (!print) fmt::print("line {}: {}\n", step.line, fault);
  }
  fmt::print("{} commands, {} not as the page shows\n", commands, faults);
  return commands == 0 || faults > 0 ? 1 : 0;
}
