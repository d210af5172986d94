// assay trail verify: is everything as it was recorded, and does every recorded outcome still follow?
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "apps/cli/trail_parts.h"
#include "engine/session/replay.h"

namespace assay::cli {

namespace {

struct VerifyOptions {
  CommonOptions common;
  AgainstOptions against;
};

int verify(VerifyOptions& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  if (is_packet(*path)) return verify_packet(*path, options.against);
  if (!options.against.keys.empty() || !options.against.policy.empty())
    return wrong_use("--log-key and --policy are about a packet", "a store is held --against checkpoints");
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
  if (hashes->keys > 0)
    fmt::print("  {}, the last of which signs it; {} made for others.\n", counted(hashes->keys, "key"),
               counted(hashes->packets, "packet"));
  if (auto held = hold_against(*store, options.against.kept); !held) return tell(held.error());
  auto replayed = replay(*store);
  if (!replayed) return tell(replayed.error());
  print_lines("  ", fmt::format("{} derived again from the rules and rows of the time: {}, all the same.",
                                counted(replayed->runs, "run"), counted(replayed->outcomes, "outcome")));
  if (replayed->redacted > 0)
    print_lines("  ",
                fmt::format("{} cannot be derived again, since what was rested on has been redacted: "
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
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = trail->add_subcommand(
      "verify", "recompute every hash and derive every recorded outcome again, of a store or of a packet");
  add_common(*command, options->common, "STORE or PACKET", false);
  command->add_option("--against", options->against.kept, "a checkpoint that somebody kept; may be said again")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--log-key", options->against.keys, "of a packet: the key of its log, as you were told it")
      ->type_name("KEY")
      ->allow_extra_args(false);
  command->add_option("--policy", options->against.policy, "of a packet: whom you trust (C2SP tlog-policy)")
      ->type_name("FILE");
  command->callback([&program, options] { program.exit = verify(*options); });
  add_trail_key(program, *trail);
  add_trail_checkpoint(program, *trail);
  add_trail_witness(program, *trail);
  add_trail_export(program, *trail);
  add_trail_sent(program, *trail);
  add_trail_personal(program, *trail);
  add_trail_redact(program, *trail);
  add_trail_replay(program, *trail);
  add_trail_log(program, *trail);
}

}  // namespace assay::cli
