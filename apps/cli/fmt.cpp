// assay fmt [PATH...] [--check]: rulesets in canonical layout.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "dsl/format/format.h"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  bool check = false;
};

struct Counts {
  std::int64_t files = 0, changed = 0, unread = 0;
};

// The text laid out; its diagnostics on stderr where it does not read.
std::optional<std::string> formatted(const std::string& path, const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  auto out = format_ruleset(sources, sources.add(path, text), sink);
  if (out) return out;
  std::fflush(stdout);
  fmt::print(stderr, "{}", render(sink, sources));
  return std::nullopt;
}

// Written beside, then moved into place with the rights of the file it replaces: a ruleset is there whole, old or new.
Result<void> replace_file(const std::string& path, const std::string& text) {
  std::error_code fault;
  const fs::path target = fs::canonical(path, fault);  // a link stays a link
  const fs::path beside = target.string() + ".part";
  const auto failed = [&]() -> Result<void> {
    std::error_code ignored;
    fs::remove(beside, ignored);
    return fail(ErrorCode::Io, "the file could not be written", path, "may it be written to, and is there room?");
  };
  if (fault) return failed();
  std::ofstream out(beside, std::ios::binary);
  out << text;
  out.close();
  if (!out) return failed();
  fs::permissions(beside, fs::status(target).permissions(), fault);
  if (!fault) fs::rename(beside, target, fault);
  return fault ? failed() : Result<void>();
}

int format_input() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const auto out = formatted("stdin", text);
  if (!out) return kNo;
  fmt::print("{}", *out);
  return kDone;
}

std::string summary(const Counts& counts, bool check) {
  std::string out = counted(counts.files, "file") + ": ";
  if (counts.changed == 0)
    out += counts.unread == 0 ? "all in canonical layout" : "none laid out anew";
  else if (check)
    out += fmt::format("{} not in canonical layout", counts.changed);
  else
    out += fmt::format("{} laid out anew", counts.changed);
  if (counts.unread > 0) out += fmt::format(", {} left alone since not all of it reads", counts.unread);
  return out;
}

int format_files(const Options& options) {
  const std::string shipped = shipped_rules();
  if (options.paths.empty() && (!options.check || shipped.empty()))
    return wrong_use("no file or folder was named", "name one, or `-` to read a ruleset and print it laid out");
  auto files = read_rule_files(options.paths.empty() ? std::vector<std::string>{shipped} : options.paths);
  if (!files) return tell(files.error());
  Counts counts;
  for (const auto& [path, text] : *files) {
    ++counts.files;
    const auto out = formatted(path, text);
    if (!out) {
      ++counts.unread;
      continue;
    }
    if (*out == text) continue;
    if (!options.check) {
      if (auto written = replace_file(path, *out); !written) return tell(written.error());
    }
    ++counts.changed;
    fmt::print("{}\n", path);
  }
  fmt::print("{}\n", summary(counts, options.check));
  return counts.unread > 0 || (options.check && counts.changed > 0) ? kNo : kDone;
}

int format_paths(const Options& options) {
  const bool input = std::find(options.paths.begin(), options.paths.end(), "-") != options.paths.end();
  if (!input) return format_files(options);
  if (options.paths.size() > 1 || options.check)
    return wrong_use("`-` stands alone", "it reads one ruleset and prints it laid out");
  return format_input();
}

}  // namespace

void add_fmt(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand("fmt", "lay rulesets out in the one way, in place");
  command->add_option("path", options->paths, "[PATH... | -]");
  command->add_flag("--check", options->check,
                    "write nothing; list what is laid out otherwise (else the shipped ones)");
  command->callback([&program, options] { program.exit = format_paths(*options); });
}

}  // namespace assay::cli
