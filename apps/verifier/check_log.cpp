// The log: its checkpoint, who signed it, and whether every entry in the packet stands in it.
#include <algorithm>

#include "apps/verifier/checks.h"
#include "apps/verifier/tree.h"

namespace assay::verifier {

namespace {

std::string named(const Key& key) { return fmt::format("{} (key {:08x})", key.name, key.id); }

// Did the key of the one entry sign that the key of the other follows?
bool vouched_for(const Entry& before, const Entry& entry) {
  const auto old = read_key(before.get("key"));
  const std::string text = fmt::format("assay key handover\n{}\n{}\n", before.get("key"), entry.get("key"));
  return old && has_signed(*old, text, entry.get("handover"));
}

}  // namespace

std::vector<Key> Checks::recorded_keys() const {
  std::vector<Key> keys;
  for (const Entry& entry : packet_.entries)
    if (entry.get("entry") == "key")
      if (auto key = read_key(entry.get("key"))) keys.push_back(std::move(*key));
  return keys;
}

void Checks::checkpoint() {
  auto note = read_note(packet_.checkpoint);
  if (!note) return fails("The checkpoint of the log is damaged: it is no signed note.");
  const auto key = read_key(packet_.key);
  if (!key || key->witness) return fails("The key that the packet names is damaged.");
  const auto recorded = recorded_keys();
  if (recorded.empty() || recorded.back().line != key->line)
    return fails(fmt::format("The key that the packet names, {}, is not the last that its log records.", named(*key)));
  if (note->origin != key->name)
    return fails(
        fmt::format("The checkpoint is of the log {}, the packet of {}: two logs are mixed.", note->origin, key->name));
  note_ = std::move(note);
  if (note_->lines.size() > 1) fails("The checkpoint bears more signatures than that of its log.");
  switch (signature_of(*note_, *key).how) {
    case Signed::Well:
      holds(fmt::format("The checkpoint, of {}, is signed by {}, the key that the log records.",
                        counted(note_->size, "entry"), named(*key)));
      break;
    case Signed::Badly:
      fails(
          fmt::format("The signature of {} under the checkpoint does not hold: one of them was changed.", named(*key)));
      break;
    case Signed::Not:
      fails(
          fmt::format("The checkpoint is not signed by {}, the key that the log records, but by {}: it was signed "
                      "anew with another key.",
                      named(*key), note_->lines.front().name));
  }
  if (!trusted_.logs.empty() && !is_trusted())
    fails(fmt::format("The log is signed by {}, which is not a key that you trust.", named(*key)));
}

// A key is trusted that the reader knows, and one for which a trusted one vouched.
bool Checks::is_trusted() const {
  bool trusted = false;
  const Entry* before = nullptr;
  for (const Entry& entry : packet_.entries) {
    if (entry.get("entry") != "key") continue;
    const bool known = std::any_of(trusted_.logs.begin(), trusted_.logs.end(),
                                   [&](const Key& key) { return key.line == entry.get("key"); });
    trusted = known || (trusted && vouched_for(*before, entry));
    before = &entry;
  }
  return trusted;
}

void Checks::witness(const Note& note, const Key& key) {
  const auto found = signature_of(note, key);
  if (found.how != Signed::Well)
    return fails(
        fmt::format("The cosignature of {} {}.", named(key),
                    found.how == Signed::Not ? "is not there" : "does not hold: it was changed, or its moment was"));
  const bool covers_run = note.size > packet_.run_entry;
  if (covers_run) cosigned_.insert(key.line);
  holds(fmt::format("Cosigned by {} at {}: by then it had seen no other history of the first {} of this log, {}.",
                    named(key), moment_in_words(found.moment), counted(note.size, "entry"),
                    covers_run ? "with the run among them" : "which end before the run"));
}

void Checks::witnesses() {
  if (packet_.cosigned.empty() && packet_.witnesses.empty()) return remark("No witness has cosigned the log.");
  const auto note = read_note(packet_.cosigned);
  if (!note || !note_) return fails("The checkpoint that witnesses signed is damaged: it is no signed note.");
  if (note->origin != note_->origin) return fails("The checkpoint that witnesses signed is of another log.");
  if (note->size > packet_.leaves.size() || root_of(std::span(packet_.leaves).first(note->size)) != note->root)
    return fails("The checkpoint that witnesses signed is not of this log as it stands: one of them was written anew.",
                 0);
  std::set<std::pair<std::string, std::uint32_t>> known;
  for (const Key& key : recorded_keys())
    if (signature_of(*note, key).how == Signed::Well) known.emplace(key.name, key.id);
  if (known.size() != 1) fails("The checkpoint that witnesses signed is not signed by a key that the log records.");
  for (const std::string& line : packet_.witnesses) {
    const auto key = read_key(line);
    if (!key || !key->witness)
      fails("The key of a witness is damaged.");
    else if (!known.emplace(key->name, key->id).second)
      fails(fmt::format("The witness {} stands twice.", named(*key)));
    else
      witness(*note, *key);
  }
  for (const NoteLine& line : note->lines)
    if (!known.contains({line.name, line.key_id}))
      fails(fmt::format("A signature by {} stands there that no key in the packet can check.", line.name));
  if (note->lines.size() > known.size()) fails("A signature stands twice under the checkpoint that witnesses signed.");
}

void Checks::leaves() {
  if (!note_) return;
  if (packet_.leaves.size() != note_->size)
    return fails(fmt::format("The list of the log has {}, its checkpoint says {}: entries were {}.",
                             counted(packet_.leaves.size(), "hash"), note_->size,
                             packet_.leaves.size() < note_->size ? "dropped" : "added"),
                 std::min<std::uint64_t>(packet_.leaves.size(), note_->size));
  if (root_of(packet_.leaves) != note_->root)
    fails(
        "The list of the log does not give the root of its checkpoint: entries were changed, or put in another order.");
}

std::optional<std::uint64_t> Checks::place_in_log(const Digest& leaf) {
  if (places_.empty())
    for (std::uint64_t i = 0; i < packet_.leaves.size(); ++i) places_.emplace(packet_.leaves[i], i);
  const auto found = places_.find(leaf);
  return found == places_.end() ? std::nullopt : std::optional(found->second);
}

bool Checks::entry_stands(const Entry& entry, const Entry* before) {
  const auto say = [&](std::string sentence) { return fails(std::move(sentence), entry.index), false; };
  if (before && before->index == entry.index) return say(fmt::format("Entry {} stands twice.", entry.index));
  if (before && before->index > entry.index)
    return say(
        fmt::format("Entry {} stands after entry {}: they were put in another order.", entry.index, before->index));
  const auto size = packet_.leaves.size();
  if (entry.index >= size)
    return say(fmt::format("Entry {} is beyond the {} of the log.", entry.index, counted(size, "entry")));
  const Digest leaf = leaf_hash(entry.body);
  if (leaf != packet_.leaves[entry.index]) {
    if (const auto elsewhere = place_in_log(leaf))
      return say(
          fmt::format("Entry {} stands at place {} of the log: it was put in another order.", entry.index, *elsewhere));
    if (before && moment_of(entry) < moment_of(*before))
      return say(fmt::format("Entry {} is back-dated: it says {}, and entry {} before it {}; the log has it otherwise.",
                             entry.index, moment_of(entry), before->index, moment_of(*before)));
    return say(
        fmt::format("Entry {} is not the one of this log: it was changed, or comes from another log.", entry.index));
  }
  const auto root = root_by_inclusion(entry.index, size, leaf, entry.proof);
  if (!note_ || root != note_->root)
    return say(fmt::format("The proof of entry {} does not lead to the root of the checkpoint.", entry.index));
  return true;
}

void Checks::entries() {
  const Entry* before = nullptr;
  bool all = true;
  for (const Entry& entry : packet_.entries) {
    all = entry_stands(entry, before) && all;
    before = &entry;
  }
  if (!all) return;
  holds(fmt::format("{} of the log that bear on the outcome stand in it, each at its place.",
                    counted(packet_.entries.size(), "entry")));
  for (std::size_t i = 1; i < packet_.entries.size(); ++i)
    if (const auto& now = packet_.entries[i], &then = packet_.entries[i - 1]; moment_of(now) < moment_of(then))
      remark(fmt::format(
          "By its clock entry {} ({}) was written before entry {} ({}); the order of the log says otherwise.",
          now.index, moment_of(now), then.index, moment_of(then)));
  // A key that follows another is vouched for by it, unless that one was lost.
  const Entry* key = nullptr;
  for (const Entry& entry : packet_.entries) {
    if (entry.get("entry") != "key") continue;
    if (key && entry.get("replaces") != key->get("key"))
      fails(fmt::format("Entry {} records a key that does not follow the one before it.", entry.index), entry.index);
    else if (key && entry.get("handover").empty())
      remark(fmt::format("Entry {} records a new key, for which the key before it does not vouch: {}", entry.index,
                         entry.get("because")));
    else if (key && !vouched_for(*key, entry))
      fails(fmt::format("Entry {}: the key before it did not sign that the new key follows.", entry.index),
            entry.index);
    key = &entry;
  }
}

}  // namespace assay::verifier
