// What a connection sees of a store while others write. SQLite as it comes cannot give two connections one view, but
// every act adds a head to the trail: two that see the same newest head see the same acts. Private to evidence/store.
#pragma once

#include <optional>

#include "evidence/store/database.h"
#include "evidence/store/log.h"

namespace assay {

// A read transaction, with the newest head in it.
class ReadView {
 public:
  static Result<ReadView> begin(const Database& database);  // which outlives it
  Result<void> renew();                                     // begins anew, so that it sees what was written since
  // Nothing where it cannot be read, which is for others to say.
  const std::optional<LogHead>& head() const { return head_; }

 private:
  explicit ReadView(const Database& database) : database_(&database) {}
  const Database* database_;
  std::optional<Transaction> transaction_;
  std::optional<LogHead> head_;
};

// Begins anew whichever is behind, a few times; whether both see the same then.
Result<bool> bring_together(ReadView& one, ReadView& other);

}  // namespace assay
