// The documents that councils hold, each one collection, whatever it serves. Internal to apps/cli.
#pragma once

#include "apps/cli/command.h"

namespace assay::cli {

struct DocumentBurdenOptions {
  CommonOptions common;  // words: the store, and perhaps a council
  std::string format = "text";
  bool all = false;  // list every document that serves several purposes
};
// `assay burden STORE [COUNCIL]`: prints it, and gives the exit code.
int burden_of_documents(DocumentBurdenOptions& options);

}  // namespace assay::cli
