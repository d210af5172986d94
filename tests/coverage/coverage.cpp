// Tables in, faults and a page out.
#include "tests/coverage/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace assay::coverage {

namespace {

constexpr std::size_t kColumns = 100;

std::vector<std::string> apart(const std::string& text, char by) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, by);) out.push_back(part);
  return out;
}

const std::string& cell(const std::vector<std::string>& row, std::size_t at) {
  static const std::string kNone;
  return at < row.size() ? row[at] : kNone;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// `ruleset.name` of a document.
const CitedDocument* document_of(const Rulebook& book, const std::string& name) {
  for (const CitedDocument& document : book.documents)
    if (book.ruleset(document.ruleset).name + "." + document.name == name) return &document;
  return nullptr;
}

const Ruleset* ruleset_of(const Rulebook& book, const std::string& name) {
  const auto found = std::ranges::find(book.rulesets, name, &Ruleset::name);
  return found == book.rulesets.end() ? nullptr : &*found;
}

bool exists(const std::string& sort, const std::string& name, const Rulebook& book, const Words& words) {
  if (sort == "rule") return book.find_rule(name).has_value();
  if (sort == "evidence") return book.schema.find_field(name).has_value();
  if (sort == "kind") return book.schema.find_kind(name).has_value();
  if (sort == "ruleset") return ruleset_of(book, name) != nullptr;
  if (sort == "source") return document_of(book, name) != nullptr;
  if (sort == "glossary") return words.glossary.find("| " + name) != std::string::npos;
  if (sort == "language") return words.language.find("\n- " + name + " ") != std::string::npos;
  if (sort == "command") return has(words.commands, name);
  if (sort == "layout") return has(words.layouts, name);
  return false;
}

// A name with what a reader knows it by.
std::string told(const std::string& sort, const std::string& name, const Rulebook& book) {
  if (sort == "rule") {
    const auto rule = book.find_rule(name);
    return rule ? fmt::format("`{}` {}", name, book.rule(*rule).title) : name;
  }
  if (sort == "evidence") {
    const auto field = book.schema.find_field(name);
    return field ? fmt::format("evidence `{}` {}", name, book.schema.field(*field).title) : name;
  }
  if (sort == "source") {
    const CitedDocument* document = document_of(book, name);
    return document == nullptr ? name : fmt::format("source `{}` {}", name, document->title);
  }
  if (sort == "ruleset") {
    const Ruleset* ruleset = ruleset_of(book, name);
    return ruleset == nullptr ? name : fmt::format("ruleset `{}` {}", name, ruleset->title);
  }
  if (sort == "language") return fmt::format("[language {}](language.md)", name);
  if (sort == "glossary") return fmt::format("the word *{}* ([glossary](STYLE.md))", name);
  if (sort == "command") return fmt::format("`assay {}`", name);
  return fmt::format("{} `{}`", sort, name);
}

std::map<std::string, std::vector<const std::vector<std::string>*>> by_id(const Table& taken_up) {
  std::map<std::string, std::vector<const std::vector<std::string>*>> out;
  for (const auto& row : taken_up) out[cell(row, 0)].push_back(&row);
  return out;
}

// A list item, wrapped.
std::string item(const std::string& text) {
  std::string out, line = "-";
  for (const std::string& word : apart(text, ' ')) {
    if (line.size() + 1 + word.size() > kColumns && line != "-") {
      out += line + "\n";
      line = " ";
    }
    line += " " + word;
  }
  return out + line + "\n";
}

}  // namespace

Table read_table(const std::string& text) {
  Table out;
  bool head = true;
  for (const std::string& line : apart(text, '\n')) {
    if (!head && !line.empty()) out.push_back(apart(line, '\t'));
    head = false;
  }
  return out;
}

std::vector<std::string> faults_of(const Tables& tables, const Rulebook& rulebook, const Words& words) {
  std::vector<std::string> faults;
  std::set<std::string> ids;
  for (const auto& row : tables.asks)
    if (!ids.insert(cell(row, 0)).second) faults.push_back(fmt::format("{} stands twice among the asks", cell(row, 0)));
  std::set<std::string> taken;
  for (const auto& row : tables.taken_up) {
    const std::string &id = cell(row, 0), &sort = cell(row, 1), &name = cell(row, 2);
    if (!ids.contains(id)) faults.push_back(fmt::format("{} is no ask, and {} takes it up", id, name));
    if (exists(sort, name, rulebook, words)) {
      taken.insert(id);
    } else {
      faults.push_back(fmt::format("{}: there is no {} `{}`", id, sort, name));
    }
  }
  for (const auto& row : tables.asks)
    if (!taken.contains(cell(row, 0))) faults.push_back(fmt::format("{}: nothing takes it up", cell(row, 0)));
  for (const auto& row : tables.entries) {
    const std::string &entry = cell(row, 1), &by = cell(row, 2);
    if (by.starts_with("source ")) {
      if (!exists("source", by.substr(7), rulebook, words))
        faults.push_back(fmt::format("{}: there is no {}", entry, by));
      continue;
    }
    const auto named = apart(by, ' ');
    if (named.empty()) faults.push_back(fmt::format("{}: nothing takes it up", entry));
    for (const std::string& id : named)
      if (!ids.contains(id)) faults.push_back(fmt::format("{}: {} is no ask", entry, id));
  }
  return faults;
}

std::string page_of(const Tables& tables, const Rulebook& rulebook) {
  std::string out =
      "# What takes up each ask of the sector\n\n"
      "The asks are those of the Local Government Association and the Health Foundation in five papers of 2022 and "
      "2023:\n"
      "written evidence, a board report, and answers to the Hewitt review and to the integration white paper. Each has "
      "a\n"
      "number that never changes. This page is made from the tables in `docs/coverage` by `coverage_page --update`\n"
      "(tests/coverage), and a test holds both against the rules: a name that is not there, and an ask that nothing "
      "takes up,\n"
      "fail it. That a rule takes up an ask says that it shows evidence on it, not that the ask is met.\n";
  const auto rows = by_id(tables.taken_up);
  const std::map<char, std::string> parts{{'X', "Assurance, interaction, intervention"},
                                          {'M', "What is measured, and how fairly"},
                                          {'D', "Duties, governance and partnership"}};
  char part = 0;
  for (const auto& ask : tables.asks) {
    const std::string& id = cell(ask, 0);
    if (id.front() != part) out += fmt::format("\n## {}\n", parts.at(part = id.front()));
    out += fmt::format("\n**{}** {}\n\n", id, cell(ask, 1));
    const auto found = rows.find(id);
    if (found == rows.end()) continue;
    for (const auto* row : found->second) {
      const std::string& remark = cell(*row, 3);
      out += item(told(cell(*row, 1), cell(*row, 2), rulebook) + (remark.empty() ? "" : ": " + remark));
    }
  }
  out += "\n## Everything the papers name\n\n| | named | taken up by |\n|---|---|---|\n";
  std::string group;
  for (const auto& row : tables.entries) {
    out += fmt::format("| {} | {} | {} |\n", cell(row, 0) == group ? "" : cell(row, 0), cell(row, 1), cell(row, 2));
    group = cell(row, 0);
  }
  return out;
}

}  // namespace assay::coverage
