// A redaction: what is destroyed, and its entry, in one transaction. Rows are replaced as a whole, which SQLite does
// without asking the triggers that refuse a deletion; afterwards the file is swept (sweep.cpp).
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "evidence/core/text.h"
#include "evidence/store/held_row.h"
#include "evidence/store/log.h"
#include "evidence/store/segment_table.h"
#include "evidence/store/state.h"

namespace assay {
namespace {

class Redactor {
 public:
  Redactor(const Database& database, const Catalogue& names, Redactions before)
      : database_(database), names_(names), before_(std::move(before)) {}
  Result<std::int64_t> redact(const NewRedaction& asked);

 private:
  Result<void> destroy(const NewRedaction::Row& asked);
  Result<void> put(const HeldRow& held, RowParts gone);
  Result<void> empty(const HeldText& text, const Digest& digest);
  Result<void> replace(const NewRedaction::Derived& asked, bool explanation);

  const Database& database_;
  const Catalogue& names_;
  Redactions before_;
  Redaction act_;
};

Result<std::int64_t> Redactor::redact(const NewRedaction& asked) {
  act_.by = asked.by;
  act_.because = asked.because;
  act_.on = asked.on;
  act_.recorded_at = asked.recorded_at;
  Result<void> done;
  for (const auto& row : asked.rows)
    if (done) done = destroy(row);
  for (const auto& block : asked.outcomes)
    if (done) done = replace(block, false);
  for (const auto& explanation : asked.explanations)
    if (done) done = replace(explanation, true);
  // Columns made of the rows hold their values too; whoever reads by columns next makes them anew.
  if (done) done = drop_segments(database_);
  if (!done) return tl::unexpected(done.error());
  return append_entry(database_, redaction_body(act_));
}

Result<void> Redactor::destroy(const NewRedaction::Row& asked) {
  auto held = read_held_row(database_, names_, asked.row);
  if (!held) return tl::unexpected(held.error());
  HeldRow& row = **held;
  const RowParts has = row.has();
  RowParts now{asked.parts.value && has.value, asked.parts.note && has.note, asked.parts.place && has.place};
  if (!now.any()) return {};
  if (now.value && row.row.standing == Standing::MindedTo)
    return fail(ErrorCode::WrongUse, fmt::format("row {} holds a decision that was announced", asked.row),
                database_.path(), "no value of it is destroyed; destroy its note");
  const Redactions::Row* const earlier = before_.row(asked.row);
  Redaction::Row said{asked.row, now, earlier ? earlier->leaf : row.leaf(names_), {}};
  if (earlier) {
    said.gone.value |= earlier->gone.value;
    said.gone.note |= earlier->gone.note;
    said.gone.place |= earlier->gone.place;
  }
  if (auto put_done = put(row, now); !put_done) return put_done;
  auto left = read_held_row(database_, names_, asked.row);
  if (!left) return tl::unexpected(left.error());
  said.left = (*left)->leaf(names_);
  act_.rows.push_back(said);
  return {};
}

Result<void> Redactor::put(const HeldRow& held, RowParts gone) {
  Result<void> done;
  if (gone.value && held.value) done = empty(*held.value, held.value->digest);
  if (done && gone.note) done = empty(*held.note, held.note->digest);
  // It stood before what the leaf says in plain words.
  if (done && held.salt && (gone.value || gone.place)) done = empty(*held.salt, destroyed_salt());
  if (!done || (!gone.value && !gone.place)) return done;
  const bool stands = stands_without_text(names_.fields()[held.row.field]);
  Statement row = database_.prepare(
      "INSERT OR REPLACE INTO observation SELECT id, subject, field, iif(?, NULL, value), iif(?, ?, standing), "
      "valid_from, valid_to, source, recorded_on, document, iif(?, NULL, place), note, supersedes FROM observation "
      "WHERE id = ?",
      "the rows of evidence");
  // A text goes by its number still, so that its digest is found.
  return row
      .with(gone.value && !held.value ? 1 : 0, gone.value && !stands ? 1 : 0, static_cast<int>(Standing::Redacted),
            gone.place ? 1 : 0, held.row.row)
      .run();
}

Result<void> Redactor::empty(const HeldText& text, const Digest& digest) {
  Statement put = database_.prepare(
      "INSERT OR REPLACE INTO text_value SELECT id, observation, NULL, NULL, ? FROM text_value WHERE id = ?",
      "the texts");
  return put.with(digest, text.number).run();
}

Result<void> Redactor::replace(const NewRedaction::Derived& asked, bool explanation) {
  Statement first = database_.prepare(
      fmt::format("SELECT first_{0}, {0}s FROM run WHERE number = ?", explanation ? "explanation" : "block"),
      "the runs");
  std::int64_t number = 0;
  if (first.with(asked.run).next() && static_cast<std::int64_t>(asked.place) < first.integer(1, 0))
    number = first.integer(0, 1) + static_cast<std::int64_t>(asked.place);
  if (auto done = first.end(); !done) return done;
  if (number == 0)
    return fail(ErrorCode::NotFound, fmt::format("run {} holds no such outcome", asked.run), database_.path());
  Statement held = database_.prepare(
      explanation ? "SELECT digest FROM explanation WHERE id = ?" : "SELECT digest FROM outcome_block WHERE id = ?",
      "the runs");
  Redaction::Derived said{number, {}, sha256(std::string_view(asked.left))};
  if (held.with(number).next()) said.digest = held.digest(0);
  if (auto done = held.end(); !done) return done;
  (explanation ? act_.explanations : act_.outcomes).push_back(said);
  Statement put = database_.prepare(
      explanation ? "INSERT OR REPLACE INTO explanation SELECT id, rule, subject, ?, ? FROM explanation WHERE id = ?"
                  : "INSERT OR REPLACE INTO outcome_block SELECT id, rule, block, ?, ? FROM outcome_block WHERE id = ?",
      "the runs");
  if (explanation) return put.with(said.left, asked.left, number).run();
  return put.with(said.left, Bytes{asked.left}, number).run();
}

Result<void> expect_utf8(const NewRedaction& asked) {
  if (!first_bad_utf8(asked.by) && !first_bad_utf8(asked.because)) return {};
  return fail(ErrorCode::WrongUse, "who redacts, or why, is not UTF-8");
}

// A run recorded since could hold what is to be destroyed.
Result<void> expect_no_run_since(const Database& database, std::int64_t at) {
  Statement run = database.prepare("SELECT EXISTS(SELECT 1 FROM run WHERE entry >= ?)", "the runs");
  const bool found = run.with(at).next() && run.integer(0, 0, 1) == 1;
  if (auto done = run.end(); !done || !found) return done;
  return fail(ErrorCode::Busy, "a run was recorded in this store meanwhile", database.path(), "try again");
}

}  // namespace

Result<std::int64_t> Store::redact(const NewRedaction& asked) {
  if (auto able = state_->expect_writable(); !able) return tl::unexpected(able.error());
  if (auto plain = expect_utf8(asked); !plain) return tl::unexpected(plain.error());
  // What is destroyed is overwritten where it stood, and not only forgotten.
  if (auto set = state_->database.execute("PRAGMA secure_delete=ON; PRAGMA recursive_triggers=OFF;", "the store"); !set)
    return tl::unexpected(set.error());
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  if (asked.at)
    if (auto none = expect_no_run_since(state_->database, *asked.at); !none) return tl::unexpected(none.error());
  if (auto fresh = state_->refresh_names(); !fresh) return tl::unexpected(fresh.error());
  auto before = Redactions::load(state_->database);
  if (!before) return tl::unexpected(before.error());
  const auto entry = Redactor(state_->database, state_->names.catalogue, std::move(*before)).redact(asked);
  if (!entry) return entry;
  if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
  // It adds no name; one that was redacted is read anew.
  state_->names_as_of.reset();
  return entry;
}

Result<std::vector<Redaction>> Store::redactions() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  auto loaded = Redactions::load(state_->database);
  if (!loaded) return tl::unexpected(loaded.error());
  return loaded->all();
}

