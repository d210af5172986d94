// One act of recording: blocks go in as they fill; names, batch and trail entry follow at commit.
#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/text.h"
#include "evidence/store/batch_row.h"
#include "evidence/store/batch_segments.h"
#include "evidence/store/block.h"
#include "evidence/store/block_worker.h"
#include "evidence/store/direct_writing.h"
#include "evidence/store/log.h"
#include "evidence/store/state.h"

namespace assay {

struct Store::BatchWriter::State {
  Store::State& store;
  std::unique_ptr<DirectWriting> direct;  // ends after the transaction
  Transaction transaction;
  BatchInfo info;
  BatchRow row;
  NameCounts known_before;
  BlockMaker maker;
  NodeMaker nodes;
  BatchSegments segments;
  bool threads = false;  // more than one block has come
  // Last: their threads end before anything they use.
  BlockWorker inserter, hasher;
  bool committed = false;

  State(Store::State& of, std::unique_ptr<DirectWriting> writing, Transaction begun, BatchInfo about,
        std::int64_t first_row, std::int64_t first_text)
      : store(of),
        direct(std::move(writing)),
        transaction(std::move(begun)),
        info(std::move(about)),
        known_before(of.names.saved_counts()),
        maker(of.names.catalogue, info.file, first_row, first_text),
        segments(of.database, first_row),
        inserter([this](const Block& block) { return insert(block); }),
        hasher([this](const Block& block) { return hash(block); }) {
    row.first_row = first_row;
    store.recording = true;
  }
  ~State() {
    store.recording = false;
    if (!committed) store.names.roll_back();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<void> insert(const Block& block);
  Result<void> hash(const Block& block);
  Result<void> hand_on(Block block);
  Result<void> finish_blocks();
  Result<void> write_names();
  Result<void> write_nodes(const std::vector<Digest>& all);
  Result<void> write_batch();
};

namespace {

Result<std::int64_t> last_number(const Database& database, const char* sql, const char* what) {
  Statement last = database.prepare(sql, what);
  std::int64_t number = 0;
  if (last.next()) number = last.integer(0, 0);
  if (auto done = last.end(); !done) return tl::unexpected(done.error());
  return number;
}

// The entry is JSON, which has no way to say other bytes.
Result<void> expect_utf8(const BatchInfo& info) {
  for (const std::string* text : {&info.file, &info.layout, &info.recorded_by, &info.imported_at}) {
    if (!first_bad_utf8(*text)) continue;
    return fail(ErrorCode::WrongUse, "the name of the file, or who records it, is not UTF-8", {},
                "give the file another name");
  }
  bool plain = !info.personal || !first_bad_utf8(info.personal->purpose);
  for (const std::string& column : info.published) plain = plain && !first_bad_utf8(column);
  if (!plain) return fail(ErrorCode::WrongUse, "the purpose, or the name of a published column, is not UTF-8");
  return {};
}

}  // namespace

Result<Store::BatchWriter> Store::begin_batch(BatchInfo info) {
  if (auto able = state_->expect_writable(); !able) return tl::unexpected(able.error());
  if (!state_->blocks) {
    auto attached = BlockTable::attach(state_->database);
    if (!attached) return tl::unexpected(attached.error());
    state_->blocks.emplace(std::move(*attached));
  }
  auto direct = DirectWriting::begin(state_->database, info.bytes);
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  if (auto fresh = state_->refresh_names(); !fresh) return tl::unexpected(fresh.error());
  const auto row =
      last_number(state_->database, "SELECT coalesce(max(id), 0) FROM observation", "the rows of evidence");
  if (!row) return tl::unexpected(row.error());
  const auto text = last_number(state_->database, "SELECT coalesce(max(id), 0) FROM text_value", "the texts");
  if (!text) return tl::unexpected(text.error());
  return BatchWriter(std::make_unique<BatchWriter::State>(*state_, std::move(direct), std::move(*transaction),
                                                          std::move(info), *row + 1, *text + 1));
}

Store::BatchWriter::BatchWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::BatchWriter::BatchWriter(BatchWriter&&) noexcept = default;
Store::BatchWriter::~BatchWriter() = default;

BatchInfo& Store::BatchWriter::info() { return state_->info; }

Result<void> Store::BatchWriter::add(std::span<const TypedRow> rows) {
  state_->maker.salt_rows(state_->info.personal.has_value());
  for (const TypedRow& row : rows) {
    if (auto added = state_->maker.add(row); !added) return added;
    if (!state_->maker.full()) continue;
    if (auto handed = state_->hand_on(state_->maker.take()); !handed) return handed;
  }
  return {};
}

Result<void> Store::BatchWriter::State::hand_on(Block block) {
  threads = true;
  const auto shared = std::make_shared<const Block>(std::move(block));
  if (auto pushed = inserter.push(shared); !pushed) return pushed;
  return hasher.push(shared);
}

Result<void> Store::BatchWriter::State::insert(const Block& block) {
  auto done = store.blocks->insert(block);
  return done ? segments.write_ready() : done;
}

Result<void> Store::BatchWriter::State::hash(const Block& block) {
  nodes.add(block);
  segments.add(block);
  return {};
}

// What fits one block needs no thread.
Result<void> Store::BatchWriter::State::finish_blocks() {
  Block last = maker.take();
  if (!threads) {
    auto done = hash(last);
    return done ? insert(last) : done;
  }
  auto done = hand_on(std::move(last));
  if (done) done = inserter.finish();
  if (done) done = hasher.finish();
  return done;
}

Result<void> Store::BatchWriter::State::write_names() {
  Names& names = store.names;
  names.number_kinds();
  row.known = names.counts();
  row.names = names.digest(known_before, row.known);
  return names.save(store.database);
}

Result<void> Store::BatchWriter::State::write_nodes(const std::vector<Digest>& all) {
  Statement insert = store.database.prepare("INSERT INTO batch_node VALUES(?, ?, ?)", "the hashes of a batch");
  Result<void> done;
  for (std::size_t i = 0; done && i < all.size(); ++i) {
    done = insert.with(row.batch.number, static_cast<std::int64_t>(i), all[i]).run();
  }
  return done;
}

Result<void> Store::BatchWriter::State::write_batch() {
  const auto last = last_number(store.database, "SELECT coalesce(max(id), 0) FROM batch", "the batches");
  if (!last) return tl::unexpected(last.error());
  row.batch = {.number = *last + 1,
               .file = info.file,
               .file_digest = info.file_digest,
               .layout = info.layout,
               .recorded_by = info.recorded_by,
               .imported_at = info.imported_at};
  row.personal = info.personal;
  row.published = info.published;
  row.salted = maker.salted();
  row.rows = maker.rows();
  row.texts = maker.next_text() - 1;
  row.last_recorded = maker.last_recorded();
  const std::vector<Digest> all = nodes.nodes();
  // A full node is the root of a full subtree, so the tree over the nodes is the tree over the rows.
  row.root = merkle_root(all);
  const auto entry = append_entry(store.database, batch_body(row));
  if (!entry) return tl::unexpected(entry.error());
  row.batch.entry = *entry;
  auto done = insert_batch(store.database, row);
  if (done) done = write_nodes(all);
  return done;
}

Result<Batch> Store::BatchWriter::commit() {
  State& state = *state_;
  CHECK(!state.committed);
  CHECK(state.info.file == state.maker.file());
  // Said before the first row came, so that each got its salt.
  CHECK(state.maker.rows() == 0 || state.info.personal.has_value() == state.maker.salts_rows());
  auto done = expect_utf8(state.info);
  if (done) done = state.finish_blocks();
  if (done) done = state.write_names();
  if (done) done = state.write_batch();
  if (done) done = state.segments.finish();
  if (done) done = state.transaction.commit();
  if (!done) return tl::unexpected(done.error());
  state.committed = true;
  state.direct.reset();
  state.store.recording = false;
  state.store.names.mark_saved();
  state.store.names_as_of = state.row.batch.entry + 1;
  return state.row.batch;
}

}  // namespace assay
