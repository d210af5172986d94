// The second thread of a verification: makes the leaves of rows and the nodes above them while the first reads on. Of
// few rows no thread is started. Private to evidence/store.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/store/batch_row.h"
#include "evidence/store/stored_row.h"
#include "evidence/trail/merkle.h"

namespace assay {

// A row as it was read, with what its leaf needs.
struct ReadRow {
  StoredRow row;  // its views as long as the statement's row; NodeMaker keeps what it needs of them
  std::optional<Digest> value, note;
  std::string salt;
  // Of a row that was redacted: what stands for it in the tree; then no leaf is made.
  std::optional<Digest> leaf;
};

class NodeMaker {
 public:
  // Both must outlive it, and the catalogue stay as it is.
  NodeMaker(const Catalogue& catalogue, const BatchRow& batch);
  ~NodeMaker();
  NodeMaker(const NodeMaker&) = delete;
  NodeMaker& operator=(const NodeMaker&) = delete;

  void add(ReadRow row);
  // The nodes of level 8 over all rows that were added; the last may be of fewer rows.
  std::vector<Digest> finish();

 private:
  struct Chunk {
    std::vector<ReadRow> rows;
    std::deque<std::string> kept;  // what the rows' views look at
  };
  void push();
  void work();
  void make(const Chunk& chunk);
  void stop();

  const BatchRow& batch_;
  Chunk filling_;
  LeafMaker leaves_;  // of whichever thread makes
  MerkleEdge node_;
  std::vector<Digest> nodes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Chunk> queue_;
  bool closed_ = false;
  std::jthread thread_;
};

}  // namespace assay
