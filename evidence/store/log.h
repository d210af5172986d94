// The trail inside a store: appending an entry and reading heads. Private to evidence/store.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/store.h"
#include "evidence/trail/merkle.h"

namespace assay {

// Size 0 and the empty root in a store that is being made.
Result<LogHead> read_head(const Database& database);

// Where the trail ends. A head follows from the entries, so single records one after another leave theirs to be kept
// together later: those of so many of the newest entries may be wanting, as long as all are batches.
inline constexpr std::size_t kMostWanting = 64;
struct TrailEnd {
  MerkleEdge kept;              // of the tree that the last head is of
  std::vector<Digest> wanting;  // leaves of the entries since
  MerkleEdge edge;              // of the tree over all entries
};
Result<TrailEnd> read_trail_end(const Database& database);

// Adds an entry and the heads up to it; its number. One per transaction.
Result<std::int64_t> append_entry(const Database& database, std::string_view body);
// The same where the end is at hand, which grows by it. Later: no head is kept, unless too many are wanting.
enum class Heads : std::uint8_t { Now, Later };
Result<std::int64_t> append_entry(const Database& database, std::string_view body, TrailEnd& end, Heads heads);
// The same of an entry that is kept already: a batch that stands for its own.
Result<void> count_entry(const Database& database, const Digest& leaf, TrailEnd& end, Heads heads);
// Those that are wanting.
Result<void> keep_heads(const Database& database, TrailEnd& end);
// Whether there are entries of other acts than batches and runs, which say their number in a table of their own.
Result<bool> has_other_acts(const Database& database);
// The SQL for number and body of the entries of these sorts, such as "redaction", in their order. Batches and runs,
// which most entries are, are passed over unread.
std::string entries_of(std::initializer_list<std::string_view> sorts);
// The hashes of an edge, one after another, as log_head keeps them.
std::string edge_bytes(const MerkleEdge& edge);

}  // namespace assay
