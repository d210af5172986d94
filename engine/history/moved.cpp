// Every rule that both have, every subject in being: the two answers side by side.
#include "engine/history/moved.h"

#include <algorithm>
#include <map>

#include "engine/eval/outcome.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

using Answers = std::map<std::pair<std::string, std::string>, std::string>;  // rule and subject to words

Answers answers_of(Evaluation& evaluation, Date as_at) {
  Answers out;
  const Rulebook& book = evaluation.rulebook();
  for (const Outcome& one : outcomes(evaluation, plan(book, {as_at, evaluation.snapshot().known_on()})))
    out[{book.rule(one.rule).name, subject_text(evaluation.snapshot(), one.subject)}] = in_words(one, book);
  return out;
}

}  // namespace

std::vector<RuleMoved> who_moves(Evaluation& was, Evaluation& now, Date as_at) {
  const Answers before = answers_of(was, as_at);
  std::vector<RuleMoved> out;
  const Rulebook& book = now.rulebook();
  const Snapshot& snapshot = now.snapshot();
  for (const Outcome& one : outcomes(now, plan(book, {as_at, snapshot.known_on()}))) {
    const std::string &rule = book.rule(one.rule).name, subject = subject_text(snapshot, one.subject);
    const auto then = before.find({rule, subject});
    if (then == before.end()) continue;
    if (out.empty() || out.back().rule != rule) out.push_back({rule, 0, {}});
    ++out.back().asked;
    const std::string said = in_words(one, book);
    if (said != then->second)
      out.back().moved.push_back({rule, subject, name_on(snapshot, one.subject, as_at), then->second, said});
  }
  return out;
}

std::vector<std::string> take_as_in_force(Rulebook& rulebook, Date as_at, Date known_on) {
  std::vector<std::string> out;
  for (std::uint32_t index = 0; index < rulebook.rulesets.size(); ++index) {
    const auto& editions = rulebook.rulesets[index].editions;
    if (rulebook.edition_on({index}, {as_at, known_on})) continue;
    Ruleset& last = rulebook.rulesets[editions.empty() ? index : editions.back().index];
    if (last.upcoming) continue;
    last.in_force_from = std::min(last.in_force_from, as_at);
    if (last.in_force_to) last.in_force_to = std::max(*last.in_force_to, as_at);
    last.published = std::min(last.published, known_on);
    last.draft = false;
    out.push_back(last.name);
  }
  return out;
}

bool take_edition(Rulebook& rulebook, const std::string& edition) {
  bool found = false;
  for (Ruleset& one : rulebook.rulesets) {
    if (one.edition != edition) continue;
    found = true;
    for (Ruleset& other : rulebook.rulesets)
      if (other.name == one.name && other.edition != edition) other.upcoming = true;
  }
  return found;
}

}  // namespace assay
