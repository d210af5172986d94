// Side by side.
#include "tests/oracle/seen.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace assay::oracle {
namespace {

bool marks_compared = true;

std::string end_in_words(const std::optional<Value>& end, const ValueType& type) {
  return end ? to_plain(*end, type) : "-";
}

bool same_end(const std::optional<Value>& a, const std::optional<Value>& b) {
  if (a.has_value() != b.has_value()) return false;
  if (!a) return true;
  // Exactly: also beyond the places that a comparison sees.
  if (const auto* x = std::get_if<Decimal>(&*a), *y = std::get_if<Decimal>(&*b); x != nullptr && y != nullptr)
    return *x == *y;
  return *a == *b;
}

std::string reason_in_words(const SeenReason& reason, const Rulebook& book, const Snapshot& snapshot) {
  constexpr const char* kKinds[] = {"missing", "stale", "conflict", "withdrawn"};
  return fmt::format("{} of {} on {} {}", book.schema.field(reason.field).name, snapshot.subject(reason.subject).code,
                     reason.on.to_string(), kKinds[reason.kind]);
}

}  // namespace

std::string in_words(const Seen& seen, const Rulebook& book, const Snapshot& snapshot, RuleId rule) {
  const ValueType& type = book.type(book.rule(rule).type);
  std::vector<std::string> because;
  for (const SeenReason& reason : seen.because) because.push_back(reason_in_words(reason, book, snapshot));
  return fmt::format("{} {}..{}{} because [{}] marks [{}] criteria [{}]{}", seen.status, end_in_words(seen.low, type),
                     end_in_words(seen.high, type), seen.may_not_apply ? " or n/a" : "", fmt::join(because, ", "),
                     fmt::join(seen.marks, ", "), fmt::join(seen.criteria, ", "), seen.waived ? " waived" : "");
}

std::string difference(const Seen& a, const Seen& b, const Rulebook& book, const Snapshot& snapshot, RuleId rule) {
  const bool same = a.subject == b.subject && a.status == b.status && same_end(a.low, b.low) &&
                    same_end(a.high, b.high) && a.may_not_apply == b.may_not_apply && a.because == b.because &&
                    (!marks_compared || a.marks == b.marks) && a.criteria == b.criteria && a.waived == b.waived;
  if (same) return "";
  return fmt::format("{} of {}\n  one   {}\n  other {}", book.rule(rule).name, snapshot.subject(a.subject).code,
                     in_words(a, book, snapshot, rule), in_words(b, book, snapshot, rule));
}

void compare_marks(bool compared) { marks_compared = compared; }

Compared compare(const Question& question, const MakeEvaluator& one, const MakeEvaluator& other) {
  Compared compared;
  const Evaluator ask_one = one(question), ask_other = other(question);
  for (std::uint32_t i = 0; i < question.book.rules.size(); ++i) {
    const RuleId rule{i};
    const auto a = ask_one(rule), b = ask_other(rule);
    for (std::size_t k = 0; k < std::max(a.size(), b.size()); ++k) {
      ++compared.cells;
      if (k >= a.size() || k >= b.size()) {
        const SubjectId subject = (k < a.size() ? a : b)[k].subject;
        compared.differences.push_back({rule, subject, fmt::format("{}: answered by one alone", subject.index)});
        continue;
      }
      ++compared.statuses[a[k].status];
      std::string words = difference(a[k], b[k], question.book, question.snapshot, rule);
      if (!words.empty()) compared.differences.push_back({rule, a[k].subject, std::move(words)});
    }
  }
  return compared;
}

}  // namespace assay::oracle
