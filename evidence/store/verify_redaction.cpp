// A redaction against what came before it: only what was recorded by then can have been destroyed.
#include <fmt/format.h>

#include <algorithm>

#include "evidence/store/verify.h"

namespace assay {

Result<void> Verification::verify_redaction(const Redaction& redaction) {
  entry_name_ += " (redaction)";
  for (const Redaction::Row& row : redaction.rows)
    if (row.row < 1 || row.row > report_.rows || !row.gone.any())
      return bad(fmt::format("it speaks of row {}, which was not recorded by then", row.row));
  const auto beyond = [](const std::vector<Redaction::Derived>& of, std::int64_t last) {
    return std::any_of(of.begin(), of.end(), [last](const auto& one) { return one.number < 1 || one.number > last; });
  };
  if (beyond(redaction.outcomes, blocks_)) return bad("it speaks of an outcome that was not recorded by then");
  if (beyond(redaction.explanations, explanations_))
    return bad("it speaks of an explanation that was not recorded by then");
  ++report_.redactions;
  return {};
}

}  // namespace assay
