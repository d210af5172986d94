// What a cell of evidence or a result holds, and the type that says what it means (docs/language.md 3.1).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "evidence/core/date.h"
#include "evidence/core/decimal.h"
#include "evidence/core/imprecise_date.h"
#include "evidence/core/result.h"

namespace assay {

enum class TypeKind {
  YesNo,
  Whole,
  Number,
  Percent,
  Points,
  Money,
  Days,
  Months,
  Date,
  Text,
  Score,
  Choice,
  Scale,
  Event,
};

// A named value of a choice or a scale. Scales run from worst to best, stages from first to last.
struct LabelDef {
  std::string name;   // requires_improvement
  std::string title;  // Requires improvement
};

struct ValueType {
  TypeKind kind = TypeKind::Number;
  std::optional<Decimal> low, high;  // stated range; import refuses values outside it. Scores always have one.
  std::vector<LabelDef> labels;      // of Choice and Scale
  std::string name;                  // of a scale or regime, for messages: cqc_rating
};

// Place of a label in its type.
struct Label {
  std::uint16_t index = 0;
  friend auto operator<=>(Label, Label) = default;
};

// Whole, Number, Percent (39 for 39%), Points, Money (pounds), Days, Months and Score hold a Decimal;
// YesNo and Event hold a bool; Choice and Scale hold a Label. A row of evidence of a date may hold one that is not
// known to the day; what a rule reads of it is a range of dates.
using Value = std::variant<bool, Decimal, Date, Label, std::string, ImpreciseDate>;

bool is_numeric(TypeKind kind);  // holds a Decimal
// Numbers, dates, yes/no and scales are ordered; text and choices are not.
bool is_ordered(TypeKind kind);
bool same(const Value& a, const Value& b);  // as a rule compares: numbers at 12 places
// Only for values of one ordered type.
std::strong_ordering order(const Value& a, const Value& b);

// For machines: "39", "requires_improvement", "2025-12-05", "2025-12", "yes".
std::string to_plain(const Value& value, const ValueType& type);
// For sentences: "39%", "Requires improvement", "5 December 2025", "£2,500", "28 days". Numbers at the 12 places that
// a rule sees.
std::string to_words(const Value& value, const ValueType& type);
// Reads the plain form, and what people write in a spreadsheet cell of that type: "39%", "£2.5m", "28 days", "1,057",
// "Requires improvement", "Mar-25". A bare number is taken in the type's own unit.
// Wrong unit, outside the range, unknown label (with the near one suggested): BadInput.
Result<Value> parse_value(std::string_view text, const ValueType& type);
// "score 1 to 4", "percent 0% to 100%", "one of cqc_rating".
std::string describe(const ValueType& type);

}  // namespace assay
