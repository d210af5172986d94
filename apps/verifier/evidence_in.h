// The rows of a packet read back into evidence that rules can be asked of. Nothing is believed yet: a row that says
// what the rules do not know is refused.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "apps/verifier/packet.h"
#include "evidence/core/snapshot.h"

namespace assay::verifier {

// Why it cannot be read; `text_gone`: for want of a text that stands in its leaf by digest alone, so that no program
// could tell.
struct Unreadable {
  std::string sentence;
  bool text_gone = false;
};

// The schema must outlive it.
tl::expected<Snapshot, Unreadable> evidence_in(const Packet& packet, const Schema& schema, Date known_on);

}  // namespace assay::verifier
