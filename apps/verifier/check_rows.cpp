// The evidence: every row as it was recorded, in the batch that its entry says, known when the run read it.
#include <algorithm>

#include "apps/verifier/checks.h"
#include "apps/verifier/tree.h"

namespace assay::verifier {

namespace {

// Is what stands for a text in the leaf made from the text?
bool stands_for(const std::string& said, const KeptText& kept) {
  return said == sha256(std::string_view(kept.salt + kept.text)).to_string();
}

}  // namespace

bool Checks::row_stands(const Row& row, const Row* before) {
  const auto number = number_in(row.get("row"));
  const auto say = [&](std::string_view what) {
    return fails(fmt::format("Row {} {}", row.get("row"), what), row.entry), false;
  };
  if (!number) return fails("A row of evidence has no number.", row.entry), false;
  const auto last = before ? number_in(before->get("row")) : std::nullopt;
  if (last == number) return say("stands twice.");
  if (last && *last > *number) return say(fmt::format("stands after row {}: they were put in another order.", *last));
  const Entry* batch = entry(row.entry);
  if (!batch || batch->get("entry") != "batch")
    return say(
        fmt::format("is said to be in entry {}, which is not in the packet, or no act of recording.", row.entry));
  const auto first = number_in(batch->get("first_row")), count = number_in(batch->get("rows"));
  if (!first || !count || *number < *first || *number - *first >= *count)
    return say(fmt::format("is not among those that entry {} recorded.", row.entry));
  const RedactedRow* redacted = redacted_of(row);
  if (redacted && leaf_hash(row.leaf) != redacted->left)
    return say(fmt::format("is not as its redaction {} left it: it was changed since.", redacted->words()));
  const Digest leaf = redacted ? redacted->recorded : leaf_hash(row.leaf);
  const auto root = root_by_inclusion(*number - *first, *count, leaf, row.proof);
  if (!root || root != digest_in(batch->get("root")))
    return say(fmt::format("is not as entry {} recorded it: it was changed since.", row.entry));
  if (run_ && row.entry >= run_->index)
    return say(fmt::format("was recorded in entry {}, after the run: it is back-dated.", row.entry));
  if (run_ && row.get("recorded_on") > run_->get("known_on"))
    return say(fmt::format("became known on {}, after {}, up to which the run looked.", row.get("recorded_on"),
                           run_->get("known_on")));
  if ((row.text && !stands_for(row.get("value"), *row.text)) || (row.note && !stands_for(row.get("note"), *row.note)))
    return say("has a text or a note that is not the one recorded: it was changed since.");
  if (redacted)
    remark(
        fmt::format("Row {} was redacted {}: what is gone of it can be shown to nobody; what is left is as that entry "
                    "says.",
                    *number, redacted->words()));
  return true;
}

void Checks::rows() {
  const Row* before = nullptr;
  bool all = true, redacted = false;
  for (const Row& row : packet_.rows) {
    redacted = redacted || redacted_of(row);
    all = row_stands(row, before) && all;
    before = &row;
  }
  if (all)
    holds(fmt::format("{} of evidence, all that the outcome was worked out from, {} as recorded{}, before the run.",
                      counted(packet_.rows.size(), "row"), packet_.rows.size() == 1 ? "is" : "are",
                      redacted ? ", but for what was redacted since" : ""));
}

}  // namespace assay::verifier
