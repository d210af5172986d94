// Memberships, successions and any other relation of a subject.
#include "apps/cli/being.h"
#include "apps/cli/lines.h"
#include "apps/cli/show.h"
#include "engine/eval/words.h"

namespace assay::cli {

namespace {

// A share as the sector prints it: to one place, to two below 1%. `assay why` has it to the last.
std::string attribute_in_words(const Cell& cell, const ValueType& type, const Snapshot& snapshot) {
  if (!cell.known()) return cell.applies() ? "not held" : "does not apply";
  if (type.kind == TypeKind::Percent) {
    const Decimal share = std::get<Decimal>(cell.value());
    if (const auto rounded = share.rounded(Rounding::HalfAwayFromZero, share.compare(Decimal::from_int(1)) < 0 ? 2 : 1))
      return in_words(Cell::of(Value(*rounded)), type, snapshot);
  }
  return in_words(cell, type, snapshot);
}

void print_attributes(Evaluation& evaluation, SubjectId link, Date as_at) {
  const Snapshot& snapshot = evaluation.snapshot();
  const Schema& schema = snapshot.schema();
  const KindId kind = snapshot.subject(link).kind;
  for (std::uint32_t field = 0; field < schema.fields().size(); ++field) {
    const FieldDef& def = schema.fields()[field];
    if (def.kind != kind || FieldId{field} == schema.kind(kind).register_field ||
        FieldId{field} == schema.kind(kind).alias_field)
      continue;
    const Reading reading = evaluation.read({field}, link, {as_at});
    if (reading.rows.empty()) continue;
    std::string source;
    for (const RowPart& part : reading.rows)
      if (part.part == Part::Answers) source = fmt::format(" [{}]", snapshot.source_name(part.row->source));
    print_lines(fmt::format("    {:>9}  ", attribute_in_words(reading.cell, def.type, snapshot)), def.title + source);
  }
}

}  // namespace

void print_links(Evaluation& evaluation, SubjectId subject, Date as_at) {
  const Snapshot& snapshot = evaluation.snapshot();
  const Schema& schema = snapshot.schema();
  const KindId kind = snapshot.subject(subject).kind;
  for (std::uint32_t relation = 0; relation < schema.kinds().size(); ++relation) {
    const KindDef& def = schema.kinds()[relation];
    if (!def.relation) continue;
    for (const bool forward : {true, false}) {
      if ((forward ? def.from : def.to) != kind) continue;
      const auto links = forward ? snapshot.links_from({relation}, subject) : snapshot.links_to({relation}, subject);
      bool headed = false;
      for (SubjectId link : links) {
        if (!in_being(snapshot, link, as_at)) continue;
        const SubjectId other = forward ? *snapshot.subject(link).to : *snapshot.subject(link).from;
        if (!headed)
          fmt::print("\n{}: {} {}\n", def.title.empty() ? def.name : def.title, forward ? "to" : "from",
                     schema.kind(forward ? def.to : def.from).plural);
        headed = true;
        const std::string id = subject_text(snapshot, other), gone = not_in_being_in_words(snapshot, other, as_at);
        print_lines("  ",
                    fmt::format("{} ({}){}", name_on(snapshot, other, as_at), id, gone.empty() ? "" : ", " + gone));
        print_attributes(evaluation, link, as_at);
      }
    }
  }
}

}  // namespace assay::cli
