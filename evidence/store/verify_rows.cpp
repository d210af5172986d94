// Leaves are hashed 256 at a time, while they are near.
#include "evidence/store/verify_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "evidence/store/layout.h"
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

RowCheck::RowCheck(const Database& database, const Catalogue& catalogue, const Redactions& redactions)
    : catalogue_(catalogue),
      redactions_(redactions),
      walk_(database, kRowColumns, "observation", "the rows of evidence"),
      texts_(database),
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

// The next text, which must have this number and be of this row; else nullptr.
const TextsAhead::Text* RowCheck::step_text(std::int64_t number, std::int64_t row) {
  if (checked_.texts == 0) {
    checked_.first_text = number;
    checked_.row_of_first_text = row;
    if (next_text_ == 0) next_text_ = number;
    texts_.start(next_text_);
  }
  ++checked_.texts;
  if (number != next_text_++) return nullptr;
  const TextsAhead::Text* const text = texts_.next();
  return text != nullptr && text->number == number && text->row == row ? text : nullptr;
}

Result<Digest> RowCheck::next_text(std::int64_t number, std::int64_t row, TextForm form) {
  const auto* const text = step_text(number, row);
  const bool salted = form.salted && !form.destroyed;
  const bool good = text != nullptr && text->salt.has_value() == salted && text->has_content != form.destroyed &&
                    (!salted || text->salt->size() == kSaltBytes) &&
                    // Of one that was destroyed the digest is held by what is left of its row.
                    (form.destroyed || text->made == text->digest);
  if (!good) return (*fault_)(texts_, fmt::format("the text of row {} is not as recorded", row));
  return text->digest;
}

Result<std::string> RowCheck::next_salt(std::int64_t row, bool destroyed) {
  const auto* const text = step_text(next_text_, row);
  const bool good =
      text != nullptr && text->salt.has_value() != destroyed && !text->has_content &&
      (destroyed ? text->digest == destroyed_salt() : text->salt->size() == kSaltBytes && text->made == text->digest);
  if (!good) return (*fault_)(texts_, fmt::format("the salt of row {} is not as recorded", row));
  return std::string(text->salt.value_or(std::string_view()));
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
