// Values, bases, citations and subjects in words.
#include "engine/explain/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "engine/eval/words.h"

namespace assay {

std::string cell_in_words(const Cell& cell, const ValueType& type) {
  if (!cell.applies()) return "does not apply";
  if (cell.known()) return to_words(cell.value(), type);
  std::string words = "unknown";
  if (const std::string range = range_in_words(cell, type); !range.empty()) words += ", " + range;
  if (cell.may_not_apply) words += ", or does not apply";
  return words;
}

std::string plain_in_words(const Cell& cell, const ValueType& type) {
  const std::string range = cell.unknown() ? range_in_words(cell, type) : std::string();
  return range.empty() ? cell_in_words(cell, type) : range;
}

std::string truth_in_words(const Cell& cell) { return cell.applies() ? to_string(cell.truth()) : "does not apply"; }

std::string trigger_in_words(const Cell& cell) {
  switch (cell.truth()) {
    case Truth::Yes:
      return "raised";
    case Truth::No:
      return "clear";
    case Truth::Unknown:
      return "undetermined";
    case Truth::NotApplicable:
      break;
  }
  return "clear, does not apply";
}

std::string row_in_words(const Observation& row, const ValueType& type) {
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
      return row.value.index() == 0 ? "minded to, not decided"
                                    : fmt::format("minded to, not decided: {}", to_words(row.value, type));
    case Standing::Ended:
      return "ended, with nothing in its place";
  }
  return {};
}

std::string_view part_in_words(Part part) {
  switch (part) {
    case Part::Answers:
      return "answers";
    case Part::Imprecise:
      return "answers, with a date that is not known to the day";
    case Part::Possible:
      return "may answer; that turns on a day that is not known";
    case Part::Disagrees:
      return "disagrees, and no source comes first";
    case Part::Hole:
      return "gives no value";
    case Part::Superseded:
      return "was corrected or withdrawn by a later row";
    case Part::Outranked:
      return "comes from a source that another comes before";
    case Part::Older:
      return "was replaced by a later row";
    case Part::NotCounted:
      return "comes from a source that this evidence is not taken from";
    case Part::OtherTime:
      return "is not of the time asked about";
  }
  return {};
}

std::string_view to_string(Part part) {
  switch (part) {
    case Part::Answers:
      return "answers";
    case Part::Imprecise:
      return "imprecise";
    case Part::Possible:
      return "possible";
    case Part::Disagrees:
      return "disagrees";
    case Part::Hole:
      return "hole";
    case Part::Superseded:
      return "superseded";
    case Part::Outranked:
      return "outranked";
    case Part::Older:
      return "older";
    case Part::NotCounted:
      return "not_counted";
    case Part::OtherTime:
      return "other_time";
  }
  return {};
}

std::string basis_in_words(std::string_view basis, std::string_view remark) {
  std::string words(basis == "proposed" ? "proposed by us, not published" : basis);
  if (!remark.empty()) words += fmt::format(": \"{}\"", remark);
  return words;
}

std::string cite_in_words(const Rulebook& rulebook, const Citation& cite) {
  const CitedDocument& document = rulebook.documents[cite.document.index];
  std::string words;
  for (const std::string* part : {&document.publisher, &document.title, &cite.place}) {
    if (part->empty()) continue;
    if (!words.empty()) words += ", ";
    words += *part;
  }
  return words.empty() ? document.name : words;
}

std::string mark_in_words(const Mark& mark) {
  switch (mark.kind) {
    case MarkKind::Judgement:
      return fmt::format("judgement of {}", mark.detail);
    case MarkKind::NoDecisionHeld:
      return "no decision held";
    case MarkKind::Draft:
      return fmt::format("draft: {}", mark.detail);
    case MarkKind::Superseded:
      return fmt::format("superseded text: {}", mark.detail);
    case MarkKind::NotInForce:
      return fmt::format("text not in force: {}", mark.detail);
    case MarkKind::Waived:
      return "a waiver: " + mark.detail;
    case MarkKind::Proxy:
      return "a proxy: " + mark.detail;
    case MarkKind::NotReleased:
      return "what its owner has not released: " + mark.detail;
    case MarkKind::Proposed:
    case MarkKind::Inferred:
    case MarkKind::Local:
    case MarkKind::Estimate:
      break;
  }
  return mark.detail.empty() ? std::string(to_string(mark.kind))
                             : fmt::format("{}: \"{}\"", to_string(mark.kind), mark.detail);
}

