// The way back: a run derived again from the rule texts kept with it and the rows recorded before it.
#include "engine/session/replay.h"

#include "engine/eval/outcome.h"
#include "engine/session/derived.h"
#include "engine/session/rules.h"
#include "engine/session/run.h"

namespace assay {

namespace {

std::string entry_of(const RunRecord& run) {
  return fmt::format("entry {} (run {}, as at {}, known on {})", run.entry, run.number, run.as_at.to_string(),
                     run.known_on.to_string());
}

Result<std::int64_t> compare(Store& store, const RunRecord& run, const std::vector<std::string>& rows) {
  auto held = concluded(store, run.number);
  if (!held) return tl::unexpected(held.error());
  for (std::size_t i = 0; i < held->size() || i < rows.size(); ++i) {
    if (i >= rows.size())
      return fail(ErrorCode::Corruption, fmt::format("{} holds an outcome of {} for {} that does not follow",
                                                     entry_of(run), (*held)[i].rule, (*held)[i].subject));
    if (i >= held->size() || (*held)[i].row != rows[i])
      return fail(
          ErrorCode::Corruption, fmt::format("{} does not follow from its evidence and rules", entry_of(run)),
          i < held->size() ? fmt::format("{} of {}", (*held)[i].rule, (*held)[i].subject) : "an outcome is not there",
          "the evidence, the rule texts or this program differ from those of the run");
  }
  return static_cast<std::int64_t>(rows.size());
}

}  // namespace

Result<ThenInputs> inputs_of(Store& store, const RunRecord& run) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const Digest& digest : run.rulesets) {
    auto text = store.ruleset_text(digest);
    if (!text) return tl::unexpected(text.error());
    texts.emplace_back(text->name + "/" + text->file, text->text);
  }
  ThenInputs inputs;
  inputs.rules = std::make_unique<LoadedRules>(load_rules(std::move(texts)));
  if (inputs.rules->sink.has_errors())
    return fail(ErrorCode::Corruption, fmt::format("{}: the rule texts kept with it no longer check", entry_of(run)),
                {}, "use the program of that time, or see docs/language.md for what changed");
  auto snapshot = store.snapshot(inputs.rules->rulebook.schema, run.known_on, run.entry);
  if (!snapshot) return tl::unexpected(snapshot.error());
  inputs.snapshot = std::make_unique<Snapshot>(std::move(*snapshot));
  return inputs;
}

Result<ReplayReport> replay(Store& store) {
  auto runs = store.runs();
  if (!runs) return tl::unexpected(runs.error());
  ReplayReport report;
  for (const RunRecord& run : *runs) {
    auto inputs = inputs_of(store, run);
    if (!inputs) return tl::unexpected(inputs.error());
    const Rulebook& rulebook = inputs->rules->rulebook;
    Evaluation evaluation(rulebook, *inputs->snapshot);
    auto same = compare(store, run, derive(evaluation, plan(rulebook, {run.as_at, run.known_on})).rows);
    if (!same) return tl::unexpected(same.error());
    report.outcomes += *same;
    ++report.runs;
  }
  return report;
}

}  // namespace assay
