// Places in parts (quartiles and the like) among all of a kind, or among those alike. In the order of rows: first where
// each part begins, by group; then of each row the parts in which its ends lie. Private to engine/columns.
#pragma once

#include "engine/columns/groups.h"
#include "engine/columns/program.h"
#include "engine/columns/world.h"

namespace assay::columns {

struct PartsAsked {
  const Place& stage;
  const Frame& frame;
  const NumberColumn& values;
  State any;  // all states of the values, taken together
  Alike& alike;
  Large<std::uint8_t>& room;  // for the stage alone
};

// Where ties take the middle no cut tells the parts.
inline bool falls_into_parts(const Place& stage) {
  return stage.op != ast::PositionOp::Rank && stage.ties != ast::Ties::Middle;
}

void find_parts(const PartsAsked& asked, NumberColumn& out);

// Does it stand beside nobody: it does not apply, or it is missing and those are passed over.
inline bool left_out(const Place& stage, State state) {
  return (state & kNotApplicable) != 0 || (stage.ignoring_missing && (state & kCauses) == kMissing);
}

// The causes that some number of a column has.
struct CausesHeld {
  explicit CausesHeld(State any) {
    for (int cause = 0; cause < 4; ++cause)
      if ((any & (1 << cause)) != 0) bits[count++] = static_cast<State>(1 << cause);
  }
  State bits[4] = {};
  std::size_t count = 0;
};

}  // namespace assay::columns
