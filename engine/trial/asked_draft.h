// A draft put together, and its rule asked of its subject. Internal to engine/trial.
#pragma once

#include <optional>
#include <string>

#include "engine/trial/draft.h"
#include "engine/trial/masking.h"
#include "engine/trial/threshold.h"

namespace assay {

class AskedDraft {
 public:
  AskedDraft(const Rulebook& book, RuleId rule, const Draft& draft);
  AskedDraft(const AskedDraft&) = delete;
  AskedDraft& operator=(const AskedDraft&) = delete;

  const Asking& asking() const { return asking_; }
  const Derived& base() const { return base_; }

 private:
  Scenario scenario_;
  Trial trial_;
  Evaluation evaluation_;
  Asking asking_;
  Derived base_;
};

// What a comparison's limit comes to on the draft's date.
std::optional<Value> limit_of(const Rulebook& book, const Threshold& threshold, const Draft& draft);

// Adds what the rule gives of the subject today.
void expect_outcome(const Rulebook& book, RuleId rule, const std::string& subject, Scenario& scenario);

}  // namespace assay
