// Texts by number, in one pass.
#include <fmt/format.h>

#include "evidence/store/state.h"

namespace assay {

Result<void> Store::texts(std::span<const std::int64_t> ascending,
                          const std::function<void(std::size_t, std::string_view)>& consume) {
  if (ascending.empty()) return {};
  Statement row = state_->database.prepare("SELECT id, content FROM text_value WHERE id >= ? AND id <= ? ORDER BY id",
                                           "the texts");
  row.with(ascending.front(), ascending.back());
  std::size_t i = 0;
  while (row.next()) {
    // One that is redacted says nothing.
    while (i < ascending.size() && row.integer(0, 1) == ascending[i])
      consume(i++, row.is_null(1) ? std::string_view() : row.text(1));
  }
  if (auto done = row.end(); !done) return done;
  if (i == ascending.size()) return {};
  return fail(ErrorCode::Corruption, fmt::format("the store is damaged in the texts: text {} is missing", ascending[i]),
              state_->database.path(), "restore the store from a copy, then verify it");
}

}  // namespace assay
