// Rows whose time to be destroyed has come: let in as data about persons until a day, or kept for as long as the rules
// say of their evidence (`keep for`, docs/language.md 5.11).
#pragma once

#include <string>
#include <vector>

#include "dsl/check/rulebook.h"
#include "evidence/store/store.h"

namespace assay {

struct ExpiredRow {
  std::int64_t row = 0;
  std::string subject, field;
  std::string why;  // "kept for 6 years from 31 March 2019"
};

// Those that still hold something by the day; by number, each once.
Result<std::vector<ExpiredRow>> expired_rows(Store& store, const Rulebook& rulebook, Date day);

}  // namespace assay
