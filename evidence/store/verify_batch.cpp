// A batch against its entry: the names it added, its rows with their texts, and the hashes kept of them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "evidence/store/block_worker.h"
#include "evidence/store/layout.h"
#include "evidence/store/verify.h"
#include "evidence/trail/leaf.h"
#include "evidence/trail/salt.h"

namespace assay {
namespace {

constexpr char kLeafPrefix = '\0';

std::string rows_of_node(const BatchRow& batch, std::size_t position) {
  const std::int64_t first = batch.first_row + static_cast<std::int64_t>(position) * kRowsPerNode;
  const std::int64_t last = std::min(first + kRowsPerNode, batch.first_row + batch.rows) - 1;
  return first == last ? fmt::format("row {}", first) : fmt::format("rows {} to {}", first, last);
}

}  // namespace

Result<void> Verification::verify_batch(const BatchRow& batch) {
  if (batch.batch.number != report_.batches + 1) return bad("its batch is out of order");
  BatchRow said = batch;
  read_said(body_, said);
  if (batch_body(said) != body_) return bad("the batch is not as its entry says");
  if (batch.first_row != report_.rows + 1) return bad("its rows do not follow those of the batch before");
  if (auto names = verify_names(batch); !names) return names;
  last_recorded_.reset();
  const auto nodes = make_nodes(said);
  if (!nodes) return tl::unexpected(nodes.error());
  if (auto same = verify_nodes(batch, *nodes); !same) return same;
  if (batch.texts != texts_) return bad("it has not the number of texts that its entry says");
  if (batch.last_recorded != last_recorded_) return bad("the last date of its rows is not as recorded");
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

Result<std::vector<Digest>> Verification::make_nodes(const BatchRow& batch) {
  // Hashing is another thread's work, unless all fits one block.
  NodeMaker nodes;
  BlockWorker hasher([&nodes](const Block& block) { return nodes.add(block), Result<void>(); });
  bool threads = false;
  Block block;
  for (std::int64_t i = 0; i < batch.rows; ++i) {
    if (auto read = next_row(batch, block); !read) return tl::unexpected(read.error());
    if (block.leaf_ends.size() < kBlockRows) continue;
    threads = true;
    const std::size_t bytes = block.leaves.size();
    if (auto pushed = hasher.push(std::make_shared<const Block>(std::exchange(block, {}))); !pushed)
      return tl::unexpected(pushed.error());
    block.leaves.reserve(bytes + bytes / 8);
    block.leaf_ends.reserve(kBlockRows);
  }
  if (threads)
    if (auto done = hasher.finish(); !done) return tl::unexpected(done.error());
  nodes.add(block);
  return nodes.nodes();
}

Result<void> Verification::verify_nodes(const BatchRow& batch, const std::vector<Digest>& made) {
  // What the rows give is right if the entry says so; then a hash that differs was itself changed.
  const bool rows_hold = merkle_root(made) == batch.root;
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (!node_.next() || node_.integer(0) != batch.batch.number || node_.integer(1) != static_cast<std::int64_t>(i) ||
        node_.digest(2) != made[i]) {
      const std::string rows = rows_of_node(batch, i);
      return bad(node_, rows_hold
                            ? fmt::format("the hash kept of {} is not as recorded", rows)
                            : fmt::format("{} {} not as recorded", rows, rows.starts_with("rows") ? "are" : "is"));
    }
  }
  if (!rows_hold) return bad("its rows do not give the root that its entry says");
  return {};
}

Result<void> Verification::next_row(const BatchRow& batch, Block& block) {
  const std::int64_t expected = report_.rows + 1;
  if (!row_.next()) return bad(row_, fmt::format("row {} is missing", expected));
  const StoredRow row = read_row(row_, names_.catalogue);
  if (!row_.sound()) return bad(row_, {});
  if (row.row != expected) return bad(fmt::format("row {} is missing", expected));
  // What is the same as the default is left out when recorded.
  if (is_default_place(row.place, row.row, batch.first_row) ||
      (row.document != 0 && names_.catalogue.documents()[row.document] == batch.batch.file)) {
    return bad(fmt::format("row {} is not as recorded", row.row));
  }
  const Redactions::Row* const gone = redactions_.row(row.row);
  const RowParts parts = gone ? gone->gone : RowParts();
  Digest value, note;
  std::string salt;
  LeafMaker::Context context{.file = batch.batch.file, .first_row = batch.first_row};
  const Catalogue::FieldEntry& field = names_.catalogue.fields()[row.field];
  if (row.form == StoredRow::Form::Number && field.storage == Storage::Text) {
    const auto text = next_text(row.number, row.row, {batch.salted && holds_free_text(field), parts.value});
    if (!text) return tl::unexpected(text.error());
    value = *text;
    context.value = &value;
  }
  if (row.note != 0) {
    const auto text = next_text(row.note, row.row, {true, parts.note});
    if (!text) return tl::unexpected(text.error());
    note = *text;
    context.note = &note;
  }
  if (batch.salted && batch.personal) {
    auto found = next_salt(row.row, parts.value || parts.place);
    if (!found) return tl::unexpected(found.error());
    salt = std::move(*found);
    context.salt = salt;
  }
  last_recorded_ = std::max(last_recorded_.value_or(row.recorded_on), row.recorded_on);
  ++report_.rows;
  const std::size_t begin = block.leaves.size();
  block.leaves += kLeafPrefix;
  leaves_.append(block.leaves, row, context);
  block.leaf_ends.push_back(block.leaves.size());
  if (!gone) return {};
  if (merkle_leaf(std::string_view(block.leaves).substr(begin + 1)) != gone->left)
    return bad(fmt::format("what is left of row {} is not as its redaction says", row.row));
  block.recorded.emplace_back(block.leaf_ends.size() - 1, gone->leaf);
  return {};
}

Result<Digest> Verification::next_text(std::int64_t number, std::int64_t row, TextForm form) {
  const auto changed = [&] { return bad(text_, fmt::format("the text of row {} is not as recorded", row)); };
  ++texts_;
  if (number != texts_ || !text_.next()) return changed();
  const bool salted = form.salted && !form.destroyed;
  if (text_.integer(0) != number || text_.integer(1) != row || text_.is_null(2) == salted ||
      text_.is_null(3) != form.destroyed) {
    return changed();
  }
  const Digest digest = text_.digest(4);
  // Of one that was destroyed the digest is held by what is left of its row.
  if (form.destroyed) return text_.sound() ? Result<Digest>(digest) : changed();
  const std::string_view salt = salted ? text_.blob(2) : std::string_view();
  const std::string_view content = text_.text(3);
  if (!text_.sound() || (salted && salt.size() != kSaltBytes) || text_digest(salt, content) != digest) return changed();
  return digest;
}

Result<std::string> Verification::next_salt(std::int64_t row, bool destroyed) {
  const auto changed = [&] { return bad(text_, fmt::format("the salt of row {} is not as recorded", row)); };
  ++texts_;
  if (!text_.next() || text_.integer(0) != texts_ || text_.integer(1) != row || text_.is_null(2) != destroyed ||
      !text_.is_null(3)) {
    return changed();
  }
  std::string salt(destroyed ? std::string_view() : text_.blob(2));
  const Digest digest = text_.digest(4);
  if (!text_.sound() || (!destroyed && salt.size() != kSaltBytes)) return changed();
  if (digest != (destroyed ? destroyed_salt() : text_digest(salt, {}))) return changed();
  return salt;
}

}  // namespace assay
