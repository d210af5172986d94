// Against checkpoints that the reader kept, and against the witnesses that the reader trusts.
#include <algorithm>

#include "apps/verifier/checks.h"
#include "apps/verifier/tree.h"

namespace assay::verifier {

// `agreed`: up to which size an earlier checkpoint was found to agree.
void Checks::kept_one(const KeptCheckpoint& kept, std::uint64_t agreed) {
  const auto note = read_note(kept.text);
  if (!note) return fails(fmt::format("{} is no checkpoint.", kept.file));
  if (!note_) return fails(fmt::format("The packet has no checkpoint to hold against {}.", kept.file));
  if (note->origin != note_->origin)
    return fails(fmt::format("{} is a checkpoint of the log {}, and the packet is of {}.", kept.file, note->origin,
                             note_->origin));
  auto keys = recorded_keys();
  keys.insert(keys.end(), trusted_.logs.begin(), trusted_.logs.end());
  const bool is_signed = std::any_of(keys.begin(), keys.end(),
                                     [&](const Key& key) { return signature_of(*note, key).how == Signed::Well; });
  if (note->size > packet_.leaves.size())
    return fails(
        fmt::format("{} is of {} entries, and the log of this packet ends at {}: it was cut since, or the packet "
                    "was made before; ask for one made now.",
                    kept.file, note->size, packet_.leaves.size()),
        packet_.leaves.size());
  if (root_of(std::span(packet_.leaves).first(note->size)) != note->root)
    return fails(
        fmt::format("The log was written anew since you kept {}: its first {} are not those of then; the first "
                    "that differs is one of {} to {}.",
                    kept.file, counted(note->size, "entry"), agreed, note->size - 1),
        agreed);
  if (!is_signed)
    return fails(fmt::format("{} agrees with the log, but is signed by no key that the log records.", kept.file));
  holds(fmt::format("The log goes on from {}: its first {} are those of the checkpoint you kept.", kept.file,
                    counted(note->size, "entry")));
}

void Checks::kept() {
  std::vector<KeptCheckpoint> all = trusted_.kept;
  const auto size_of = [](const KeptCheckpoint& kept) {
    const auto note = read_note(kept.text);
    return note ? note->size : 0;
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return size_of(a) < size_of(b); });
  std::uint64_t agreed = 0;
  for (const KeptCheckpoint& kept : all) {
    const std::size_t before = findings_.size();
    kept_one(kept, agreed);
    if (findings_.size() > before && findings_[before].kind == FindingKind::Holds) agreed = size_of(kept);
  }
}

void Checks::policy() {
  if (!trusted_.policy) return;
  if (is_met(*trusted_.policy, cosigned_))
    return holds("As many of the witnesses that you trust have cosigned the run as your policy asks for.");
  fails("Fewer of the witnesses that you trust have cosigned the run than your policy asks for.");
}

}  // namespace assay::verifier
