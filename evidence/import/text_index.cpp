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

std::uint32_t hash_of(std::string_view key) {
  const std::size_t hash = std::hash<std::string_view>{}(key);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
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
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = hash & mask;
  while (entries_[at].number != 0 && (entries_[at].hash != hash || entries_[at].key != key)) at = (at + 1) & mask;
  return at;
}

std::uint32_t TextIndex::find(std::string_view key) const {
  return entries_.empty() ? 0 : entries_[place_of(key, hash_of(key))].number;
}

std::string_view TextIndex::add(std::string_view key, std::uint32_t number) {
  CHECK(number != 0);
  if (3 * (used_ + 1) > 2 * entries_.size()) grow();
  const std::uint32_t hash = hash_of(key);
  Entry& entry = entries_[place_of(key, hash)];
  CHECK(entry.number == 0);
  entry = {texts_.keep(key), hash, number};
  ++used_;
  return entry.key;
}

void TextIndex::set(std::string_view key, std::uint32_t number) {
  Entry& entry = entries_[place_of(key, hash_of(key))];
  CHECK(entry.number != 0 && number != 0);
  entry.number = number;
}

void TextIndex::forget(std::string_view key) {
  const std::size_t mask = entries_.size() - 1;
  std::size_t gap = place_of(key, hash_of(key));
  CHECK(entries_[gap].number != 0);
  --used_;
  for (std::size_t at = (gap + 1) & mask; entries_[at].number != 0; at = (at + 1) & mask) {
    // One that would be looked for from at or before the gap moves into it.
    const std::size_t steps = (at - (entries_[at].hash & mask)) & mask;
    if (steps < ((at - gap) & mask)) continue;
    entries_[gap] = entries_[at];
    gap = at;
  }
  entries_[gap] = Entry();
}

void TextIndex::grow() {
  std::vector<Entry> old(std::max(kFewest, entries_.size() * 2));
  std::swap(old, entries_);
  const std::size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.number == 0) continue;
    std::size_t at = entry.hash & mask;
    while (entries_[at].number != 0) at = (at + 1) & mask;
    entries_[at] = entry;
  }
}

}  // namespace assay