Result<std::vector<std::int64_t>> Store::rows_of_entry(std::int64_t entry) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  Statement batch = state_->database.prepare("SELECT first_row, row_count FROM batch WHERE entry = ?", "the batches");
  std::vector<std::int64_t> rows;
  bool found = false;
  if (batch.with(entry).next()) {
    found = true;
    const std::int64_t first = batch.integer(0, 1), count = batch.integer(1, 0);
    for (std::int64_t row = first; row < first + count; ++row) rows.push_back(row);
  }
  if (auto done = batch.end(); !done) return tl::unexpected(done.error());
  if (!found)
    return fail(ErrorCode::NotFound, fmt::format("entry {} records no evidence", entry), state_->database.path(),
                "give the entry of an import or of what was recorded by hand");
  return rows;
}

Result<std::vector<RowHeld>> Store::rows_held(std::span<const std::int64_t> rows) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  if (auto fresh = state_->refresh_names(); !fresh) return tl::unexpected(fresh.error());
  auto redactions = Redactions::load(state_->database);
  if (!redactions) return tl::unexpected(redactions.error());
  const Catalogue& names = state_->names.catalogue;
  std::vector<RowHeld> all;
  for (const std::int64_t number : rows) {
    auto held = read_held_row(state_->database, names, number);
    if (!held) return tl::unexpected(held.error());
    all.push_back(describe(**held, names));
    if (const Redactions::Row* const gone = redactions->row(number)) all.back().redacted = redactions->words(*gone);
  }
  return all;
}

}  // namespace assay
