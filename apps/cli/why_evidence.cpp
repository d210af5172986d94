// How a field of evidence reads on a date: the answer, and every row held with the part it plays.
#include "apps/cli/why.h"
#include "engine/eval/words.h"

namespace assay::cli {

namespace {

const char* part_words(Part part) {
  switch (part) {
    case Part::Answers:
      return "answers";
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
  const std::string value =
      row.standing == Standing::Held ? to_words(row.value, field.type) : std::string(to_string(row.standing));
  fmt::print("  row {}: {} - {}\n", row.row, value, part_words(part.part));
  fmt::print("    from {}{}, source {}\n", row.valid_from.to_string(),
             row.valid_to ? " to " + row.valid_to->to_string() : "", snapshot.source_name(row.source));
  fmt::print("    {}{}{}\n", row.document, row.place.empty() ? "" : ", ", row.place);
  if (!row.note.empty()) fmt::print("    note: {}\n", row.note);
  if (row.supersedes > 0) fmt::print("    corrects or withdraws row {}\n", row.supersedes);
  fmt::print("    recorded on {} by {}\n    {}\n", row.recorded_on.to_string(), snapshot.batch(row.batch).recorded_by,
             row.digest.to_string());
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
  fmt::print("As at {}, known on {}\n\n{} of {}: {}\n", asked.as_at.to_long_string(), asked.known_on.to_long_string(),
             field.title, name_on(snapshot, subject, asked.as_at), in_words(reading.cell, field.type, snapshot));
  for (const Reason& reason : reading.cell.why) fmt::print("  {}: {}\n", to_string(reason.kind), reason.detail);
  if (reading.rows.empty()) fmt::print("  no row is held\n");
  for (const RowPart& part : reading.rows) print_row(snapshot, field, part);
  return kDone;
}

}  // namespace assay::cli
