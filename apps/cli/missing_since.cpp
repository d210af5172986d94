// The blind spots of a subject: a list it could have been shown at any time.
#include "apps/cli/lines.h"
#include "apps/cli/missing.h"
#include "apps/cli/run_table.h"
#include "engine/history/never_able.h"

namespace assay::cli {

namespace {

void print_wanting(const Asked& asked, const NeverAble& open, const AlwaysWanting& wanting) {
  const Snapshot& snapshot = *asked.snapshot;
  const FieldDef& field = asked.book().schema.field(wanting.field);
  const bool registered = asked.book().schema.kind(field.kind).register_field == wanting.field;
  const std::string whose =
      wanting.subject == open.subject ? "" : " of " + name_on(snapshot, wanting.subject, asked.as_at);
  const std::string what = registered ? "rules in force for all that it reads" : field.title + whose;
  std::string held = wanting.rows == 0
                         ? ", of which nothing was ever held"
                         : fmt::format(", of which {} held, none that settles it",
                                       wanting.rows == 1 ? "1 row is" : fmt::format("{} rows are", wanting.rows));
  if (registered) held.clear();
  print_lines("    it needs ", what + held, 6);
  if (!registered) fmt::print("      {} {}\n", field.name, subject_text(snapshot, wanting.subject));
}

}  // namespace

void print_never_able(const Asked& asked, Evaluation& evaluation, SubjectId subject, Date since) {
  const Rulebook& book = asked.book();
  const Snapshot& snapshot = *asked.snapshot;
  fmt::print("\nNever able to decide from {} to {}\n", since.to_long_string(), asked.as_at.to_long_string());
  const auto open = never_able(evaluation, subject, since, asked.as_at);
  if (open.empty()) fmt::print("  none: every rule that was asked could decide on some day\n");
  for (const NeverAble& one : open) {
    const std::string between = one.subject == subject ? "" : ", of " + name_on(snapshot, one.subject, asked.as_at);
    print_lines("  ", fmt::format("{}{}", book.rule(one.rule).name, between), 4);
    if (one.since != since) fmt::print("    asked since {}\n", one.since.to_long_string());
    if (one.wanting.empty()) fmt::print("    now for want of one thing, now of another: `assay timeline` shows when\n");
    for (const AlwaysWanting& wanting : one.wanting) print_wanting(asked, one, wanting);
  }
  fmt::print("\nEvidence that no rule reads\n");
  const auto unread = read_by_no_rule(book, snapshot, subject);
  if (unread.empty()) fmt::print("  none\n");
  for (const Unread& one : unread) {
    const FieldDef& field = book.schema.field(one.field);
    const std::string held = one.rows == 0 ? "nothing held" : counted(one.rows, "row") + " held";
    print_lines("  ",
                fmt::format("{} ({}): {}{}", field.title, field.name, held,
                            one.printed ? "; a sentence prints it, and it decides nothing" : ""),
                4);
  }
}

}  // namespace assay::cli
