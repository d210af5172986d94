// Blocks are made on the thread that reads the file, which alone sees the names; inserting and hashing are others'
// work.
#include "evidence/store/block.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/decimal.h"
#include "evidence/core/text.h"
#include "evidence/store/layout.h"
#include "evidence/trail/leaf.h"
#include "evidence/trail/merkle.h"
#include "evidence/trail/salt.h"

namespace assay {
namespace {

constexpr char kLeafPrefix = '\0';

template <class Table>
void check_known(std::uint32_t number, const Table& table) {
  CHECK(number > 0 && number < table.size());
}

}  // namespace

BlockMaker::BlockMaker(const Catalogue& catalogue, std::string file, std::int64_t first_row, std::int64_t first_text)
    : catalogue_(&catalogue),
      file_(std::move(file)),
      first_row_(first_row),
      next_row_(first_row),
      next_text_(first_text),
      leaves_(catalogue) {}

Result<void> BlockMaker::add(const TypedRow& typed) {
  StoredRow row;
  row.row = next_row_;
  if (typed.supersedes < 0 || typed.supersedes >= row.row) {
    return fail(ErrorCode::WrongUse, fmt::format("there is no row {} to correct or withdraw", typed.supersedes), {},
                "give the number of a row that the store holds");
  }
  check_known(typed.subject, catalogue_->subjects());
  check_known(typed.field, catalogue_->fields());
  check_known(typed.source, catalogue_->sources());
  row.subject = typed.subject;
  row.field = typed.field;
  row.standing = typed.standing;
  row.valid_from = typed.valid_from;
  row.valid_to = typed.valid_to;
  row.source = typed.source;
  row.recorded_on = typed.recorded_on;
  row.supersedes = typed.supersedes;
  // What says no more than the default is left out, so that a row has one form only.
  if (typed.document != 0) {
    check_known(typed.document, catalogue_->documents());
    if (catalogue_->documents()[typed.document] != file_) row.document = typed.document;
  }
  set_place(typed.place, row);
  set_value(typed, row);
  const std::size_t value_texts = block_.texts.size();
  const bool has_text_value =
      row.form == StoredRow::Form::Number && catalogue_->fields()[row.field].storage == Storage::Text;
  if (!typed.note.empty()) row.note = add_text(row.row, true, typed.note);
  const std::size_t with_note = block_.texts.size();
  if (salted_rows_) add_text(row.row, true, std::nullopt);
  salted_ = salted_ || salted_rows_;

  LeafMaker::Context context{.file = file_, .first_row = first_row_};
  if (has_text_value) context.value = &block_.texts[value_texts - 1].digest;
  if (row.note != 0) context.note = &block_.texts[with_note - 1].digest;
  if (salted_rows_) context.salt = block_.texts.back().salt;
  block_.leaves += kLeafPrefix;
  leaves_.append(block_.leaves, row, context);
  block_.leaf_ends.push_back(block_.leaves.size());
  last_recorded_ = std::max(last_recorded_.value_or(row.recorded_on), row.recorded_on);
  block_.rows.push_back(row);
  ++next_row_;
  return {};
}

void BlockMaker::set_place(std::string_view place, StoredRow& row) {
  if (place.empty() || is_default_place(place, row.row, first_row_)) return;
  if (place != last_place_) {
    CHECK(!first_bad_utf8(place));  // other texts pass through Statement, which looks
    last_place_ = block_.kept.keep(place);
  }
  row.place = last_place_;
}

void BlockMaker::set_value(const TypedRow& typed, StoredRow& row) {
  if (!holds_value(row.standing)) return;
  const Catalogue::FieldEntry& field = catalogue_->fields()[row.field];
  if (row.standing == Standing::MindedTo && !typed.has_text && typed.number == 0)
    return;  // announced without its stage
  row.form = StoredRow::Form::Number;
  row.number = typed.number;
  if (field.storage == Storage::Text) {
    CHECK(typed.has_text);
    salted_ = salted_ || holds_free_text(field);
    row.number = add_text(row.row, holds_free_text(field), typed.text);
  } else if (typed.has_text) {
    const auto decimal = Decimal::parse(typed.text);
    CHECK(field.storage == Storage::Number && decimal.has_value());
    if (const auto count = decimal->to_scaled(field.places)) {
      row.number = *count;
    } else {
      row.form = StoredRow::Form::Decimal;
      row.decimal = block_.kept.keep(decimal->to_string());
    }
  } else if (field.storage == Storage::Label) {
    CHECK(row.number > 0 && static_cast<std::size_t>(row.number) < catalogue_->labels().size());
    CHECK(catalogue_->labels()[static_cast<std::size_t>(row.number)].field == row.field);
  } else if (field.storage == Storage::YesNo) {
    CHECK(row.number == 0 || row.number == 1);
  }
}

std::int64_t BlockMaker::add_text(std::int64_t row, bool salted, std::optional<std::string> content) {
  StoredText text{.number = next_text_++,
                  .row = row,
                  .salt = salted ? random_salt() : std::string(),
                  .content = std::move(content),
                  .digest = {}};
  text.digest = text_digest(text.salt, text.content.value_or(std::string()));
  block_.texts.push_back(std::move(text));
  return block_.texts.back().number;
}

Block BlockMaker::take() {
  last_place_ = {};
  Block full = std::exchange(block_, Block{});
  if (full.rows.size() >= kBlockRows) {
    block_.rows.reserve(kBlockRows);
    block_.leaf_ends.reserve(kBlockRows);
    block_.leaves.reserve(full.leaves.size() + full.leaves.size() / 8);
  }
  return full;
}

void NodeMaker::add(const Block& block) {
  std::vector<std::string_view> entries(block.leaf_ends.size());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < entries.size(); begin = block.leaf_ends[i], ++i) {
    entries[i] = std::string_view(block.leaves).substr(begin, block.leaf_ends[i] - begin);
  }
  const std::size_t before = leaves_.size();
  leaves_.resize(before + entries.size());
  merkle_leaves(entries, std::span(leaves_).subspan(before));
  for (const auto& [place, leaf] : block.recorded) leaves_[before + place] = leaf;
  constexpr auto kPerNode = static_cast<std::size_t>(kRowsPerNode);
  std::size_t at = 0;
  for (; leaves_.size() - at >= kPerNode; at += kPerNode) {
    nodes_.push_back(merkle_root(std::span(leaves_).subspan(at, kPerNode)));
  }
  leaves_.erase(leaves_.begin(), leaves_.begin() + static_cast<std::ptrdiff_t>(at));
}

std::vector<Digest> NodeMaker::nodes() const {
  std::vector<Digest> all = nodes_;
  if (!leaves_.empty()) all.push_back(merkle_root(leaves_));
  return all;
}

}  // namespace assay
