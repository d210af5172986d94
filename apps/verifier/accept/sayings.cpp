// To words.
#include "apps/verifier/accept/sayings.h"

#include <fmt/format.h>

#include <cstdlib>

namespace assay::verifier {
namespace {

std::string range_words(const Answer& answer, const ValueType& type) {
  if (!answer.may_apply || !is_ordered(type.kind) || type.kind == TypeKind::YesNo) return "";
  if (answer.low && answer.high)
    return fmt::format("{} to {}", to_words(*answer.low, type), to_words(*answer.high, type));
  if (answer.low) return "at least " + to_words(*answer.low, type);
  return answer.high ? "at most " + to_words(*answer.high, type) : "";
}

}  // namespace

std::string cell_words(const Answer& answer, const ValueType& type) {
  if (answer.not_applicable()) return "does not apply";
  if (answer.known()) return to_words(*answer.low, type);
  std::string words = "unknown";
  if (const std::string range = range_words(answer, type); !range.empty()) words += ", " + range;
  if (answer.may_not_apply) words += ", or does not apply";
  return words;
}

std::string plain_words(const Answer& answer, const ValueType& type) {
  const std::string range = answer.unknown() ? range_words(answer, type) : std::string();
  return range.empty() ? cell_words(answer, type) : range;
}

std::string truth_words(const Answer& answer) {
  const Possible found = possible(answer);
  return found.only_yes() ? "yes" : found.only_no() ? "no" : found.only_out() ? "does not apply" : "unknown";
}

std::string trigger_words(const Answer& answer) {
  const Possible found = possible(answer);
  if (found.only_out()) return "clear, does not apply";
  return found.only_yes() ? "raised" : found.only_no() ? "clear" : "undetermined";
}

std::string row_words(const Observation& row, const ValueType& type) {
  switch (row.standing) {
    case Standing::Held:
      return type.kind == TypeKind::Event ? "happened" : to_words(row.value, type);
    case Standing::NotAvailable:
      return "not available";
    case Standing::Suppressed:
      return "suppressed";
    case Standing::NotApplicable:
      return "does not apply";
    case Standing::Complete:
      return "complete: every record of this period is held";
    case Standing::Withdrawn:
      return "withdrawn";
    case Standing::Redacted:
      return "redacted";
    case Standing::MindedTo:
      return row.value.index() == 0 ? "minded to, not decided" : "minded to, not decided: " + to_words(row.value, type);
    case Standing::Ended:
      return "ended, with nothing in its place";
  }
  return {};
}

std::string_view kind_words(MarkOf of) {
  switch (of) {
    case MarkOf::Proposed:
      return "proposed";
    case MarkOf::Inferred:
      return "inferred";
    case MarkOf::Local:
      return "local";
    case MarkOf::Estimate:
      return "estimate";
    case MarkOf::Judgement:
      return "judgement of ";
    case MarkOf::Waived:
      return "a waiver: ";
    case MarkOf::NoDecisionHeld:
      return "no decision held";
    case MarkOf::Draft:
      return "draft: ";
    case MarkOf::Superseded:
      return "superseded text: ";
    case MarkOf::NotInForce:
      return "text not in force: ";
    case MarkOf::Proxy:
      return "a proxy: ";
    case MarkOf::NotReleased:
      return "what its owner has not released: ";
  }
  return {};
}

namespace {

// "Guidance of 2020, in force to 3 May 2024": of a text that is not, or no longer, in force on the day.
std::string text_words(const Rulebook& book, const Mark& mark, Date on) {
  for (const CitedDocument& text : book.documents) {
    if (text.title != mark.detail) continue;
    if (mark.of == MarkOf::Superseded && text.superseded_by && text.superseded_from && *text.superseded_from <= on)
      return fmt::format("{}, by {} from {}", text.title, book.documents[text.superseded_by->index].title,
                         text.superseded_from->to_long_string());
    if (mark.of == MarkOf::Superseded && text.in_force_to && *text.in_force_to < on)
      return fmt::format("{}, in force to {}", text.title, text.in_force_to->to_long_string());
    if (mark.of == MarkOf::NotInForce && text.in_force_from && on < *text.in_force_from)
      return fmt::format("{}, in force from {}", text.title, text.in_force_from->to_long_string());
    if (mark.of == MarkOf::NotInForce && text.announced && !text.in_force_from)
      return fmt::format("{}, announced on {}", text.title, text.announced->to_long_string());
  }
  return mark.detail;
}

}  // namespace

std::string mark_words(const Rulebook& book, const Mark& mark, Date on) {
  if (mark.of == MarkOf::Superseded || mark.of == MarkOf::NotInForce)
    return std::string(kind_words(mark.of)) + text_words(book, mark, on);
  const std::string kind(kind_words(mark.of));
  if (mark.of == MarkOf::NoDecisionHeld) return kind;
  if (kind.ends_with(' ')) return kind + mark.detail;
  return mark.detail.empty() ? kind : fmt::format("{}: \"{}\"", kind, mark.detail);
}

std::string cite_words(const Rulebook& book, const Citation& cite) {
  const CitedDocument& document = book.documents[cite.document.index];
  std::string words;
  for (const std::string* part : {&document.publisher, &document.title, &cite.place})
    if (!part->empty()) words += (words.empty() ? "" : ", ") + *part;
  return words.empty() ? document.name : words;
}

std::string edition_words(const Rulebook& book, const Rule& rule) {
  const Ruleset& of = book.ruleset(rule.ruleset);
  std::string words = of.title.empty() ? of.name : of.title;
  if (!of.edition.empty()) words += ", edition " + of.edition;
  if (of.draft) words += ", a draft";
  if (of.published > of.in_force_from)
    words += fmt::format(", in force from {} and published only on {}", of.in_force_from.to_long_string(),
                         of.published.to_long_string());
  return rule.local_of ? words + ", on " + edition_words(book, book.rule(*rule.local_of)) : words;
}

std::string distance_words(const Value& a, const Value& b, const ValueType& type) {
  if (const auto* number = std::get_if<Decimal>(&a)) {
    const auto apart = subtract(*number, std::get<Decimal>(b));
    if (!apart) return {};
    ValueType unit;
    unit.kind = type.kind == TypeKind::Percent ? TypeKind::Points : type.kind;
    return to_words(apart->units() < 0 ? apart->negated() : *apart, unit);
  }
  if (const auto* day = std::get_if<Date>(&a))
    return Duration{Duration::Unit::Days, std::abs(day->days - std::get<Date>(b).days)}.to_string();
  const auto* label = std::get_if<Label>(&a);
  if (label == nullptr || type.kind != TypeKind::Scale) return {};
  const int steps = std::abs(int{label->index} - int{std::get<Label>(b).index});
  return fmt::format("{} step{}", steps, steps == 1 ? "" : "s");
}

std::string apart_words(const Answer& left, const Answer& right, const ValueType& type) {
  const std::string one = plain_words(left, type), other = plain_words(right, type);
  if (left.unknown())
    return one.starts_with("unknown") ? "not known, against " + other
                                      : fmt::format("could be {}, against {}", one, other);
  const bool measured = left.known() && right.known() && is_ordered(type.kind) && type.kind != TypeKind::YesNo &&
                        left.low->index() == right.low->index();
  if (!measured) return fmt::format("{} against {}", one, other);
  const auto way = order(*left.low, *right.low);
  if (way == 0) return "it is exactly " + other;
  const bool day = type.kind == TypeKind::Date;
  const char* side = way < 0 ? (day ? "before" : "below") : (day ? "after" : "above");
  return fmt::format("{} is {} {} {}", one, distance_words(*left.low, *right.low, type), side, other);
}

std::string_view lacking_words(Lacking lacking) {
  constexpr std::string_view kWords[] = {"missing", "stale", "conflict", "withdrawn"};
  return kWords[static_cast<std::size_t>(lacking)];
}

}  // namespace assay::verifier
