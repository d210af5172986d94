// Recomputing everything a store claims of itself, entry by entry. Private to evidence/store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/store/batch_row.h"
#include "evidence/store/block.h"
#include "evidence/store/database.h"
#include "evidence/store/leaf_maker.h"
#include "evidence/store/names.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/ruleset_act.h"
#include "evidence/store/run_row.h"
#include "evidence/store/store.h"
#include "evidence/store/stored_row.h"
#include "evidence/trail/merkle.h"

namespace assay {

Result<VerifyReport> verify_store(const Database& database);

// Walks all tables side by side in the order of recording, so that each row is read once and every one is accounted
// for: what no entry covers is found because it is still there at the end.
class Verification {
 public:
  explicit Verification(const Database& database);
  Result<VerifyReport> run();

 private:
  // verify.cpp
  Result<void> read_acts();            // the next batch and the next run, unless they stand ready
  Result<void> verify_entry();         // the one that stands ready: its hash, its head, and the act it records
  Result<void> verify_nothing_left();  // rows that belong to no act
  // verify_batch.cpp
  Result<void> verify_batch(const BatchRow& batch);
  Result<void> verify_names(const BatchRow& batch);
  Result<std::vector<Digest>> make_nodes(const BatchRow& batch);
  Result<void> verify_nodes(const BatchRow& batch, const std::vector<Digest>& made);
  Result<void> next_row(const BatchRow& batch, Block& block);  // its leaf to the block's
  // How a text has to be found.
  struct TextForm {
    bool salted = false;     // else without a salt
    bool destroyed = false;  // else with its content
  };
  Result<Digest> next_text(std::int64_t number, std::int64_t row, TextForm form);
  Result<std::string> next_salt(std::int64_t row, bool destroyed);
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

  // Corruption in the entry at hand.
  tl::unexpected<Error> bad(std::string_view what) const;
  // The fault of a statement if it has one, else `what`; in the entry at hand.
  tl::unexpected<Error> bad(Statement& statement, std::string_view what) const;

  const Database& database_;
  VerifyReport report_;  // so far
  MerkleEdge edge_;
  std::string key_;                // the last one recorded
  std::string body_, entry_name_;  // of the entry at hand: "entry 7 (batch 5, cqc.csv)"
  Names names_;
  Redactions redactions_;  // all, whenever they came
  NameCounts known_;        // after the batches so far
  std::int64_t texts_ = 0;  // read so far, as are the next three
  std::int64_t blocks_ = 0, explanations_ = 0;
  std::map<std::int64_t, std::vector<BlockDigest>> run_blocks_;  // by run
  std::vector<RulesetName> rulesets_;
  bool run_ruleset_ready_ = false;             // the next run's first is read already
  std::optional<std::int32_t> last_recorded_;  // of the rows of the batch at hand
  LeafMaker leaves_;
  std::optional<BatchRow> batch_;
  std::optional<RunRow> run_;
  Statement entry_, head_, next_batch_, next_run_, row_, text_, node_, run_ruleset_, ruleset_, block_, explanation_;
};

}  // namespace assay
