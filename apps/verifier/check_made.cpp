// The packet against the last entry of its log, which records that it was made: nothing dropped, added or changed.
#include <algorithm>

#include "apps/verifier/checks.h"

namespace assay::verifier {

namespace {

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == mark)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

// The first number that is in one list and not in the other; both ascend where they hold.
std::optional<std::uint64_t> first_difference(const std::string& ranges, const std::vector<std::uint64_t>& held) {
  std::size_t at = 0;
  for (const std::string& range : split(ranges, ',')) {
    const auto ends = split(range, '-');
    const auto first = number_in(ends.front()), last = number_in(ends.back());
    if (!first || !last) return std::nullopt;
    for (std::uint64_t number = *first; number <= *last; ++number, ++at)
      if (at == held.size() || held[at] != number) return at < held.size() ? std::min(number, held[at]) : number;
  }
  if (at < held.size()) return held[at];
  return std::nullopt;
}

std::string in_or_out(const std::string& ranges, const std::vector<std::uint64_t>& held, std::string_view what) {
  const auto number = first_difference(ranges, held);
  if (!number) return fmt::format("Its {}s are not those of its making.", what);
  const bool there = std::find(held.begin(), held.end(), *number) != held.end();
  return there ? fmt::format("{} {} was not in the packet when it was made: it was added, or stands twice.", what,
                             *number)
               : fmt::format("{} {} was in the packet when it was made, and is not there: it was dropped.", what,
                             *number);
}

}  // namespace

void Checks::made() {
  if (packet_.entries.empty() || packet_.entries.back().get("entry") != "packet" ||
      packet_.entries.back().index + 1 != packet_.leaves.size())
    return fails("The last entry of the log does not record that this packet was made: entries were dropped or added.",
                 packet_.leaves.empty() ? 0 : packet_.leaves.size() - 1);
  const Entry& made = packet_.entries.back();
  std::vector<std::uint64_t> rows, entries;
  for (const Row& row : packet_.rows) rows.push_back(number_in(row.get("row")).value_or(0));
  for (std::size_t i = 0; i + 1 < packet_.entries.size(); ++i) entries.push_back(packet_.entries[i].index);
  const std::size_t before = findings_.size();
  if (made.get("rows") != ranges_of(rows)) fails(in_or_out(made.get("rows"), rows, "Row"), made.index);
  if (made.get("entries") != ranges_of(entries)) fails(in_or_out(made.get("entries"), entries, "Entry"), made.index);
  if (made.get("rule") != packet_.rule || made.get("subject") != packet_.subject ||
      number_in(made.get("run")) != packet_.run)
    fails("The packet was made of another outcome.", made.index);
  if (made.get("content") != sha256(std::string_view(packet_.content)).to_string())
    fails(fmt::format("The packet is not as it was when entry {} recorded its making: something in it was changed.",
                      made.index),
          made.index);
  if (findings_.size() == before)
    holds(fmt::format("The packet is as it was made for {}, at {} by {}: entry {}, the last of the log.",
                      made.get("to"), made.get("recorded_at"), made.get("by"), made.index));
}

}  // namespace assay::verifier
