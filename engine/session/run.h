// Snapshot, evaluate, append to the trail: one transaction. And the way back: any run recorded is derived again from the rows and the rule
// texts as they stood then.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/explain/explanation.h"
#include "evidence/store/store.h"

namespace assay {

struct RunRequest {
  std::vector<Date> as_at;       // one, or the dates of a grid in order; each becomes a run of its own
  std::optional<Date> known_on;  // default: the last recorded date in the store
  std::string run_by, run_at;    // who; UTC moment, RFC 3339
  bool record = true;            // false: evaluate only
  bool rows = false;             // make the machine rows too
};

struct RunResult {
  std::optional<RunRecord> record;
  Date as_at, known_on;
  std::vector<Outcome> outcomes;
  std::vector<std::string> rows;  // one canonical JSON object per outcome, in order
  std::int64_t kept_explanations = 0;
};

// `consume` sees each date's results while its evaluation is alive (for tables, reports).
using RunConsumer = std::function<Result<void>(const RunResult&, Evaluation&)>;
Result<void> run(Store& store, const Rulebook& rulebook, const RunRequest& request, const RunConsumer& consume);

// What a run concluded, from its outcome blocks.
struct ConcludedCell { std::string rule, subject; std::string row; };
Result<std::vector<ConcludedCell>> concluded(Store& store, std::int64_t run);

struct ReplayReport { std::int64_t runs = 0, outcomes = 0; };
// Derives the outcomes of every run again from the rows recorded before it and the texts kept with it. Corruption names the run and the first
// outcome that differs.
Result<ReplayReport> replay(Store& store);

}  // namespace assay
