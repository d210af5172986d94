// What the trail has on record of an outcome, and how a run's conclusion differs from today's: put down to new
// evidence, correction, changed rule or geography, naming the rows and the words.
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "apps/cli/lines.h"
#include "apps/cli/two_texts.h"
#include "apps/cli/why.h"
#include "engine/explain/explanation.h"
#include "engine/explain/words.h"
#include "engine/plan/plan.h"
#include "engine/session/approval.h"
#include "engine/session/replay.h"
#include "engine/session/about.h"

namespace assay::cli {

namespace {

// A question put to one set of rules and rows; the subject and rule looked up anew in each.
struct Put {
  const Rulebook& book;
  const Snapshot& snapshot;
};

struct Answered {
  std::string words;
  std::vector<const Observation*> rows;
};

std::optional<Question> question_in(const Put& put, const std::string& rule, const Subject& subject,
                                    const std::string& kind) {
  const auto rule_id = put.book.find_rule(rule);
  const auto kind_id = put.book.schema.find_kind(kind);
  if (!rule_id || !kind_id) return std::nullopt;
  const auto found = put.snapshot.find(*kind_id, subject.code);
  if (!found) return std::nullopt;
  return Question{*rule_id, *found};
}

Answered answer(const Put& put, const Question& question, Date as_at) {
  Evaluation evaluation(put.book, put.snapshot);
  Answered out;
  const RuleId rule = evaluation.on(question.rule, as_at);
  const Outcome found = outcome(evaluation, rule, question.subject, as_at);
  out.words = in_words(found, put.book);
  out.rows = evaluation.reads(rule, question.subject, {as_at});
  if (found.waiver) out.rows.push_back(found.waiver->row);
  return out;
}

const char* cause_of(const Put& put, const Observation& row) {
  const FieldDef& field = put.book.schema.field(row.field);
  const KindDef& kind = put.book.schema.kind(field.kind);
  if (row.supersedes > 0) return "correction";
  if (field.role == FieldRole::Waiver) return "waiver";
  return kind.relation || row.field == kind.register_field ? "geography" : "new evidence";
}

void print_row_cause(const Put& put, const Observation& row) {
  const FieldDef& field = put.book.schema.field(row.field);
  print_lines(fmt::format("    {}: ", cause_of(put, row)),
              fmt::format("row {}, {} of {}: {}, recorded on {} by {} ({}{}{})", row.row, field.title,
                          name_on(put.snapshot, row.subject, row.valid_from), row_in_words(row, field.type),
                          row.recorded_on.to_string(), put.snapshot.batch(row.batch).recorded_by, row.document,
                          row.place.empty() ? "" : ", ", row.place),
              6);
}

// Rows read now that the run did not read: what came since.
int print_new_rows(const Put& now, const Answered& before, const Answered& after) {
  std::set<std::int64_t> known;
  for (const Observation* row : before.rows) known.insert(row->row);
  int shown = 0;
  for (const Observation* row : after.rows)
    if (known.insert(row->row).second) print_row_cause(now, *row), ++shown;
  return shown;
}

// The words of a rule and of all that it reads, by name: rules, parameters and evidence.
using Words = std::map<std::string, std::string>;

void gather_words(const Rulebook& book, RuleId id, Words& words) {
  const Rule& rule = book.rule(id);
  if (!words.emplace(rule.name, book.sources.words(rule.span)).second) return;
  for (ParameterId parameter : parameters_read(book, id)) {
    const Parameter& def = book.parameters[parameter.index];
    words.emplace(def.name, book.sources.words(def.span));
  }
  for (RuleId read : rules_read(book, id)) gather_words(book, read, words);
}

Words words_under(const Rulebook& book, RuleId rule) {
  Words words;
  gather_words(book, rule, words);
  for (FieldId field : fields_read(book, rule)) {
    const Span span = book.evidence[field.index].span;
    if (span.end > span.begin) words.emplace(book.schema.field(field).name, book.sources.words(span));
  }
  return words;
}

constexpr const char *kThen = "      then: ", *kNow = "      now:  ";

int print_changed_rules(const Rulebook& then, RuleId rule_then, const Rulebook& now, RuleId rule_now) {
  const Words before = words_under(then, rule_then), after = words_under(now, rule_now);
  int changed = 0;
  for (const auto& [name, words] : before) {
    const auto found = after.find(name);
    if (found != after.end() && found->second == words) continue;
    ++changed;
    fmt::print("    changed rule: {}\n", name);
    print_two_texts(kThen, words, kNow, found == after.end() ? "(not read any more)" : found->second);
  }
  for (const auto& [name, words] : after) {
    if (before.contains(name)) continue;
    ++changed;
    fmt::print("    changed rule: {}\n", name);
    print_two_texts(kThen, "(not read then)", kNow, words);
  }
  return changed;
}

void print_line(const std::string& what, const std::string& words, const std::string& before) {
  print_lines("  ", fmt::format("{}: {}{}", what, words, words == before ? " (the same)" : ""), 4);
}

// What the trail held of the approval of the ruleset when the run was made.
Result<void> print_approval(Asked& asked, const RunRecord& run, const Ruleset& ruleset, const char* before) {
  const auto edition = edition_of(*asked.store, run, ruleset);
  if (!edition) return tl::unexpected(edition.error());
  const Approval approval = approval_of(asked.acts, *edition, run.known_on, run.read);
  if (approval.draft())
    fmt::print("{}approved by: no approval recorded; the ruleset was a draft\n", before);
  else
    fmt::print("{}{}\n", before, to_words(approval));
  fmt::print("{}shown to: no record that it was shown\n", before);
  return {};
}

int beside(Asked& asked, const Put& then, const Question& was, const RunRecord& run) {
  const Answered before = answer(then, was, run.as_at);
  const std::string rule = then.book.rule(was.rule).name;
  const Subject& subject = then.snapshot.subject(was.subject);
  const std::string kind = then.book.schema.kind(subject.kind).name;
  auto rows_now = asked.store->snapshot(then.book.schema, asked.known_on);
  if (!rows_now) return tell(rows_now.error());
  const Put with_evidence{then.book, *rows_now}, today{asked.book(), *asked.snapshot};
  fmt::print("\nThe same question, about {}, asked today\n", run.as_at.to_long_string());
  std::string last = before.words;
  if (const auto question = question_in(with_evidence, rule, subject, kind)) {
    const Answered after = answer(with_evidence, *question, run.as_at);
    print_line("with today's evidence and the rules of then", after.words, last);
    if (print_new_rows(with_evidence, before, after) == 0)
      fmt::print("    no row that bears on it has been recorded since\n");
    last = after.words;
  }
  if (const auto question = question_in(today, rule, subject, kind)) {
    const Answered after = answer(today, *question, run.as_at);
    print_line("with today's evidence and today's rules", after.words, last);
    if (print_changed_rules(then.book, was.rule, asked.book(), question->rule) == 0)
      fmt::print("    no rule it rests on has changed\n");
    last = after.words;
    if (asked.as_at != run.as_at) {
      const Answered later = answer(today, *question, asked.as_at);
      print_line(fmt::format("as at {}", asked.as_at.to_long_string()), later.words, last);
      if (later.words != last) fmt::print("    time: the question is about another date\n");
    }
  } else {
    fmt::print("  today's rules have no {}: changed rule\n", rule);
  }
  return kDone;
}

// What a row of a run says, against today's row of the same question: whatever else today's says beside it.
bool says_the_same(const nlohmann::json& row, const std::string& today_row) {
  const auto today = nlohmann::json::parse(today_row, nullptr, false);
  if (!today.is_object()) return false;
  for (const char* key : {"applies", "range", "status", "value"})
    if (row.value(key, nlohmann::json()) != today.value(key, nlohmann::json())) return false;
  return true;
}

}  // namespace

int print_on_record(Asked& asked, const Question& question, const SaidToday& today) {
  auto runs = asked.store->runs();
  if (!runs) return tell(runs.error());
  const std::string rule = asked.book().rule(question.rule).name;
  const Ruleset& ruleset = asked.book().ruleset(asked.book().rule(question.rule).ruleset);
  const Subject& who = asked.snapshot->subject(question.subject);
  const std::string subject = who.from ? who.code : subject_text(*asked.snapshot, question.subject);
  fmt::print("\nOn record\n");
  bool any = false;
  for (const RunRecord& run : *runs) {
    if (run.as_at != asked.as_at) continue;
    const auto found = concluded_of(*asked.store, run, rule, subject);
    if (!found) return tell(found.error());
    if (!*found) continue;
    any = true;
    const ConcludedCell& cell = **found;
    const auto row = nlohmann::json::parse(cell.row, nullptr, false);
    // Of an outcome whose explanation is not kept the trail holds the row alone, and of a packed run less than that.
    const bool explained = row.contains("digest");
    const bool same = explained ? row.value("digest", "") == today.explanation : says_the_same(row, today.row);
    const ValueType& type = asked.book().type(asked.book().rule(question.rule).type);
    print_lines("  ",
                fmt::format("run {}{}, trail entry {}, {} by {}, known on {}: {}", run.number,
                            run.official ? " (official)" : "", run.entry, run.run_at, run.run_by,
                            run.known_on.to_string(), concluded_in_words(cell.row, type)),
                4);
    const char* what = explained ? "explained" : "concluded";
    if (row.contains("redacted"))
      fmt::print("    what it rested on has been redacted since: it cannot be held against this\n");
    else
      fmt::print("    {}\n", same ? fmt::format("{} then as here", what)
                                : fmt::format("{} otherwise then: --run {} shows both", what, run.number));
    if (auto told = print_approval(asked, run, ruleset, "    "); !told) return tell(told.error());
  }
  if (!any) fmt::print("  no run in the trail concluded this as at {}\n", asked.as_at.to_string());
  return kDone;
}

int then_and_now(Asked& asked, const std::vector<std::string>& words, std::int64_t number, const std::string& format) {
  auto runs = asked.store->runs();
  if (!runs) return tell(runs.error());
  const auto run =
      std::find_if(runs->begin(), runs->end(), [&](const RunRecord& known) { return known.number == number; });
  if (run == runs->end())
    return wrong_use(fmt::format("the trail has no run {}", number),
                     runs->empty() ? "it has none yet: `assay run` makes one" : fmt::format("it has {}", runs->size()));
  auto inputs = inputs_of(*asked.store, *run);
  if (!inputs) return tell(inputs.error());
  const Put then{inputs->rules->rulebook, *inputs->snapshot};
  auto was = question_of(then.book, then.snapshot, run->as_at, words);
  if (!was) return tell(was.error());
  Evaluation evaluation(then.book, then.snapshot);
  Explanation explanation = explain(evaluation, outcome(evaluation, was->rule, was->subject, run->as_at));
  if (format == "json") {
    fmt::print("{}\n", to_json(explanation));
    return kDone;
  }
  fmt::print("As run {} concluded it: as at {}, known on {}\n  {}run {} by {}, trail entry {}\n", run->number,
             run->as_at.to_long_string(), run->known_on.to_long_string(), run->official ? "official " : "", run->run_at,
             run->run_by, run->entry);
  const Ruleset& ruleset = then.book.ruleset(then.book.rule(was->rule).ruleset);
  if (auto told = print_approval(asked, *run, ruleset, "  "); !told) return tell(told.error());
  const auto edition = edition_of(*asked.store, *run, ruleset);
  if (!edition) return tell(edition.error());
  explanation.approval = to_words(approval_of(asked.acts, *edition, run->known_on, run->read));
  fmt::print("\n");
  if (format == "text")
    print_lines("", to_paragraph(explanation));
  else
    fmt::print("{}", to_tree(explanation));
  return beside(asked, then, *was, *run);
}

}  // namespace assay::cli
