// One outcome of a run with all that it follows from, for somebody to take away (docs/formats/packet.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/session/replay.h"
#include "evidence/store/store.h"
#include "evidence/trail/checkpoint.h"

namespace assay {

struct PacketRequest {
  RunRecord run;
  RuleId rule;        // in the rules of the run, as `inputs` has them
  SubjectId subject;  // in its evidence
  std::string key;    // of the log, as it is told to others
};

// All of a packet but the log's part.
struct PacketContent {
  std::string rule, subject;
  std::string json;                         // canonical
  std::vector<std::int64_t> rows, entries;  // that it holds, or rests on; ascending
};
// NotFound where the run has no such outcome; Corruption where the outcome does not follow from what it would hold.
Result<PacketContent> packet_content(Store& store, ThenInputs& inputs, const PacketRequest& request);

// "3,7-12"
std::string ranges_of(const std::vector<std::int64_t>& ascending);

// The log's part: entries with their proofs, the hash of every entry, and what was signed.
struct PacketLog {
  std::vector<std::int64_t> entries;  // ascending
  SignedCheckpoint checkpoint;
  std::string cosigned;                // the last checkpoint that witnesses signed, or nothing
  std::vector<std::string> witnesses;  // their keys
};
// The whole packet, with its line end. `log` are all entries up to the checkpoint's size.
std::string packet_text(const PacketContent& content, const std::vector<LogEntry>& log, const PacketLog& part);

}  // namespace assay
