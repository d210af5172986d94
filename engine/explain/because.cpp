// From the outcome down to the conditions that compare something with something.
#include "engine/explain/because.h"

#include <algorithm>

#include <fmt/format.h>

namespace assay {

namespace {

using Kind = ProofStep::Kind;

constexpr std::size_t kSaid = 3;

bool is_condition(const ProofStep& step) {
  switch (step.kind) {
    case Kind::Condition:
    case Kind::Comparison:
    case Kind::Consecutive:
    case Kind::Aggregate:
    case Kind::Criterion:
    case Kind::Method:
      return true;
    case Kind::Rule:
    case Kind::Member:
    case Kind::Exception:
    case Kind::Stage:
    case Kind::Evidence:
    case Kind::Row:
    case Kind::Absence:
    case Kind::Parameter:
    case Kind::Amount:
    case Kind::TableRow:
      return false;
  }
  return false;
}

class Because {
 public:
  explicit Because(const Explanation& explanation) : explanation_(explanation) {}

  std::string words() && {
    const ProofStep& root = explanation_.steps[explanation_.root.index];
    if (!below(root)) return root.note;
    std::string out = fmt::format("{}", fmt::join(said_.begin(), said_.begin() + kept(), "; "));
    if (said_.size() > kSaid) out += fmt::format("; and {} more", said_.size() - kSaid);
    return out;
  }

 private:
  std::ptrdiff_t kept() const { return static_cast<std::ptrdiff_t>(std::min(said_.size(), kSaid)); }

  // Says what the conditions below a step found; false where there are none, and the step speaks for itself.
  bool below(const ProofStep& step) {
    bool any = false;
    // Each step of time, each member asked: the step above has counted them.
    if (step.kind == Kind::Consecutive || step.kind == Kind::Aggregate) return false;
    for (StepId id : step.children) {
      const ProofStep& child = explanation_.steps[id.index];
      if (!is_condition(child)) continue;
      any = true;
      if (!below(child)) say(child);
    }
    return any;
  }

  void say(const ProofStep& step) {
    std::string line = step.title.empty() || step.kind == Kind::Method ? step.words : step.title;
    // "yes at 1 of 2" says it all.
    const bool counted = step.kind == Kind::Consecutive && !step.note.empty();
    line += counted ? ": " + step.note : fmt::format(": {}{}{}", step.result, step.note.empty() ? "" : ", ", step.note);
    if (std::find(said_.begin(), said_.end(), line) == said_.end()) said_.push_back(std::move(line));
  }

  const Explanation& explanation_;
  std::vector<std::string> said_;
};

}  // namespace

std::string because_in_words(const Explanation& explanation) { return Because(explanation).words(); }

}  // namespace assay
