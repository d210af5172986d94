// Which exceptions of a definition apply.
#include "engine/explain/exceptions.h"

#include "engine/eval/truth_set.h"

namespace assay {

Exceptions exceptions_of(Evaluation& evaluation, const DefineRule& body, const Scope& scope) {
  Exceptions out;
  out.stands.push_back(evaluation.expr(body.value, scope));
  for (std::size_t i = 0; i < body.buts.size(); ++i) {
    const Cell above = out.stands.back();
    Scope here = scope;
    here.above = &above;
    out.conditions.push_back(evaluation.expr(body.buts[i].condition, here));
    if (out.conditions.back().truth() == Truth::Yes) out.winner = i;
    out.stands.push_back(choose(out.conditions.back(), evaluation.expr(body.buts[i].value, here), above));
  }
  return out;
}

}  // namespace assay
