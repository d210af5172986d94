// The subcommands below `assay trail`. Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"

namespace assay::cli {

void add_trail_key(Program& program, CLI::App& trail);
void add_trail_checkpoint(Program& program, CLI::App& trail);
void add_trail_witness(Program& program, CLI::App& trail);
void add_trail_export(Program& program, CLI::App& trail);
void add_trail_sent(Program& program, CLI::App& trail);

// The words of a subcommand that works on a store.
void add_store(CLI::App& command, CommonOptions& options, const std::string& words);
// --by, else the login name.
std::string who(const std::string& by);

// Is the file a packet, by how it begins?
bool is_packet(const std::string& path);
struct AgainstOptions {
  std::vector<std::string> kept, keys;
  std::string policy;
};
// Does the packet hold, and does its outcome follow from what it holds?
int verify_packet(const std::string& path, const AgainstOptions& against);
// Does the trail of a store go on from each of the checkpoints?
Result<void> hold_against(Store& store, const std::vector<std::string>& kept);

}  // namespace assay::cli
