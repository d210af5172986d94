// Texts are found in one pass, since salts of rows go by no number.
#include "evidence/store/node_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/store/layout.h"
#include "evidence/trail/merkle.h"

namespace assay {

Result<NodeRows> NodeRows::read(const Database& database, const Catalogue& catalogue, const Redactions& redactions,
                                const BatchRow& batch, std::int64_t first) {
  NodeRows node(batch);
  const std::int64_t end = std::min(first + kRowsPerNode, batch.first_row + batch.rows);
  Statement held =
      database.prepare(fmt::format("SELECT {} FROM observation WHERE id >= ? AND id < ? ORDER BY id", kRowColumns),
                       "the rows of evidence");
  held.with(first, end);
  while (held.next()) {
    auto row = std::make_unique<Row>();
    row->row = read_row(held, catalogue);
    if (!held.sound()) break;
    row->decimal = row->row.decimal;
    row->place = row->row.place;
    row->row.decimal = row->decimal;
    row->row.place = row->place;
    if (const auto* const gone = redactions.row(row->row.row)) row->redacted = gone->leaf;
    node.rows_.push_back(std::move(row));
  }
  if (auto done = held.end(); !done) return tl::unexpected(done.error());
  if (auto done = node.read_texts(database, catalogue); !done) return tl::unexpected(done.error());
  return node;
}

Result<void> NodeRows::read_texts(const Database& database, const Catalogue& catalogue) {
  if (rows_.empty()) return {};
  const std::int64_t first = rows_.front()->row.row;
  Statement text = database.prepare(
      "SELECT id, observation, salt, digest FROM text_value WHERE observation >= ? AND observation <= ?", "the texts");
  text.with(first, rows_.back()->row.row);
  while (text.next()) {
    const auto at = static_cast<std::size_t>(text.integer(1, first, rows_.back()->row.row) - first);
    if (at >= rows_.size()) break;  // refused
    Row& row = *rows_[at];
    const std::int64_t number = text.integer(0);
    const bool is_text =
        row.row.form == StoredRow::Form::Number && catalogue.fields()[row.row.field].storage == Storage::Text;
    if (is_text && row.row.number == number) {
      row.value = text.digest(3);
    } else if (row.row.note == number) {
      row.note = text.digest(3);
    } else if (!text.is_null(2)) {
      row.salt = text.blob(2);
    }
  }
  return text.end();
}

void NodeRows::append_leaf(std::string& out, LeafMaker& maker, std::size_t place, const StoredRow& as) const {
  const Row& row = *rows_[place];
  maker.append(out, as,
               {.file = batch_->batch.file,
                .first_row = batch_->first_row,
                .value = row.value ? &*row.value : nullptr,
                .note = row.note ? &*row.note : nullptr,
                .salt = batch_->salted && batch_->personal ? std::string_view(row.salt) : std::string_view()});
}

std::vector<Digest> NodeRows::leaves(const Catalogue& catalogue) const {
  LeafMaker maker(catalogue);
  std::vector<Digest> leaves;
  std::string leaf;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    leaf.clear();
    if (!rows_[i]->redacted) append_leaf(leaf, maker, i, rows_[i]->row);
    leaves.push_back(rows_[i]->redacted ? *rows_[i]->redacted : merkle_leaf(leaf));
  }
  return leaves;
}

}  // namespace assay
