// assay test --coverage: the answers of conditions that no scenario shows to matter.
#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "apps/cli/test.h"
#include "engine/trial/coverage.h"

namespace assay::cli {

namespace {

constexpr std::array<Truth, 3> kInOrder = {Truth::Yes, Truth::No, Truth::Unknown};

std::string_view answer_word(Truth truth) {
  return truth == Truth::Yes ? "true" : truth == Truth::No ? "false" : "unknown";
}

const AnswerShown& answer_of(const ConditionShown& row, Truth truth) {
  return row.answers[static_cast<std::size_t>(truth)];
}

bool wanting(const AnswerShown& answer) { return answer.shown != Shown::Yes && answer.shown != Shown::CannotBe; }

std::string why(const AnswerShown& answer, Truth truth) {
  switch (answer.shown) {
    case Shown::Masked:
      return fmt::format("it is {} in \"{}\", where it changes nothing: {}", answer_word(truth), answer.scenario_title,
                         answer.detail);
    case Shown::NotGiven:
      return fmt::format("no scenario makes it {}", answer_word(truth));
    case Shown::NotReached:
      return "no scenario asks about this rule";
    case Shown::CannotBe:
      return answer.detail;
    case Shown::Yes:
      break;
  }
  return {};
}

struct Counts {
  std::int64_t conditions = 0, answers = 0, shown = 0, cannot_be = 0;
};

class Printer {
 public:
  explicit Printer(const Rulebook& book) : book_(book) {}

  // Conditions with an answer that `picks` picks, under the name of their rule.
  template <class Picks>
  void list(const std::vector<ConditionShown>& rows, std::string_view heading, Picks picks) {
    bool headed = false;
    std::optional<RuleId> rule;
    for (const ConditionShown& row : rows) {
      if (std::none_of(row.answers.begin(), row.answers.end(), picks)) continue;
      if (!headed) fmt::print("\n{}\n", heading);
      headed = true;
      if (rule != row.condition.rule) print_lines("  ", book_.rule(row.condition.rule).name);
      rule = row.condition.rule;
      print_lines("    ", line_of(book_, row.condition.span));
      print_lines("      ", "`" + row.condition.words + "`", 6);
      for (Truth truth : kInOrder)
        if (picks(answer_of(row, truth)))
          print_lines(fmt::format("        {:<9}", answer_word(truth)), why(answer_of(row, truth), truth));
    }
  }

 private:
  const Rulebook& book_;
};

}  // namespace

int print_coverage(const RulesAsked& asked, bool require) {
  const auto rows = coverage(asked.book, [&](RuleId rule) { return asked.counts(rule); });
  Counts counts;
  for (const ConditionShown& row : rows) {
    ++counts.conditions;
    for (const AnswerShown& answer : row.answers) {
      counts.cannot_be += answer.shown == Shown::CannotBe ? 1 : 0;
      counts.answers += answer.shown == Shown::CannotBe ? 0 : 1;
      counts.shown += answer.shown == Shown::Yes ? 1 : 0;
    }
  }
  Printer printer(asked.book);
  printer.list(rows, "Not shown to matter", wanting);
  printer.list(rows, "Cannot be", [](const AnswerShown& answer) { return answer.shown == Shown::CannotBe; });
  const std::int64_t missing = counts.answers - counts.shown;
  fmt::print("{}{}: {} of {} answers shown to matter, {} not; {} cannot be\n", rows.empty() ? "" : "\n",
             counted(counts.conditions, "condition"), counts.shown, counts.answers, missing, counts.cannot_be);
  return require && missing > 0 ? kNo : kDone;
}

}  // namespace assay::cli
