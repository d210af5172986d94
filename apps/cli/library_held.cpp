// assay library --held: what the documents say of each kind of evidence under each statement, as rows that the council
// looks over and imports. So what stands in the library is not typed a second time for cqc.preparation. A kind is held
// where some document of it is surely in date, not held where none can be, and otherwise not said.
#include <array>

#include "apps/cli/documents.h"
#include "apps/cli/lines.h"
#include "evidence/core/text.h"
#include "evidence/import/quality_statements.h"

namespace assay::cli {

namespace {

struct Kind {
  std::string_view category, field;
};
constexpr std::array kKinds = {Kind{"peoples_experience", "people"}, Kind{"staff_and_leaders", "staff"},
                               Kind{"partners", "partners"}, Kind{"processes", "processes"}};

struct Found {
  std::optional<bool> held;
  std::vector<std::string> references;  // of the documents that are surely held under it and in date
};

Found find(const std::vector<LibraryDocument>& documents, int statement, std::string_view category, Date day) {
  Found out;
  bool possible = false;
  for (const LibraryDocument& one : documents) {
    if (one.stale_on(day)) continue;
    const bool serves = std::ranges::find(one.serves, statement) != one.serves.end();
    const bool may_serve = serves || one.serves.empty();
    const bool may_be = one.category == category || one.category.empty();
    if (!may_serve || !may_be) continue;
    possible = true;
    if (serves && one.category == category && one.review_due.date && !one.perhaps_stale_on(day))
      out.references.push_back(one.reference);
  }
  if (!out.references.empty())
    out.held = true;
  else if (!possible)
    out.held = false;
  return out;
}

std::string named(const Found& found) {
  constexpr std::size_t kNamed = 6;
  if (found.references.empty()) return "evidence library: none in date";
  std::vector<std::string> names(
      found.references.begin(),
      found.references.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, found.references.size())));
  if (found.references.size() > kNamed) names.push_back(fmt::format("{} more", found.references.size() - kNamed));
  return "evidence library: " + join_words(names);
}

}  // namespace

int print_held(const Snapshot& snapshot, SubjectId council, const std::vector<LibraryDocument>& documents, Date day) {
  const Subject& who = snapshot.subject(council);
  if (!snapshot.schema().find_field("cqc.preparation.needs_from_people"))
    return wrong_use("the rules declare no kinds of evidence held",
                     "use the shipped rulesets, or `use cqc.preparation`");
  std::size_t held = 0, wanting = 0, unsaid = 0;
  fmt::print("subject,field,value,valid_from,source,document,note\n");
  for (const QualityStatement& statement : quality_statements())
    for (const Kind& kind : kKinds) {
      const Found found = find(documents, statement.number, kind.category, day);
      if (!found.held) {
        ++unsaid;
        continue;
      }
      ++(*found.held ? held : wanting);
      fmt::print("{}", csv_line({fmt::format("{}:{}", snapshot.schema().kind(who.kind).name, who.code),
                                 fmt::format("cqc.preparation.{}_from_{}", statement.name, kind.field),
                                 *found.held ? "yes" : "no", day.to_string(), "council", named(found),
                                 "drawn from the evidence library; that it is held says nothing of how good it is"}));
    }
  std::fflush(stdout);
  fmt::print(stderr,
             "assay: of 36 kinds of evidence {} are held and in date, {} are not; of {} the library does not say, for "
             "want of a category, a statement or a review date\n",
             held, wanting, unsaid);
  return kDone;
}

}  // namespace assay::cli
