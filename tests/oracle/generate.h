// Rules and evidence made at random, as text that a person can read: well-typed, every construct of the language, and
// evidence in every state it can be in. A case is written like those below tests/golden/explain.
#pragma once

#include <string>
#include <vector>

#include "tests/oracle/dice.h"

namespace assay::oracle {

struct RulesFile {
  std::string name;
  std::vector<std::string> blocks;  // its header first, then declarations, each of which may be left out
};
struct Case {
  std::vector<RulesFile> files;
  std::vector<std::string> evidence;  // lines, as tests/support/evidence_lines.h reads them
  std::vector<std::string> dates;     // asked about; ISO
  std::string known_on;
};

Case generate(std::uint64_t seed);
std::string to_text(const Case& made);

}  // namespace assay::oracle
