// Each thread takes the next mutant and tries it on a rulebook of its own.
#include <algorithm>
#include <atomic>
#include <thread>

#include "engine/plan/plan.h"
#include "engine/session/expectation.h"
#include "engine/trial/mutant.h"
#include "engine/trial/trial.h"

namespace assay {

namespace {

class Court {
 public:
  Court(const Rulebook& book, std::vector<Mutant> mutants)
      : book_(book), trials_(trials_of(book)), reach_(reach_of(book)) {
    for (Mutant& mutant : mutants) results_.push_back({std::move(mutant), {}, 0});
    for (const Trial& trial : trials_) {
      Evaluation evaluation(book, trial.snapshot, trial.overrides, trial.drafts);
      std::vector<bool> met;
      for (const auto& expected : trial.scenario->expected)
        met.push_back(is_met(evaluation, *trial.scenario, expected));
      met_.push_back(std::move(met));
    }
  }

  std::vector<MutantResult> judge() && {
    constexpr unsigned kThreadsMax = 8;
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1u, kThreadsMax);
    {
      std::vector<std::jthread> others;
      for (unsigned i = 1; i < threads; ++i) others.emplace_back([this] { take(); });
      take();
    }
    return std::move(results_);
  }

 private:
  void take() {
    Rulebook copy = book_;
    for (std::size_t i = next_++; i < results_.size(); i = next_++) {
      apply(results_[i].mutant, copy);
      judge_one(results_[i], copy);
      undo(results_[i].mutant, copy, book_);
    }
  }

  // The rules whose own text the change stands in, or that read the parameter.
  std::vector<RuleId> touched(const Mutant& mutant) const {
    if (mutant.rule) return {*mutant.rule};
    const ParameterId changed = std::get<Mutant::ParameterChange>(mutant.change).parameter;
    std::vector<RuleId> out;
    for (std::uint32_t rule = 0; rule < book_.rules.size(); ++rule) {
      const auto read = parameters_read(book_, {rule});
      if (std::find(read.begin(), read.end(), changed) != read.end()) out.push_back({rule});
    }
    return out;
  }

  bool overridden(const Mutant& mutant, const Trial& trial) const {
    const auto* change = std::get_if<Mutant::ParameterChange>(&mutant.change);
    return change && trial.overrides.contains(change->parameter.index);
  }

  void judge_one(MutantResult& result, const Rulebook& changed) const {
    const auto rules = touched(result.mutant);
    for (std::size_t t = 0; t < trials_.size() && result.killed_by.empty(); ++t) {
      const Trial& trial = trials_[t];
      if (overridden(result.mutant, trial)) continue;
      std::optional<Evaluation> evaluation;
      for (std::size_t e = 0; e < trial.scenario->expected.size(); ++e) {
        const auto& expected = trial.scenario->expected[e];
        const auto* asks = std::get_if<RuleId>(&expected.target);
        if (!asks || !met_[t][e] || expected.form == ast::Expect::Form::Mentions ||
            std::none_of(rules.begin(), rules.end(), [&](RuleId rule) { return reach_[asks->index][rule.index]; }))
          continue;
        if (!evaluation)
          ++result.reached_by, evaluation.emplace(changed, trial.snapshot, trial.overrides, trial.drafts);
        if (is_met(*evaluation, *trial.scenario, expected)) continue;
        result.killed_by = trial.scenario->title;
        break;
      }
    }
  }

  const Rulebook& book_;
  std::vector<Trial> trials_;
  std::vector<std::vector<bool>> met_, reach_;
  std::vector<MutantResult> results_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace

std::vector<MutantResult> try_mutants(const Rulebook& book, std::vector<Mutant> mutants) {
  return Court(book, std::move(mutants)).judge();
}

}  // namespace assay
