// What a person promised when the data came in goes before what the rules say of its kind.
#include "engine/session/retention.h"

#include <fmt/format.h>

#include <map>

namespace assay {

namespace {

// The last day a row has anything to say of; nothing while it stands.
std::optional<Date> spoke_until(const FieldDef& field, std::span<const Observation> rows, const Observation& row) {
  if (row.valid_to) return *row.valid_to;
  if (field.occurrence == Occurrence::Event) return row.from().last();
  if (field.occurrence == Occurrence::Series) return step_end(row.from().last(), *field.every);
  std::optional<Date> replaced;
  for (const Observation& other : rows) {
    if (other.row == row.row || other.superseded) continue;
    // A correction stands for the same time, so the row that it corrects stands no more from its own day on.
    if (other.supersedes == row.row) return row.from().last();
    if (other.valid_from > row.valid_from && (!replaced || other.valid_from < *replaced)) replaced = other.valid_from;
  }
  return replaced;
}

using Found = std::map<std::int64_t, std::string>;  // row to why

void kept_long_enough(const Rulebook& rulebook, const Snapshot& snapshot, Date day, Found& found) {
  for (std::uint32_t i = 0; i < rulebook.schema.fields().size(); ++i) {
    const auto& keep_for = rulebook.evidence[i].keep_for;
    if (!keep_for) continue;
    const FieldDef& field = rulebook.schema.field({i});
    for (const SubjectId subject : snapshot.of_kind(field.kind)) {
      const auto rows = snapshot.rows({i}, subject);
      for (const Observation& row : rows) {
        const auto until = spoke_until(field, rows, row);
        if (until && add(*until, *keep_for) < day)
          found.try_emplace(row.row,
                            fmt::format("kept for {} from {}", keep_for->to_string(), until->to_long_string()));
      }
    }
  }
}

}  // namespace

Result<std::vector<ExpiredRow>> expired_rows(Store& store, const Rulebook& rulebook, Date day) {
  Found found;
  auto holdings = store.personal_holdings();
  if (!holdings) return tl::unexpected(holdings.error());
  for (const PersonalHolding& holding : *holdings) {
    if (day < holding.said.destroy_on) continue;
    auto rows = store.rows_of_entry(holding.entry);
    if (!rows) return tl::unexpected(rows.error());
    for (const std::int64_t row : *rows)
      found.emplace(row, fmt::format("let in for {}, to be destroyed on {}", holding.said.purpose,
                                     holding.said.destroy_on.to_long_string()));
  }
  auto snapshot = store.snapshot(rulebook.schema, day);
  if (!snapshot) return tl::unexpected(snapshot.error());
  kept_long_enough(rulebook, *snapshot, day, found);
  std::vector<std::int64_t> numbers;
  for (const auto& [row, why] : found) numbers.push_back(row);
  auto held = store.rows_held(numbers);
  if (!held) return tl::unexpected(held.error());
  std::vector<ExpiredRow> expired;
  for (const RowHeld& row : *held)
    if (row.has.any()) expired.push_back({row.row, row.subject, row.field, found[row.row]});
  return expired;
}

}  // namespace assay
