// Leaves of single rows with the proof that each is in its batch. Two hundred and fifty-six rows share a node that is
// kept, so a proof makes that many leaves anew and no more.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "evidence/store/batch_row.h"
#include "evidence/store/layout.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/state.h"
#include "evidence/store/stored_row.h"
#include "evidence/trail/merkle.h"

namespace assay {
namespace {

class RowProver {
 public:
  RowProver(const Database& database, const Catalogue& catalogue)
      : database_(database),
        catalogue_(catalogue),
        leaves_(catalogue),
        text_(database.prepare("SELECT salt, content, digest FROM text_value WHERE id = ?", "the texts")),
        rows_(database.prepare(
            fmt::format("SELECT {} FROM observation WHERE id >= ? AND id < ? ORDER BY id", kRowColumns),
            "the rows of evidence")) {}
  Result<std::vector<ProvenRow>> prove(std::span<const std::int64_t> numbers);

 private:
  struct Text {
    KeptText kept;
    Digest digest;
  };
  Result<void> read_batches();
  Result<void> prove_node(const BatchRow& batch, std::span<const std::int64_t> wanted, std::vector<ProvenRow>& proven);
  Result<std::optional<Text>> text(std::int64_t number, bool there);
  Result<std::vector<Digest>> nodes(const BatchRow& batch);
  Result<void> read_salts();  // of rows that hold data about persons

