// Whether the outcome follows. It is asked only of what was found to be as recorded: what follows from changed rows or
// swapped rules says nothing of the run.
#include <algorithm>

#include "apps/verifier/checks.h"
#include "apps/verifier/derive_packet.h"

namespace assay::verifier {

void Checks::derived() {
  if (std::any_of(findings_.begin(), findings_.end(),
                  [](const Finding& finding) { return finding.kind == FindingKind::Fails; }))
    return remark("It was not derived again, since what it would be derived from is not as recorded.");
  findings_.push_back(derive_packet(packet_));
}

}  // namespace assay::verifier
