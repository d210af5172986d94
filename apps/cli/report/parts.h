// The parts of the report as data for its template. Internal to apps/cli/report; the only files that include mustache.
#pragma once

#include <kainjow/mustache.hpp>

#include "apps/cli/report/page.h"

namespace assay::cli {

using kainjow::mustache::data;

// An empty text is no text: the template's sections take any text, even an empty one, for something to say.
void set_or_false(data& into, const char* key, const std::string& text);

// Heat map: subjects of the kind that has scores, by score.
void add_map(data& page, Evaluation& evaluation, const ReportRequest& request);
void add_raised(data& page, Evaluation& evaluation, const std::vector<Outcome>& outcomes);
void add_undetermined(data& page, Evaluation& evaluation, const std::vector<Outcome>& outcomes);
void add_opened(data& page, Evaluation& evaluation, const Outcome& opened);

}  // namespace assay::cli
