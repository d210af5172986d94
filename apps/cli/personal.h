// Data about persons: what has to be said before any is let in. Internal to apps/cli.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/cli/command.h"

namespace assay::cli {

struct PersonalOptions {
  std::string purpose, destroy_on;
  std::vector<std::string> published;
};
void add_personal(CLI::App& command, PersonalOptions& options);
// Nothing where neither option is given. WrongUse for one without the other, for a day that has passed, and for a
// purpose that itself holds what it should not.
Result<std::optional<PersonalData>> personal_of(const PersonalOptions& options, Date recorded_on);

}  // namespace assay::cli
