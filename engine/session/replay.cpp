// The way back: a run derived again from the rule texts kept with it and the rows recorded before it.
#include "engine/session/replay.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/columns/pack.h"
#include "engine/eval/outcome.h"
#include "engine/session/derived.h"
#include "engine/session/packed_run.h"
#include "engine/session/run.h"
#include "engine/session/sealed.h"

namespace assay {

namespace {

std::string entry_of(const RunRecord& run) {
  return fmt::format("entry {} (run {}, as at {}, known on {})", run.entry, run.number, run.as_at.to_string(),
                     run.known_on.to_string());
}

using Key = std::pair<std::string, std::string>;  // rule and subject

class Comparison {
 public:
  Comparison(Store& store, const RunRecord& run, const ThenInputs& inputs)
      : store_(store),
        inputs_(inputs),
        evaluation_(inputs.rules->rulebook, *inputs.snapshot),
        plan_(plan(inputs.rules->rulebook, {run.as_at, run.known_on})) {
    done_.run = run;
  }
  Result<ReplayedRun> compare();

 private:
  Result<void> load_redactions();
  Result<void> compare_rows();
  Result<void> compare_explanations();
  // The redacted row that the outcome at this place rests on, in words; nothing where there is none.
  std::optional<std::string> redacted_row(std::size_t place);
  tl::unexpected<Error> differs(const std::string& what) const;

  Store& store_;
  const ThenInputs& inputs_;
  Evaluation evaluation_;
  Plan plan_;
  Derived derived_;
  ReplayedRun done_;
  std::map<std::int64_t, std::string> gone_;  // row to words
  std::set<Key> not_derived_;
};

Result<void> Comparison::load_redactions() {
  auto redactions = store_.redactions();
  if (!redactions) return tl::unexpected(redactions.error());
  for (const Redaction& redaction : *redactions)
    for (const Redaction::Row& row : redaction.rows)
      gone_[row.row] = fmt::format("row {}, {}", row.row, in_words(redaction));
  return {};
}

std::optional<std::string> Comparison::redacted_row(std::size_t place) {
  if (gone_.empty() || place >= derived_.outcomes.size()) return std::nullopt;
  const Outcome& outcome = derived_.outcomes[place];
  for (const Observation* row : evaluation_.reads(outcome.rule, outcome.subject, {outcome.as_at}))
    if (const auto found = gone_.find(row->row); found != gone_.end()) return found->second;
  // A row that gives no value any more is named by what would settle the outcome.
  for (const Reason& reason : outcome.cell.why)
    for (const Observation& row : inputs_.snapshot->rows(reason.field, reason.subject))
      if (const auto found = gone_.find(row.row); found != gone_.end()) return found->second;
  return std::nullopt;
}

// Hashes first: what is not as it was recorded is the input that differs. Else it is what reads them.
tl::unexpected<Error> Comparison::differs(const std::string& what) const {
  if (const auto sound = store_.verify(); !sound) return tl::unexpected(sound.error());
  return fail(ErrorCode::Corruption,
              fmt::format("{}: {} does not follow, though every text of the rules, every row and every outcome is as "
                          "recorded: this program reads them otherwise than the one that made the run",
                          entry_of(done_.run), what),
              {}, "use the program of that time, or see docs/language.md for what changed");
}

Result<void> Comparison::compare_rows() {
  auto held = concluded(store_, done_.run.number);
  if (!held) return tl::unexpected(held.error());
  const auto& rows = derived_.rows;
  for (std::size_t i = 0; i < held->size() || i < rows.size(); ++i) {
    if (i >= held->size()) return differs("an outcome that the run does not hold");
    const ConcludedCell& cell = (*held)[i];
    if (i < rows.size() && cell.row == rows[i]) {
      ++done_.outcomes;
      continue;
    }
    const std::string marked = redaction_in_words(cell.row);
    const auto row = redacted_row(i);
    if (!row && marked.empty()) return differs(fmt::format("{} of {}", cell.rule, cell.subject));
    done_.redacted.push_back({cell.rule, cell.subject, row.value_or(marked)});
    not_derived_.emplace(cell.rule, cell.subject);
  }
  return {};
}

Result<void> Comparison::compare_explanations() {
  auto kept = store_.run_explanations(done_.run.number);
  if (!kept) return tl::unexpected(kept.error());
  std::map<Key, const std::string*> made;
  for (const Candidate& candidate : derived_.candidates)
    made[{candidate.kept.rule, candidate.kept.subject}] = &candidate.kept.json;
  for (const KeptExplanation& one : *kept) {
    const std::string_view json = explanation_in(one.json);
    const auto found = made.find({one.rule, one.subject});
    const std::string code = one.subject.substr(one.subject.find(':') + 1);
    const bool link = code.find('>') != std::string::npos;
    if (json.starts_with("{\"redacted\":") || not_derived_.contains({one.rule, link ? code : one.subject})) continue;
    if (found == made.end() || *found->second != json)
      return differs(fmt::format("the explanation kept of {} of {}", one.rule, one.subject));
    ++done_.explanations;
  }
  return {};
}

Result<ReplayedRun> Comparison::compare() {
  auto done = load_redactions();
  if (!done) return tl::unexpected(done.error());
  derived_ = derive(evaluation_, plan_);
  if (done = compare_rows(); !done) return tl::unexpected(done.error());
  if (done = compare_explanations(); !done) return tl::unexpected(done.error());
  return std::move(done_);
}

Result<std::unique_ptr<LoadedRules>> rules_of(Store& store, const RunRecord& run) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const Digest& digest : run.rulesets) {
    auto text = store.ruleset_text(digest);
    if (!text) return tl::unexpected(text.error());
    if (sha256(std::string_view(text->text)) != digest)
      return fail(
          ErrorCode::Corruption,
          fmt::format("{}: the text of ruleset {} in {} is not the one it used", entry_of(run), text->name, text->file),
          {}, "restore the store from a copy, then verify it");
    texts.emplace_back(text->name + "/" + text->file, text->text);
  }
  auto rules = std::make_unique<LoadedRules>(load_rules(std::move(texts)));
  if (rules->sink.has_errors())
    return fail(ErrorCode::Corruption, fmt::format("{}: the rule texts kept with it no longer check", entry_of(run)),
                {}, "use the program of that time, or see docs/language.md for what changed");
  return rules;
}

