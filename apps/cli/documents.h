// A council's evidence library as it stands on a date: its documents, with what is recorded of each. Shared by `assay
// library` and `assay return`. Internal to apps/cli.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/cli/command.h"

namespace assay::cli {

// What a field says, for lists: the value in words, or what stands in its place.
struct Said {
  std::string text;                   // empty: nothing is recorded, or it is not available
  std::string note;                   // why it is not available: "tbc"
  std::optional<ImpreciseDate> date;  // of a date
  bool held = false;
};

// The row that counts on a date: the last one recorded for a time that has begun.
const Observation* counting_row(const Snapshot& snapshot, const std::string& field, SubjectId subject, Date as_at);
Said said(const Snapshot& snapshot, const std::string& field, SubjectId subject, Date as_at);

struct LibraryDocument {
  SubjectId subject;
  std::string reference, title;  // the council's own reference
  std::vector<int> serves;       // numbers of quality statements
  std::string category;          // name of the choice; empty: not said
  Said owner, kept_at, public_link, version, dated, review_due, status, remarks;

  // Due for review before the day: surely, or perhaps, where the date is not known to the day.
  bool stale_on(Date day) const { return review_due.date && review_due.date->last() < day; }
  bool perhaps_stale_on(Date day) const { return review_due.date && !stale_on(day) && review_due.date->first < day; }
};
// In the order of their references. WrongUse where the rules declare no library.
Result<std::vector<LibraryDocument>> documents_of(const Snapshot& snapshot, SubjectId council, Date as_at);

// `assay library --held`: rows for cqc.preparation, on the page; what is not known is told beside it.
int print_held(const Snapshot& snapshot, SubjectId council, const std::vector<LibraryDocument>& documents, Date day);

// A line of CSV with its line feed.
std::string csv_line(const std::vector<std::string>& cells);
// "7, 8".
std::string numbers_text(const std::vector<int>& numbers);

}  // namespace assay::cli
