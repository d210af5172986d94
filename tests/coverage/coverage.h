// Which rule, evidence, source, word or command takes up each ask of the sector: tables kept in docs/coverage, held
// against the rulebook, and the page made of them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay::coverage {

// Lines of a table of tab-separated cells, its head left out.
using Table = std::vector<std::vector<std::string>>;
Table read_table(const std::string& text);

struct Tables {
  Table asks;      // id, ask
  Table taken_up;  // id, sort, name, remark
  Table entries;   // group, entry, ids or `source NAME` that take it up
};

// What a name may stand for besides what rulesets declare.
struct Words {
  std::string glossary;               // docs/STYLE.md
  std::string language;               // docs/language.md
  std::vector<std::string> commands;  // subcommands of assay
  std::vector<std::string> layouts;   // that can be imported
};

// Names that do not exist, ids that nothing takes up, entries that name no id.
std::vector<std::string> faults_of(const Tables& tables, const Rulebook& rulebook, const Words& words);
// docs/coverage.md.
std::string page_of(const Tables& tables, const Rulebook& rulebook);

}  // namespace assay::coverage
