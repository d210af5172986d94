// A run: what was known, what followed, and the record of both in one transaction.
#include "engine/session/run.h"

#include <map>
#include <nlohmann/json.hpp>

#include "engine/columns/pack.h"
#include "engine/session/derived.h"
#include "engine/session/packed_run.h"
#include "engine/session/run_body.h"
#include "engine/session/sealed.h"

namespace assay {

namespace {

constexpr std::int64_t kBlock = 4096;                 // subjects to a block of outcomes (docs/formats/trail.md)
constexpr std::size_t kKeptExplanationsMax = 10'000;  // of one run; any other can be made later from the same inputs

std::vector<OutcomeBlock> blocks_of(const Rulebook& rulebook, const std::vector<Outcome>& outcomes,
                                    const std::vector<std::string>& rows) {
  std::vector<OutcomeBlock> blocks;
  std::int64_t in_block = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const bool same_rule = i > 0 && outcomes[i].rule == outcomes[i - 1].rule;
    if (!same_rule || in_block == kBlock) {
      blocks.push_back({rulebook.rule(outcomes[i].rule).name, same_rule ? blocks.back().block + 1 : 0, {}});
      in_block = 0;
    }
    blocks.back().bytes += rows[i];
    blocks.back().bytes += '\n';
    ++in_block;
  }
  for (OutcomeBlock& block : blocks) block.bytes = seal_block(block.bytes);
  return blocks;
}

constexpr char kLinkMark = '>';  // between the two codes of a link (link_code)

// What a kept explanation is compared by: rule and subject to status and value.
using Said = std::map<std::pair<std::string, std::string>, std::string>;

// Of the last run: what was raised, and each recorded stage. Only such rows are read; the others are never kept.
Result<Said> last_said(Store& store, const Rulebook& rulebook) {
  Said said;
  auto runs = store.runs();
  if (!runs) return tl::unexpected(runs.error());
  if (runs->empty()) return said;
  auto blocks = store.run_blocks(runs->back().number);
  if (!blocks) return tl::unexpected(blocks.error());
  for (const OutcomeBlock& block : *blocks) {
    const auto rule = rulebook.find_rule(block.rule);
    if (!rule || columns::is_packed(block.bytes)) continue;  // a packed run keeps no explanation
    const bool trigger = is_trigger(rulebook.rule(*rule));
    if (!trigger && !std::holds_alternative<StageRule>(rulebook.rule(*rule).body)) continue;
    for (const std::string_view text : rows_in(block.bytes)) {
      if (trigger && text.find(R"("status":"raised")") == std::string_view::npos) continue;
      const auto row = nlohmann::json::parse(text, nullptr, false);
      if (row.is_discarded()) continue;
      said[{block.rule, cell_subject(row.value("subject", ""), row.value("to", ""))}] =
          trigger ? "raised" : row.value("value", "");
    }
  }
  return said;
}

// Keeps what is new or changed since the last run.
Result<std::vector<KeptExplanation>> to_keep(Store& store, const Rulebook& rulebook, Derived& derived) {
  auto before = last_said(store, rulebook);
  if (!before) return tl::unexpected(before.error());
  std::vector<KeptExplanation> kept;
  for (auto& [said, candidate] : derived.candidates) {
    const std::string& subject = candidate.subject;
    const bool link = subject.find(kLinkMark) != std::string::npos;
    const auto was = before->find({candidate.rule, link ? subject.substr(subject.find(':') + 1) : subject});
    if (was != before->end() && was->second == said) continue;
    if (kept.size() == kKeptExplanationsMax) break;
    candidate.json = seal_explanation(candidate.json);
    candidate.digest = sha256(std::string_view(candidate.json));
    kept.push_back(std::move(candidate));
  }
  return kept;
}

// `read`: the head of the trail that the run read.
Result<void> record(Store& store, const Rulebook& rulebook, const RunRequest& request, const LogHead& read,
                    RunResult& result, Derived& derived) {
  auto kept = to_keep(store, rulebook, derived);
  if (!kept) return tl::unexpected(kept.error());
  Store::NewRun run{result.as_at,
                    result.known_on,
                    request.run_by,
                    request.run_at,
                    "",
                    texts_of(rulebook),
                    blocks_of(rulebook, result.outcomes, derived.rows),
                    std::move(*kept)};
  run.body = run_body(read, request.official);
  run.read = read.size;
  auto recorded = store.record_run(run);
  if (!recorded) return tl::unexpected(recorded.error());
  result.record = *recorded;
  result.kept_explanations = static_cast<std::int64_t>(run.explanations.size());
  return {};
}

}  // namespace

