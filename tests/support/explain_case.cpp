// Reads a golden case of explanations, and answers it.
#include "tests/support/explain_case.h"

#include <fmt/format.h>

#include <optional>
#include <sstream>

#include "dsl/check/check.h"
#include "engine/eval/outcome.h"
#include "engine/explain/explanation.h"
#include "engine/explain/outcome_row.h"
#include "engine/session/scenario_snapshot.h"
#include "tests/support/evidence_lines.h"

namespace assay::golden {

namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// The rules and evidence of a case, and the dates asked about.
class Answers {
 public:
  explicit Answers(const CaseSections& of) {
    Sources sources;
    for (const Section& section : of.sections) {
      const std::vector<std::string> words = words_of(section.head);
      if (words.front() == "rules")
        sources.add(words.size() > 1 ? words[1] + ".assay" : "rules.assay", section.body + "\n");
    }
    book_ = check(std::move(sources), sink_);
    if (sink_.has_errors()) {
      fault_ = "the rules do not check:";
      for (const Diagnostic& diagnostic : sink_.sorted()) {
        if (severity_of(diagnostic.kind) == Severity::Error) fault_ += "\n" + diagnostic.message;
      }
      return;
    }
    evidence_ = of.body_of("evidence");
    if (evidence_) return;
    if (book_.scenarios.empty()) {
      fault_ = "neither evidence nor a scenario";
      return;
    }
    as_at_ = book_.scenarios.front().as_at;
    snapshot_.emplace(scenario_snapshot(book_, book_.scenarios.front()));
  }

  // "as at DATE known on DATE"
  void dates(const std::vector<std::string>& words) {
    const auto as_at = words.size() > 2 ? Date::parse(words[2]) : std::nullopt;
    const auto known_on = words.size() > 5 ? Date::parse(words[5]) : as_at;
    if (!as_at || !known_on) {
      fault_ = "dates are written `as at 2025-08-12 known on 2025-08-20`";
      return;
    }
    as_at_ = *as_at;
    if (!fault_.empty() || !evidence_) return;
    auto made = evidence_lines(*evidence_, book_.schema, *known_on);
    if (made)
      snapshot_.emplace(std::move(*made));
    else
      fault_ = made.error();
  }

  std::string of(const std::vector<std::string>& words) {
    if (!fault_.empty()) return fault_;
    if (!snapshot_) return "no date is asked about; write `--- as at DATE` first";
    if (words.size() < 3) return "a rule and a subject are wanted";
    const auto rule = book_.find_rule(words[1]);
    if (!rule) return fmt::format("no rule is called `{}`", words[1]);
    const auto subject = subject_of(*snapshot_, book_.rule(*rule).kind, words[2]);
    if (!subject) return fmt::format("no subject `{}`", words[2]);
    Evaluation evaluation(book_, *snapshot_);
    const Outcome found = outcome(evaluation, evaluation.on(*rule, as_at_), *subject, as_at_);
    const Explanation explanation = explain(evaluation, found);
    if (words[0] == "why") {
      std::string tree = to_tree(explanation);
      tree.pop_back();  // the section ends its last line itself
      return tree;
    }
    if (words[0] == "paragraph") return to_paragraph(explanation);
    if (words[0] == "json") return to_json(explanation);
    if (words[0] == "row") return outcome_row(evaluation, found, digest_of(explanation));
    return fmt::format("no section is called `{}`", words[0]);
  }

 private:
  DiagnosticSink sink_;
  Rulebook book_;
  const std::string* evidence_ = nullptr;
  std::optional<Snapshot> snapshot_;
  Date as_at_;
  std::string fault_;
};

}  // namespace

CaseSections answer(const CaseSections& asked) {
  CaseSections out = asked;
  Answers answers(asked);
  for (Section& section : out.sections) {
    const std::vector<std::string> words = words_of(section.head);
    if (section.head == "evidence" || words.front() == "rules") continue;
    if (words.size() > 1 && words[0] == "as" && words[1] == "at")
      answers.dates(words);
    else
      section.body = answers.of(words);
  }
  return out;
}

}  // namespace assay::golden
