// assay trail replay: a past run derived again from what was known then, byte for byte, or which input differs.
#include "engine/session/replay.h"

#include "apps/cli/command.h"
#include "apps/cli/lines.h"

namespace assay::cli {

namespace {

int print_replayed(const ReplayedRun& replayed) {
  const RunRecord& run = replayed.run;
  print_lines("",
              fmt::format("run {}{}, trail entry {}, as at {}, known on {}, by {} at {}:", run.number,
                          run.official ? " (official)" : "", run.entry, run.as_at.to_string(), run.known_on.to_string(),
                          run.run_by, run.run_at),
              2);
  print_lines("  ",
              fmt::format("{} and {} kept in full derived again, byte for byte", counted(replayed.outcomes, "outcome"),
                          counted(replayed.explanations, "explanation")),
              4);
  for (const NotDerived& one : replayed.redacted)
    print_lines("  ", fmt::format("not derived again: {} of {}, which rested on {}", one.rule, one.subject, one.why),
                4);
  return replayed.redacted.empty() ? kDone : kNo;
}

int replay_runs(CommonOptions& options) {
  auto path = take_store(options);
  if (!path) return tell(path.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto runs = store->runs();
  if (!runs) return tell(runs.error());
  int exit = kDone;
  std::size_t found = 0;
  for (const RunRecord& run : *runs) {
    if (!options.words.empty() && options.words[0] != std::to_string(run.number)) continue;
    ++found;
    auto replayed = replay(*store, run);
    if (!replayed) return tell(replayed.error());
    exit = std::max(exit, print_replayed(*replayed));
  }
  if (found > 0) return exit;
  if (options.words.empty()) {
    fmt::print("The trail has no run yet.\n");
    return kDone;
  }
  return wrong_use(fmt::format("the trail has no run {}", options.words[0]),
                   runs->empty() ? "it has none yet: `assay run` makes one" : fmt::format("it has {}", runs->size()));
}

}  // namespace

void add_trail_replay(Program& program, CLI::App& trail) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App* command = trail.add_subcommand(
      "replay", "derive a past run again, byte for byte, from what was known then; or say which input differs");
  command->add_option("words", options->words, "STORE [RUN]");
  command->add_option("--store", options->store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
  command->callback([&program, options] { program.exit = replay_runs(*options); });
}

}  // namespace assay::cli
