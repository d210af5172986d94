// assay trail verify: is everything as it was recorded, and does every recorded outcome still follow?
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "engine/session/replay.h"

namespace assay::cli {

namespace {

int verify(CommonOptions& options) {
  auto path = take_store(options);
  if (!path) return tell(path.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto hashes = store->verify();
  if (!hashes) return tell(hashes.error());
  fmt::print("The trail holds: {}, each as it was written.\n",
             hashes->entries == 1 ? "1 entry" : fmt::format("{} entries", hashes->entries));
  fmt::print("  {} of evidence, recorded in {}, are as their entries say.\n", counted(hashes->rows, "row"),
             counted(hashes->batches, "act"));
  fmt::print("  {} kept in full are unchanged.\n", counted(hashes->explanations, "explanation"));
  if (hashes->acts > 0)
    fmt::print("  {} on rulesets, proposed or approved, stand{} with the texts meant.\n", counted(hashes->acts, "act"),
               hashes->acts == 1 ? "s" : "");
  if (hashes->mappings > 0) fmt::print("  {} of lists, kept as written.\n", counted(hashes->mappings, "mapping"));
  if (hashes->redactions > 0)
    print_lines("  ",
                fmt::format("{}: what is gone is gone as {} entr{} say{}, and the rest stands.",
                            counted(hashes->redactions, "redaction"), hashes->redactions == 1 ? "its" : "their",
                            hashes->redactions == 1 ? "y" : "ies", hashes->redactions == 1 ? "s" : ""),
                4);
  auto replayed = replay(*store);
  if (!replayed) return tell(replayed.error());
  print_lines("  ", fmt::format("{} derived again from the rules and rows of the time: {}, all the same.",
                                counted(replayed->runs, "run"), counted(replayed->outcomes, "outcome")));
  if (replayed->redacted > 0)
    print_lines("  ",
                fmt::format("{} more cannot be derived again, since what they rested on has been redacted: "
                            "`assay trail replay` names them.",
                            counted(replayed->redacted, "outcome")),
                4);
  fmt::print("Root of the log at {}:\n  {}\n", hashes->head.size, hashes->head.root.to_string());
  print_lines("", "This does not show that a document was true, nor that what was never recorded did not exist.");
  return kDone;
}

}  // namespace

void add_trail(Program& program) {
  CLI::App* trail = program.app.add_subcommand("trail", "the audit trail");
  trail->require_subcommand(1);
  auto options = std::make_shared<CommonOptions>();
  CLI::App* command = trail->add_subcommand("verify", "recompute every hash and derive every recorded outcome again");
  add_common(*command, *options, "STORE", false);
  command->callback([&program, options] { program.exit = verify(*options); });
  add_trail_personal(program, *trail);
  add_trail_redact(program, *trail);
  add_trail_replay(program, *trail);
  add_trail_log(program, *trail);
}

}  // namespace assay::cli
