// Each number is the last of its table, which has it at its end.
#include "evidence/store/store_end.h"

#include <fmt/format.h>

#include <utility>

#include "evidence/store/layout.h"

namespace assay {
Result<std::int64_t> last_number(const Database& database, std::string_view column, std::string_view table,
                                 std::string_view what) {
  Statement last = database.prepare(fmt::format("SELECT coalesce(max({}), 0) FROM {}", column, table), what);
  const std::int64_t number = last.next() ? last.integer(0, 0) : 0;
  if (auto done = last.end(); !done) return tl::unexpected(done.error());
  return number;
}

Result<StoreEnd> read_end(const Database& database) {
  const auto row = last_number(database, "id", "observation", "the rows of evidence");
  if (!row) return tl::unexpected(row.error());
  const auto text = last_number(database, "id", "text_value", "the texts");
  if (!text) return tl::unexpected(text.error());
  const auto batch = last_number(database, "id", "batch", "the batches");
  if (!batch) return tl::unexpected(batch.error());
  auto trail = read_trail_end(database);
  if (!trail) return tl::unexpected(trail.error());
  return StoreEnd{*row, *text, *batch, std::move(*trail), format_of(database), false};
}

Result<StoreEnd> KnownEnd::of(const Database& database) const {
  if (kept_ && kept_->version == database.version()) return kept_->end;
  return read_end(database);
}

void KnownEnd::keep(const Database& database, StoreEnd end) {
  end.known = true;
  kept_ = {database.version(), std::move(end)};
}

void KnownEnd::finish(const Database& database) {
  if (!kept_ || kept_->end.trail.wanting.empty() || !database.execute("PRAGMA busy_timeout=0", "the store")) return;
  auto transaction = Transaction::begin(database, Transaction::Kind::Write);
  if (!transaction || kept_->version != database.version()) return;
  if (keep_heads(database, kept_->end.trail)) static_cast<void>(transaction->commit());
}

}  // namespace assay
