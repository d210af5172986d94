// A row of which something was destroyed after it was recorded (docs/formats/trail.md): in the tree the leaf as it was
// recorded goes on standing, and the entry of the redaction says what is left.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "apps/verifier/packet.h"

namespace assay::verifier {

struct RedactedRow {
  Digest recorded, left;  // hashes of the leaf before, and of what is left of it
  std::string words;      // "on 2026-11-28 by D. Officer because erasure request 12 (entry 4)", the last act of several
};
// Nothing where no entry in the packet says that it was redacted.
std::optional<RedactedRow> redacted_row(const Packet& packet, std::uint64_t number);

}  // namespace assay::verifier
