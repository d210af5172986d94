// Open addressing, a step at a time; an entry forgotten is filled by those after it, so there are no graves.
#include "evidence/import/text_index.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "evidence/core/check.h"

namespace assay {
namespace {

constexpr std::size_t kChunkBytes = 256 * 1024;
constexpr std::size_t kFewest = 64;

// Codes come in order, and those that differ only in their last character stand next to each other: ten of them then
// cost one wait for memory, not ten.
std::uint32_t hash_of(std::string_view key) {
  constexpr std::uint32_t kNeighbours = 15;
  if (key.empty()) return 0;
  const std::size_t hash = std::hash<std::string_view>{}(key.substr(0, key.size() - 1));
  const auto folded = static_cast<std::uint32_t>(hash ^ (hash >> 32));
  const auto last = static_cast<unsigned char>(key.back());
  return (folded & ~kNeighbours) | (last & kNeighbours);
}

}  // namespace

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return "";
  if (text.size() > room_) {
    room_ = std::max(kChunkBytes, text.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(room_));
    at_ = chunks_.back().get();
  }
  char* const kept = at_;
  std::memcpy(kept, text.data(), text.size());
  at_ += text.size();
  room_ -= text.size();
  return {kept, text.size()};
}

// Where the key stands, or would.
std::size_t TextIndex::place_of(std::string_view key, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].entry != 0 && (slots_[at].hash != hash || entries_[slots_[at].entry - 1].key != key))
    at = (at + 1) & mask;
  return at;
}

std::uint32_t TextIndex::find(std::string_view key) const {
  if (slots_.empty()) return 0;
  const Slot& slot = slots_[place_of(key, hash_of(key))];
  return slot.entry == 0 ? 0 : entries_[slot.entry - 1].number;
}

TextIndex::Found TextIndex::find_or_add(std::string_view key, std::uint32_t number) {
  CHECK(number != 0);
  if (2 * (used_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(key);
  Slot& slot = slots_[place_of(key, hash)];
  const bool added = slot.entry == 0;
  if (added) {
    entries_.push_back({texts_.keep(key), number});
    slot = {hash, static_cast<std::uint32_t>(entries_.size())};
    ++used_;
  }
  const Entry& entry = entries_[slot.entry - 1];
  return {entry.number, entry.key, added};
}

void TextIndex::set(std::string_view key, std::uint32_t number) {
  const Slot& slot = slots_[place_of(key, hash_of(key))];
  CHECK(slot.entry != 0 && number != 0);
  entries_[slot.entry - 1].number = number;
}

void TextIndex::forget(std::string_view key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t gap = place_of(key, hash_of(key));
  CHECK(slots_[gap].entry != 0);
  --used_;
  for (std::size_t at = (gap + 1) & mask; slots_[at].entry != 0; at = (at + 1) & mask) {
    // One that would be looked for from at or before the gap moves into it.
    const std::size_t steps = (at - (slots_[at].hash & mask)) & mask;
    if (steps < ((at - gap) & mask)) continue;
    slots_[gap] = slots_[at];
    gap = at;
  }
  slots_[gap] = Slot();
}

void TextIndex::grow() {
  std::vector<Slot> old(std::max(kFewest, slots_.size() * 2));
  std::swap(old, slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.entry == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].entry != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace assay
