// follow_page PAGE [--update]: does what a page tells its reader to do, in an empty folder, and holds what each command
// prints against what the page shows. With --update it writes into the page what came where that is something else.
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

std::vector<std::string> without_empty_end(std::vector<std::string> lines) {
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string type(Typed& typed, Sandbox& sandbox) {
  const auto came = without_empty_end(split_lines(sandbox.run(typed.command).printed));
  const auto shown = without_empty_end(typed.printed);
  if (matches(shown, came)) return {};
  std::string fault =
      fmt::format("$ {}\n  the page shows\n{}  what came\n{}", typed.command, join_lines(shown), join_lines(came));
  typed.printed = came;
  return fault;
}

// What came, in the page's lines in place of what it shows; from the page's end to its beginning.
void put_in(const PageStep& step, std::vector<std::string>& lines) {
  const auto* typed = std::get_if<Typed>(&step.what);
  if (!typed) return;
  const auto first = lines.begin() + static_cast<std::ptrdiff_t>(step.line - 1 + typed->lines);
  auto last = first;
  while (last != lines.end() && *last != "```" && last->compare(0, 2, "$ ") != 0) ++last;
  auto came = typed->printed;
  if (last != lines.end() && *last != "```") came.push_back("");  // another command follows
  lines.insert(lines.erase(first, last), came.begin(), came.end());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fmt::print("which page?\n"), 2;
  const fs::path page = argv[1];
  const bool update = argc > 2;
  auto lines = split_lines(read(page));
  auto steps = read_page(lines);
  if (!steps) return fmt::print("{}: {}\n", page.string(), steps.error()), 1;
  const fs::path source = ASSAY_SOURCE_DIR;
  const Program program{ASSAY_PROGRAM, source / "rulesets", ASSAY_WORK_DIR};
  Sandbox sandbox(program);
  Files files;
  std::size_t commands = 0;
  std::vector<const PageStep*> otherwise;
  for (PageStep& step : *steps) {
    std::string fault;
    if (const auto* written = std::get_if<Written>(&step.what)) {
      std::string& text = files[written->path];
      text = (written->at_the_end ? text : std::string()) + written->text;
      sandbox.write(written->path, text);
    } else if (const auto* exchanged = std::get_if<Exchanged>(&step.what)) {
      fault = exchange(*exchanged, files);
      sandbox.write(exchanged->path, files[exchanged->path]);
    } else {
      fault = type(std::get<Typed>(step.what), sandbox);
      ++commands;
    }
    if (fault.empty()) continue;
    otherwise.push_back(&step);
    fmt::print("line {}: {}\n", step.line, fault);
  }
  if (update) {
    for (auto step = otherwise.rbegin(); step != otherwise.rend(); ++step) put_in(**step, lines);
    std::ofstream(page, std::ios::binary) << join_lines(lines);
  }
  fmt::print("{} commands, {} not as the page shows\n", commands, otherwise.size());
  return commands == 0 || (!otherwise.empty() && !update) ? 1 : 0;
}
