// A snapshot as it would be with some of its rows left out, changed or added. Nothing is recorded.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evidence/core/snapshot.h"

namespace assay {

// A row that nobody recorded, with the name of its source.
struct AddedRow {
  Observation row;  // its subject and field as in the snapshot; source and batch are not read
  std::string source;
};
struct Alteration {
  // Sees a copy of every row; false leaves it out. It may change all but whose it is and of which field. Empty keeps
  // all.
  std::function<bool(Observation&)> keep;
  std::vector<AddedRow> added;
};
// Subjects keep their ids, and those of which no row is left are known still. The schema must outlive what comes out.
Snapshot altered(const Snapshot& snapshot, const Alteration& alteration);

}  // namespace assay
