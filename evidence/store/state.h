// What an open store keeps. Private to evidence/store.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "evidence/store/block_table.h"
#include "evidence/store/database.h"
#include "evidence/store/names.h"
#include "evidence/store/run_outline.h"
#include "evidence/store/store.h"
#include "evidence/store/store_end.h"

namespace assay {

// As Store::open does for Access::Read.
Result<Database> open_to_read(const std::string& path);

struct Store::State {
  State() = default;
  ~State() { end.finish(database); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Database database;
  Access access = Access::Read;
  Names names;
  // Size of the trail when the names were read: another program may have added some since.
  std::optional<std::int64_t> names_as_of;
  KnownEnd end;
  std::optional<BlockTable> blocks;  // from the first batch on; after the database, which it must not outlive
  bool recording = false;            // a BatchWriter is at work
  // By run, of the few last asked for: what has been recorded of one never changes.
  std::map<std::int64_t, std::shared_ptr<const RunOutline>> outlines;

  // WrongUse while a batch is being recorded, since its rows would be seen before they count.
  Result<void> expect_at_rest() const;
  // And WrongUse when opened for reading.
  Result<void> expect_writable() const;
  // An act of which all stands in its entry, as a transaction of its own. Busy where `at` is given and is not the size
  // of the trail by then.
  Result<std::int64_t> append_alone(std::string_view body, std::optional<std::int64_t> at = {});
  // Within a transaction. Busy when names not yet written would clash with another program's.
  Result<void> refresh_names();
  Result<void> refresh_names(std::int64_t trail_size);  // which is known already
};

}  // namespace assay
