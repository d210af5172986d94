// An outcome with stated evidence beside the outcome as it stands. Its JSON is docs/formats/whatif.md. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/outcome.h"
#include "engine/whatif/least_change.h"
#include "engine/whatif/stated.h"

namespace assay {

struct StatedInWords {
  std::string field, title, subject, subject_name;
  std::string was, now;  // "53%", "not held"; `now` with the day from which it counts
};
struct OtherMoved {
  std::string rule, title, subject, name, was, now;
};
struct Beside {
  std::string rule, title, subject, name;
  Date as_at, known_on;
  std::vector<StatedInWords> stated;
  std::string as_it_stands, with_it;
  std::string because;             // of the outcome with it
  std::vector<OtherMoved> others;  // every other outcome that differs with it, of whomever
};

Beside beside(Evaluation& evaluation, const Outcome& stands, const std::vector<Stated>& stated);

std::string to_json(const Beside& beside);
std::string to_json(const LeastChange& least, Evaluation& evaluation, const Outcome& stands);

}  // namespace assay
