// What the trail has on record of an outcome, and how a run's conclusion differs from today's: put down to new
// evidence, correction, changed rule or geography, naming the rows and the words.
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "apps/cli/why.h"
#include "engine/explain/explanation.h"
#include "engine/plan/plan.h"
#include "engine/session/replay.h"
#include "engine/session/run.h"

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
  out.words = in_words(outcome(evaluation, question.rule, question.subject, as_at), put.book);
  out.rows = evaluation.reads(question.rule, question.subject, {as_at});
  return out;
}

const char* cause_of(const Put& put, const Observation& row) {
  const FieldDef& field = put.book.schema.field(row.field);
  const KindDef& kind = put.book.schema.kind(field.kind);
  if (row.supersedes > 0) return "correction";
  return kind.relation || row.field == kind.register_field ? "geography" : "new evidence";
}

void print_row_cause(const Put& put, const Observation& row) {
  const FieldDef& field = put.book.schema.field(row.field);
  const std::string value =
      row.standing == Standing::Held ? to_words(row.value, field.type) : std::string(to_string(row.standing));
  fmt::print("    {}: row {}, {} of {} {}, recorded on {} ({}{}{})\n", cause_of(put, row), row.row, field.title,
             name_on(put.snapshot, row.subject, row.valid_from), value, row.recorded_on.to_string(), row.document,
             row.place.empty() ? "" : ", ", row.place);
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

std::string words_of_rule(const Rulebook& book, RuleId rule) { return book.sources.words(book.rule(rule).span); }

// The rule and all it reads, by name, each with its words.
void gather_words(const Rulebook& book, RuleId rule, std::map<std::string, std::string>& words) {
  if (!words.emplace(book.rule(rule).name, words_of_rule(book, rule)).second) return;
  for (RuleId read : rules_read(book, rule)) gather_words(book, read, words);
}

int print_changed_rules(const Rulebook& then, RuleId rule_then, const Rulebook& now, RuleId rule_now) {
  std::map<std::string, std::string> before, after;
  gather_words(then, rule_then, before);
  gather_words(now, rule_now, after);
  int changed = 0;
  for (const auto& [name, words] : before) {
    const auto found = after.find(name);
    if (found != after.end() && found->second == words) continue;
    ++changed;
    fmt::print("    changed rule: {}\n      then: {}\n      now:  {}\n", name, words,
               found == after.end() ? "not read any more" : found->second);
  }
  return changed;
}

void print_line(const char* what, const std::string& words, const std::string& before) {
  fmt::print("  {}: {}{}\n", what, words, words == before ? " (the same)" : "");
}

void print_approval() { fmt::print("  approved by: no approval recorded\n  shown to: no record that it was shown\n"); }

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
      print_line(fmt::format("as at {}", asked.as_at.to_long_string()).c_str(), later.words, last);
      if (later.words != last) fmt::print("    time: the question is about another date\n");
    }
  } else {
    fmt::print("  today's rules have no {}: changed rule\n", rule);
  }
  return kDone;
}

}  // namespace

std::string concluded_in_words(const std::string& text) {
  const auto row = nlohmann::json::parse(text, nullptr, false);
  if (row.is_discarded()) return "unreadable";
  if (row.contains("value")) return row["value"].is_string() ? row["value"].get<std::string>() : row["value"].dump();
  return row.value("status", "");
}

int print_on_record(Asked& asked, const Question& question, const Digest& digest_today) {
  auto runs = asked.store->runs();
  if (!runs) return tell(runs.error());
  const std::string rule = asked.book().rule(question.rule).name;
  const Subject& who = asked.snapshot->subject(question.subject);
  const std::string subject = who.from ? who.code : subject_text(*asked.snapshot, question.subject);
  fmt::print("\nOn record\n");
  bool any = false;
  for (const RunRecord& run : *runs) {
    if (run.as_at != asked.as_at) continue;
    auto cells = concluded(*asked.store, run.number);
    if (!cells) return tell(cells.error());
    for (const ConcludedCell& cell : *cells) {
      if (cell.rule != rule || cell.subject != subject) continue;
      any = true;
      const auto row = nlohmann::json::parse(cell.row, nullptr, false);
      const bool same = row.value("digest", "") == digest_today.to_string();
      fmt::print("  run {} (trail entry {}), {} by {}, known on {}: {}\n", run.number, run.entry, run.run_at,
                 run.run_by, run.known_on.to_string(), concluded_in_words(cell.row));
      fmt::print("    {}\n", same ? "explained then as here"
                                  : fmt::format("explained otherwise then: --run {} shows both", run.number));
      print_approval();
    }
  }
  if (!any) fmt::print("  no run in the trail concluded this as at {}\n", asked.as_at.to_string());
  return kDone;
}

int then_and_now(Asked& asked, const Question& question, std::int64_t number, const std::string& format) {
  auto runs = asked.store->runs();
  if (!runs) return tell(runs.error());
  const RunRecord* run = nullptr;
  for (const RunRecord& candidate : *runs)
    if (candidate.number == number) run = &candidate;
  if (!run) return wrong_use(fmt::format("the trail has no run {}", number), fmt::format("it has {}", runs->size()));
  auto inputs = inputs_of(*asked.store, *run);
  if (!inputs) return tell(inputs.error());
  const Put then{inputs->rules->rulebook, *inputs->snapshot};
  const Subject& who = asked.snapshot->subject(question.subject);
  const auto was =
      question_in(then, asked.book().rule(question.rule).name, who, asked.book().schema.kind(who.kind).name);
  if (!was) return wrong_use(fmt::format("run {} asked no such question", number));
  Evaluation evaluation(then.book, then.snapshot);
  const Explanation explanation = explain(evaluation, outcome(evaluation, was->rule, was->subject, run->as_at));
  if (format == "json") {
    fmt::print("{}\n", to_json(explanation));
    return kDone;
  }
  fmt::print("As run {} concluded it: as at {}, known on {}\n  recorded {} by {}, trail entry {}\n", run->number,
             run->as_at.to_long_string(), run->known_on.to_long_string(), run->run_at, run->run_by, run->entry);
  print_approval();
  fmt::print("\n{}", format == "text" ? to_paragraph(explanation) + "\n" : to_tree(explanation));
  return beside(asked, then, *was, *run);
}

}  // namespace assay::cli
