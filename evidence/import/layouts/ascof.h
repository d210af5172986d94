// What both forms of the Adult Social Care Outcomes Framework share, so that they import to the same evidence.
#pragma once

#include <string>
#include <string_view>

#include "evidence/import/layouts/layouts.h"

namespace assay {

// One measure of one area in one financial year. `outcome` may be a marker: [x], [c] or [z].
struct AscofReading {
  std::string_view heading, metric, area_code, outcome;
  bool england = false;
  FinancialYear year;
  std::string_view numerator, denominator;
  std::string_view on_earlier_basis;  // the same reading as it was before carers were counted otherwise, in 2016-17
};
void add_ascof(TableReading& in, const AscofReading& reading);
// England as a body of its own, before its first reading.
void add_england(TableReading& in, std::string_view heading, std::string_view name);

}  // namespace assay
