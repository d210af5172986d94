// Rules for the tests of this folder, and the rulebook of a text.
#pragma once

#include <string>

#include "dsl/check/check.h"

namespace assay::tests {

Rulebook rulebook_of(const std::string& text);
EditionAsked on(const char* date);  // as at it, with what had been published by then
// Two frameworks and the interactions between them.
extern const char* const kFrameworks;

}  // namespace assay::tests
