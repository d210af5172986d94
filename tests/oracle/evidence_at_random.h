// Rows of evidence in every state that evidence can be in.
#pragma once

#include <string>
#include <vector>

#include "tests/oracle/world.h"

namespace assay::oracle {

std::vector<std::string> evidence_at_random(Dice& dice, const std::vector<Item>& held, const std::string& every,
                                            bool stages);

}  // namespace assay::oracle
