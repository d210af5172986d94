// assay trail verify: is everything as it was recorded, and does every recorded outcome still follow?
#include "apps/cli/command.h"
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
  fmt::print("The trail holds: {} entries, each as it was written.\n", hashes->entries);
  fmt::print("  {} rows of evidence in {} acts of recording hash to what their entries say.\n", hashes->rows,
             hashes->batches);
  fmt::print("  {} explanations kept in full are unchanged.\n", hashes->explanations);
  auto replayed = replay(*store);
  if (!replayed) return tell(replayed.error());
  fmt::print("  {} runs were derived again from the rules and rows of their time: {} outcomes, all the same.\n",
             replayed->runs, replayed->outcomes);
  fmt::print("Root of the log at {} entries: {}\n", hashes->head.size, hashes->head.root.to_string());
  fmt::print("This does not show that a document was true, nor that what was never recorded did not exist.\n");
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
}

}  // namespace assay::cli
