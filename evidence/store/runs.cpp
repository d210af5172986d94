// Runs: recorded in one transaction with their entry, and read back.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "evidence/store/log.h"
#include "evidence/store/outline_table.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/run_row.h"
#include "evidence/store/state.h"
#include "evidence/trail/merkle.h"

namespace assay {
namespace {

// Writes one run. Each step follows only if the one before it was done.
class RunWriter {
 public:
  // `base`: the blocks of the run that it is based on.
  RunWriter(const Database& database, const Store::NewRun& run, std::shared_ptr<const RunOutline> base)
      : database_(database), run_(run), base_(std::move(base)) {}
  Result<RunRecord> write();

 private:
  Result<void> number();
  Result<void> write_blocks();
  Result<void> write_explanations();
  Result<void> write_entry();
  Result<void> write_run();

  const Database& database_;
  const Store::NewRun& run_;
  std::shared_ptr<const RunOutline> base_;
  RunRow row_;
  RunKeys keys_;
};

Result<RunRecord> RunWriter::write() {
  auto done = number();
  if (done) done = write_blocks();
  if (done) done = write_explanations();
  if (done) done = write_entry();
  if (done) done = write_run();
  if (!done) return tl::unexpected(done.error());
  return row_.record;
}

Result<void> RunWriter::number() {
  row_.record = {.as_at = run_.as_at, .known_on = run_.known_on, .run_by = run_.run_by, .run_at = run_.run_at};
  for (const auto& [number, column, table] : {std::tuple{&row_.record.number, "number", "run"},
                                              {&row_.first_block, "id", "outcome_block"},
                                              {&row_.first_explanation, "id", "explanation"}}) {
    const auto last = last_number(database_, column, table, "the runs");
    if (!last) return tl::unexpected(last.error());
    *number = *last + 1;
  }
  row_.blocks = static_cast<std::int64_t>(run_.blocks.size());
  row_.explanations = static_cast<std::int64_t>(run_.explanations.size());
  return {};
}

Result<void> RunWriter::write_blocks() {
  std::vector<BlockDigest> own;
  Statement insert = database_.prepare("INSERT INTO outcome_block VALUES(?, ?, ?, ?, ?)", "the outcomes");
  for (const OutcomeBlock& block : run_.blocks) {
    const std::int64_t number = row_.first_block + static_cast<std::int64_t>(own.size());
    const Digest digest = sha256(std::string_view(block.bytes));
    if (auto done = insert.with(number, block.rule, block.block, digest, Bytes{block.bytes}).run(); !done) return done;
    own.push_back({block.rule, block.block, digest, number});
  }
  keys_.based_on = run_.based_on;
  if (run_.based_on == 0) {
    const RunOutline outline(std::move(own));
    keys_.outcomes = outline.root();
    return keep_outline(database_, row_, outline);
  }
  const auto root = base_->root_with(own);
  if (!root) return fail(ErrorCode::WrongUse, "a run has a block that its base has no place for");
  keys_.outcomes = *root;
  return {};
}

Result<void> RunWriter::write_explanations() {
  std::vector<Digest> digests;
  Statement insert = database_.prepare("INSERT INTO explanation VALUES(?, ?, ?, ?, ?)", "the explanations");
  std::int64_t number = row_.first_explanation;
  for (const KeptExplanation& kept : run_.explanations) {
    if (kept.digest != sha256(std::string_view(kept.json))) {
      return fail(ErrorCode::WrongUse,
                  fmt::format("the digest given for the explanation of `{}` is not that of its JSON", kept.rule));
    }
    if (auto done = insert.with(number++, kept.rule, kept.subject, kept.digest, kept.json).run(); !done) return done;
    digests.push_back(explanation_digest(kept.rule, kept.subject, kept.digest));
  }
  keys_.explanations = root_of_digests(digests);
  return {};
}

Result<void> RunWriter::write_entry() {
  Statement insert = database_.prepare("INSERT INTO run_ruleset VALUES(?, ?, ?)", "the rulesets of a run");
  for (std::size_t i = 0; i < run_.rulesets.size(); ++i) {
    const RulesetText& used = run_.rulesets[i];
    if (used.digest != sha256(std::string_view(used.text))) {
      return fail(ErrorCode::WrongUse,
                  fmt::format("the digest given for ruleset `{}` is not that of its text", used.name));
    }
    const auto held = ruleset_number(database_, used);
    if (!held) return tl::unexpected(held.error());
    if (auto done = insert.with(row_.record.number, static_cast<std::int64_t>(i), *held).run(); !done) return done;
    keys_.rulesets.push_back({used.digest, used.name, used.edition, used.file});
    row_.record.rulesets.push_back(used.digest);
  }
  keys_.as_at = run_.as_at;
  keys_.known_on = run_.known_on;
  keys_.run_by = run_.run_by;
  keys_.run_at = run_.run_at;
  const auto body = bind_body(run_.body, keys_);
  if (!body) return tl::unexpected(body.error());
  const auto entry = append_entry(database_, *body);
  if (!entry) return tl::unexpected(entry.error());
  row_.record.entry = *entry;
  return {};
}

Result<void> RunWriter::write_run() {
  Statement insert = database_.prepare("INSERT INTO run VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "the runs");
  const RunRecord& record = row_.record;
  return insert
      .with(record.number, record.entry, std::int64_t{record.as_at.days}, std::int64_t{record.known_on.days},
            record.run_by, record.run_at, row_.first_block, row_.blocks, row_.first_explanation, row_.explanations)
      .run();
}

}  // namespace

Result<std::int64_t> ruleset_number(const Database& database, const RulesetText& text) {
  Statement held =
      database.prepare("SELECT id FROM ruleset_text WHERE digest = ? AND name = ? AND edition = ? AND file = ?",
                       "the texts of rulesets");
  std::int64_t number = 0;
  if (held.with(text.digest, text.name, text.edition, text.file).next()) number = held.integer(0, 1);
  if (auto done = held.end(); !done) return tl::unexpected(done.error());
  if (number != 0) return number;
  Statement insert = database.prepare(
      "INSERT INTO ruleset_text SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ?, ? FROM ruleset_text RETURNING id",
      "the texts of rulesets");
  if (insert.with(text.digest, text.name, text.edition, text.file, text.text).next()) number = insert.integer(0, 1);
  while (insert.next()) {
  }
  if (auto done = insert.end(); !done) return tl::unexpected(done.error());
  return number;
}

namespace {

// Within the transaction that is to record a run: is all that it gave still to be kept?
Result<void> expect_none_redacted(const Database& database, std::int64_t read, std::int64_t now) {
  if (read == now) return {};
  const auto redactions = Redactions::load(database);
  if (!redactions) return tl::unexpected(redactions.error());
  if (redactions->all().empty() || redactions->all().back().entry < read) return {};
  return fail(ErrorCode::Busy, "evidence was redacted while the run was made", database.path(), "try again");
}

}  // namespace

Result<RunRecord> Store::record_run(const NewRun& run) {
  if (auto able = state_->expect_writable(); !able) return tl::unexpected(able.error());
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto head = read_head(state_->database);
  if (!head) return tl::unexpected(head.error());
  if (auto kept = expect_none_redacted(state_->database, run.read.value_or(head->size), head->size); !kept)
    return tl::unexpected(kept.error());
  std::shared_ptr<const RunOutline> base;
  if (run.based_on != 0) {
    auto outline = run_outline(run.based_on);
    if (!outline) return tl::unexpected(outline.error());
    base = std::move(*outline);
  }
  auto written = RunWriter(state_->database, run, std::move(base)).write();
  if (!written) return written;
  written->read = run.read.value_or(written->entry);
  if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
  // A run adds no name.
  if (state_->names_as_of == head->size) state_->names_as_of = head->size + 1;
  return written;
}

namespace {

// Each run with its rulesets, in the order asked for, until one is enough.
Result<void> each_run(const Database& database, std::string_view order,
                      const std::function<Result<bool>(RunRecord)>& enough) {
  Statement run =
      database.prepare(fmt::format("SELECT {} FROM run ORDER BY number {}", kRunColumns, order), "the runs");
  Statement ruleset = database.prepare(
      "SELECT t.digest FROM run_ruleset r JOIN ruleset_text t ON t.id = r.ruleset WHERE r.run = ? ORDER BY r.position",
      "the rulesets of a run");
  Statement said =
      database.prepare("SELECT instr(body, ?) > 0, json_extract(body, '$.log_size') FROM log_entry WHERE number = ?",
                       "the entries of the trail");
  while (run.next()) {
    RunRecord record = read_run(run).record;
    record.read = record.entry;
    if (said.with(kOfficial, record.entry).next()) {
      record.official = said.integer(0, 0, 1) == 1;
      if (!said.is_null(1)) record.read = said.integer(1, 0, record.entry);
    }
    if (auto read = said.end(); !read) return read;
    ruleset.with(record.number);
    while (ruleset.next()) record.rulesets.push_back(ruleset.digest(0));
    if (auto read = ruleset.end(); !read) return read;
    const auto done = enough(std::move(record));
    if (!done) return tl::unexpected(done.error());
    if (*done) return {};
  }
  return run.end();
}

}  // namespace

Result<std::vector<RunRecord>> Store::runs() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::vector<RunRecord> runs;
  auto done = each_run(state_->database, "ASC", [&runs](RunRecord run) -> Result<bool> {
    runs.push_back(std::move(run));
    return false;
  });
  if (!done) return tl::unexpected(done.error());
  return runs;
}

Result<std::optional<RunRecord>> Store::last_run(const std::function<Result<bool>(const RunRecord&)>& fits) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::optional<RunRecord> last;
  auto done = each_run(state_->database, "DESC", [&](RunRecord run) {
    auto found = fits(run);
    if (found && *found) last = std::move(run);
    return found;
  });
  if (!done) return tl::unexpected(done.error());
  return last;
}

