// Mappings of councils' own lists, shared by `assay map` and `assay import --map`. Internal to apps/cli.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/command.h"
#include "apps/cli/personal.h"
#include "evidence/import/mapping.h"

namespace assay::cli {

// The mapping of that name kept last. NotFound with the near name.
Result<KeptMapping> find_mapping(Store& store, const std::string& name);
// What has changed in a list since its mapping was kept, each with what is proposed.
void print_changes(const Proposal& proposal);

struct MappedImport {
  std::string map;  // the mapping's name
  std::string source, by;
  Date recorded_on;
  PersonalOptions personal;
  bool dry_run = false;
  bool every_line = false;       // tell each line, also those taken as they are
  bool without_refused = false;  // take the others where some are refused
};
// One file by its mapping: all of it or nothing.
int import_mapped(Store& store, const Rulebook& book, const MappedImport& options, const std::string& file);

}  // namespace assay::cli
