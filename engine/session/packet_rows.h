// Leaves of evidence back to a snapshot, and an outcome derived from nothing else: what holds a packet to its word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/session/derived.h"
#include "engine/session/rules.h"
#include "evidence/core/snapshot.h"

namespace assay {

// A row as its leaf says it (docs/formats/trail.md), with the text of a value or note that stands there by digest.
struct PacketRow {
  std::string leaf;
  std::int64_t entry = 0;  // of its batch
  std::optional<std::string> text, note;
};
// The body of the entry of a batch.
struct PacketBatch {
  std::int64_t entry = 0;
  std::string body;
};

// All that an outcome follows from.
struct OutcomeInputs {
  std::vector<std::pair<std::string, std::string>> texts;  // of rulesets: a path and the text
  std::vector<PacketBatch> batches;
  std::vector<PacketRow> rows;
  std::vector<std::string> redactions;  // bodies of the entries of those of the rows, in order
  std::string rule, subject;  // by name; `council:E06000014`
  Date as_at, known_on;
};
// The schema must outlive it. BadInput where a row is not of the schema.
Result<Snapshot> snapshot_of(const Schema& schema, const OutcomeInputs& inputs);
// BadInput where the rules do not check, or know no such rule or subject.
Result<DerivedOne> derive_from(const OutcomeInputs& inputs);

}  // namespace assay
