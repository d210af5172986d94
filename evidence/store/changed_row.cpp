// The search: two rows exchanged, then one row at a time with other dates, values and bodies. It takes about a second
// for a full node.
#include "evidence/store/changed_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/store/changed_row_guesses.h"
#include "evidence/store/node_rows.h"
#include "evidence/store/node_tree.h"
#include "evidence/trail/merkle.h"

namespace assay {
namespace {

constexpr char kLeafPrefix = '\0';

class Search {
 public:
  Search(const Catalogue& catalogue, const BatchRow& batch, const NodeRows& rows, const Digest& kept)
      : catalogue_(catalogue),
        batch_(batch),
        rows_(rows),
        kept_(kept),
        tree_(rows.leaves(catalogue)),
        maker_(catalogue) {}
  std::optional<std::string> run();

 private:
  std::optional<std::string> exchanged();
  Digest leaf(std::size_t place, std::size_t at);  // of one row's content where another stands
  // The guess for the row at this place that gives the hash.
  std::optional<StoredRow> proven(std::size_t place, std::span<const StoredRow> guesses);
  std::optional<std::string> one_row();

  const Catalogue& catalogue_;
  const BatchRow& batch_;
  const NodeRows& rows_;
  const Digest kept_;
  NodeTree tree_;
  LeafMaker maker_;
  std::string bytes_;
};

std::optional<std::string> Search::run() {
  if (auto found = exchanged()) return found;
  return one_row();
}

Digest Search::leaf(std::size_t place, std::size_t at) {
  StoredRow moved = rows_[place].row;
  moved.row = rows_[at].row.row;
  bytes_.clear();
  rows_.append_leaf(bytes_, maker_, place, moved);
  return merkle_leaf(bytes_);
}

std::optional<std::string> Search::exchanged() {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].redacted) continue;
    for (std::size_t j = i + 1; j < rows_.size(); ++j) {
      if (rows_[j].redacted || tree_.with({i, leaf(j, i)}, {j, leaf(i, j)}) != kept_) continue;
      return fmt::format("rows {} and {} have changed places", rows_[i].row.row, rows_[j].row.row);
    }
  }
  return std::nullopt;
}

std::optional<StoredRow> Search::proven(std::size_t place, std::span<const StoredRow> guesses) {
  constexpr std::size_t kAtOnce = 64;
  std::array<std::size_t, kAtOnce> ends;
  std::array<std::string_view, kAtOnce> leaves;
  std::array<Digest, kAtOnce> hashes;
  while (!guesses.empty()) {
    const std::size_t count = std::min(kAtOnce, guesses.size());
    bytes_.clear();
    for (std::size_t i = 0; i < count; ++i) {
      bytes_ += kLeafPrefix;
      rows_.append_leaf(bytes_, maker_, place, guesses[i]);
      ends[i] = bytes_.size();
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t begin = i == 0 ? 0 : ends[i - 1];
      leaves[i] = std::string_view(bytes_).substr(begin, ends[i] - begin);
    }
    const std::span made(hashes.data(), count);
    merkle_leaves({leaves.data(), count}, made);
    tree_.raise(place, made);
    const auto found = std::find(made.begin(), made.end(), kept_);
    if (found != made.end()) return guesses[static_cast<std::size_t>(found - made.begin())];
    guesses = guesses.subspan(count);
  }
  return std::nullopt;
}

std::optional<std::string> Search::one_row() {
  const RowGuesses guesses(catalogue_, batch_, rows_);
  for (const RowGuesses::Part& part : RowGuesses::parts()) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].redacted) continue;
      const StoredRow& now = rows_[i].row;
      const auto was = proven(i, (guesses.*part.guess)(now));
      if (!was) continue;
      const std::string row = fmt::format("row {} is not as recorded", now.row);
      // What a row says about a person is not for a message.
      return batch_.personal ? row : fmt::format("{}: {}", row, (guesses.*part.in_words)(*was, now));
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> what_was_changed(const Database& database, const Catalogue& catalogue,
                                            const Redactions& redactions, const BatchRow& batch,
                                            const ChangedNode& node) {
  const auto rows = NodeRows::read(database, catalogue, redactions, batch, node.first_row);
  if (!rows || rows->size() == 0) return std::nullopt;
  return Search(catalogue, batch, *rows, node.kept).run();
}

}  // namespace assay
