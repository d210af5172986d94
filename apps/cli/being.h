// Whether a body is there on a date, said for people. Internal to apps/cli.
#pragma once

#include <optional>
#include <string>

#include "evidence/core/snapshot.h"

namespace assay::cli {

// Of a body that is not in being: "ended on 31 March 2026", "begins on 1 April 2027"; empty where it is in being.
std::string not_in_being_in_words(const Snapshot& snapshot, SubjectId subject, Date as_at);
// The last day on which a body that has ended was in being: what was recorded of it stands as at that day.
std::optional<Date> last_day(const Snapshot& snapshot, SubjectId subject, Date as_at);

// Of a body that is not in being, a line that says so and what to ask instead; nothing otherwise. No count of nothing
// raised may look like an answer about it.
void print_nobody_to_ask(const Snapshot& snapshot, SubjectId subject, Date as_at);

}  // namespace assay::cli
