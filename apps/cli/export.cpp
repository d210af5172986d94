// assay export: outcomes with their basis, provenance and rules, in the formats that other tools read.
#include "apps/cli/export.h"

#include <filesystem>
#include <map>

#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "apps/cli/run_table.h"
#include "engine/explain/rests.h"
#include "engine/explain/words.h"
#include "engine/plan/plan.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string format, out, subject;
};

ExportedOutcome exported_outcome(Evaluation& evaluation, Explainer& explainer, Outcome outcome) {
  const Explanation explanation = explainer.explain(outcome);
  const ProofStep& root = explanation.steps[explanation.root.index];
  ExportedOutcome out;
  const Subject& who = evaluation.snapshot().subject(outcome.subject);
  out.rule = evaluation.rulebook().rule(outcome.rule).name;
  out.subject = who.from ? who.code : subject_text(evaluation.snapshot(), outcome.subject);
  out.name = name_on(evaluation.snapshot(), outcome.subject, outcome.as_at);
  out.title = evaluation.rulebook().rule(outcome.rule).title;
  out.status = to_string(outcome.status);
  out.result = root.result;
  out.sentence = root.sentence;
  if (outcome.cell.unknown()) out.wanting = wanting_in_words(outcome.cell.why, evaluation.snapshot());
  out.basis = root.basis;
  out.remark = root.remark;
  out.cites = root.cites;
  out.marks = root.marks;
  for (const EvidenceLeaf* leaf : rests_on(explanation).answers) out.rests_on.push_back(*leaf);
  out.outcome = std::move(outcome);
  return out;
}

// Of the rows in the snapshot, each once, in the order of recording.
std::vector<Batch> batches_of(const Snapshot& snapshot) {
  std::map<std::int64_t, Batch> batches;
  for (const Observation& row : snapshot.all_rows()) {
    const Batch& batch = snapshot.batch(row.batch);
    batches.try_emplace(batch.entry, batch);
  }
  std::vector<Batch> out;
  for (auto& [entry, batch] : batches) out.push_back(std::move(batch));
  return out;
}

Result<std::optional<RunRecord>> run_of(Asked& asked) {
  auto runs = asked.store->runs();
  if (!runs) return tl::unexpected(runs.error());
  std::optional<RunRecord> found;
  for (const RunRecord& run : *runs)
    if (run.as_at == asked.as_at && run.known_on == asked.known_on) found = run;
  return found;
}

int write(const Exported& exported, const Options& options) {
  if (options.format == "xlsx") {
    if (auto written = write_workbook(exported, options.out); !written) return tell(written.error());
    fmt::print("{}: {} with their basis\n", options.out,
               counted(static_cast<std::int64_t>(exported.outcomes.size()), "outcome"));
    return kDone;
  }
  if (options.format == "csv") {
    print_outcome_table(exported);
    return kDone;
  }
  const std::string document = options.format == "prov"            ? to_prov(exported)
                               : options.format == "oscal-results" ? to_oscal_results(exported)
                               : options.format == "oscal-catalog" ? to_oscal_catalog(exported)
                                                                   : to_oscal_mapping(exported);
  if (options.format == "oscal-mapping" && document.empty())
    return tell({ErrorCode::NotFound,
                 "the rules in force have no interaction, so there is nothing to map",
                 {},
                 "give rules that declare one with --rules"});
  fmt::print("{}\n", document);
  return kDone;
}

int export_all(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  if (options.format == "xlsx" && options.out.empty())
    return wrong_use("a workbook is a file", "name it with --out FILE.xlsx");
  if (options.format != "xlsx" && !options.out.empty())
    return wrong_use("--out is of a workbook; the other formats are printed", "write them to a file with > FILE");
  if (!options.common.words.empty())
    return wrong_use(fmt::format("`{}` is a word too many here", options.common.words.front()),
                     "one subject only: --subject NAME");
  std::optional<SubjectId> subject;
  if (!options.subject.empty()) {
    auto found = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.subject);
    if (!found) return tell(found.error());
    subject = *found;
  }
  auto head = asked.store->head();
  if (!head) return tell(head.error());
  auto run = run_of(asked);
  if (!run) return tell(run.error());
  Exported exported{asked.book(),
                    *asked.snapshot,
                    std::filesystem::path(asked.path).filename().string(),
                    asked.as_at,
                    asked.known_on,
                    now_utc(),
                    *head,
                    *run,
                    batches_of(*asked.snapshot),
                    asked.acts,
                    {}};
  Evaluation evaluation(asked.book(), *asked.snapshot);
  Explainer explainer(evaluation);
  for (Outcome& outcome : outcomes(evaluation, plan(asked.book(), {asked.as_at, asked.known_on}))) {
    const Subject& who = asked.snapshot->subject(outcome.subject);
    if (subject && outcome.subject != *subject && who.from != subject && who.to != subject) continue;
    exported.outcomes.push_back(exported_outcome(evaluation, explainer, std::move(outcome)));
  }
  return write(exported, options);
}

}  // namespace

void add_export(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      program.app.add_subcommand("export", "outcomes with their basis, and where they come from, for other tools");
  add_common(*command, options->common, "STORE", true);
  command
      ->add_option("--format", options->format,
                   "csv, xlsx, prov (W3C PROV-JSON), oscal-results, oscal-catalog or oscal-mapping")
      ->required()
      ->check(one_of({"csv", "xlsx", "prov", "oscal-results", "oscal-catalog", "oscal-mapping"}));
  command->add_option("--out", options->out, "the file of a workbook")->type_name("FILE.xlsx");
  command->add_option("--subject", options->subject, "one subject only")->type_name("SUBJECT");
  command->callback([&program, options] { program.exit = export_all(*options); });
}

}  // namespace assay::cli
