// Rows first by what they rest on, then by the texts they hold: a text may stand where nothing rests on it.
#include "engine/session/redaction.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/columns/pack.h"
#include "engine/eval/outcome.h"
#include "engine/plan/plan.h"
#include "engine/session/replay.h"
#include "engine/session/run.h"
#include "engine/session/sealed.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

using nlohmann::json;

// A text this short stands in many places by chance; it is then looked for only in what rests on its row.
constexpr std::size_t kTellingBytes = 6;

// What is looked for: as it is written and as JSON spells it.
class Contents {
 public:
  void add(const std::string& text) {
    if (text.empty()) return;
    std::string quoted;
    append_json_text(quoted, text);
    texts_.push_back(quoted.substr(1, quoted.size() - 2));
    plain_.push_back(text);
  }
  // Whole words of it: a 3 is not found in 2013.
  bool in(std::string_view json_text, bool resting) const {
    return std::any_of(texts_.begin(), texts_.end(), [&](const std::string& text) {
      return (resting || text.size() >= kTellingBytes) && stands_in(json_text, text);
    });
  }
  const std::vector<std::string>& plain() const { return plain_; }

 private:
  static bool stands_in(std::string_view whole, std::string_view text) {
    const auto is_word = [&](std::size_t at) {
      return at < whole.size() && std::isalnum(static_cast<unsigned char>(whole[at])) != 0;
    };
    for (std::size_t at = whole.find(text); at != std::string_view::npos; at = whole.find(text, at + 1))
      if ((at == 0 || !is_word(at - 1)) && !is_word(at + text.size())) return true;
    return false;
  }

  std::vector<std::string> texts_, plain_;
};

struct Wanted {
  std::set<std::int64_t> rows;     // all that lose something
  std::set<std::int64_t> telling;  // those of which more than a note of a value is lost, so that answers change
  std::set<std::string> fields;
  std::int64_t first_entry = 0;
};

// A typed value as it is written in a row, and as sentences have it.
void add_value(Contents& contents, const std::string& value) {
  contents.add(value);
  if (const auto date = Date::parse(value)) contents.add(date->to_long_string());
  if (const auto number = Decimal::parse(value)) {
    const std::string words = to_words(Value(*number), {.kind = TypeKind::Number});
    if (words != value) contents.add(words);
  }
}

// One run: which of its outcomes rest on the rows, and what is to take the place of what shows them.
class RunRedactor {
 public:
  RunRedactor(Store& store, const RunRecord& run, const Wanted& wanted, const Contents& contents, RedactionPlan& plan)
      : store_(store), run_(run), wanted_(wanted), contents_(contents), plan_(plan) {}
  Result<void> redact();

 private:
  using Key = std::pair<std::string, std::string>;  // rule and subject, as concluded() keys them
  void ask(const Rulebook& rulebook, const Snapshot& snapshot);
  bool rests(Evaluation& evaluation, const Question& question) const;
  void rewrite_explanations(const std::vector<KeptExplanation>& kept);
  void rewrite_blocks(const std::vector<OutcomeBlock>& blocks);
  // The row as it is left; nothing where it stays.
  std::optional<std::string> rewritten(std::string_view row) const;
  std::string redacted() const;

  Store& store_;
  const RunRecord& run_;
  const Wanted& wanted_;
  const Contents& contents_;
  RedactionPlan& plan_;
  std::set<Key> resting_;
  std::vector<std::string> digests_;  // of explanations that go
};

std::string subject_of(const Snapshot& snapshot, SubjectId id) {
  const Subject& who = snapshot.subject(id);
  if (who.from && who.to) return who.code;
  return snapshot.schema().kind(who.kind).name + ":" + who.code;
}

// By what it read, and where that left it open, by what would settle it: a row that gives no value is not among the
// first.
bool RunRedactor::rests(Evaluation& evaluation, const Question& question) const {
  const auto is_wanted = [&](const Observation& row) { return wanted_.telling.contains(row.row); };
  const auto rows = evaluation.reads(question.rule, question.subject, {run_.as_at});
  if (std::any_of(rows.begin(), rows.end(), [&](const Observation* row) { return is_wanted(*row); })) return true;
  for (const Reason& reason : evaluation.rule(question.rule, question.subject, {run_.as_at}).why) {
    const auto held = evaluation.snapshot().rows(reason.field, reason.subject);
    if (std::any_of(held.begin(), held.end(), is_wanted)) return true;
  }
  return false;
}

void RunRedactor::ask(const Rulebook& rulebook, const Snapshot& snapshot) {
  Evaluation evaluation(rulebook, snapshot);
  const Plan asked = assay::plan(rulebook, {run_.as_at, run_.known_on});
  std::vector<bool> reaches(rulebook.rules.size(), false);
  for (const RuleId rule : asked.rules)
    for (const FieldId field : fields_read(rulebook, rule))
      reaches[rule.index] = reaches[rule.index] || wanted_.fields.contains(rulebook.schema.field(field).name);
  for (const Question& question : questions(rulebook, snapshot, asked)) {
    if (!reaches[question.rule.index]) continue;
    if (!rests(evaluation, question)) continue;
    const std::string& rule = rulebook.rule(question.rule).name;
    if (resting_.emplace(rule, subject_of(snapshot, question.subject)).second)
      plan_.resting.push_back({run_.number, run_.entry, rule, subject_of(snapshot, question.subject)});
  }
}

std::string RunRedactor::redacted() const {
  JsonWriter out;
  out.begin_object().field("because", plan_.act.because).field("by", plan_.act.by);
  out.field("on", plan_.act.on.to_string()).end_object();
  return out.take();
}

