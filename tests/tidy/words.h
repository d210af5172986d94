// Words and calls that have no place in the project, each with what to write instead, and links that lead nowhere.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "tests/tidy/project_text.h"

namespace assay::tidy {

std::vector<Fault> check_words(const TextFile& file);
// Links of documents, and every document below docs/ that code or a script names. `exists` is asked for paths from the
// root.
std::vector<Fault> check_links(const TextFile& file, const std::function<bool(const std::string&)>& exists);

}  // namespace assay::tidy
