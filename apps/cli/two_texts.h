// Two texts one above the other, by the words that differ. Internal to apps/cli.
#pragma once

#include <string>

namespace assay::cli {

// With a few words on either side; `first` and `second` stand before them, as "then: " and "now:  ".
void print_two_texts(const std::string& first, const std::string& was, const std::string& second,
                     const std::string& now);

}  // namespace assay::cli
