// Which batches were let in with data about persons: their entries say why, and until when.
#include "evidence/store/batch_row.h"
#include "evidence/store/state.h"

namespace assay {

Result<std::vector<PersonalHolding>> Store::personal_holdings() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  // No text within the body can look so: its quotes are escaped.
  Statement entry = state_->database.prepare(
      "SELECT number, body, file, recorded_by, imported_at FROM log_entry JOIN batch ON batch.entry = log_entry.number "
      "WHERE body LIKE '%\"personal_data\":{%' ORDER BY number",
      "the entries of the trail");
  std::vector<PersonalHolding> holdings;
  while (entry.next()) {
    BatchRow said;
    read_said(entry.text(1), said);
    if (!said.personal) {
      entry.refuse("it does not say why it holds data about persons");
      break;
    }
    holdings.push_back({entry.integer(0, 1), std::string(entry.text(2)), std::string(entry.text(3)),
                        std::string(entry.text(4)), *said.personal});
  }
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  return holdings;
}

}  // namespace assay
