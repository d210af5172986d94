// How a field of evidence reads on a date: the answer, and every row held with the part it plays.
#include "apps/cli/lines.h"
#include "apps/cli/why.h"
#include "engine/eval/words.h"
#include "engine/explain/words.h"

namespace assay::cli {

namespace {

const char* part_words(Part part) {
  switch (part) {
    case Part::Answers:
      return "answers";
    case Part::Imprecise:
      return "answers, as far as its date is known";
    case Part::Possible:
      return "may answer; that turns on a day that is not known";
    case Part::Disagrees:
      return "in conflict";
    case Part::Hole:
      return "gives no value";
    case Part::Superseded:
      return "corrected or withdrawn by a later row";
    case Part::Outranked:
      return "another source comes first";
    case Part::Older:
      return "replaced by a later row";
    case Part::NotCounted:
      return "not a source this evidence is taken from";
    case Part::OtherTime:
      return "of another time, or not yet decided";
  }
  return "";
}

void print_row(const Snapshot& snapshot, const FieldDef& field, const RowPart& part) {
  const Observation& row = *part.row;
  fmt::print("  row {}: {} - {}\n", row.row, row_in_words(row, field.type), part_words(part.part));
  fmt::print("    {}, source {}\n", period_in_words(row.from(), row.to()), snapshot.source_name(row.source));
  print_lines("    ", fmt::format("{}{}{}", row.document, row.place.empty() ? "" : ", ", row.place), 6);
  if (!row.note.empty()) print_lines("    note: ", row.note, 6);
  if (row.supersedes > 0)
    fmt::print("    {} row {}\n", row.standing == Standing::Withdrawn ? "withdraws" : "corrects", row.supersedes);
  fmt::print("    recorded on {} by {}\n    {}\n", row.recorded_on.to_long_string(),
             snapshot.batch(row.batch).recorded_by, row.digest.to_string());
}

}  // namespace

int why_evidence(Asked& asked, FieldId id, SubjectId subject) {
  const FieldDef& field = asked.book().schema.field(id);
  const Snapshot& snapshot = *asked.snapshot;
  if (snapshot.subject(subject).kind != field.kind)
    return wrong_use(fmt::format("{} is evidence of a {}", field.name, asked.book().schema.kind(field.kind).name));
  Evaluation evaluation(asked.book(), snapshot);
  const Reading reading = field.occurrence == Occurrence::Event
                              ? read_latest_event(snapshot, id, subject, {asked.as_at})
                              : evaluation.read(id, subject, {asked.as_at});
  fmt::print("As at {}, known on {}\n\n", asked.as_at.to_long_string(), asked.known_on.to_long_string());
  print_lines("",
              fmt::format("{} of {}: {}", field.title, name_on(snapshot, subject, asked.as_at),
                          cell_in_words(reading.cell, field.type)),
              2);
  for (const Reason& reason : reading.cell.why)
    print_lines("  ", fmt::format("{}: {}", to_string(reason.kind), reason.detail), 4);
  if (reading.rows.empty()) fmt::print("  no row is held\n");
  for (const RowPart& part : reading.rows) print_row(snapshot, field, part);
  return kDone;
}

}  // namespace assay::cli
