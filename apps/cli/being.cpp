// A body's register has a row for each time it was in being; between and around them it was not.
#include "apps/cli/being.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/cli/lines.h"
#include "engine/eval/reading.h"

namespace assay::cli {

std::optional<Date> last_day(const Snapshot& snapshot, SubjectId subject, Date as_at) {
  if (in_being(snapshot, subject, as_at)) return std::nullopt;
  const KindDef& kind = snapshot.schema().kind(snapshot.subject(subject).kind);
  std::optional<Date> last;
  for (const Observation& row : snapshot.rows(kind.register_field, subject)) {
    if (row.superseded || row.standing != Standing::Held || !row.valid_to || !(*row.valid_to < as_at)) continue;
    last = last ? std::max(*last, *row.valid_to) : *row.valid_to;
  }
  return last;
}

std::string not_in_being_in_words(const Snapshot& snapshot, SubjectId subject, Date as_at) {
  if (in_being(snapshot, subject, as_at)) return {};
  if (const auto last = last_day(snapshot, subject, as_at)) return fmt::format("ended on {}", last->to_long_string());
  const KindDef& kind = snapshot.schema().kind(snapshot.subject(subject).kind);
  std::optional<Date> first;
  for (const Observation& row : snapshot.rows(kind.register_field, subject))
    if (!row.superseded && row.standing == Standing::Held && as_at < row.valid_from)
      first = first ? std::min(*first, row.valid_from) : row.valid_from;
  if (first) return fmt::format("begins on {}", first->to_long_string());
  return fmt::format("not in being on {}", as_at.to_long_string());
}

void print_nobody_to_ask(const Snapshot& snapshot, SubjectId subject, Date as_at) {
  const std::string gone = not_in_being_in_words(snapshot, subject, as_at);
  if (gone.empty()) return;
  const auto last = last_day(snapshot, subject, as_at);
  print_lines("", fmt::format("{} {}: nothing is asked of it on {}{}", name_on(snapshot, subject, as_at), gone,
                              as_at.to_long_string(), last ? "; ask --as-at " + last->to_string() : ""));
}

}  // namespace assay::cli
