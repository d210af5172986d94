// Recomputing everything a store claims of itself, entry by entry. Private to evidence/store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/store/batch_row.h"
#include "evidence/store/database.h"
#include "evidence/store/key_act.h"
#include "evidence/store/names.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/ruleset_act.h"
#include "evidence/store/run_outline.h"
#include "evidence/store/run_row.h"
#include "evidence/store/second_reader.h"
#include "evidence/store/store.h"
#include "evidence/store/verify_rows.h"
#include "evidence/trail/merkle.h"

namespace assay {

// How large a part of the work has to be before it is worth sharing out.
struct VerifyShares {
  std::int64_t rows_each = 65'536;          // a multiple of kRowsPerNode
  std::uintmax_t second_from = 8ULL << 20;  // bytes of a file from which on a second thread reads it too
};

Result<VerifyReport> verify_store(const Database& database, const VerifyShares& shares = {});

// Walks all tables side by side in the order of recording, so that each row is read once and every one is accounted
// for: what no entry covers is found because it is still there at the end.
class Verification {
 public:
  // `second` may be null, and outlives this.
  Verification(const Database& database, SecondReader* second, const VerifyShares& shares);
  Result<VerifyReport> run();

 private:
  // verify.cpp
  Result<void> read_acts();    // the next batch and the next run, unless they stand ready
  Result<bool> has_more();     // entries
  Result<Digest> next_leaf();  // of the next entry, with its body
  bool stands_elsewhere();
  Result<void> verify_entry();              // the next: its hash, its head, and the act it records
  Result<void> verify_head(bool of_batch);  // the one kept of the entry at hand, if it has to be
  Result<void> verify_nothing_left();       // rows that belong to no act
  // verify_batch.cpp
  Result<void> verify_batch(const BatchRow& batch);
  Result<void> verify_names(const BatchRow& batch);
  Result<void> verify_rows(const BatchRow& said);
  Result<std::int64_t> most_rows(const BatchRow& said);  // that it can have, whatever it says
  Result<void> verify_nodes(const BatchRow& batch, const std::vector<Digest>& made);
  // How the rows of a node are not as recorded, as far as that can be proved.
  std::string what_is_wrong(const BatchRow& batch, std::size_t position);
  Result<void> verify_no_more_rows();
  // verify_run.cpp
  Result<void> verify_run(const RunRow& run);
  Result<std::vector<RulesetName>> next_rulesets(const RunRow& run);
  Result<void> next_text_of_ruleset();  // the next one kept
  // verify_act.cpp
  Result<void> verify_act(const RulesetAct& act);
  // verify_redaction.cpp
  Result<void> verify_redaction(const Redaction& redaction);
  Result<void> verify_key(const KeyAct& act);
  Result<Digest> next_outcomes(const RunRow& run, std::int64_t base);
  Result<Digest> next_explanations(const RunRow& run);

  FaultIn fault() const { return {database_.path(), entry_name_}; }
  // Corruption in the entry at hand.
  tl::unexpected<Error> bad(std::string_view what) const;
  // The fault of a statement if it has one, else `what`; in the entry at hand.
  tl::unexpected<Error> bad(Statement& statement, std::string_view what) const;

  const Database& database_;
  SecondReader* second_;
  VerifyShares shares_;
  VerifyReport report_;  // so far
  MerkleEdge edge_;
  std::string key_;                // the last one recorded
  std::string body_, entry_name_;  // of the entry at hand: "entry 7 (batch 5, cqc.csv)"
  Names names_;
  Redactions redactions_;   // all, whenever they came
  NameCounts known_;        // after the batches so far
  std::int64_t texts_ = 0;  // read so far, as are the next three
  std::int64_t blocks_ = 0, explanations_ = 0;
  std::map<std::int64_t, RunOutline> run_blocks_;  // by run
  std::vector<RulesetName> rulesets_;
  bool heads_ended_ = false;
  std::size_t wanting_ = 0;                              // heads of batches since then
  bool run_ruleset_ready_ = false, node_ready_ = false;  // the first of the next run or batch is read already
  bool entry_ready_ = false;                             // likewise
  RowCheck rows_;
  std::optional<BatchRow> batch_;
  std::optional<RunRow> run_;
  Statement entry_, head_, next_batch_, next_run_, node_, run_ruleset_, ruleset_, block_, explanation_;
};

}  // namespace assay
