// A file of declarations laid out: each as its units, with empty lines and comments between them.
#pragma once

#include <string>
#include <vector>

#include "dsl/format/lexemes.h"

namespace assay::format {

std::string lay_out(const Lexemes& in, const std::vector<syntax::Node>& declarations);

}  // namespace assay::format
