// How far a store goes: what the next act is numbered from. Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/log.h"

namespace assay {

struct StoreEnd {
  std::int64_t row = 0, text = 0, batch = 0;  // the last of each; 0: none
  TrailEnd trail;
  std::int64_t format = 0;  // of the file
  bool known = false;       // without having been read: our own last batch made it so
};

// The greatest number in a column, which stands at the end of its table; 0 for none.
Result<std::int64_t> last_number(const Database& database, std::string_view column, std::string_view table,
                                 std::string_view what);
// Within a transaction that writes.
Result<StoreEnd> read_end(const Database& database);

// The end as our own last batch left it, for as long as nobody has written since: a single record would else spend a
// tenth of its time on asking for it.
class KnownEnd {
 public:
  // Within a transaction that writes: as it is known, or read.
  Result<StoreEnd> of(const Database& database) const;
  // Right after the act that made it so.
  void keep(const Database& database, StoreEnd end);
  // Keeps the heads that are still wanting, if nobody has written since and nobody does. To be asked before the
  // connection closes; whoever writes next does it otherwise.
  void finish(const Database& database);

 private:
  struct Kept {
    std::uint32_t version = 0;  // of the database
    StoreEnd end;
  };
  std::optional<Kept> kept_;
};

}  // namespace assay
