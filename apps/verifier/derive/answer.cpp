// Making answers and joining them.
#include "apps/verifier/derive/answer.h"

#include <algorithm>
#include <iterator>

namespace assay::verifier {
namespace {

template <class Item>
void add_sorted(std::vector<Item>& into, const std::vector<Item>& more) {
  if (more.empty()) return;
  std::vector<Item> both;
  std::set_union(into.begin(), into.end(), more.begin(), more.end(), std::back_inserter(both));
  into = std::move(both);
}

}  // namespace

Answer known(Value value) {
  Answer made;
  made.low = value;
  made.high = std::move(value);
  return made;
}

Answer does_not_apply() {
  Answer made;
  made.may_apply = false;
  made.may_not_apply = true;
  return made;
}

Answer unknown_between(std::optional<Value> low, std::optional<Value> high, Reasons why) {
  Answer made;
  made.low = std::move(low);
  made.high = std::move(high);
  made.why = std::move(why);
  return settled(std::move(made));
}

Answer unknown_of(const ValueType& type, Reason why) {
  std::optional<Value> low, high;
  if (type.kind == TypeKind::YesNo || type.kind == TypeKind::Event) {
    low = false;
    high = true;
  } else if (type.kind == TypeKind::Scale && !type.labels.empty()) {
    low = Label{0};
    high = Label{static_cast<std::uint16_t>(type.labels.size() - 1)};
  } else {
    if (type.low) low = *type.low;
    if (type.high) high = *type.high;
  }
  return unknown_between(std::move(low), std::move(high), {why});
}

std::uint64_t length_of(const Answer& answer) {
  constexpr std::size_t kShort = 16;
  std::uint64_t length = answer.why.size() + answer.marks.size();
  for (const Mark& mark : answer.marks) length += mark.detail.size() / kShort;
  for (const auto* end : {&answer.low, &answer.high})
    if (const auto* text = *end ? std::get_if<std::string>(&**end) : nullptr) length += text->size() / kShort;
  return length;
}

void add(Reasons& into, const Reasons& more) { add_sorted(into, more); }
void add(Marks& into, const Marks& more) { add_sorted(into, more); }

Answer settled(Answer answer) {
  if (!answer.unknown()) answer.why.clear();
  if (answer.not_applicable()) answer.low = answer.high = std::nullopt;
  if (answer.known()) answer.high = answer.low;  // alike to 12 places (3.2)
  return answer;
}

const Value& lower(const Value& a, const Value& b) { return order(b, a) < 0 ? b : a; }
const Value& higher(const Value& a, const Value& b) { return order(b, a) > 0 ? b : a; }

Answer hull(const Answer& a, const Answer& b) {
  Answer made;
  made.may_apply = a.may_apply || b.may_apply;
  made.may_not_apply = a.may_not_apply || b.may_not_apply;
  if (!a.may_apply || !b.may_apply) {
    made.low = a.may_apply ? a.low : b.low;
    made.high = a.may_apply ? a.high : b.high;
  } else {
    // Two texts, or two choices, are either the same or without ends.
    const auto ordered = [](const std::optional<Value>& value) {
      return value && !std::holds_alternative<std::string>(*value);
    };
    if (ordered(a.low) && ordered(b.low)) made.low = lower(*a.low, *b.low);
    if (ordered(a.high) && ordered(b.high)) made.high = higher(*a.high, *b.high);
    if (a.low && b.low && same(*a.low, *b.low)) made.low = a.low;
    if (a.high && b.high && same(*a.high, *b.high)) made.high = a.high;
  }
  made.why = a.why;
  add(made.why, b.why);
  made.marks = a.marks;
  add(made.marks, b.marks);
  return made;
}

Answer without_order(Answer answer, const ValueType& type) {
  const bool ordered = type.kind != TypeKind::Choice && type.kind != TypeKind::Text;
  if (!ordered && answer.low && answer.high && !same(*answer.low, *answer.high))
    answer.low = answer.high = std::nullopt;
  return answer;
}

Possible possible(const Answer& condition) {
  Possible found;
  found.out = condition.may_not_apply;
  if (!condition.may_apply) return found;
  found.no = !condition.low || !std::get<bool>(*condition.low);
  found.yes = !condition.high || std::get<bool>(*condition.high);
  return found;
}

Answer condition(Possible possible, Reasons why, Marks marks) {
  Answer made;
  made.may_apply = possible.yes || possible.no;
  made.may_not_apply = possible.out;
  if (made.may_apply) {
    made.low = !possible.no;
    made.high = possible.yes;
  }
  made.why = std::move(why);
  made.marks = std::move(marks);
  return settled(std::move(made));
}

}  // namespace assay::verifier
