// Each step by itself, and then from the outcome down.
#include "apps/verifier/accept/accept.h"

#include <fmt/format.h>

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

}  // namespace

struct Judge::State {
  const Rulebook& book;
  const Snapshot* rows;
  Derivation::Given given;
  Wordings wordings;
  std::optional<Derivation> derivation;
};

Judge::Judge(const Rulebook& rulebook, Derivation::Given given)
    : state_(new State{rulebook, nullptr, std::move(given), Wordings(rulebook), {}}) {}
Judge::Judge(const Rulebook& rulebook, const Snapshot& rows, Derivation::Given given)
    : state_(new State{rulebook, &rows, given, Wordings(rulebook), {}}) {
  state_->derivation.emplace(rulebook, rows, rows.known_on(), std::move(given));
}
Judge::~Judge() = default;

Judged Judge::operator()(std::string_view json, std::optional<std::string_view> digest) {
  const Rulebook& book = state_->book;
  if (digest && sha256(json).to_string() != *digest) return {"its bytes have another digest"};
  ReadExplanation all;
  if (auto fault = read_explanation(json, all)) return {fault};
  if (state_->rows && state_->rows->known_on() != all.known_on)
    return {fmt::format("it is known on {}, and the rows on {}", all.known_on.to_string(),
                        state_->rows->known_on().to_string())};
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    const ExplainedStep& step = all.steps[i];
    for (auto fault : {fault_of_words(step, book), fault_of_leaf(step, all, book), fault_of_declared(step, book),
                       fault_of_parameter(step, book, state_->given),
                       state_->rows ? fault_against_rows(step, book, state_->derivation->evidence()) : std::nullopt})
      if (fault) return {fmt::format("{}: {}", named(i, step), *fault)};
  }
  std::optional<Snapshot> shown;
  std::optional<Derivation> from_shown;
  std::vector<bool> follows;
  if (!state_->rows) {
    shown.emplace(snapshot_of_shown(all, book));
    from_shown.emplace(book, *shown, all.known_on, state_->given);
    follows = follows_from_shown(all, book);
  }
  Walk walk(all, state_->rows ? *state_->derivation : *from_shown, state_->wordings, std::move(follows));
  Judged judged;
  const auto fault = walk.fault();
  if (fault) judged.fault = fmt::format("{}: {}", named(fault->step, all.steps[fault->step]), fault->what);
  judged.derived = walk.derived();
  return judged;
}

}  // namespace assay::verifier
