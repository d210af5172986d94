// An information return as it stands on a date: its items, what answers each, and what is wanting. Shared by the
// subcommands of `assay return`. Internal to apps/cli.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/documents.h"

namespace assay::cli {

enum class Answered { Met, PartMet, NotMet, NotApplicable };
std::string_view to_words(Answered answered);

struct NamedDocument {
  std::string reference, section;
  const LibraryDocument* document = nullptr;  // none of that reference is in the library
};

struct ReturnItem {
  std::string number, wording;
  std::vector<int> statements;
  Answered answered = Answered::NotMet;
  std::string why;  // as the council says, or why it does not count as more
  std::vector<NamedDocument> documents;
  Said also_asked_by, partner, signed_off_by;
  std::optional<Decimal> effort;  // days of work left, where somebody reckoned them
};

struct InformationReturn {
  SubjectId subject;
  std::string name, council;
  std::optional<Date> sent;  // the return stands as it was sent, unless other dates were asked for
  std::vector<LibraryDocument> library;
  std::vector<ReturnItem> items;  // in the order of their numbers
};

// The returns of one council in being on a date, in the order of their codes, with the documents that answer them.
std::vector<InformationReturn> returns_of(const Snapshot& snapshot, SubjectId council, Date as_at,
                                          const std::vector<LibraryDocument>& library);

// Opens store and rules and reads the return named by the one word left. With `as_sent`, once it was sent and with no
// dates given, it is read as the store stood when that was recorded. On failure tells why and gives the exit code.
int ask_return(CommonOptions& options, Asked& asked, InformationReturn& found, bool as_sent);

void print_calendar(Asked& asked, const InformationReturn& found, bool as_icalendar);

}  // namespace assay::cli
