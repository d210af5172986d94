// The nine quality statements by which CQC assesses a council, as people name them in a cell: `7`, `QS7/8`, `1-3`,
// `Safeguarding`, `All`. In CQC's own order, which is that of its reports.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"

namespace assay {

struct QualityStatement {
  int number;             // from 1
  std::string_view name;  // of its score in cqc.local_authority
  std::string_view title;
};
std::span<const QualityStatement> quality_statements();

// Their numbers, ascending, each once. BadInput names what is none of them.
Result<std::vector<int>> read_statements(std::string_view text);
// "safeguarding; governance": how a store keeps them. It is read by read_statements.
std::string statements_text(std::span<const int> numbers);

}  // namespace assay
