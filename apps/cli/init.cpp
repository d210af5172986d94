// assay init STORE: a new, empty evidence store.
#include "apps/cli/command.h"

namespace assay::cli {

void add_init(Program& program) {
  auto path = std::make_shared<std::string>(), by = std::make_shared<std::string>();
  CLI::App* command = program.app.add_subcommand("init", "make a new evidence store");
  command->add_option("store", *path, "STORE")->required();
  command->add_option("--by", *by, "who makes it (else the login name)")->type_name("NAME");
  command->callback([&program, path, by] {
    auto store = Store::create(*path, now_utc(), by->empty() ? login_name() : *by);
    if (!store) {
      program.exit = tell(store.error());
      return;
    }
    fmt::print("{}: a new store, with nothing recorded yet\n", *path);
  });
}

}  // namespace assay::cli
