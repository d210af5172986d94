// Breaking of lines, counts, and reasons gathered by kind.
#include "apps/cli/lines.h"

#include <fmt/format.h>

#include <set>

#include "engine/eval/words.h"
#include "engine/explain/words.h"
#include "engine/explain/wrap.h"

namespace assay::cli {

void print_lines(const std::string& first, const std::string& text) { print_lines(first, text, columns_of(first)); }

void print_lines(const std::string& first, const std::string& text, std::size_t indent) {
  constexpr std::size_t kHalf = kColumns / 2;
  std::size_t used = std::max(indent, columns_of(first));
  std::string before = first;
  if (used > kHalf) {
    // No room beside it: the text stands below.
    used = std::min(indent, kHalf);
    fmt::print("{}\n", first.substr(0, first.find_last_not_of(' ') + 1));
    before = std::string(used, ' ');
  }
  for (const std::string_view line : wrap(text, kColumns - used)) {
    fmt::print("{}{}\n", before, line);
    before = std::string(std::min(indent, kHalf), ' ');
  }
}

std::string counted(std::int64_t count, std::string_view what) {
  if (count != 1 && what.ends_with("ry")) return fmt::format("{} {}ies", count, what.substr(0, what.size() - 1));
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string wanting_in_words(const Reasons& reasons, const Snapshot& snapshot) {
  std::string out;
  for (const ReasonKind kind : {ReasonKind::Missing, ReasonKind::Stale, ReasonKind::Conflict, ReasonKind::Withdrawn}) {
    std::vector<std::pair<std::string, std::set<std::uint32_t>>> titles;  // with whose they are
    for (const Reason& reason : reasons) {
      if (reason.kind != kind) continue;
      const std::string title = wanting_title(reason, snapshot.schema());
      auto found = std::find_if(titles.begin(), titles.end(), [&](const auto& known) { return known.first == title; });
      if (found == titles.end()) found = titles.insert(found, {title, {}});
      found->second.insert(reason.subject.index);
    }
    std::string part;
    for (const auto& [title, whose] : titles) {
      part += (part.empty() ? "" : "; ") + title;
      if (whose.size() > 1) part += fmt::format(" (of {})", whose.size());
    }
    if (part.empty()) continue;
    out += fmt::format("{}{}: {}", out.empty() ? "" : ". ",
                       kind == ReasonKind::Conflict ? "in conflict" : to_string(kind), part);
  }
  return out;
}

}  // namespace assay::cli
