// One act of recording: blocks go in as they fill; names, batch and trail entry follow at commit.
#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/text.h"
#include "evidence/store/batch_row.h"
#include "evidence/store/batch_segments.h"
#include "evidence/store/block.h"
#include "evidence/store/block_worker.h"
#include "evidence/store/direct_writing.h"
#include "evidence/store/layout.h"
#include "evidence/store/log.h"
#include "evidence/store/state.h"

namespace assay {

struct Store::BatchWriter::State {
  Store::State& store;
  std::unique_ptr<DirectWriting> direct;  // ends after the transaction
  struct Blocks {
    BlockTable& table;
    ~Blocks() { table.end(); }
  } blocks;
  Transaction transaction;
  BatchInfo info;
  BatchRow row;
  NameCounts known_before;
  StoreEnd end;  // before it, and once it is written with it
  BlockMaker maker;
  NodeMaker nodes;
  BatchSegments segments;
  bool committed = false;
  struct Threads {
    Threads(BlockWorker::Work insert, BlockWorker::Work hash) : inserter(std::move(insert)), hasher(std::move(hash)) {}
    BlockWorker inserter, hasher;
  };
  std::optional<Threads> threads;  // once more than one block has come. Last: they end before anything they use

  State(Store::State& of, std::unique_ptr<DirectWriting> writing, Transaction begun, BatchInfo about, StoreEnd before)
      : store(of),
        direct(std::move(writing)),
        blocks{*of.blocks},
        transaction(std::move(begun)),
        info(std::move(about)),
        known_before(of.names.saved_counts()),
        end(std::move(before)),
        maker(of.names.catalogue, info.file, end.row + 1, end.text + 1),
        segments(of.database, end.row + 1) {
    row.first_row = end.row + 1;
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
  void count_names();
  Result<void> write_nodes(const std::vector<Digest>& all);
  Result<void> write_batch();
};

namespace {

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
  if (info.bytes == 0 && !state_->blocks) state_->blocks.emplace(BlockTable::of_single_rows(state_->database));
  if (info.bytes != 0 && !(state_->blocks && state_->blocks->takes_blocks())) {
    auto attached = BlockTable::attach(state_->database);
    if (!attached) return tl::unexpected(attached.error());
    state_->blocks.emplace(std::move(*attached));
  }
  auto direct = DirectWriting::begin(state_->database, info.bytes);
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  auto end = state_->end.of(state_->database);
  if (!end) return tl::unexpected(end.error());
  const auto size = static_cast<std::int64_t>(end->trail.edge.size());
  if (auto fresh = state_->refresh_names(size); !fresh) return tl::unexpected(fresh.error());
  return BatchWriter(std::make_unique<BatchWriter::State>(*state_, std::move(direct), std::move(*transaction),
                                                          std::move(info), std::move(*end)));
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
  if (!threads) {
    // A block is full: its rows take more than the page that this may leave free.
    if (auto begun = blocks.table.begin(); !begun) return begun;
    threads.emplace([this](const Block& part) { return insert(part); },
                    [this](const Block& part) { return hash(part); });
  }
  const auto shared = std::make_shared<const Block>(std::move(block));
  if (auto pushed = threads->inserter.push(shared); !pushed) return pushed;
  return threads->hasher.push(shared);
}

Result<void> Store::BatchWriter::State::insert(const Block& block) {
  auto done = blocks.table.insert(block);
  return done ? segments.write_many() : done;
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
  if (done) done = threads->inserter.finish();
  if (done) done = threads->hasher.finish();
  return done;
}

// Needs no connection, which is the inserter's for as long as blocks are left.
void Store::BatchWriter::State::count_names() {
  Names& names = store.names;
  names.number_kinds();
  row.known = names.counts();
  row.names = names.digest(known_before, row.known);
}

Result<void> Store::BatchWriter::State::write_nodes(const std::vector<Digest>& all) {
  if (all.size() == 1) return {};  // it is the root
  Statement insert = store.database.prepare("INSERT INTO batch_node VALUES(?, ?, ?)", "the hashes of a batch");
  Result<void> done;
  for (std::size_t i = 0; done && i < all.size(); ++i) {
    done = insert.with(row.batch.number, static_cast<std::int64_t>(i), all[i]).run();
  }
  return done;
}

Result<void> Store::BatchWriter::State::write_batch() {
  row.batch = {.number = end.batch + 1,
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
  // Of single records one after another.
  const Heads heads = end.known && info.bytes == 0 ? Heads::Later : Heads::Now;
  row.batch.entry = static_cast<std::int64_t>(end.trail.edge.size());
  const std::string body = batch_body(row);
  if (end.format == kFormat && says_all(row)) row.leaf = merkle_leaf(body);
  auto done = insert_batch(store.database, row, end.format);
  if (done && row.leaf) done = count_entry(store.database, *row.leaf, end.trail, heads);
  if (done && !row.leaf) done = append_entry(store.database, body, end.trail, heads).map([](std::int64_t) {});
  if (done) done = write_nodes(all);
  end.row += row.rows;
  end.text = row.texts;
  end.batch = row.batch.number;
  return done;
}

Result<Batch> Store::BatchWriter::commit() {
  State& state = *state_;
  CHECK(!state.committed);
  CHECK(state.info.file == state.maker.file());
  // Said before the first row came, so that each got its salt.
  CHECK(state.maker.rows() == 0 || state.info.personal.has_value() == state.maker.salts_rows());
  auto done = expect_utf8(state.info);
  if (done) state.count_names();
  if (done) done = state.finish_blocks();
  if (done) done = state.store.names.save(state.store.database, state.blocks.table);
  if (done) done = state.write_batch();
  if (done) done = state.segments.finish();
  if (done) done = state.transaction.commit();
  if (!done) return tl::unexpected(done.error());
  state.committed = true;
  state.store.end.keep(state.store.database, std::move(state.end));
  state.blocks.table.end();
  state.direct.reset();
  state.store.recording = false;
  state.store.names.mark_saved();
  state.store.names_as_of = state.row.batch.entry + 1;
  return state.row.batch;
}

}  // namespace assay
