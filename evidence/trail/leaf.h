// The canonical JSON of one row of evidence: what is hashed for it, here and by anyone who checks
// (docs/formats/trail.md). Rebuilt from the row whenever it is needed, never stored. Text and notes enter by their
// digest, so that they can be redacted later and every proof still holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/core/digest.h"

namespace assay {

// Views only; the caller keeps them alive. Empty optional members are left out of the JSON.
struct LeafText {
  std::int64_t row = 0;
  std::string_view subject;     // council:E06000009
  std::string_view field;       // cqc.local_authority.needs
  int standing = 0;             // number of Standing; left out when Held
  std::string_view value;       // plain form; of a text its salted digest
  std::string_view valid_from;  // ISO dates
  std::string_view valid_to;
  std::string_view source;
  std::string_view recorded_on;
  std::string_view document;
  std::string_view place;
  std::string_view note;  // its salted digest
  std::string_view salt;  // hex; of a row let in as data about persons
  std::int64_t supersedes = 0;
};

// Appends {"document":...,"field":...,...}; keys ascending, no other white space.
void append_leaf(std::string& out, const LeafText& leaf);
// SHA-256(salt || text): what stands for a text or note in its leaf.
Digest text_digest(std::string_view salt, std::string_view text);

}  // namespace assay
