// The reason for an outcome in a line or two: what the explanation says at the steps that decided. Nothing is worded
// anew.
#pragma once

#include <string>

#include "engine/explain/explanation.h"

namespace assay {

// "31 days is 3 days above 28 days"; of several conditions each with the author's words, at most three, the rest
// counted.
std::string because_in_words(const Explanation& explanation);

}  // namespace assay