  const Database& database_;
  const Catalogue& catalogue_;
  LeafMaker leaves_;
  Statement text_, rows_;
  std::vector<BatchRow> batches_;
  Redactions redactions_;
  std::unordered_map<std::int64_t, std::string> salts_;  // by row
};

Result<void> RowProver::read_batches() {
  Statement batch =
      database_.prepare(fmt::format("SELECT {} FROM batch ORDER BY id", batch_columns(database_)), "the batches");
  while (batch.next()) batches_.push_back(read_batch(batch));
  return batch.end();
}

Result<void> RowProver::read_salts() {
  Statement holds = database_.prepare("SELECT EXISTS(SELECT 1 FROM log_entry WHERE body LIKE '%\"personal_data\":{%')",
                                      "the entries of the trail");
  const bool any = holds.next() && holds.integer(0, 0, 1) == 1;
  if (auto done = holds.end(); !done || !any) return done;
  Statement salt = database_.prepare(
      "SELECT observation, salt FROM text_value WHERE content IS NULL AND salt IS NOT NULL", "the texts");
  while (salt.next()) salts_.emplace(salt.integer(0, 1), salt.blob(1));
  return salt.end();
}

Result<std::vector<Digest>> RowProver::nodes(const BatchRow& batch) {
  Statement node =
      database_.prepare("SELECT hash FROM batch_node WHERE batch = ? ORDER BY position", "the hashes of a batch");
  std::vector<Digest> nodes;
  node.with(batch.batch.number);
  while (node.next()) nodes.push_back(node.digest(0));
  if (auto done = node.end(); !done) return tl::unexpected(done.error());
  if (nodes.empty()) nodes.push_back(batch.root);  // of one node
  return nodes;
}

Result<std::optional<RowProver::Text>> RowProver::text(std::int64_t number, bool there) {
  if (!there) return std::optional<Text>();
  std::optional<Text> found;
  if (text_.with(number).next()) {
    found.emplace();
    if (!text_.is_null(0)) found->kept.salt = text_.blob(0);
    if (!text_.is_null(1)) found->kept.content = text_.text(1);
    found->digest = text_.digest(2);
  } else {
    text_.refuse(fmt::format("text {} is missing", number));
  }
  if (auto done = text_.end(); !done) return tl::unexpected(done.error());
  return found;
}

// Of rows that share a node, which stand at the end of `wanted`'s batch or fill kRowsPerNode.
Result<void> RowProver::prove_node(const BatchRow& batch, std::span<const std::int64_t> wanted,
                                   std::vector<ProvenRow>& proven) {
  const std::int64_t position = (wanted.front() - batch.first_row) / kRowsPerNode;
  const std::int64_t first = batch.first_row + position * kRowsPerNode;
  const std::int64_t end = std::min(first + kRowsPerNode, batch.first_row + batch.rows);
  std::vector<Digest> leaves;
  const std::size_t before = proven.size();
  rows_.with(first, end);
  while (rows_.next()) {
    const StoredRow row = read_row(rows_, catalogue_);
    if (!rows_.sound()) break;
    const bool is_text = row.form == StoredRow::Form::Number && catalogue_.fields()[row.field].storage == Storage::Text;
    auto value = text(row.number, is_text), note = text(row.note, row.note != 0);
    if (!value) return tl::unexpected(value.error());
    if (!note) return tl::unexpected(note.error());
    const bool is_wanted = std::binary_search(wanted.begin(), wanted.end(), row.row);
    const Redactions::Row* const gone = redactions_.row(row.row);
    if (gone) {
      // In the tree the leaf as recorded goes on standing; shown is what is left of it, which its redaction binds.
      leaves.push_back(gone->leaf);
      if (!is_wanted) continue;
    }
    const auto salt = salts_.find(row.row);
    const LeafMaker::Context context{.file = batch.batch.file,
                                     .first_row = batch.first_row,
                                     .value = *value ? &(*value)->digest : nullptr,
                                     .note = *note ? &(*note)->digest : nullptr,
                                     .salt = salt == salts_.end() ? std::string_view() : salt->second};
    const std::string json(leaves_.json(row, context));
    if (!gone) leaves.push_back(merkle_leaf(json));
    if (gone && merkle_leaf(json) != gone->left)
      return fail(ErrorCode::Corruption, fmt::format("row {} is not as its redaction left it", row.row),
                  database_.path(), "`assay trail verify` says more");
    if (!is_wanted) continue;
    ProvenRow one{row.row, batch.batch.entry, json, {}, {}, {}};
    if (*value && !(gone && gone->gone.value)) one.value = std::move((*value)->kept);
    if (*note && !(gone && gone->gone.note)) one.note = std::move((*note)->kept);
    proven.push_back(std::move(one));
  }
  if (auto done = rows_.end(); !done) return done;
  const auto all = nodes(batch);
  if (!all) return tl::unexpected(all.error());
  const auto at = static_cast<std::size_t>(position);
  if (static_cast<std::int64_t>(leaves.size()) != end - first || at >= all->size() || merkle_root(leaves) != (*all)[at])
    return fail(ErrorCode::Corruption, fmt::format("rows {} to {} are not as recorded", first, end - 1),
                database_.path(), "`assay trail verify` says more");
  const auto above = inclusion_proof(*all, at);
  for (std::size_t i = before; i < proven.size(); ++i) {
    proven[i].proof = inclusion_proof(leaves, static_cast<std::uint64_t>(proven[i].row - first));
    proven[i].proof.insert(proven[i].proof.end(), above.begin(), above.end());
  }
  return {};
}

Result<std::vector<ProvenRow>> RowProver::prove(std::span<const std::int64_t> numbers) {
  auto done = read_batches();
  if (done) done = read_salts();
  if (!done) return tl::unexpected(done.error());
  auto redactions = Redactions::load(database_);
  if (!redactions) return tl::unexpected(redactions.error());
  redactions_ = std::move(*redactions);
  std::vector<ProvenRow> proven;
  auto batch = batches_.begin();
  while (!numbers.empty()) {
    const std::int64_t number = numbers.front();
    while (batch != batches_.end() && number >= batch->first_row + batch->rows) ++batch;
    if (batch == batches_.end() || number < batch->first_row)
      return fail(ErrorCode::NotFound, fmt::format("there is no row {}", number), database_.path());
    const std::int64_t position = (number - batch->first_row) / kRowsPerNode;
    const std::int64_t end = std::min(batch->first_row + (position + 1) * kRowsPerNode, batch->first_row + batch->rows);
    const auto rest = std::lower_bound(numbers.begin(), numbers.end(), end);
    const auto count = static_cast<std::size_t>(rest - numbers.begin());
    if (done = prove_node(*batch, numbers.first(count), proven); !done) return tl::unexpected(done.error());
    numbers = numbers.subspan(count);
  }
  return proven;
}

}  // namespace

Result<std::vector<ProvenRow>> Store::prove_rows(std::span<const std::int64_t> numbers) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const auto names = catalogue();
  if (!names) return tl::unexpected(names.error());
  return RowProver(state_->database, **names).prove(numbers);
}

}  // namespace assay
