// What a store of millions holds of one question, without reading what it holds of everybody else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/session/run.h"
#include "evidence/store/store.h"

namespace assay {

// The rows of one subject, `council:E06000014` as recorded. Nothing where the rule reads others too, or the store does
// not know the subject: then the whole is wanted.
Result<std::optional<Snapshot>> snapshot_about(Store& store, const Rulebook& rulebook, RuleId rule,
                                               std::string_view subject, Date known_on);

// Of one rule and subject, as concluded() says it: at most one row of each run. `subject` as cell_subject says.
Result<std::optional<ConcludedCell>> concluded_of(Store& store, const RunRecord& run, std::string_view rule,
                                                  const std::string& subject);

}  // namespace assay
