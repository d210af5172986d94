// A store as columns, for evaluating whole kinds at once: the rows of evidence are read through segments, and none is
// made an object. Rows of a frame are in the order of the store's numbers.
#pragma once

#include <memory>
#include <vector>

#include "engine/columns/world.h"
#include "evidence/store/store.h"

namespace assay {

struct StoredWorld {
  columns::World world;
  std::vector<std::vector<std::uint32_t>> subjects;  // by KindId: the store's number of each row
  std::vector<std::string> notes;                    // on segments that were made anew
};

// `fields`: those that will be asked for; they are read two at a time beforehand.
Result<StoredWorld> stored_world(Store& store, const Schema& schema, const std::vector<FieldId>& fields, Date as_at,
                                 Date known_on);

}  // namespace assay
