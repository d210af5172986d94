// A leaf against the rows that are held: it has to be one of them, in everything that it says of it.
#include <fmt/format.h>

#include "apps/verifier/accept/parts.h"
#include "apps/verifier/accept/sayings.h"

namespace assay::verifier {
namespace {

struct Part {
  std::string_view part, note;
};
constexpr Part kParts[] = {
    {"answers", "says the same"},
    {"imprecise", "answers, with a date that is not known to the day"},
    {"possible", "may answer; that turns on a day that is not known"},
    {"disagrees", "disagrees, and no source comes first"},
    {"hole", "gives no value"},
    {"superseded", "was corrected or withdrawn by a later row"},
    {"outranked", "comes from a source that another comes before"},
    {"older", "was replaced by a later row"},
    {"not_counted", "comes from a source that this evidence is not taken from"},
    {"other_time", "is not of the time asked about"},
};

std::string said(const Members& leaf, const char* key) {
  const auto found = leaf.find(key);
  return found == leaf.end() ? std::string() : found->second;
}

// The first thing in which a leaf and a row differ.
std::optional<std::string> difference(const Members& leaf, const Observation& row, const Snapshot& rows) {
  const FieldDef& field = rows.schema().field(row.field);
  const auto to = row.to();
  const std::string number = row.row == 0 ? "" : std::to_string(row.row);
  const std::pair<const char*, std::string> says[] = {
      {"row", number},
      {"value", row_words(row, field.type)},
      {"valid_from", row.from().to_string()},
      {"valid_to", to ? to->to_string() : ""},
      {"source", std::string(rows.source_name(row.source))},
      {"recorded_on", row.recorded_on.to_string()},
      {"document", row.document},
      {"place", row.place},
      {"recorded_by", rows.batch(row.batch).recorded_by},
      {"digest", row.row == 0 ? "" : row.digest.to_string()},
  };
  for (const auto& [key, words] : says)
    if (said(leaf, key) != words)
      return fmt::format("its row has `{}` as its {}, the leaf `{}`", words, key, said(leaf, key));
  return std::nullopt;
}

std::optional<std::string> fault_of_part(const ExplainedStep& step, const Observation& row, const Evidence& rows) {
  const std::string part = said(*step.leaf, "part");
  if (row.superseded != (part == "superseded"))
    return fmt::format("its part is `{}`, and the row was {}corrected by a later one", part,
                       row.superseded ? "" : "not ");
  if (!row.superseded && rows.rank_of(row).has_value() == (part == "not_counted"))
    return fmt::format("its part is `{}`, and rows of `{}` {}", part, rows.snapshot().source_name(row.source),
                       rows.rank_of(row) ? "count" : "do not count");
  if (step.text("kind") != "row") return std::nullopt;
  for (const Part& each : kParts)
    if (each.part == part)
      return step.text("note") == each.note
                 ? std::nullopt
                 : std::optional(fmt::format("of a row that is `{}` it says `{}`", part, step.text("note")));
  return fmt::format("`{}` is no part that a row has", part);
}

}  // namespace

std::optional<std::string> fault_against_rows(const ExplainedStep& step, const Rulebook& book, const Evidence& rows) {
  if (!step.leaf) return std::nullopt;
  const Snapshot& held = rows.snapshot();
  const auto field = book.schema.find_field(said(*step.leaf, "field"));
  const auto name = split_subject(step.subject);
  const auto subject = field && name ? held.find(book.schema.field(*field).kind, name->code) : std::nullopt;
  if (!subject || book.schema.kind(book.schema.field(*field).kind).name != name->kind)
    return fmt::format("no row of `{}` is of {}", said(*step.leaf, "field"), step.subject);
  std::optional<std::string> first;
  const std::string number = said(*step.leaf, "row");
  for (const Observation& row : held.rows(*field, *subject)) {
    auto fault = difference(*step.leaf, row, held);
    if (!fault) return fault_of_part(step, row, rows);
    if (!first || number == std::to_string(row.row)) first = fault;
  }
  return first ? first : fmt::format("no row of `{}` is held of {}", said(*step.leaf, "field"), step.subject);
}

}  // namespace assay::verifier
