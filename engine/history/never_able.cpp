// Every rule on every day on which its answer can change; every field beside all that rules read.
#include "engine/history/never_able.h"

#include <algorithm>
#include <set>

#include "engine/history/timeline.h"
#include "engine/plan/plan.h"

namespace assay {

namespace {

using Need = std::pair<FieldId, SubjectId>;

std::set<Need> needs_of(const Reasons& why) {
  std::set<Need> out;
  for (const Reason& reason : why) out.emplace(reason.field, reason.subject);
  return out;
}

std::int64_t held(const Snapshot& snapshot, FieldId field, SubjectId subject) {
  const auto rows = snapshot.rows(field, subject);
  return std::count_if(rows.begin(), rows.end(), [](const Observation& row) {
    return !row.superseded && (row.standing == Standing::Held || row.standing == Standing::NotApplicable);
  });
}

// Nothing when it was asked on no day, or could decide on one.
std::optional<NeverAble> open_throughout(Evaluation& evaluation, const PeriodQuestion& question, RuleId rule) {
  const Snapshot& snapshot = evaluation.snapshot();
  NeverAble found{rule, question.subject, question.from, {}};
  std::set<Need> always;
  bool asked = false;
  for (Date day : bearing_on(evaluation.rulebook(), snapshot, question).days) {
    const DayAnswer answer = answer_on(evaluation, question, day);
    if (!answer.outcome) continue;
    if (!answer.outcome->cell.unknown()) return std::nullopt;
    const std::set<Need> now = needs_of(answer.outcome->cell.why);
    if (!asked) found.since = day, always = now;
    asked = true;
    std::erase_if(always, [&](const Need& need) { return !now.contains(need); });
  }
  if (!asked) return std::nullopt;
  for (const auto& [field, whose] : always) found.wanting.push_back({whose, field, held(snapshot, field, whose)});
  return found;
}

}  // namespace

std::vector<NeverAble> never_able(Evaluation& evaluation, SubjectId subject, Date from, Date to) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  std::vector<NeverAble> out;
  std::set<std::string> done;
  for (std::uint32_t index = 0; index < book.rules.size(); ++index) {
    const Rule& rule = book.rules[index];
    if (!done.insert(rule.name).second) continue;
    std::vector<SubjectId> asked;
    if (rule.kind == snapshot.subject(subject).kind) asked = {subject};
    if (book.schema.kind(rule.kind).relation) {
      for (SubjectId link : snapshot.links_from(rule.kind, subject)) asked.push_back(link);
      for (SubjectId link : snapshot.links_to(rule.kind, subject)) asked.push_back(link);
    }
    for (SubjectId one : asked)
      if (auto found = open_throughout(evaluation, {rule.name, one, from, to}, {index})) out.push_back(*found);
  }
  return out;
}

namespace {

void add_printed(const Rulebook& rulebook, const std::optional<ast::Template>& text, std::vector<bool>& printed) {
  if (!text) return;
  for (const auto& piece : text->pieces)
    if (const auto* expr = std::get_if<ast::ExprId>(&piece))
      for (FieldId field : fields_read(rulebook, *expr)) printed[field.index] = true;
}

}  // namespace

std::vector<Unread> read_by_no_rule(const Rulebook& rulebook, const Snapshot& snapshot, SubjectId subject) {
  std::vector<bool> read(rulebook.schema.fields().size());
  for (const KindDef& kind : rulebook.schema.kinds())
    read[kind.register_field.index] = read[kind.alias_field.index] = true;
  std::vector<bool> printed(read.size());
  for (std::uint32_t rule = 0; rule < rulebook.rules.size(); ++rule) {
    for (FieldId field : fields_read(rulebook, RuleId{rule})) read[field.index] = true;
    const auto& body = rulebook.rules[rule].body;
    if (const auto* flag = std::get_if<FlagRule>(&body))
      add_printed(rulebook, flag->says, printed), add_printed(rulebook, flag->action, printed);
    if (const auto* interaction = std::get_if<InteractionRule>(&body))
      add_printed(rulebook, interaction->says, printed);
  }
  std::vector<Unread> out;
  for (std::uint32_t field = 0; field < read.size(); ++field) {
    const FieldDef& def = rulebook.schema.field({field});
    if (!read[field] && def.role == FieldRole::Evidence && def.kind == snapshot.subject(subject).kind)
      out.push_back({{field}, held(snapshot, {field}, subject), printed[field]});
  }
  return out;
}

}  // namespace assay
