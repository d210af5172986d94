// What the exports for other tools are made from, and a file for each format. Internal to apps/cli.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/cli/command.h"
#include "engine/explain/explanation.h"

namespace assay::cli {

// An outcome with all that a reader of another tool is told of it.
struct ExportedOutcome {
  Outcome outcome;
  std::string rule, subject, name;    // subject as `council:E06000014`, or the code of a link
  std::string title, status, result;  // status as a machine row has it; the result in words
  std::string sentence;               // of a raised flag or interaction: what it says
  std::string wanting;                // what would settle it
  std::string basis, remark;
  std::vector<std::string> cites, marks;
  std::vector<EvidenceLeaf> rests_on;  // rows that answered
};
struct Exported {
  const Rulebook& book;
  const Snapshot& snapshot;
  std::string store;  // its file's name
  Date as_at, known_on;
  std::string made_at;  // UTC moment, RFC 3339
  LogHead head;
  std::optional<RunRecord> run;  // the last recorded for the two dates
  std::vector<Batch> batches;    // of the rows in the snapshot
  std::vector<RulesetAct> acts;
  std::vector<ExportedOutcome> outcomes;
};

std::string to_prov(const Exported& exported);           // W3C PROV-JSON
std::string to_oscal_results(const Exported& exported);  // OSCAL assessment results
std::string to_oscal_catalog(const Exported& exported);  // OSCAL catalog: rules as controls
std::string to_oscal_mapping(const Exported& exported);  // OSCAL mapping: what is read across frameworks
void print_outcome_table(const Exported& exported);      // CSV
// A workbook that reads well on paper. Io when it cannot be written.
Result<void> write_workbook(const Exported& exported, const std::string& path);

// The columns that CSV and the workbook share.
struct ExportColumn {
  const char* heading;
  double width;  // in characters, of the workbook
  std::string (*text)(const Exported&, const ExportedOutcome&);
};
const std::vector<ExportColumn>& export_columns();

}  // namespace assay::cli