Result<std::vector<KeptExplanation>> Store::run_explanations(std::int64_t number) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const auto run = find_run(state_->database, number);
  if (!run) return tl::unexpected(run.error());
  auto redactions = Redactions::load(state_->database);
  if (!redactions) return tl::unexpected(redactions.error());
  std::vector<KeptExplanation> explanations;
  Statement kept = state_->database.prepare(
      "SELECT rule, subject, digest, json, id FROM explanation WHERE id >= ? AND id < ? ORDER BY id",
      "the explanations");
  kept.with(run->first_explanation, run->first_explanation + run->explanations);
  while (kept.next()) {
    const Redactions::Derived* const gone = redactions->explanation(kept.integer(4, 1));
    explanations.push_back({std::string(kept.text(0)), std::string(kept.text(1)), gone ? gone->digest : kept.digest(2),
                            std::string(kept.text(3))});
  }
  if (auto done = kept.end(); !done) return tl::unexpected(done.error());
  return explanations;
}

Result<RulesetText> Store::ruleset_text(const Digest& digest) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  Statement text = state_->database.prepare(
      "SELECT name, edition, file, text FROM ruleset_text WHERE digest = ? ORDER BY id LIMIT 1",
      "the texts of rulesets");
  std::optional<RulesetText> found;
  if (text.with(digest).next()) {
    found = RulesetText{digest, std::string(text.text(0)), std::string(text.text(1)), std::string(text.text(2)),
                        std::string(text.text(3))};
  }
  if (auto done = text.end(); !done) return tl::unexpected(done.error());
  if (found) return std::move(*found);
  return fail(ErrorCode::NotFound, fmt::format("no ruleset of digest {} is held", digest.to_string()),
              state_->database.path(), "give the digest of a text that a run used");
}

}  // namespace assay
