// A store as columns, for evaluating whole kinds at once: the rows of evidence are read through segments, and none is
// made an object. Rows of a frame are in the order of the store's numbers.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/columns/world.h"
#include "evidence/store/store.h"

namespace assay {

struct StoredWorld {
  columns::World world;
  std::vector<std::vector<std::uint32_t>> subjects;  // by KindId: the store's number of each row
  std::vector<std::string> notes;                    // on segments that were made anew
};

struct WorldAsked {
  std::vector<FieldId> fields;  // those that will be asked for; they are read two at a time beforehand
  Date as_at, known_on;
  std::optional<std::int64_t> before_entry = {};  // as the store was when that entry of the trail was written
  std::vector<KindId> all_in_being = {};          // kinds of which that is known: their registers are not read for it
};
Result<StoredWorld> stored_world(Store& store, const Schema& schema, const WorldAsked& asked);

// Of one kind, those numbered so; of the other kinds nobody, and of links not what they join: for rules that read
// nothing but their own subject.
struct SomeOf {
  KindId kind;
  SubjectRange range;
};
Result<StoredWorld> stored_world(Store& store, const Schema& schema, const WorldAsked& asked, const SomeOf& some);

}  // namespace assay
