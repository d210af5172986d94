// Snapshot, evaluate, append to the trail: one transaction. And the way back: any run recorded is derived again from
// the rows and the rule texts as they stood then.
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
  bool drafts = false;           // let draft editions take part; nothing of that is recorded
  bool rows = false;             // make the machine rows too, each with the digest of its explanation
  bool official = false;         // its entry says so; whether it may is approval.h's to say
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
struct ConcludedCell {
  std::string rule, subject;  // subject as cell_subject says
  std::string row;            // the machine row
};
Result<std::vector<ConcludedCell>> concluded(Store& store, std::int64_t run);
// Of one block of rows; `run` is named where it is not as it is written.
Result<std::vector<ConcludedCell>> concluded_in_rows(const OutcomeBlock& block, std::int64_t run);

// What a machine row says: "raised", "Inadequate"; "raised, resting on what was redacted on ...".
std::string concluded_in_words(const std::string& row, const ValueType& type);

// Of a machine row that rested on what has been destroyed since: when, by whom and why. Empty of any other.
std::string redaction_in_words(const std::string& row);

// The subject of a machine row as outcomes key it: of an interaction (with a `to`) the code of its link.
std::string cell_subject(const std::string& subject, const std::string& to);

// What was asked, else the last recorded date in the store, else the as-at date.
Result<Date> known_on_of(Store& store, const std::optional<Date>& asked, Date as_at);

}  // namespace assay
