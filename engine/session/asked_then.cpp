// The outcome blocks of the runs of a period.
#include "engine/session/asked_then.h"

#include "engine/session/about.h"

namespace assay {

Result<std::vector<AskedThen>> asked_then(Store& store, const Rulebook& rulebook, const Snapshot& snapshot,
                                          const History& history) {
  auto runs = store.runs();
  if (!runs) return tl::unexpected(runs.error());
  const auto rule = rulebook.find_rule(history.question.rule);
  const Subject& who = snapshot.subject(history.question.subject);
  const std::string subject = who.from ? who.code : history.subject;
  std::vector<AskedThen> out;
  for (const RunRecord& run : *runs) {
    const bool in_period = history.question.from <= run.as_at && run.as_at <= history.question.to;
    if (!in_period || run.known_on > history.known_on) continue;
    const auto cell = concluded_of(store, run, history.question.rule, subject);
    if (!cell) return tl::unexpected(cell.error());
    if (!*cell) continue;
    const ValueType& type = rulebook.type(rulebook.rule(*rule).type);
    out.push_back({run.number, run.as_at, run.known_on, run.run_at, run.run_by, concluded_in_words((*cell)->row, type),
                   history.on(run.as_at).words});
  }
  return out;
}

}  // namespace assay
