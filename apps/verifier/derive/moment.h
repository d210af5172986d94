// When a question is asked: as at a date, or so many months or days back from it (docs/language.md 5.1, 5.5).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "evidence/core/date.h"

namespace assay::verifier {

// No date is before it.
inline const Date kFirstDay = *Date::from_ymd(1, 1, 1);

struct Moment {
  Date as_at;
  std::int32_t months_back = 0, days_back = 0;
  std::optional<Date> looked_from;  // as_at is an earlier day, looked at from this one by its own name
  // For whose judgement it is asked: 1 more than the number of the ruleset that judges, 0 for nobody's (8.5).
  std::uint32_t judge = 0;
  std::uint64_t readers = 0;  // the rulesets through whose definitions it is asked, a bit each

  // On which states, links, parameters and rules are taken.
  Date date() const;
  bool looks_back() const { return months_back != 0 || days_back != 0 || looked_from; }
  // The day from which is looked back.
  Date present() const { return looked_from.value_or(as_at); }
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

Moment back(Moment moment, Duration duration);
// An earlier day by its own name.
Moment on_earlier_day(Moment moment, Date day);

}  // namespace assay::verifier