void RunRedactor::rewrite_explanations(const std::vector<KeptExplanation>& kept) {
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const std::string_view text = explanation_in(kept[i].json);
    const std::string code = kept[i].subject.substr(kept[i].subject.find(':') + 1);
    const bool link = code.find('>') != std::string::npos;
    const bool resting = resting_.contains({kept[i].rule, link ? code : kept[i].subject});
    const bool shows = std::any_of(wanted_.rows.begin(), wanted_.rows.end(), [&](std::int64_t row) {
      return text.find(fmt::format("\"row\":{},", row)) != std::string_view::npos;
    });
    if (!resting && !(shows && contents_.in(text, true)) && !contents_.in(text, false)) continue;
    if (!is_sealed_explanation(kept[i].json)) plan_.unsalted.push_back(run_.number);
    digests_.push_back(sha256(text).to_string());
    JsonWriter left;
    left.begin_object().key("redacted").raw(redacted()).field("rule", kept[i].rule).field("subject", kept[i].subject);
    plan_.act.explanations.push_back({run_.number, i, left.end_object().take()});
  }
}

std::optional<std::string> RunRedactor::rewritten(std::string_view row) const {
  json object = json::parse(row, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  const Key outcome{object.value("rule", ""), cell_subject(object.value("subject", ""), object.value("to", ""))};
  const bool resting = resting_.contains(outcome);
  const bool holds = contents_.in(row, resting);
  const bool explained = object.contains("digest") &&
                         std::find(digests_.begin(), digests_.end(), object.value("digest", "")) != digests_.end();
  if (!resting && !holds && !explained) return std::nullopt;
  object.erase("digest");
  for (const char* key : {"because", "effects", "name", "range", "reasons", "value", "waiver"})
    if (object.contains(key) && contents_.in(object[key].dump(), resting)) object.erase(key);
  object["redacted"] = json::parse(redacted());
  auto canonical = canonicalise_json(object.dump());
  return canonical ? std::optional(std::move(*canonical)) : std::nullopt;
}

void RunRedactor::rewrite_blocks(const std::vector<OutcomeBlock>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    std::string rows;
    bool changed = false;
    for (const std::string_view row : rows_in(blocks[i].bytes)) {
      const auto left = rewritten(row);
      changed = changed || left.has_value();
      rows += left ? *left : std::string(row);
      rows += '\n';
    }
    if (!changed) continue;
    if (!is_sealed_block(blocks[i].bytes)) plan_.unsalted.push_back(run_.number);
    plan_.act.outcomes.push_back({run_.number, i, seal_block(rows)});
  }
}

Result<void> RunRedactor::redact() {
  auto kept = store_.run_explanations(run_.number);
  if (!kept) return tl::unexpected(kept.error());
  auto blocks = store_.run_blocks(run_.number);
  if (!blocks) return tl::unexpected(blocks.error());
  if (std::any_of(blocks->begin(), blocks->end(), [](const auto& block) { return columns::is_packed(block.bytes); })) {
    plan_.packed.push_back(run_.number);
    return {};
  }
  auto inputs = inputs_of(store_, run_);
  if (inputs)
    ask(inputs->rules->rulebook, *inputs->snapshot);
  else if (inputs.error().code == ErrorCode::Corruption || inputs.error().code == ErrorCode::BadInput)
    plan_.unread.push_back(run_.number);
  else
    return tl::unexpected(inputs.error());
  rewrite_explanations(*kept);
  rewrite_blocks(*blocks);
  return {};
}

}  // namespace

Result<RedactionPlan> plan_redaction(Store& store, NewRedaction asked) {
  RedactionPlan plan;
  plan.act = std::move(asked);
  const auto head = store.head();
  if (!head) return tl::unexpected(head.error());
  plan.act.at = head->size;
  std::vector<std::int64_t> numbers;
  for (const NewRedaction::Row& row : plan.act.rows) numbers.push_back(row.row);
  auto held = store.rows_held(numbers);
  if (!held) return tl::unexpected(held.error());
  Wanted wanted;
  Contents contents;
  for (std::size_t i = 0; i < held->size(); ++i) {
    const RowHeld& row = (*held)[i];
    const RowParts parts = plan.act.rows[i].parts;
    wanted.rows.insert(row.row);
    wanted.fields.insert(row.field);
    // A note shows only of what is not available: there it is the reason given.
    const bool note_shows = row.standing == "not available" || row.standing == "redacted";
    if ((parts.value && row.has.value) || (parts.place && row.has.place) || (parts.note && note_shows))
      wanted.telling.insert(row.row);
    wanted.first_entry = wanted.first_entry == 0 ? row.entry : std::min(wanted.first_entry, row.entry);
    if (parts.value && !row.free_text) add_value(contents, row.value);
    if (parts.value && row.free_text) contents.add(row.value);
    if (parts.note) contents.add(row.note);
    if (parts.place) contents.add(row.whereabouts);
  }
  plan.contents = contents.plain();
  auto runs = store.runs();
  if (!runs) return tl::unexpected(runs.error());
  for (const RunRecord& run : *runs) {
    if (run.entry < wanted.first_entry) continue;
    if (auto done = RunRedactor(store, run, wanted, contents, plan).redact(); !done)
      return tl::unexpected(done.error());
  }
  plan.unsalted.erase(std::unique(plan.unsalted.begin(), plan.unsalted.end()), plan.unsalted.end());
  return plan;
}

}  // namespace assay
