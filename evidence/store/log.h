// The trail inside a store: appending an entry and reading heads. Private to evidence/store.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/store.h"
#include "evidence/trail/merkle.h"

namespace assay {

// Size 0 and the empty root in a store that is being made.
Result<LogHead> read_head(const Database& database);
// The right edge of the tree over all entries.
Result<MerkleEdge> read_edge(const Database& database);
// Adds an entry and the head that covers it; its number. One per transaction.
Result<std::int64_t> append_entry(const Database& database, std::string_view body);
// The same where the edge is at hand, which grows by it.
Result<std::int64_t> append_entry(const Database& database, std::string_view body, MerkleEdge& edge);
// Whether there are entries of other acts than batches and runs, which say their number in a table of their own.
Result<bool> has_other_acts(const Database& database);
// The SQL for number and body of the entries of these sorts, such as "redaction", in their order. Batches and runs,
// which most entries are, are passed over unread.
std::string entries_of(std::initializer_list<std::string_view> sorts);
// The hashes of an edge, one after another, as log_head keeps them.
std::string edge_bytes(const MerkleEdge& edge);

}  // namespace assay