std::string distance_in_words(const Value& a, const Value& b, const ValueType& type) {
  if (const auto* first = std::get_if<Decimal>(&a)) {
    const auto apart = subtract(*first, std::get<Decimal>(b));
    if (!apart) return {};
    ValueType unit;
    unit.kind = type.kind == TypeKind::Percent ? TypeKind::Points : type.kind;
    return to_words(apart->units() < 0 ? apart->negated() : *apart, unit);
  }
  if (const auto* first = std::get_if<Date>(&a)) {
    const int apart = std::abs(first->days - std::get<Date>(b).days);
    return Duration{Duration::Unit::Days, apart}.to_string();
  }
  if (const auto* first = std::get_if<Label>(&a); first && type.kind == TypeKind::Scale) {
    const int apart = std::abs(int{first->index} - int{std::get<Label>(b).index});
    return fmt::format("{} step{}", apart, apart == 1 ? "" : "s");
  }
  return {};
}

std::string apart_in_words(const Cell& lhs, const Cell& rhs, const ValueType& type) {
  const std::string left = plain_in_words(lhs, type), right = plain_in_words(rhs, type);
  if (!lhs.known() && lhs.applies()) {
    return left.starts_with("unknown") ? fmt::format("not known, against {}", right)
                                       : fmt::format("could be {}, against {}", left, right);
  }
  if (!lhs.known() || !rhs.known()) return fmt::format("{} against {}", left, right);
  if (!is_ordered(type.kind) || lhs.value().index() != rhs.value().index() || type.kind == TypeKind::YesNo) {
    return fmt::format("{} against {}", left, right);
  }
  const auto order_of = order(lhs.value(), rhs.value());
  if (order_of == 0) return fmt::format("it is exactly {}", right);
  const bool later = type.kind == TypeKind::Date;
  const char* side = order_of < 0 ? (later ? "before" : "below") : (later ? "after" : "above");
  return fmt::format("{} is {} {} {}", left, distance_in_words(lhs.value(), rhs.value(), type), side, right);
}

std::string subject_text(const Snapshot& snapshot, SubjectId subject) {
  const Subject& who = snapshot.subject(subject);
  return fmt::format("{}:{}", snapshot.schema().kind(who.kind).name, who.code);
}

std::string period_in_words(Date from, const std::optional<Date>& to) {
  if (!to) return "from " + from.to_long_string();
  if (*to == from) return "on " + from.to_long_string();
  return fmt::format("from {} to {}", from.to_long_string(), to->to_long_string());
}

std::string period_in_words(const ImpreciseDate& from, const std::optional<ImpreciseDate>& to) {
  if (from.exact() && (!to || to->exact()))
    return period_in_words(from.first, to ? std::optional(to->first) : std::nullopt);
  const auto day = [](const ImpreciseDate& date) { return (date.exact() ? "" : "a day of ") + date.to_long_string(); };
  return fmt::format("from {}{}", day(from), to ? " to " + day(*to) : "");
}

std::string tally_in_words(std::initializer_list<Tallied> parts, std::size_t all, std::string_view noun) {
  if (all == 0) return "there are none";
  std::string words;
  for (const Tallied& part : parts) {
    if (part.count > 0) words += fmt::format("{}{} {}", words.empty() ? "" : ", ", part.count, part.what);
  }
  return fmt::format("of {} {}: {}", all, noun, words);
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

}  // namespace assay
