// What a trail says of itself at one moment, signed: a C2SP tlog-checkpoint in a signed note, with cosignatures of
// witnesses (docs/formats/checkpoint.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/trail/key.h"

namespace assay {

struct Checkpoint {
  std::string origin;  // which log: the name of its key
  std::uint64_t size = 0;
  Digest root;
  std::string to_string() const;  // the text that is signed: three lines
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// One line below the text.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;              // of a log 64; of a witness 8 of the moment and 64
  std::string to_string() const;  // with its dash and line end
};

struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::vector<NoteSignature> signatures;
  std::string to_string() const;
};

// BadInput for what is not written exactly so; extension lines are refused, since nobody can check what they say.
Result<SignedCheckpoint> read_checkpoint(std::string_view text);

SignedCheckpoint sign(const Checkpoint& checkpoint, const SigningKey& log);
// `moment` in seconds since 1970, at which the witness knew of no larger consistent tree of the log.
NoteSignature cosign(const Checkpoint& checkpoint, const SigningKey& witness, std::uint64_t moment);

// A line by this key, that holds. `made_at` of a witness's line.
struct SignedBy {
  std::uint64_t made_at = 0;
};
// NotFound when no line is by the key; Corruption when one is and does not hold.
Result<SignedBy> signed_by(const SignedCheckpoint& note, const PublicKey& key);

// C2SP tlog-witness, the body of add-checkpoint: what a log hands to a witness.
struct WitnessRequest {
  std::uint64_t old_size = 0;
  std::vector<Digest> proof;  // of consistency from the old size; empty from 0
  SignedCheckpoint note;
  std::string to_string() const;
};
Result<WitnessRequest> read_witness_request(std::string_view text);

// C2SP tlog-proof: that an entry is in the log, in one text.
std::string tlog_proof(std::uint64_t index, std::span<const Digest> proof, const SignedCheckpoint& note);

}  // namespace assay
