// Does the outcome follow from the packet alone? The rules in it are parsed and checked, its rows are read, and the
// second evaluator (derive/) answers the question again, without the program that made the packet.
#pragma once

#include "apps/verifier/verify.h"

namespace assay::verifier {

// For any packet that was read. That rules, rows and outcome are those recorded is looked at elsewhere (checks.h).
Finding derive_packet(const Packet& packet);

}  // namespace assay::verifier