std::string cell_subject(const std::string& subject, const std::string& to) {
  if (to.empty()) return subject;
  const auto from_code = subject.substr(subject.find(':') + 1), to_code = to.substr(to.find(':') + 1);
  return link_code(from_code, to_code);
}

std::string concluded_in_words(const std::string& text, const ValueType& type) {
  const auto row = nlohmann::json::parse(text, nullptr, false);
  if (row.is_discarded()) return "unreadable";
  if (const std::string gone = redaction_in_words(text); !gone.empty()) return row.value("status", "") + ", " + gone;
  if (!row.contains("value") || !row["value"].is_string()) return row.value("status", "");
  const std::string said = row["value"].get<std::string>();
  const auto value = parse_value(said, type);
  return value ? to_words(*value, type) : said;
}

std::string redaction_in_words(const std::string& text) {
  const auto row = nlohmann::json::parse(text, nullptr, false);
  if (!row.is_object() || !row.contains("redacted") || !row["redacted"].is_object()) return {};
  const auto& gone = row["redacted"];
  const auto on = Date::parse(gone.value("on", ""));
  return fmt::format("resting on what was redacted on {} by {} because {}", on ? on->to_long_string() : "",
                     gone.value("by", ""), gone.value("because", ""));
}

Result<Date> known_on_of(Store& store, const std::optional<Date>& asked, Date as_at) {
  if (asked) return *asked;
  auto last = store.last_recorded();
  if (!last) return tl::unexpected(last.error());
  return last->value_or(as_at);
}

Result<void> run(Store& store, const Rulebook& rulebook, const RunRequest& request, const RunConsumer& consume) {
  for (Date as_at : request.as_at) {
    const auto read = store.head();  // what others write from here on is no part of this run
    if (!read) return tl::unexpected(read.error());
    auto known_on = known_on_of(store, request.known_on, as_at);
    if (!known_on) return tl::unexpected(known_on.error());
    auto snapshot = store.snapshot(rulebook.schema, *known_on, read->size);
    if (!snapshot) return tl::unexpected(snapshot.error());
    Evaluation evaluation(rulebook, *snapshot, {}, request.drafts);
    RunResult result;
    result.as_at = as_at;
    result.known_on = *known_on;
    const Plan asked = plan(rulebook, evaluation.asked_on(as_at));
    Derived derived;
    if (request.record || request.rows)
      derived = derive(evaluation, asked, request.rows);
    else
      derived.outcomes = outcomes(evaluation, asked);
    result.outcomes = std::move(derived.outcomes);
    if (request.record)
      if (auto recorded = record(store, rulebook, request, *read, result, derived); !recorded) return recorded;
    if (request.rows) result.rows = std::move(derived.full_rows);
    if (auto seen = consume(result, evaluation); !seen) return seen;
  }
  return {};
}

Result<std::vector<ConcludedCell>> concluded(Store& store, std::int64_t run) {
  auto blocks = store.run_blocks(run);
  if (!blocks) return tl::unexpected(blocks.error());
  std::vector<ConcludedCell> cells;
  std::optional<Date> as_at;  // of a packed run, whose rows do not say it
  for (const OutcomeBlock& block : *blocks) {
    if (columns::is_packed(block.bytes)) {
      if (!as_at) {
        auto runs = store.runs();
        if (!runs) return tl::unexpected(runs.error());
        as_at = (*runs)[static_cast<std::size_t>(run - 1)].as_at;
      }
      auto rows = concluded_in(store, block, *as_at);
      if (!rows) return tl::unexpected(rows.error());
      std::move(rows->begin(), rows->end(), std::back_inserter(cells));
      continue;
    }
    auto rows = concluded_in_rows(block, run);
    if (!rows) return rows;
    std::move(rows->begin(), rows->end(), std::back_inserter(cells));
  }
  return cells;
}

Result<std::vector<ConcludedCell>> concluded_in_rows(const OutcomeBlock& block, std::int64_t run) {
  std::vector<ConcludedCell> cells;
  if (!block.bytes.ends_with('\n'))
    return fail(ErrorCode::Corruption, fmt::format("run {} holds half a row of {}", run, block.rule));
  for (const std::string_view text : rows_in(block.bytes)) {
    const auto row = nlohmann::json::parse(text, nullptr, false);
    if (row.is_discarded())
      return fail(ErrorCode::Corruption, fmt::format("run {} holds a row of {} that is not JSON", run, block.rule));
    cells.push_back({block.rule, cell_subject(row.value("subject", ""), row.value("to", "")), std::string(text)});
  }
  return cells;
}

}  // namespace assay
