// Reads a page paragraph by paragraph and block by block.
#include "tests/golden/pages/page.h"

#include <fmt/format.h>

#include <optional>
#include <regex>

#include "tests/golden/cli/case_file.h"

namespace assay::golden {

namespace {

constexpr std::string_view kFence = "```", kPrompt = "$ ", kAny = "[...]";

bool starts_with(const std::string& text, std::string_view start) { return text.compare(0, start.size(), start) == 0; }

// The commands of a block, each with what stands below it.
std::vector<PageStep> typed(const std::vector<std::string>& block, std::size_t first_line) {
  std::vector<PageStep> steps;
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (starts_with(block[i], kPrompt)) {
      std::string command = block[i].substr(kPrompt.size());
      const std::size_t at = i;
      while (!command.empty() && command.back() == '\\' && i + 1 < block.size()) command += "\n" + block[++i];
      steps.push_back({first_line + at, Typed{command, i - at + 1, {}}});
    } else {
      std::get<Typed>(steps.back().what).printed.push_back(block[i]);
    }
  }
  return steps;
}

// What a sentence says to do with the block below it.
std::optional<Written> to_write(const std::string& paragraph) {
  static const std::regex save("(?:^|[.:] )Save this as `([^`]+)`:$"), add("Add this at the end of `([^`]+)`:$");
  std::smatch found;
  if (std::regex_search(paragraph, found, save)) return Written{found[1], {}, false};
  if (std::regex_search(paragraph, found, add)) return Written{found[1], {}, true};
  return std::nullopt;
}

void add_exchanges(const std::string& paragraph, std::size_t line, std::vector<PageStep>& steps) {
  static const std::regex in_place("In `([^`]+)`, write `([^`]+)` in place of `([^`]+)`");
  for (auto found = std::sregex_iterator(paragraph.begin(), paragraph.end(), in_place); found != std::sregex_iterator();
       ++found)
    steps.push_back({line, Exchanged{(*found)[1], (*found)[3], (*found)[2]}});
}

}  // namespace

tl::expected<std::vector<PageStep>, std::string> read_page(const std::vector<std::string>& lines) {
  std::vector<PageStep> steps;
  std::string paragraph;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!starts_with(lines[i], kFence)) {
      if (!lines[i].empty()) {
        paragraph += (paragraph.empty() ? "" : " ") + lines[i];
      } else if (!to_write(paragraph)) {
        add_exchanges(paragraph, i, steps);
        paragraph.clear();
      }
      continue;
    }
    const std::size_t first = i + 1;
    std::vector<std::string> block;
    while (++i < lines.size() && lines[i] != kFence) block.push_back(lines[i]);
    if (i == lines.size()) return tl::unexpected(fmt::format("line {}: the block does not end", first));
    if (auto write = to_write(paragraph)) {
      write->text = join_lines(block);
      steps.push_back({first + 1, std::move(*write)});
    } else {
      add_exchanges(paragraph, first, steps);
      if (!block.empty() && starts_with(block.front(), kPrompt))
        for (PageStep& step : typed(block, first + 1)) steps.push_back(std::move(step));
    }
    paragraph.clear();
  }
  add_exchanges(paragraph, lines.size(), steps);
  return steps;
}

bool matches(const std::vector<std::string>& printed, const std::vector<std::string>& came) {
  // The first `from` lines that are asked for fit what came up to each place.
  std::vector<bool> fits(came.size() + 1, false);
  fits[0] = true;
  for (const std::string& line : printed) {
    std::vector<bool> next(came.size() + 1, false);
    for (std::size_t at = 0; at <= came.size(); ++at) {
      if (line == kAny)
        next[at] = fits[at] || (at > 0 && next[at - 1]);
      else
        next[at] = at > 0 && fits[at - 1] && came[at - 1] == line;
    }
    fits = std::move(next);
  }
  return fits[came.size()];
}

}  // namespace assay::golden
