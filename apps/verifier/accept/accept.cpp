// Each step by itself, and then from the outcome down.
#include "apps/verifier/accept/accept.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/parts.h"
#include "apps/verifier/accept/shown.h"
#include "apps/verifier/accept/walk.h"
#include "evidence/core/digest.h"

namespace assay::verifier {
namespace {

// "step 3 (Overall rating)": which it is to somebody who reads the tree.
std::string named(std::size_t at, const ExplainedStep& step) {
  std::string_view name = step.text("title").empty() ? step.text("words") : step.text("title");
  constexpr std::size_t kShown = 60;
  if (name.empty()) name = step.text("kind");
  if (name.size() <= kShown) return fmt::format("step {} ({})", at, name);
  std::size_t end = kShown;
  while (end > 0 && (name[end] & '\xC0') == '\x80') --end;
  return fmt::format("step {} ({}...)", at, name.substr(0, end));
}

std::string asked_in(const ReadExplanation& all) {
  const ExplainedStep& root = all.steps.front();
  return fmt::format("{} of {} ({}), as at {}, known on {}: {}", root.text("rule"), root.text("subject_name"),
                     root.text("subject"), all.as_at.to_string(), all.known_on.to_string(), root.text("result"));
}

}  // namespace

struct Judge::State {
  const Rulebook& book;
  const Snapshot* rows;
  Derivation::Given given;
  Wordings wordings;
  std::optional<Derivation> derivation;
  std::optional<std::string> fault_of(const ReadExplanation& all, bool& derived);
  std::optional<std::string> fault_within(const ReadExplanation& all, bool& derived);
};

Judge::Judge(const Rulebook& rulebook, Derivation::Given given)
    : state_(new State{rulebook, nullptr, std::move(given), Wordings(rulebook), {}}) {}
Judge::Judge(const Rulebook& rulebook, const Snapshot& rows, Derivation::Given given)
    : state_(new State{rulebook, &rows, given, Wordings(rulebook), {}}) {
  state_->derivation.emplace(rulebook, rows, rows.known_on(), std::move(given));
}
Judge::~Judge() = default;

Judged Judge::operator()(std::string_view json, std::optional<std::string_view> digest) {
  ReadExplanation all;
  if (auto fault = read_explanation(json, all)) return {fault};
  Judged judged;
  judged.asked = asked_in(all);
  judged.steps = all.steps.size();
  judged.rows = static_cast<std::size_t>(std::count_if(
      all.steps.begin(), all.steps.end(), [](const ExplainedStep& step) { return step.leaf.has_value(); }));
  judged.fault = state_->fault_within(all, judged.derived);
  if (!judged.fault && digest && sha256(json).to_string() != *digest)
    judged.fault = "it is not the explanation of the outcome, whose digest is another";
  return judged;
}

// What a derivation may take is for one explanation: one that begins with little left, after others, begins anew.
std::optional<std::string> Judge::State::fault_within(const ReadExplanation& all, bool& derived) {
  for (const bool again : {false, true}) {
    try {
      if (again && rows) derivation.emplace(book, *rows, rows->known_on(), given);
      return fault_of(all, derived);
    } catch (const TooMuch) {
      derived = false;
    } catch (const std::exception&) {  // a number in its words that is no number, or the like
      return "it says what cannot be read";
    }
  }
  return "it takes more steps to judge than a derivation may take";
}

std::optional<std::string> Judge::State::fault_of(const ReadExplanation& all, bool& derived) {
  if (rows && rows->known_on() != all.known_on)
    return fmt::format("it is known on {}, and the rows on {}", all.known_on.to_string(), rows->known_on().to_string());
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    const ExplainedStep& step = all.steps[i];
    for (auto fault : {fault_of_words(step, book), fault_of_leaf(step, all, book), fault_of_declared(step, book),
                       fault_of_parameter(step, book, given),
                       rows ? fault_against_rows(step, book, derivation->evidence()) : std::nullopt})
      if (fault) return fmt::format("{}: {}", named(i, step), *fault);
  }
  std::optional<Snapshot> shown;
  std::optional<Derivation> from_shown;
  std::vector<bool> follows;
  if (!rows) {
    shown.emplace(snapshot_of_shown(all, book));
    from_shown.emplace(book, *shown, all.known_on, given);
    follows = follows_from_shown(all, book);
  }
  Walk walk(all, rows ? *derivation : *from_shown, wordings, std::move(follows));
  const auto fault = walk.fault();
  derived = walk.derived();
  if (!fault) return std::nullopt;
  return fmt::format("{}: {}", named(fault->step, all.steps[fault->step]), fault->what);
}

}  // namespace assay::verifier