// The first redaction after the run: what it rested on may be gone.
Result<std::optional<std::int64_t>> redacted_since(Store& store, const RunRecord& run) {
  auto redactions = store.redactions();
  if (!redactions) return tl::unexpected(redactions.error());
  for (const Redaction& one : *redactions)
    if (one.entry >= run.read) return one.entry;
  return std::optional<std::int64_t>();
}

Result<ReplayedRun> replay_packed(Store& store, const RunRecord& run, const std::vector<OutcomeBlock>& held) {
  auto rules = rules_of(store, run);
  if (!rules) return tl::unexpected(rules.error());
  auto made = packed_blocks(store, (*rules)->rulebook, run.as_at, run.known_on, run.read);
  if (!made) return tl::unexpected(made.error());
  ReplayedRun done{run, 0, 0, {}};
  for (const PackedCounts& counts : made->result.counts)
    done.outcomes += counts.fell.known + counts.fell.unknown + counts.fell.not_applicable;
  const auto same = [](const OutcomeBlock& a, const OutcomeBlock& b) {
    return a.rule == b.rule && a.block == b.block && a.bytes == b.bytes;
  };
  if (std::equal(held.begin(), held.end(), made->blocks.begin(), made->blocks.end(), same)) return done;
  auto since = redacted_since(store, run);
  if (!since) return tl::unexpected(since.error());
  if (!*since)
    return fail(
        ErrorCode::Corruption, fmt::format("{} does not follow from its evidence and rules", entry_of(run)), {},
        "`assay trail verify` says whether a text, a row or an outcome is not as recorded; else this program is");
  done.outcomes = 0;
  done.redacted.push_back(
      {"the packed answers", "all bodies", fmt::format("evidence that has been redacted since, in entry {}", **since)});
  return done;
}

}  // namespace

Result<ThenInputs> inputs_of(Store& store, const RunRecord& run) {
  auto rules = rules_of(store, run);
  if (!rules) return tl::unexpected(rules.error());
  ThenInputs inputs;
  inputs.rules = std::move(*rules);
  auto snapshot = store.snapshot(inputs.rules->rulebook.schema, run.known_on, run.read);
  if (!snapshot) return tl::unexpected(snapshot.error());
  inputs.snapshot = std::make_unique<Snapshot>(std::move(*snapshot));
  return inputs;
}

Result<ReplayedRun> replay(Store& store, const RunRecord& run) {
  auto held = store.run_blocks(run.number);
  if (!held) return tl::unexpected(held.error());
  if (std::any_of(held->begin(), held->end(), [](const auto& block) { return columns::is_packed(block.bytes); }))
    return replay_packed(store, run, *held);
  auto inputs = inputs_of(store, run);
  if (!inputs) return tl::unexpected(inputs.error());
  return Comparison(store, run, *inputs).compare();
}

Result<ReplayReport> replay(Store& store) {
  auto runs = store.runs();
  if (!runs) return tl::unexpected(runs.error());
  ReplayReport report;
  for (const RunRecord& run : *runs) {
    auto one = replay(store, run);
    if (!one) return tl::unexpected(one.error());
    report.outcomes += one->outcomes;
    report.redacted += static_cast<std::int64_t>(one->redacted.size());
    ++report.runs;
  }
  return report;
}

}  // namespace assay
