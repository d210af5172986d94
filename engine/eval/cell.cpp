// Cells: making them, and merging what travels with them.
#include "engine/eval/cell.h"

#include <algorithm>

#include "evidence/core/check.h"

namespace assay {

namespace {

template <class T>
void merge_sorted(std::vector<T>& into, const std::vector<T>& from) {
  if (from.empty()) return;
  if (into.empty()) {
    into = from;
    return;
  }
  std::vector<T> both;
  both.reserve(into.size() + from.size());
  std::set_union(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(both));
  into = std::move(both);
}

}  // namespace

std::string_view to_string(ReasonKind kind) {
  switch (kind) {
    case ReasonKind::Missing:
      return "missing";
    case ReasonKind::Stale:
      return "stale";
    case ReasonKind::Conflict:
      return "conflict";
    case ReasonKind::Withdrawn:
      return "withdrawn";
  }
  return "";
}

std::string_view to_string(MarkKind kind) {
  switch (kind) {
    case MarkKind::Proposed:
      return "proposed";
    case MarkKind::Inferred:
      return "inferred";
    case MarkKind::Local:
      return "local";
    case MarkKind::Estimate:
      return "estimate";
    case MarkKind::Judgement:
      return "judgement";
    case MarkKind::Waived:
      return "waived";
    case MarkKind::NoDecisionHeld:
      return "no_decision_held";
    case MarkKind::Draft:
      return "draft";
    case MarkKind::Superseded:
      return "superseded";
    case MarkKind::NotInForce:
      return "not_in_force";
    case MarkKind::Proxy:
      return "proxy";
    case MarkKind::NotReleased:
      return "not_released";
  }
  return "";
}

void merge(Reasons& into, const Reasons& from) { merge_sorted(into, from); }
void merge(Marks& into, const Marks& from) { merge_sorted(into, from); }

Cell Cell::of(Value value) {
  Cell cell;
  cell.state = State::Known;
  cell.low = value;
  cell.high = std::move(value);
  return cell;
}

Cell Cell::not_applicable() {
  Cell cell;
  cell.state = State::NotApplicable;
  return cell;
}

Cell Cell::unknown_between(std::optional<Value> low, std::optional<Value> high, Reasons why) {
  Cell cell;
  cell.low = std::move(low);
  cell.high = std::move(high);
  cell.why = std::move(why);
  cell.settle();
  return cell;
}

Cell Cell::of(Truth truth, Reasons why) {
  switch (truth) {
    case Truth::No:
      return of(Value(false));
    case Truth::Yes:
      return of(Value(true));
    case Truth::NotApplicable:
      return not_applicable();
    case Truth::Unknown:
      break;
  }
  return unknown_between(Value(false), Value(true), std::move(why));
}

Truth Cell::truth() const {
  switch (state) {
    case State::NotApplicable:
      return Truth::NotApplicable;
    case State::Unknown:
      return Truth::Unknown;
    case State::Known:
      break;
  }
  CHECK(std::holds_alternative<bool>(*low));
  return to_truth(std::get<bool>(*low));
}

void Cell::settle() {
  if (state != State::Unknown || may_not_apply || !low || !high || !same(*low, *high)) return;
  state = State::Known;
  high = low;
  why.clear();
}

}  // namespace assay
