// assay test --boundaries: scenarios on either side of every limit, to look over and keep.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "apps/cli/test.h"
#include "engine/trial/boundary.h"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

std::string short_line_of(const Rulebook& book, Span span) {
  const std::string line = line_of(book, span);
  return line.substr(line.find_last_of('/') + 1);
}

struct Written {
  std::map<std::uint32_t, std::string> texts;  // by ruleset
  std::int64_t scenarios = 0, not_made = 0;
};

Written gather(const Rulebook& book, const std::vector<Boundary>& all) {
  Written out;
  std::set<std::string> seen;
  for (const Boundary& boundary : all) {
    std::string& text = out.texts[boundary.ruleset.index];
    if (text.empty())
      text = fmt::format(
          "# Scenarios on either side of each limit, from the rules as they stand.\n# Look each over before you keep "
          "it.\n\n{}",
          ruleset_line(book.ruleset(boundary.ruleset)));
    if (boundary.text.empty()) {
      ++out.not_made;
      text += fmt::format("\n# {}: {}\n#   {}\n#   not made: {}\n", short_line_of(book, boundary.span), boundary.words,
                          boundary.title.empty() ? "every side" : boundary.title, boundary.why_not);
    } else if (seen.insert(boundary.text).second) {
      ++out.scenarios;
      text += "\n" + boundary.text;
    }
  }
  return out;
}

int write_file(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (fs::exists(path, error))
    return tell({ErrorCode::WrongUse, "this file is there already", path.string(),
                 "name another folder; nothing is overwritten"});
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return tell({ErrorCode::Io, "the file cannot be written", path.string(), {}});
  fmt::print("{}\n", path.string());
  return kDone;
}

}  // namespace

int print_boundaries(const RulesAsked& asked, const std::string& output) {
  const Rulebook& book = asked.book;
  const Written written = gather(book, boundaries(book, [&](RuleId rule) { return asked.counts(rule); }));
  for (const auto& [ruleset, text] : written.texts) {
    if (output.empty()) {
      fmt::print("{}\n", text);
      continue;
    }
    const Ruleset& of = book.rulesets[ruleset];
    std::string name = of.editions.size() > 1 ? of.name + "_" + of.edition : of.name;
    // An edition may be called anything; a file may not.
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c < 0x80 && !std::isalnum(c) && c != '-'; }, '_');
    if (const int exit = write_file(fs::path(output) / (name + "_boundaries.assay"), text); exit != kDone) return exit;
  }
  fmt::print("{}{} written, {} not made\n", output.empty() ? "# " : "", counted(written.scenarios, "scenario"),
             written.not_made);
  return kDone;
}

}  // namespace assay::cli
