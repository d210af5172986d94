// Leaves are hashed 256 at a time, while they are near.
#include "evidence/store/verify_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "evidence/store/layout.h"
#include "evidence/trail/leaf.h"
#include "evidence/trail/merkle.h"
#include "evidence/trail/salt.h"

namespace assay {
namespace {

constexpr char kLeafPrefix = '\0';
constexpr std::string_view kRestore = "restore the store from a copy, then verify it";
constexpr auto kPerNode = static_cast<std::size_t>(kRowsPerNode);

// What stands before the first number that is written belongs to the first, so that it is found.
std::int64_t from(std::int64_t number) { return number == 1 ? std::numeric_limits<std::int64_t>::min() : number; }

}  // namespace

tl::unexpected<Error> FaultIn::operator()(std::string_view what) const {
  const std::string message = entry.empty() ? std::string(what) : fmt::format("{}: {}", entry, what);
  return fail(ErrorCode::Corruption, message, path, std::string(kRestore));
}

tl::unexpected<Error> FaultIn::operator()(Error fault) const {
  if (!entry.empty()) fault.message = fmt::format("{}: {}", entry, fault.message);
  return tl::unexpected(std::move(fault));
}

tl::unexpected<Error> FaultIn::operator()(Statement& statement, std::string_view what) const {
  auto done = statement.end();
  return done ? (*this)(what) : (*this)(std::move(done.error()));
}

RowCheck::RowCheck(const Database& database, const Catalogue& catalogue, const Redactions& redactions)
    : catalogue_(catalogue),
      redactions_(redactions),
      walk_(database, kRowColumns, "observation", "the rows of evidence"),
      text_(database.prepare(
          "SELECT id, observation, salt, content, digest FROM text_value WHERE id >= ? ORDER BY id", "the texts")),
      leaf_maker_(catalogue) {}

CheckedRows RowCheck::check(const BatchRow& batch, const FaultIn& fault, const RowChunk& chunk) {
  batch_ = &batch;
  fault_ = &fault;
  checked_ = {};
  next_row_ = chunk.first_row;
  next_text_ = chunk.first_text;
  leaves_.clear();
  leaf_ends_.clear();
  recorded_.clear();
  const std::int64_t end = chunk.first_row + chunk.rows;
  const auto walked = walk_.run(from(chunk.first_row), end - 1, [this](WalkedRow& row) {
    if (auto done = next_row(row); !done) checked_.fault = std::move(done.error());
    return !checked_.fault;
  });
  if (!walked && !checked_.fault) checked_.fault = fault(walked.error()).value();
  if (!checked_.fault && next_row_ != end) checked_.fault = fault(fmt::format("row {} is missing", next_row_)).value();
  if (auto done = text_.end(); !done && !checked_.fault) checked_.fault = fault(done.error()).value();
  if (!leaf_ends_.empty() && !checked_.fault) hash_node();
  return std::exchange(checked_, {});
}

Result<void> RowCheck::next_row(WalkedRow& walked) {
  const StoredRow row = read_row(walked, catalogue_);
  if (!walked.sound()) return {};  // the walk says what it is
  if (row.row != next_row_) return (*fault_)(fmt::format("row {} is missing", next_row_));
  // What is the same as the default is left out when recorded.
  if (is_default_place(row.place, row.row, batch_->first_row) ||
      (row.document != 0 && catalogue_.documents()[row.document] == batch_->batch.file)) {
    return (*fault_)(fmt::format("row {} is not as recorded", row.row));
  }
  if (auto done = append_leaf(row); !done) return done;
  checked_.last_recorded = std::max(checked_.last_recorded.value_or(row.recorded_on), row.recorded_on);
  ++next_row_;
  if (leaf_ends_.size() == kPerNode) hash_node();
  return {};
}

Result<void> RowCheck::append_leaf(const StoredRow& row) {
  const Redactions::Row* const gone = redactions_.row(row.row);
  const RowParts parts = gone ? gone->gone : RowParts();
  Digest value, note;
  std::string salt;
  LeafMaker::Context context{.file = batch_->batch.file, .first_row = batch_->first_row};
  const Catalogue::FieldEntry& field = catalogue_.fields()[row.field];
  if (row.form == StoredRow::Form::Number && field.storage == Storage::Text) {
    const auto text = next_text(row.number, row.row, {batch_->salted && holds_free_text(field), parts.value});
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
  if (batch_->salted && batch_->personal) {
    auto found = next_salt(row.row, parts.value || parts.place);
    if (!found) return tl::unexpected(found.error());
    salt = std::move(*found);
    context.salt = salt;
  }
  const std::size_t begin = leaves_.size();
  leaves_ += kLeafPrefix;
  leaf_maker_.append(leaves_, row, context);
  leaf_ends_.push_back(leaves_.size());
  if (!gone) return {};
  if (merkle_leaf(std::string_view(leaves_).substr(begin + 1)) != gone->left)
    return (*fault_)(fmt::format("what is left of row {} is not as its redaction says", row.row));
  recorded_.emplace_back(leaf_ends_.size() - 1, gone->leaf);
  return {};
}

// Whether the next text stands ready, which must have this number.
bool RowCheck::step_text(std::int64_t number, std::int64_t row) {
  if (checked_.texts == 0) {
    checked_.first_text = number;
    checked_.row_of_first_text = row;
    if (next_text_ == 0) next_text_ = number;
    text_.with(from(next_text_));
  }
  ++checked_.texts;
  return number == next_text_++ && text_.next() && text_.integer(0) == number && text_.integer(1) == row;
}

Result<Digest> RowCheck::next_text(std::int64_t number, std::int64_t row, TextForm form) {
  const auto changed = [&] { return (*fault_)(text_, fmt::format("the text of row {} is not as recorded", row)); };
  const bool salted = form.salted && !form.destroyed;
  if (!step_text(number, row) || text_.is_null(2) == salted || text_.is_null(3) != form.destroyed) return changed();
  const Digest digest = text_.digest(4);
  // Of one that was destroyed the digest is held by what is left of its row.
  if (form.destroyed) return text_.sound() ? Result<Digest>(digest) : changed();
  const std::string_view salt = salted ? text_.blob(2) : std::string_view();
  const std::string_view content = text_.text(3);
  if (!text_.sound() || (salted && salt.size() != kSaltBytes) || text_digest(salt, content) != digest) return changed();
  return digest;
}

Result<std::string> RowCheck::next_salt(std::int64_t row, bool destroyed) {
  const auto changed = [&] { return (*fault_)(text_, fmt::format("the salt of row {} is not as recorded", row)); };
  if (!step_text(next_text_, row) || text_.is_null(2) != destroyed || !text_.is_null(3)) return changed();
  std::string salt(destroyed ? std::string_view() : text_.blob(2));
  const Digest digest = text_.digest(4);
  if (!text_.sound() || (!destroyed && salt.size() != kSaltBytes)) return changed();
  if (digest != (destroyed ? destroyed_salt() : text_digest(salt, {}))) return changed();
  return salt;
}

void RowCheck::hash_node() {
  std::string_view entries[kPerNode];
  Digest hashes[kPerNode];
  std::size_t begin = 0;
  for (std::size_t i = 0; i < leaf_ends_.size(); begin = leaf_ends_[i], ++i)
    entries[i] = std::string_view(leaves_).substr(begin, leaf_ends_[i] - begin);
  const std::span leaves(hashes, leaf_ends_.size());
  merkle_leaves({entries, leaf_ends_.size()}, leaves);
  for (const auto& [place, leaf] : recorded_) leaves[place] = leaf;
  checked_.nodes.push_back(merkle_root(leaves));
  leaves_.clear();
  leaf_ends_.clear();
  recorded_.clear();
}

}  // namespace assay
