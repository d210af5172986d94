// The rows of a packet as evidence, each with all that a leaf of an explanation says of it.
#pragma once

#include <tl/expected.hpp>

#include "apps/verifier/packet.h"
#include "evidence/core/snapshot.h"

namespace assay::verifier {

// Or one sentence that says why they cannot be read. The schema must outlive it.
tl::expected<Snapshot, std::string> packet_evidence(const Packet& packet, const Schema& schema, Date known_on);

}  // namespace assay::verifier
