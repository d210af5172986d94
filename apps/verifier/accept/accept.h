// Accepts or rejects an explanation (docs/formats/explanation.md) by the text of the rulesets and rows of evidence,
// without the engine: its words stand where it says, every path ends in a row, a parameter, a named absence or a
// digest, counts add up, and what each step comes to follows from the rows by the second evaluator
// (apps/verifier/derive).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "apps/verifier/derive/derivation.h"

namespace assay::verifier {

struct Judged {
  // Why it is rejected, with the number of the step and what it is; nothing where it is accepted.
  std::optional<std::string> fault;
  // Did the result itself follow from the rows? Not asked where it rests on members of whom a line and a digest are
  // shown, or on rows that an explanation does not show, and no other rows are held.
  bool derived = false;
  // What it is an explanation of: "waits.slow of Ashford (council:E1), as at ..., known on ...: raised".
  std::string asked;
  std::size_t steps = 0, rows = 0;
};

// Judges explanations of one rulebook and one set of rows. Both must outlive it.
class Judge {
 public:
  // By the rows that stand in each explanation alone. `given`: by parameter, what a scenario puts in its place.
  explicit Judge(const Rulebook& rulebook, Derivation::Given given = {});
  // By every row that is held as well: each leaf is one of them, and every step is derived from them.
  Judge(const Rulebook& rulebook, const Snapshot& rows, Derivation::Given given = {});
  ~Judge();
  // `digest`, if given: what the bytes must have as their SHA-256.
  Judged operator()(std::string_view json, std::optional<std::string_view> digest = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::verifier
