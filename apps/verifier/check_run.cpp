// The run that concluded the outcome: the log it read, the words of its rules, the outcome among its own, and why.
#include <algorithm>

#include "apps/verifier/checks.h"
#include "apps/verifier/tree.h"
#include "evidence/core/canonical_json.h"

namespace assay::verifier {

namespace {

std::string bytes_of(const Digest& digest) { return {digest.bytes.begin(), digest.bytes.end()}; }

using TextsUsed = std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::string_view>;
auto name_of(const RulesetFile& file) { return TextsUsed::key_type(file.name, file.edition, file.file); }

constexpr std::size_t kShown = 23;  // of a digest: `sha256:` and 16 digits

std::string ruleset_in_words(const RulesetFile& file) {
  return file.edition.empty() ? fmt::format("{} ({})", file.name, file.file)
                              : fmt::format("{} edition {} ({})", file.name, file.edition, file.file);
}

std::string swapped_or_unknown(const RulesetFile& file, const TextsUsed& used) {
  const auto found = used.find(name_of(file));
  if (found == used.end())
    return fmt::format("The run used no text such as {}: the rules were swapped.", ruleset_in_words(file));
  if (found->second == file.digest) return {};
  return fmt::format("The text of {} is not the one that the run used: the rules were swapped.",
                     ruleset_in_words(file));
}

}  // namespace

void Checks::run() {
  const Entry* entry = this->entry(packet_.run_entry);
  if (!entry || entry->get("entry") != "run")
    return fails(fmt::format("Entry {} is not in the packet, or is no run.", packet_.run_entry), packet_.run_entry);
  run_ = entry;
  const auto size = number_in(entry->get("log_size"));
  const auto root = digest_in(entry->get("log_root"));
  if (!size || !root || *size > entry->index || *size > packet_.leaves.size())
    return fails(fmt::format("Entry {} does not say which log it read.", entry->index), entry->index);
  if (root_of(std::span(packet_.leaves).first(*size)) != *root)
    return fails(fmt::format("Entry {} says that it followed on another log: the {} before it were put there from "
                             "elsewhere; two logs were joined.",
                             entry->index, counted(*size, "entry")),
                 0);
  holds(fmt::format("Run {} is entry {}, written at {} by {}{}, on the log as it stands before it.", packet_.run,
                    entry->index, entry->get("run_at"), entry->get("run_by"),
                    entry->get("official") == "true" ? ", as an official one" : ""));
}

void Checks::rulesets() {
  if (!run_) return;
  TextsUsed used;
  for (const RulesetFile& file : run_->rulesets) used.emplace(name_of(file), file.digest);
  std::set<TextsUsed::key_type> seen;
  bool all = !packet_.rulesets.empty();
  for (const RulesetFile& file : packet_.rulesets) {
    std::string fault = swapped_or_unknown(file, used);
    if (fault.empty() && !seen.insert(name_of(file)).second)
      fault = fmt::format("The text of {} stands twice.", ruleset_in_words(file));
    if (fault.empty()) continue;
    fails(std::move(fault), run_->index);
    all = false;
  }
  if (!all && packet_.rulesets.empty()) return fails("The packet holds no rules.");
  if (all)
    holds(fmt::format("The rules are in the words that the run used: {} of its {}, those that bear on the outcome.",
                      packet_.rulesets.size(), counted(run_->rulesets.size(), "text")));
}

void Checks::outcome() {
  if (!run_) return;
  std::string bytes;
  for (const std::string& row : packet_.block.rows) bytes.append(row).append(1, '\n');
  JsonWriter said;
  said.begin_object().key("block").number(static_cast<std::int64_t>(packet_.block.block));
  said.field("digest", sha256(std::string_view(bytes)).to_string()).field("rule", packet_.rule).end_object();
  const Digest leaf = leaf_hash(bytes_of(sha256(std::string_view(said.str()))));
  const auto root = root_by_inclusion(packet_.block.index, packet_.block.of, leaf, packet_.block.proof);
  if (!root || root != digest_in(run_->get("outcomes")))
    return fails(
        fmt::format("The outcomes of {} are not those that the run recorded in entry {}.", packet_.rule, run_->index),
        run_->index);
  if (!packet_.outcome())
    return fails(fmt::format("The run has no one outcome of {} for {}.", packet_.rule, packet_.subject), run_->index);
  holds("The outcome is among those that the run recorded, word for word.");
}

void Checks::explanation() {
  const auto place = packet_.outcome();
  if (!place) return;
  const auto& said = packet_.block.said[*place];
  const auto digest = said.find("digest");
  if (digest == said.end()) {
    remark(
        "Why it is so was worked out again when the packet was made; of such an outcome the run keeps no digest of "
        "it.");
  } else if (sha256(std::string_view(packet_.explanation)).to_string() != digest->second) {
    fails("Why it is so is not told as the run told it.", packet_.run_entry);
  } else {
    holds("Why it is so is told as the run told it, word for word.");
  }
  std::set<std::string> held;
  for (const Row& row : packet_.rows) {
    const RedactedRow* redacted = redacted_of(row);
    held.insert((redacted ? redacted->recorded : leaf_hash(row.leaf)).to_string());
  }
  for (const std::string& shown : packet_.explained_rows) {
    if (held.contains(shown)) continue;
    fails(
        fmt::format("A row of evidence that the reasons name ({}...) is not in the packet: it was dropped, or changed.",
                    shown.substr(0, kShown)));
  }
}

}  // namespace assay::verifier
