// One state of the store for many questions.
#include <memory>
#include <utility>

#include "evidence/store/segment_table.h"
#include "evidence/store/segment_writing.h"
#include "evidence/store/state.h"

namespace assay {

struct Store::Moment::State {
  Transaction transaction;
};

Store::Moment::Moment(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Moment::Moment(Moment&&) noexcept = default;
Store::Moment::~Moment() = default;

Result<Store::Moment> Store::moment() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const Database& database = state_->database;
  // Within a moment nothing is written, and a program that reads in moments alone would never put rows into segments.
  if (state_->access == Access::Write) {
    const auto last = last_row(database);
    if (!last) return tl::unexpected(last.error());
    // Else another program writes, or there is no room: do without.
    if (*last - rows_in_segments(database) >= kRowsWorthSegments) static_cast<void>(write_segments(database));
  }
  auto transaction = Transaction::begin(database, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  return Moment(std::make_unique<Moment::State>(Moment::State{std::move(*transaction)}));
}

}  // namespace assay
