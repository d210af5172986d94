// Every question, step by step.
#include "apps/verifier/accept/accept.h"

#include <fmt/format.h>

#include "apps/verifier/accept/parts.h"
#include "evidence/core/digest.h"

namespace assay::verifier {

Judged judge_explanation(std::string_view json, const Rulebook& book, std::optional<std::string_view> digest) {
  if (digest && sha256(json).to_string() != *digest) return {"its bytes have another digest"};
  ReadExplanation all;
  if (auto fault = read_explanation(json, all)) return {fault};
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    for (auto fault : {fault_of_words(all.steps[i], book), fault_of_leaf(all.steps[i], all, book),
                       fault_of_basis(all.steps[i], book)})
      if (fault) return {fmt::format("step {}: {}", i, *fault)};
  }
  Judged judged;
  judged.fault = fault_of_results(all, book, judged.derived);
  return judged;
}

}  // namespace assay::verifier
