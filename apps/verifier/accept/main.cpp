// assay_accept: is an explanation right? Reads a packet, or an explanation and the rules it speaks of; no network, no
// store, no engine.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "apps/verifier/accept/accept.h"
#include "apps/verifier/accept/packet_evidence.h"
#include "dsl/check/check.h"

namespace {

using namespace assay;
using namespace assay::verifier;
namespace fs = std::filesystem;

constexpr std::string_view kUsage =
    "Usage: assay_accept PACKET\n"
    "       assay_accept EXPLANATION --rules PATH [--rules PATH]... [--digest D]\n"
    "  PACKET       of `assay trail export`: its explanation, by its rules and rows\n"
    "  EXPLANATION  of `assay why --format json`, by the rows that stand in it\n"
    "  --rules      the texts of the rules; of a folder every .assay file in it\n"
    "  --digest     sha256:..., what the outcome row says is the explanation's\n"
    "Exit: 0 it is accepted, 2 wrong use, 3 a file cannot be read, 4 it is refused.\n";

constexpr int kWrongUse = 2, kNotReadable = 3, kRefused = 4;

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path)) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(in), {}};
  return in.bad() ? std::nullopt : std::optional(std::move(text));
}

int told(std::string_view what, int exit) {
  fmt::print(stderr, "assay_accept: {}\n", what);
  return exit;
}

struct Rules {
  Rulebook book;
  DiagnosticSink sink;
};

// What is wrong with the rules, with its place; nothing where they check.
std::optional<std::string> checked(Sources sources, Rules& rules) {
  rules.book = check(std::move(sources), rules.sink);
  for (const Diagnostic& found : rules.sink.sorted())
    if (severity_of(found.kind) == Severity::Error)
      return fmt::format("{}: {}\nThe rules do not check; give every ruleset that they use.",
                         rules.book.sources.place(found.primary), found.message);
  return std::nullopt;
}

// On lines of a terminal; `first` stands before the first, blanks before the others.
void print_lines(std::string_view first, std::string_view text) {
  constexpr std::size_t kColumns = 80;
  std::string line(first);
  const std::string indent(first.size(), ' ');
  bool fresh = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (!fresh && line.size() + 1 + end > kColumns) {
      fmt::print("{}\n", line);
      line = indent;
      fresh = true;
    }
    line.append(fresh ? "" : " ").append(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    fresh = false;
  }
  fmt::print("{}\n", line);
}

int say(const Judged& judged, std::string_view by) {
  if (!judged.asked.empty()) print_lines("", judged.asked + "\n");
  if (judged.fault) {
    print_lines("refused   ", *judged.fault);
    return kRefused;
  }
  print_lines("accepted  ",
              fmt::format("{} step{}, {} row{} of evidence: the words stand in the rules, and each step "
                          "follows from the rows in {}.",
                          judged.steps, judged.steps == 1 ? "" : "s", judged.rows, judged.rows == 1 ? "" : "s", by));
  if (!judged.derived)
    print_lines("note      ",
                "That the result itself follows these rows alone cannot show: a part of it is shown by its digest, or "
                "rests on rows that an explanation does not show. A packet holds them: assay trail export.");
  return 0;
}

int accept_packet(const Packet& packet) {
  Sources sources;
  for (const RulesetFile& file : packet.rulesets) sources.add(file.name + "/" + file.file, file.text);
  Rules rules;
  if (const auto fault = checked(std::move(sources), rules)) return told(*fault, kNotReadable);
  const Entry* run = packet.entry(packet.run_entry);
  const auto known_on = run != nullptr ? Date::parse(run->get("known_on")) : std::nullopt;
  if (!known_on) return told("the packet does not say on which day it was known; try assay_verify", kNotReadable);
  const auto rows = packet_evidence(packet, rules.book.schema, *known_on);
  if (!rows) return told(rows.error(), kNotReadable);
  const auto place = packet.outcome();
  std::optional<std::string> digest;
  if (place) {
    const Said& said = packet.block.said[*place];
    if (const auto found = said.find("digest"); found != said.end()) digest = found->second;
  }
  Judge judge(rules.book, *rows);
  return say(judge(packet.explanation, digest), "the packet");
}

std::optional<std::string> add_rules(const fs::path& path, Sources& sources) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.path().extension() == ".assay") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty()) return fmt::format("{}: no .assay file is in it", path.string());
  } else {
    files.push_back(path);
  }
  for (const fs::path& file : files) {
    auto text = read_file(file);
    if (!text) return fmt::format("{} cannot be read", file.string());
    sources.add(file.string(), std::move(*text));
  }
  return std::nullopt;
}

int accept_alone(std::string json, const std::vector<std::string>& paths, const std::optional<std::string>& digest) {
  Sources sources;
  for (const std::string& path : paths)
    if (const auto fault = add_rules(path, sources)) return told(*fault, kNotReadable);
  Rules rules;
  if (const auto fault = checked(std::move(sources), rules)) return told(*fault, kNotReadable);
  while (!json.empty() && (json.back() == '\n' || json.back() == '\r')) json.pop_back();
  Judge judge(rules.book);
  const int exit = say(judge(json, digest), "it");
  if (exit == 0)
    print_lines("note      ",
                "By the rows that stand in it: that they are those recorded, and all there were, a packet shows.");
  return exit;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc), rules;
  std::optional<std::string> file, digest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--help" || word == "-h") return fmt::print("{}", kUsage), 0;
    if (!word.starts_with("--")) {
      if (file) return told("one explanation at a time", kWrongUse);
      file = word;
      continue;
    }
    if (word != "--rules" && word != "--digest") return told(fmt::format("`{}` is no option here", word), kWrongUse);
    if (i + 1 == words.size()) return told(fmt::format("`{}` wants a word after it", word), kWrongUse);
    if (word == "--rules")
      rules.push_back(words[++i]);
    else
      digest = words[++i];
  }
  if (!file) return fmt::print(stderr, "{}", kUsage), kWrongUse;
  const auto bytes = read_file(*file);
  if (!bytes) return told(fmt::format("{} cannot be read", *file), kNotReadable);
  auto packet = read_packet(*bytes);
  if (const auto* read = std::get_if<Packet>(&packet)) {
    if (!rules.empty() || digest)
      return told("a packet brings its own rules and digest; leave the options out", kWrongUse);
    return accept_packet(*read);
  }
  const bool meant_as_packet = bytes->starts_with("{\"content\"");
  if (meant_as_packet) return told(fmt::format("{}: {}", *file, std::get<std::string>(packet)), kNotReadable);
  if (rules.empty()) return told("an explanation by itself wants its rules: --rules PATH", kWrongUse);
  return accept_alone(*bytes, rules, digest);
}
