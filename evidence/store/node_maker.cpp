// A bounded queue of chunks; a full one keeps the reader waiting, an empty one the maker.
#include "evidence/store/node_maker.h"

#include <utility>

#include "evidence/store/layout.h"

namespace assay {
namespace {

constexpr std::size_t kChunkRows = 4096, kChunksMax = 8;

}  // namespace

NodeMaker::NodeMaker(const Catalogue& catalogue, const BatchRow& batch) : batch_(batch), leaves_(catalogue) {}
NodeMaker::~NodeMaker() { stop(); }

void NodeMaker::add(ReadRow row) {
  const auto keep = [this](std::string_view& text) {
    if (!text.empty()) text = filling_.kept.emplace_back(text);
  };
  keep(row.row.decimal);
  keep(row.row.place);
  filling_.rows.push_back(std::move(row));
  if (filling_.rows.size() == kChunkRows) push();
}

void NodeMaker::push() {
  if (!thread_.joinable()) thread_ = std::jthread([this] { work(); });
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kChunksMax; });
  queue_.push_back(std::exchange(filling_, {}));
  filling_.rows.reserve(kChunkRows);
  lock.unlock();
  changed_.notify_all();
}

void NodeMaker::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const Chunk chunk = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    changed_.notify_all();
    make(chunk);
  }
}

void NodeMaker::make(const Chunk& chunk) {
  for (const ReadRow& read : chunk.rows) {
    const LeafMaker::Context context{.file = batch_.batch.file,
                                     .first_row = batch_.first_row,
                                     .value = read.value ? &*read.value : nullptr,
                                     .note = read.note ? &*read.note : nullptr,
                                     .salt = read.salt};
    node_.append(read.leaf ? *read.leaf : leaves_.digest(read.row, context));
    if (node_.size() == static_cast<std::uint64_t>(kRowsPerNode))
      nodes_.push_back(std::exchange(node_, MerkleEdge()).root());
  }
}

void NodeMaker::stop() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::vector<Digest> NodeMaker::finish() {
  stop();
  make(std::exchange(filling_, {}));
  if (node_.size() > 0) nodes_.push_back(node_.root());
  return std::move(nodes_);
}

}  // namespace assay
