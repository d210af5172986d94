// The report: one self-contained page that prints. Takes what was evaluated; knows nothing of files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/eval/outcome.h"
#include "evidence/store/store.h"

namespace assay::cli {

struct ReportRequest {
  Date as_at, known_on;
  LogHead log;
  // The outcome whose explanation is opened in full; none: the first raised flag of the highest severity.
  std::optional<Outcome> opened;
  std::vector<std::string> approvals;  // of each ruleset of the rulebook: draft, or approved by whom and when
};

// HTML, UTF-8. Nothing in it is fetched from elsewhere.
std::string report_page(Evaluation& evaluation, const std::vector<Outcome>& outcomes, const ReportRequest& request);

}  // namespace assay::cli
