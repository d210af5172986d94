// Evidence written as lines in a test, made into a snapshot without a store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "evidence/core/snapshot.h"

namespace assay::golden {

// One row a line: `subject | field | value | from | to | source | document | place | recorded on | corrects row`; what
// is missing at the end is empty, `#` begins a comment. Rows are numbered from 1 in the order written. A value may be
// `complete`, `withdrawn`, `redacted`, `ended`, `not available`, `suppressed`, `not applicable` or `minded to VALUE`.
// The error says which line and why.
tl::expected<Snapshot, std::string> evidence_lines(std::string_view lines, const Schema& schema, Date known_on);

// "council:E06000009", or a code or name alone where the kind is known.
std::optional<SubjectId> subject_of(const Snapshot& snapshot, KindId kind, std::string_view text);

}  // namespace assay::golden
