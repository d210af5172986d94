// The outcomes of a run read back: which blocks it has, its own and those of the run it is based on, and their bytes.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "evidence/store/outline_table.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/run_outline.h"
#include "evidence/store/run_row.h"
#include "evidence/store/state.h"

namespace assay {
namespace {

// Where each of its blocks stands, in order.
Result<std::vector<BlockDigest>> own_blocks(const Database& database, const RunRow& run) {
  std::vector<BlockDigest> blocks;
  Statement block = database.prepare(
      "SELECT id, rule, block, digest FROM outcome_block WHERE id >= ? AND id < ? ORDER BY id", "the outcomes");
  block.with(run.first_block, run.first_block + run.blocks);
  while (block.next())
    blocks.push_back({std::string(block.text(1)), block.integer(2, 0), block.digest(3), block.integer(0, 1)});
  if (auto done = block.end(); !done) return tl::unexpected(done.error());
  return blocks;
}

// What its entry says of the blocks of a run.
struct Said {
  std::int64_t base = 0;  // the run on whose blocks they are based; 0 for none. Only an earlier run can be
  std::string body;
  // No text within the body can look so: its quotes are escaped.
  bool root(const Digest& root) const {
    return body.find(fmt::format("\"outcomes\":\"{}\"", root.to_string())) != std::string::npos;
  }
};

Result<Said> said_of(const Database& database, const RunRow& run) {
  Statement entry = database.prepare("SELECT body FROM log_entry WHERE number = ?", "the entries of the trail");
  Said said;
  if (entry.with(run.record.entry).next()) said = {based_on(entry.text(0)), std::string(entry.text(0))};
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  if (said.base < run.record.number) return said;
  return fail(ErrorCode::Corruption, "a run is based on a later one", database.path(),
              "restore the store from a copy, then verify it");
}

// Of a run that is based on no other.
Result<RunOutline> own_outline(const Database& database, const RunRow& run, const Said& said) {
  if (auto kept = read_outline(database, run); kept && said.root(kept->root())) return std::move(*kept);
  auto blocks = own_blocks(database, run);
  if (!blocks) return tl::unexpected(blocks.error());
  return RunOutline(std::move(*blocks));
}

// What the rows of blocks hold.
class BlockReader {
 public:
  explicit BlockReader(const Database& database)
      : block_(database.prepare("SELECT bytes FROM outcome_block WHERE id = ?", "the outcomes")) {}
  Result<OutcomeBlock> read(const BlockDigest& row, const Redactions& redactions) {
    OutcomeBlock out{row.rule.text(), row.block, {}, row.recorded};
    if (block_.with(row.kept).next()) out.bytes = std::string(block_.blob(0));
    if (auto done = block_.end(); !done) return tl::unexpected(done.error());
    if (const Redactions::Derived* const gone = redactions.outcome(row.kept)) out.recorded = gone->digest;
    return out;
  }

 private:
  Statement block_;
};

}  // namespace

Result<std::vector<OutcomeBlock>> Store::run_blocks(std::int64_t number) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const auto rows = run_outline(number);
  if (!rows) return tl::unexpected(rows.error());
  auto redactions = Redactions::load(state_->database);
  if (!redactions) return tl::unexpected(redactions.error());
  std::vector<OutcomeBlock> blocks;
  BlockReader reader(state_->database);
  for (const BlockDigest& row : (*rows)->blocks()) {
    auto block = reader.read(row, *redactions);
    if (!block) return tl::unexpected(block.error());
    blocks.push_back(std::move(*block));
  }
  return blocks;
}

Result<std::shared_ptr<const RunOutline>> Store::run_outline(std::int64_t number) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  constexpr std::size_t kHeld = 4;
  if (const auto held = state_->outlines.find(number); held != state_->outlines.end()) return held->second;
  const auto run = find_run(state_->database, number);
  if (!run) return tl::unexpected(run.error());
  const auto said = said_of(state_->database, *run);
  if (!said) return tl::unexpected(said.error());
  auto outline = [&]() -> Result<RunOutline> {
    if (said->base == 0) return own_outline(state_->database, *run, *said);
    const auto own = own_blocks(state_->database, *run);
    if (!own) return tl::unexpected(own.error());
    const auto of_base = run_outline(said->base);
    if (!of_base) return tl::unexpected(of_base.error());
    auto all = (*of_base)->with(*own);
    if (all) return std::move(*all);
    return fail(ErrorCode::Corruption, fmt::format("the outcomes of run {} are not as recorded", number),
                state_->database.path(), "restore the store from a copy, then verify it");
  }();
  if (!outline) return tl::unexpected(outline.error());
  if (state_->outlines.size() == kHeld) state_->outlines.clear();
  return state_->outlines[number] = std::make_shared<const RunOutline>(std::move(*outline));
}

Result<std::string> Store::block_bytes(const BlockDigest& block) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  auto read = BlockReader(state_->database).read(block, {});
  if (!read) return tl::unexpected(read.error());
  return std::move(read->bytes);
}

}  // namespace assay
