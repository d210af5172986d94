// A row of which something was destroyed after it was recorded (docs/formats/trail.md): in the tree the leaf as it was
// recorded goes on standing, and the entry of the redaction says what is left.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "apps/verifier/packet.h"

namespace assay::verifier {

struct RedactedRow {
  Digest recorded, left;      // hashes of the leaf before, and of what is left of it
  const Entry* by;            // the last act of several
  std::string words() const;  // "on 2026-11-28 by D. Officer because erasure request 12 (entry 4)"
};
// By their numbers, those of which some entry of the packet says so. The packet must outlive them.
std::map<std::uint64_t, RedactedRow> redacted_rows(const Packet& packet);

}  // namespace assay::verifier
