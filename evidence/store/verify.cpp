// The walk along the trail, and what is checked of the file as a whole.
#include "evidence/store/verify.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "evidence/store/key_act.h"
#include "evidence/store/layout.h"
#include "evidence/store/log.h"
#include "evidence/store/mapping_act.h"
#include "evidence/store/verify_file.h"

namespace assay {
namespace {

bool is_large(const Database& database, const VerifyShares& shares) {
  std::error_code none;
  const auto size = std::filesystem::file_size(database.path(), none);
  return !none && size >= shares.second_from;
}

}  // namespace

Result<VerifyReport> verify_store(const Database& database, const VerifyShares& shares) {
  // One view of the file throughout, whoever writes meanwhile.
  auto view = ReadView::begin(database);
  if (!view) return tl::unexpected(view.error());
  const auto second = is_large(database, shares) ? SecondReader::open(database, *view) : nullptr;
  if (auto same = verify_layout(database); !same) return tl::unexpected(same.error());
  return Verification(database, second.get(), shares).run();
}

Verification::Verification(const Database& database, SecondReader* second, const VerifyShares& shares)
    : database_(database),
      second_(second),
      shares_(shares),
      rows_(database, names_.catalogue, redactions_),
      entry_(database.prepare("SELECT number, body, leaf FROM log_entry ORDER BY number", "the entries of the trail")),
      head_(database.prepare("SELECT size, root, edge FROM log_head ORDER BY size", "the heads of the trail")),
      next_batch_(
          database.prepare(fmt::format("SELECT {} FROM batch ORDER BY id", batch_columns(database)), "the batches")),
      next_run_(database.prepare(fmt::format("SELECT {} FROM run ORDER BY number", kRunColumns), "the runs")),
      node_(database.prepare("SELECT batch, position, hash FROM batch_node ORDER BY batch, position",
                             "the hashes of a batch")),
      run_ruleset_(database.prepare("SELECT run, position, ruleset FROM run_ruleset ORDER BY run, position",
                                    "the rulesets of a run")),
      ruleset_(database.prepare("SELECT id, digest, name, edition, file, text FROM ruleset_text ORDER BY id",
                                "the texts of rulesets")),
      block_(database.prepare("SELECT id, rule, block, digest, bytes FROM outcome_block ORDER BY id", "the outcomes")),
      explanation_(database.prepare("SELECT id, rule, subject, digest, json FROM explanation ORDER BY id",
                                    "the explanations")) {}

Result<VerifyReport> Verification::run() {
  FileCheck file(database_, second_);
  auto done = names_.load_without_spellings(database_);
  if (done) {
    auto redactions = Redactions::load(database_);
    if (!redactions) return tl::unexpected(redactions.error());
    redactions_ = std::move(*redactions);
  }
  Result<bool> more = has_more();
  for (; done && more && *more; more = has_more()) done = verify_entry();
  if (done && !more) done = tl::unexpected(more.error());
  if (done) done = entry_.end();
  if (done && report_.entries == 0) done = bad("the trail has no entry");
  if (done) done = verify_nothing_left();
  if (done) done = file.result();
  if (!done) return tl::unexpected(done.error());
  report_.head = {report_.entries, edge_.root()};
  return report_;
}

Result<void> Verification::read_acts() {
  if (!batch_ && next_batch_.next()) {
    batch_ = read_batch(next_batch_);
    if (!next_batch_.sound()) return next_batch_.end();
  }
  if (!run_ && next_run_.next()) {
    run_ = read_run(next_run_);
    if (!next_run_.sound()) return next_run_.end();
  }
  return {};
}

// Whether an entry is left, in the table of them or in the row of a batch.
Result<bool> Verification::has_more() {
  if (!entry_ready_) entry_ready_ = entry_.next();
  if (auto read = read_acts(); !read) return tl::unexpected(read.error());
  return entry_ready_ || (batch_ && batch_->leaf);
}

// Whether a batch that is not the next says that it is the entry at hand.
bool Verification::stands_elsewhere() {
  if (batch_ && batch_->batch.entry == report_.entries) return false;
  Statement other = database_.prepare("SELECT EXISTS(SELECT 1 FROM batch WHERE entry = ?)", "the batches");
  return other.with(report_.entries).next() && other.integer(0) != 0;
}

// Of the entry that is next, with its body.
Result<Digest> Verification::next_leaf() {
  if (batch_ && batch_->leaf && batch_->batch.entry == report_.entries) {
    if (entry_ready_ && entry_.integer(0) == report_.entries) return bad(entry_, "it is there twice");
    body_ = batch_body(*batch_);
    return *batch_->leaf;
  }
  if (!entry_ready_ || entry_.integer(0) != report_.entries || !entry_.sound()) {
    return bad(entry_, stands_elsewhere() ? "its batch is out of order" : "it is missing");
  }
  body_ = entry_.text(1);
  const Digest leaf = entry_.digest(2);
  entry_ready_ = false;
  if (!entry_.sound()) return bad(entry_, {});
  return leaf;
}

Result<void> Verification::verify_entry() {
  entry_name_ = fmt::format("entry {}", report_.entries);
  const auto leaf = next_leaf();
  if (!leaf) return tl::unexpected(leaf.error());
  const bool of_batch = batch_ && batch_->batch.entry == report_.entries;
  const bool of_run = !of_batch && run_ && run_->record.entry == report_.entries;
  if (of_batch) entry_name_ += fmt::format(" (batch {}, {})", batch_->batch.number, batch_->batch.file);
  if (of_run) entry_name_ += fmt::format(" (run {})", run_->record.number);

  if (merkle_leaf(body_) != *leaf) {
    return bad(of_batch && batch_->leaf ? "the batch is not as recorded" : "its text is not as recorded");
  }
  edge_.append(*leaf);
  ++report_.entries;
  if (auto follows = verify_head(of_batch); !follows) return follows;
  if (of_batch) return verify_batch(*std::exchange(batch_, std::nullopt));
  if (of_run) return verify_run(*std::exchange(run_, std::nullopt));
  if (const auto act = read_act(body_)) return verify_act(*act);
  if (const auto redaction = read_redaction(body_)) return verify_redaction(*redaction);
  if (read_mapping(body_)) return ++report_.mappings, Result<void>();
  if (const auto key = read_key(body_)) return verify_key(*key);
  if (read_packet(body_)) return ++report_.packets, Result<void>();
  if (report_.entries > 1) return bad("it is of no sort of entry that is written");
  if (!body_.starts_with("{\"created_at\":") ||
      !body_.ends_with(fmt::format(",\"entry\":\"store\",\"format\":{}}}", kTrailFormat))) {
    return bad("it is not the entry of a store that was made");
  }
  return {};
}

// Heads of the newest batches may be wanting, and then those of all after them.
Result<void> Verification::verify_head(bool of_batch) {
  constexpr std::string_view kOther = "the head of the trail kept for it does not follow from the entries";
  heads_ended_ = heads_ended_ || !head_.next();
  if (!head_.sound()) return bad(head_, kOther);
  if (heads_ended_) return of_batch && ++wanting_ <= kMostWanting ? Result<void>() : bad(head_, kOther);
  const bool follows =
      head_.integer(0) == report_.entries && head_.digest(1) == edge_.root() && head_.blob(2) == edge_bytes(edge_);
  return follows && head_.sound() ? Result<void>() : bad(head_, kOther);
}

Result<void> Verification::verify_nothing_left() {
  entry_name_.clear();
  if (auto read = read_acts(); !read) return read;
  if (batch_)
    return bad(
        fmt::format("batch {} ({}) has no entry of its own in the trail", batch_->batch.number, batch_->batch.file));
  if (run_) return bad(fmt::format("run {} has no entry of its own in the trail", run_->record.number));
  if (run_ruleset_ready_) return bad("more stands in the rulesets of a run than the trail covers");
  if (node_ready_) return bad("more stands in the hashes of a batch than the trail covers");
  if (auto done = verify_no_more_rows(); !done) return done;
  for (Statement* left : {&head_, &node_, &run_ruleset_, &ruleset_, &block_, &explanation_}) {
    if (left->next()) return bad(fmt::format("more stands in {} than the trail covers", left->what()));
    if (auto done = left->end(); !done) return done;
  }
  if (known_ != names_.counts()) return bad("the store has more names than the trail covers");
  return {};
}

tl::unexpected<Error> Verification::bad(std::string_view what) const { return fault()(what); }
tl::unexpected<Error> Verification::bad(Statement& statement, std::string_view what) const {
  return fault()(statement, what);
}

}  // namespace assay
