// A run on a screen: a line a rule with its counts, then what is raised and what is wanting. Internal to apps/cli.
#pragma once

#include "engine/session/run.h"

namespace assay::cli {

// `standing`: whether the run is official, and what is draft.
void print_table(const RunResult& result, Evaluation& evaluation, const std::string& standing);
// subject,name,rule,as_at,status,value,low,high,basis,digest: one line per outcome.
void print_csv(const RunResult& result, bool heading);

// Subject as its name, of a link both ends.
std::string who(const Evaluation& evaluation, const Outcome& outcome);
// The sentence a raised flag or interaction says, else its title.
std::string sentence_of(Evaluation& evaluation, const Outcome& outcome);
// "high"; empty for what has no severity.
std::string severity_in_words(const Rule& rule);
// What a reader is shown first: lower before higher.
int weight_of(const Rule& rule);

}  // namespace assay::cli
