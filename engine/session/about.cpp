// By the store's number of a subject: its rows through segments, and its place in packed blocks.
#include "engine/session/about.h"

#include "engine/columns/pack.h"
#include "engine/plan/plan.h"
#include "engine/session/packed_run.h"
#include "evidence/core/check.h"
#include "evidence/store/run_outline.h"

namespace assay {

Result<std::optional<Snapshot>> snapshot_about(Store& store, const Rulebook& rulebook, RuleId rule,
                                               std::string_view subject, Date known_on) {
  if (!reads_itself_alone(rulebook, rule)) return std::nullopt;
  const auto number = store.subject_number(subject);
  if (!number) return tl::unexpected(number.error());
  if (*number == 0) return std::nullopt;
  auto snapshot = store.snapshot(rulebook.schema, known_on, Store::Part{{*number}, {}});
  if (!snapshot) return tl::unexpected(snapshot.error());
  return std::optional(std::move(*snapshot));
}

namespace {

tl::unexpected<Error> torn() {
  return fail(ErrorCode::Corruption, "a packed block of outcomes is not as it is written");
}

// The block of a packed run in which a number stands, of those of one rule; they ascend.
Result<std::optional<OutcomeBlock>> block_with(Store& store, std::span<const BlockDigest> blocks,
                                               std::uint32_t number) {
  std::size_t low = 0, high = blocks.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    auto bytes = store.block_bytes(blocks[middle]);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto there = columns::extent_of(*bytes);
    if (!there) return torn();
    if (number > there->subject_high)
      low = middle + 1;
    else if (number < there->subject_low)
      high = middle;
    else
      return OutcomeBlock{blocks[middle].rule.text(), blocks[middle].block, std::move(*bytes), blocks[middle].recorded};
  }
  return std::nullopt;
}

}  // namespace

Result<std::optional<ConcludedCell>> concluded_of(Store& store, const RunRecord& run, std::string_view rule,
                                                  const std::string& subject) {
  const auto all = store.run_outline(run.number);
  if (!all) return tl::unexpected(all.error());
  const std::span<const BlockDigest> blocks = (*all)->of_rule(rule);
  if (blocks.empty()) return std::nullopt;
  auto first = store.block_bytes(blocks.front());
  if (!first) return tl::unexpected(first.error());
  std::vector<ConcludedCell> cells;
  if (columns::is_packed(*first)) {
    const auto extent = columns::extent_of(*first);
    if (!extent) return torn();
    // Of a link concluded() says the code alone.
    const auto number = store.subject_number(
        subject.starts_with(extent->kind + ":") ? subject : fmt::format("{}:{}", extent->kind, subject));
    if (!number) return tl::unexpected(number.error());
    auto block = block_with(store, blocks, *number);
    if (!block) return tl::unexpected(block.error());
    if (!*block) return std::nullopt;
    auto rows = concluded_in(store, **block, run.as_at);
    if (!rows) return tl::unexpected(rows.error());
    cells = std::move(*rows);
  } else {
    for (const BlockDigest& of : blocks) {
      auto bytes = store.block_bytes(of);
      if (!bytes) return tl::unexpected(bytes.error());
      auto rows = concluded_in_rows({of.rule.text(), of.block, std::move(*bytes), of.recorded}, run.number);
      if (!rows) return tl::unexpected(rows.error());
      std::move(rows->begin(), rows->end(), std::back_inserter(cells));
    }
  }
  for (ConcludedCell& cell : cells)
    if (cell.subject == subject) return std::optional(std::move(cell));
  return std::nullopt;
}

}  // namespace assay
