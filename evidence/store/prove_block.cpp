// The outcomes of one rule, and the proof that they are among those that the entry of a run says.
#include <fmt/format.h>

#include <algorithm>

#include "evidence/store/run_row.h"
#include "evidence/store/state.h"
#include "evidence/trail/merkle.h"

namespace assay {

Result<std::optional<ProvenBlock>> Store::prove_block(std::int64_t run, std::string_view rule, std::string_view row) {
  auto blocks = run_blocks(run);
  if (!blocks) return tl::unexpected(blocks.error());
  std::vector<Digest> leaves;
  std::optional<ProvenBlock> found;
  const std::string line = std::string(row) + '\n';
  for (const OutcomeBlock& block : *blocks) {
    const Digest digest = outcome_digest(block.rule, block.block, block.recorded);
    leaves.push_back(merkle_leaf({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()}));
    const std::size_t at = block.rule == rule && !found ? block.bytes.find(line) : std::string::npos;
    if (at == std::string::npos || (at > 0 && block.bytes[at - 1] != '\n')) continue;
    if (sha256(std::string_view(block.bytes)) != block.recorded)
      return fail(
          ErrorCode::WrongUse,
          fmt::format("some outcomes of {} in run {} have been redacted, so they cannot be shown as they were recorded",
                      rule, run),
          state_->database.path(), "make a new run, and a packet of that");
    found = ProvenBlock{block, static_cast<std::int64_t>(leaves.size()) - 1, 0, {}};
  }
  if (!found) return found;
  found->of = static_cast<std::int64_t>(leaves.size());
  found->proof = inclusion_proof(leaves, static_cast<std::uint64_t>(found->index));
  return found;
}

}  // namespace assay
