// Numbers of clauses, read from both sides.
#include "tests/tidy/clauses.h"

#include <algorithm>
#include <map>

namespace assay::tidy {

namespace {

constexpr std::string_view kCites = "# SPEC:";

struct Clause {
  std::size_t line = 0;
  bool cited = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// `6.3` of `- 6.3 Each ...`; nothing in another line.
std::string clause_of(const std::string& line) {
  std::size_t at = 2, dot = 0;
  if (!line.starts_with("- ")) return {};
  for (; at < line.size() && (is_digit(line[at]) || line[at] == '.'); ++at) {
    if (line[at] == '.') dot = at;
  }
  const bool whole = dot > 2 && dot + 1 < at && at < line.size() && line[at] == ' ';
  return whole ? line.substr(2, at - 2) : std::string();
}

// Between commas, without the blanks around each.
std::vector<std::string> cited_in(std::string_view list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    const std::string_view each = list.substr(at, comma - at);
    const std::size_t begin = std::min(each.find_first_not_of(' '), each.size());
    out.emplace_back(each.substr(begin, each.find_last_not_of(' ') + 1 - begin));
    at = comma + 1;
  }
  return out;
}

}  // namespace

std::vector<Fault> check_clauses(const TextFile& page, const std::vector<TextFile>& cases) {
  std::vector<Fault> faults;
  std::map<std::string, Clause> clauses;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const std::string clause = clause_of(page.lines[i]);
    if (clause.empty()) continue;
    if (!clauses.emplace(clause, Clause{i + 1}).second)
      faults.push_back({page.path, i + 1, "clause " + clause + " is given twice"});
  }
  for (const TextFile& file : cases) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (!file.lines[i].starts_with(kCites)) continue;
      for (const std::string& cited : cited_in(std::string_view(file.lines[i]).substr(kCites.size()))) {
        const auto found = clauses.find(cited);
        if (found != clauses.end())
          found->second.cited = true;
        else
          faults.push_back({file.path, i + 1, "cites clause `" + cited + "`, which " + page.path + " does not have"});
      }
    }
  }
  for (const auto& [clause, found] : clauses) {
    if (!found.cited) faults.push_back({page.path, found.line, "no golden case cites clause " + clause});
  }
  return faults;
}

}  // namespace assay::tidy
