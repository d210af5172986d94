// A run against its entry: the rulesets it used, its outcomes, and the explanations kept of it.
#include <fmt/format.h>

#include <utility>

#include "evidence/store/verify.h"

namespace assay {

Result<void> Verification::verify_run(const RunRow& run) {
  if (run.record.number != report_.runs + 1) return bad("its run is out of order");
  if (run.first_block != blocks_ + 1 || run.first_explanation != explanations_ + 1) {
    return bad("its outcomes or explanations do not follow those of the run before");
  }
  RunKeys keys{.as_at = run.record.as_at,
               .known_on = run.record.known_on,
               .run_by = run.record.run_by,
               .run_at = run.record.run_at};
  auto rulesets = next_rulesets(run);
  if (!rulesets) return tl::unexpected(rulesets.error());
  keys.rulesets = std::move(*rulesets);
  keys.based_on = based_on(body_);
  const auto outcomes = next_outcomes(run, keys.based_on);
  if (!outcomes) return tl::unexpected(outcomes.error());
  keys.outcomes = *outcomes;
  const auto explanations = next_explanations(run);
  if (!explanations) return tl::unexpected(explanations.error());
  keys.explanations = *explanations;
  // Setting the keys anew changes the body if and only if one of them differs.
  const auto body = bind_body(body_, keys);
  if (!body || *body != body_) return bad("the run is not as its entry says");
  ++report_.runs;
  return {};
}

Result<std::vector<RulesetName>> Verification::next_rulesets(const RunRow& run) {
  std::vector<RulesetName> used;
  // How many there are stands in the entry: the rows of this run are those before the next run's.
  while (run_ruleset_ready_ || run_ruleset_.next()) {
    run_ruleset_ready_ = run_ruleset_.integer(0) != run.record.number;
    if (run_ruleset_ready_) break;
    const std::int64_t position = run_ruleset_.integer(1), number = run_ruleset_.integer(2, 1);
    if (!run_ruleset_.sound() || position != static_cast<std::int64_t>(used.size())) {
      return bad(run_ruleset_, "its list of rulesets is not as recorded");
    }
    const auto held = static_cast<std::int64_t>(rulesets_.size());
    if (number > held + 1) return bad(ruleset_, "its list of rulesets is not as recorded");
    if (number == held + 1)
      if (auto read = next_text_of_ruleset(); !read) return tl::unexpected(read.error());
    used.push_back(rulesets_[static_cast<std::size_t>(number) - 1]);
  }
  if (!run_ruleset_.sound()) return bad(run_ruleset_, {});
  return used;
}

Result<void> Verification::next_text_of_ruleset() {
  const auto number = static_cast<std::int64_t>(rulesets_.size()) + 1;
  const auto changed = [&] { return bad(ruleset_, fmt::format("the text of ruleset {} is not as recorded", number)); };
  if (!ruleset_.next()) return bad(ruleset_, "its list of rulesets is not as recorded");
  RulesetName name{ruleset_.digest(1), std::string(ruleset_.text(2)), std::string(ruleset_.text(3)),
                   std::string(ruleset_.text(4))};
  if (ruleset_.integer(0) != number || sha256(ruleset_.text(5)) != name.digest || !ruleset_.sound()) return changed();
  rulesets_.push_back(std::move(name));
  return {};
}

Result<Digest> Verification::next_outcomes(const RunRow& run, std::int64_t base) {
  std::vector<BlockDigest> own;
  for (std::int64_t i = 0; i < run.blocks; ++i) {
    const auto changed = [&] {
      return bad(block_, fmt::format("outcome block {} of {} is not as recorded", i + 1, run.blocks));
    };
    if (!block_.next() || block_.integer(0) != ++blocks_) return changed();
    const std::string_view rule = block_.text(1);
    const std::int64_t number = block_.integer(2, 0);
    const Digest digest = block_.digest(3);
    if (sha256(block_.blob(4)) != digest || !block_.sound()) return changed();
    const Redactions::Derived* const gone = redactions_.outcome(blocks_);
    if (gone && gone->left != digest) return changed();
    own.push_back({std::string(rule), number, gone ? gone->digest : digest, blocks_});
  }
  if (base != 0) {
    const auto held = run_blocks_.find(base);
    if (held == run_blocks_.end()) return bad("it is based on a run that is not there");
    auto all = held->second.with(own);
    if (!all) return bad("it has an outcome block that the run it is based on has no place for");
    return run_blocks_.emplace(run.record.number, std::move(*all)).first->second.root();
  }
  return run_blocks_.emplace(run.record.number, std::move(own)).first->second.root();
}

Result<Digest> Verification::next_explanations(const RunRow& run) {
  std::vector<Digest> digests;
  for (std::int64_t i = 0; i < run.explanations; ++i) {
    const auto changed = [&] {
      return bad(explanation_, fmt::format("explanation {} of {} is not as recorded", i + 1, run.explanations));
    };
    if (!explanation_.next() || explanation_.integer(0) != ++explanations_) return changed();
    const std::string_view rule = explanation_.text(1), subject = explanation_.text(2);
    const Digest digest = explanation_.digest(3);
    if (sha256(explanation_.text(4)) != digest || !explanation_.sound()) return changed();
    const Redactions::Derived* const gone = redactions_.explanation(explanations_);
    if (gone && gone->left != digest) return changed();
    report_.explanations += gone ? 0 : 1;
    digests.push_back(explanation_digest(rule, subject, gone ? gone->digest : digest));
  }
  return root_of_digests(digests);
}

}  // namespace assay
