// A transaction sees the file as it was at its first read, which is that of the head.
#include "evidence/store/read_view.h"

namespace assay {

Result<ReadView> ReadView::begin(const Database& database) {
  ReadView view(database);
  if (auto begun = view.renew(); !begun) return tl::unexpected(begun.error());
  return view;
}

Result<void> ReadView::renew() {
  transaction_.reset();
  auto transaction = Transaction::begin(*database_, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  transaction_.emplace(std::move(*transaction));
  const auto head = read_head(*database_);
  head_ = head ? std::optional(*head) : std::nullopt;
  return {};
}

Result<bool> bring_together(ReadView& one, ReadView& other) {
  constexpr int kTries = 5;
  for (int i = 0;; ++i) {
    if (!one.head() || !other.head()) return false;
    if (one.head()->size == other.head()->size && one.head()->root == other.head()->root) return true;
    if (i == kTries) return false;
    ReadView& behind = one.head()->size < other.head()->size ? one : other;
    if (auto renewed = behind.renew(); !renewed) return tl::unexpected(renewed.error());
  }
}

}  // namespace assay
