// A batch against its entry: the names it added, its rows with their texts, and the hashes kept of them.
#include <fmt/format.h>

#include <algorithm>

#include "evidence/store/changed_row.h"
#include "evidence/store/layout.h"
#include "evidence/store/row_chunks.h"
#include "evidence/store/verify.h"

namespace assay {
namespace {

std::string rows_of_node(const BatchRow& batch, std::size_t position) {
  const std::int64_t first = batch.first_row + static_cast<std::int64_t>(position) * kRowsPerNode;
  const std::int64_t last = std::min(first + kRowsPerNode, batch.first_row + batch.rows) - 1;
  return first == last ? fmt::format("row {}", first) : fmt::format("rows {} to {}", first, last);
}

}  // namespace

Result<void> Verification::verify_batch(const BatchRow& batch) {
  if (batch.batch.number != report_.batches + 1) return bad("its batch is out of order");
  BatchRow said = batch;
  if (!batch.leaf) {  // else the body was made from the row
    read_said(body_, said);
    if (batch_body(said) != body_) return bad("the batch is not as its entry says");
  }
  if (batch.first_row != report_.rows + 1) return bad("its rows do not follow those of the batch before");
  if (auto names = verify_names(batch); !names) return names;
  if (auto rows = verify_rows(said); !rows) return rows;
  ++report_.batches;
  return {};
}

Result<void> Verification::verify_names(const BatchRow& batch) {
  const NameCounts held = names_.counts();
  const auto grows = [&](auto count) {
    return known_.*count <= batch.known.*count && batch.known.*count <= held.*count;
  };
  if (!grows(&NameCounts::kinds) || !grows(&NameCounts::subjects) || !grows(&NameCounts::fields) ||
      !grows(&NameCounts::labels) || !grows(&NameCounts::sources) || !grows(&NameCounts::documents) ||
      names_.digest(known_, batch.known) != batch.names) {
    return bad("the names it added are not as recorded");
  }
  known_ = batch.known;
  return {};
}

// A row takes some bytes of the file.
Result<std::int64_t> Verification::most_rows(const BatchRow& said) {
  if (said.rows <= shares_.rows_each) return said.rows;
  Statement bytes = database_.prepare("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                                      "the pages of the file");
  const std::int64_t found = bytes.next() ? bytes.integer(0, 0) : 0;
  if (auto done = bytes.end(); !done) return fault()(std::move(done.error()));
  return found;
}

Result<void> Verification::verify_rows(const BatchRow& said) {
  const auto most = most_rows(said);
  if (!most) return tl::unexpected(most.error());
  RowChunks chunks(said, fault(), {shares_.rows_each, texts_ + 1, *most});
  const bool shared = second_ != nullptr && second_->sees_the_same() && chunks.size() > 1;
  const int given = !shared ? 0 : second_->give([&](const Database& own) {
    RowCheck check(own, names_.catalogue, redactions_);
    chunks.work(check);
  });
  chunks.work(rows_);
  if (shared) second_->settle(given);
  const CheckedRows rows = chunks.together();
  if (rows.fault) return tl::unexpected(*rows.fault);
  report_.rows += said.rows;
  texts_ += rows.texts;
  if (auto same = verify_nodes(said, rows.nodes); !same) return same;
  if (said.texts != texts_) return bad("it has not the number of texts that its entry says");
  if (said.last_recorded != rows.last_recorded) return bad("the last date of its rows is not as recorded");
  return {};
}

Result<void> Verification::verify_nodes(const BatchRow& batch, const std::vector<Digest>& made) {
  // What the rows give is right if the entry says so; then a hash that differs was itself changed.
  const bool rows_hold = merkle_root(made) == batch.root;
  const auto stands_next = [&] {
    if (!node_ready_) node_ready_ = node_.next();
    return node_ready_ && node_.integer(0) == batch.batch.number;
  };
  // Of a batch of one node that is its root. Stores made before keep it all the same.
  const std::size_t kept = made.size() == 1 && rows_hold && !stands_next() && node_.sound() ? 0 : made.size();
  for (std::size_t i = 0; i < kept; ++i) {
    if (!stands_next() || node_.integer(1) != static_cast<std::int64_t>(i) || node_.digest(2) != made[i]) {
      return bad(node_, rows_hold ? fmt::format("the hash kept of {} is not as recorded", rows_of_node(batch, i))
                                  : what_is_wrong(batch, i));
    }
    node_ready_ = false;
  }
  if (!rows_hold) return bad("its rows do not give the root that its entry says");
  return {};
}

std::string Verification::what_is_wrong(const BatchRow& batch, std::size_t position) {
  Statement node =
      database_.prepare("SELECT hash FROM batch_node WHERE batch = ? ORDER BY position", "the hashes of a batch");
  std::vector<Digest> kept;
  for (node.with(batch.batch.number); node.next();) kept.push_back(node.digest(0));
  if (kept.empty()) kept.push_back(batch.root);  // a batch of one node
  // Only hashes that the entry stands for prove anything.
  if (node.end() && position < kept.size() && merkle_root(kept) == batch.root) {
    const std::int64_t first = batch.first_row + static_cast<std::int64_t>(position) * kRowsPerNode;
    if (auto known = what_was_changed(database_, names_.catalogue, redactions_, batch, {first, kept[position]}))
      return *known;
  }
  const std::string rows = rows_of_node(batch, position);
  return fmt::format("{} {} not as recorded", rows, rows.starts_with("rows") ? "are" : "is");
}

Result<void> Verification::verify_no_more_rows() {
  const auto none_beyond = [this](std::string_view table, std::string_view what, std::int64_t last) -> Result<void> {
    Statement beyond = database_.prepare(
        fmt::format("SELECT EXISTS(SELECT 1 FROM {0} WHERE id < 1) OR EXISTS(SELECT 1 FROM {0} WHERE id > ?)", table),
        what);
    const bool more = beyond.with(last).next() && beyond.integer(0) != 0;
    if (auto done = beyond.end(); !done) return done;
    if (more) return bad(fmt::format("more stands in {} than the trail covers", what));
    return {};
  };
  if (auto done = none_beyond("observation", "the rows of evidence", report_.rows); !done) return done;
  return none_beyond("text_value", "the texts", texts_);
}

}  // namespace assay
