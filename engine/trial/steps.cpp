// The next value along a type, and the next count along a number of members.
#include "engine/trial/steps.h"

namespace assay {

std::vector<Value> steps_from(const Value& value, const ValueType& type) {
  std::vector<Value> out;
  if (const auto* number = std::get_if<Decimal>(&value)) {
    const Decimal step = step_of(*number);
    for (const auto& to : {subtract(*number, step), add(*number, step)})
      if (to && (!type.low || to->compare(*type.low) >= 0) && (!type.high || to->compare(*type.high) <= 0))
        out.emplace_back(*to);
  } else if (const auto* date = std::get_if<Date>(&value)) {
    out = {Value(Date{date->days - 1}), Value(Date{date->days + 1})};
  } else if (const auto* label = std::get_if<Label>(&value); label && type.kind == TypeKind::Scale) {
    if (label->index > 0) out.emplace_back(Label{static_cast<std::uint16_t>(label->index - 1)});
    if (label->index + 1u < type.labels.size()) out.emplace_back(Label{static_cast<std::uint16_t>(label->index + 1)});
  }
  return out;
}

Decimal step_of(Decimal value) {
  for (int places = 0; places <= Decimal::kComparedPlaces; ++places)
    if (value.to_scaled(places)) return *Decimal::scaled(1, places);
  return *Decimal::scaled(1, Decimal::kComparedPlaces);
}

std::vector<Counted> other_counts(Counted of, std::size_t members) {
  using enum ast::Quantity;
  const auto all = static_cast<std::uint32_t>(members);
  std::vector<Counted> out;
  switch (of.quantity) {
    case Any:
      if (all != 1) out.push_back({AtLeast, 2});
      break;
    case All:
      if (all > 1) out.push_back({AtLeast, all - 1});
      break;
    case None:
      out.push_back({AtMost, 1});
      break;
    case AtLeast:
      if (of.count > 1) out.push_back({AtLeast, of.count - 1});
      if (all == 0 || of.count < all) out.push_back({AtLeast, of.count + 1});
      break;
    case AtMost:
    case Exactly:
      if (of.count > 0) out.push_back({of.quantity, of.count - 1});
      if (all == 0 || of.count < all) out.push_back({of.quantity, of.count + 1});
      break;
  }
  return out;
}

std::string count_words(Counted of) {
  using enum ast::Quantity;
  switch (of.quantity) {
    case Any:
      return "any of";
    case All:
      return "all of";
    case None:
      return "none of";
    case AtLeast:
      return fmt::format("at least {} of", of.count);
    case AtMost:
      return fmt::format("at most {} of", of.count);
    case Exactly:
      return fmt::format("exactly {} of", of.count);
  }
  return {};
}

}  // namespace assay
