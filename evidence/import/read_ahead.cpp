// A queue of a few pieces between two threads.
#include "evidence/import/read_ahead.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace assay {
namespace {

constexpr std::size_t kPiecesAhead = 3;

struct Piece {
  std::vector<char> bytes = {};
  std::size_t size = 0, taken = 0;
};

}  // namespace

struct ReadAhead::State {
  Source source;
  Sha256 hasher;
  std::uint64_t bytes = 0;
  Piece piece;  // being given out
  std::optional<Error> fault;
  bool ended = false;

  // Between the threads.
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Piece> ready;
  std::vector<Piece> empty;
  bool done = false, stop = false;
  std::optional<Error> fault_ahead;
  std::jthread thread;  // last: it ends before what it uses

  bool fill(Piece& into, std::optional<Error>& failed);
  bool next();
  void run();
  ~State() {
    {
      const std::scoped_lock lock(mutex);
      stop = true;
    }
    changed.notify_all();
  }
};

// False at the end and at a fault.
bool ReadAhead::State::fill(Piece& into, std::optional<Error>& failed) {
  into.bytes.resize(kPiece);
  into.taken = 0;
  const Result<std::size_t> size = source(into.bytes);
  into.size = size.value_or(0);
  if (!size) failed = size.error();
  hasher.add(std::string_view(into.bytes.data(), into.size));
  return into.size > 0;
}

void ReadAhead::State::run() {
  for (;;) {
    Piece made;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return ready.size() < kPiecesAhead || stop; });
      if (stop) return;
      if (!empty.empty()) {
        made = std::move(empty.back());
        empty.pop_back();
      }
    }
    std::optional<Error> failed;
    const bool more = fill(made, failed);
    {
      const std::scoped_lock lock(mutex);
      if (more) ready.push_back(std::move(made));
      if (!more) done = true;
      fault_ahead = failed;
    }
    changed.notify_all();
    if (!more) return;
  }
}

// The next piece; false when there is none.
bool ReadAhead::State::next() {
  if (!thread.joinable()) {
    const bool more = fill(piece, fault);
    if (piece.size == kPiece) thread = std::jthread([this] { run(); });
    return more;
  }
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return !ready.empty() || done; });
    if (ready.empty()) {
      fault = fault_ahead;
      return false;
    }
    empty.push_back(std::exchange(piece, std::move(ready.front())));
    ready.pop_front();
  }
  changed.notify_all();
  return true;
}

ReadAhead::ReadAhead(Source source) : state_(std::make_unique<State>()) { state_->source = std::move(source); }
ReadAhead::ReadAhead(ReadAhead&&) noexcept = default;
ReadAhead& ReadAhead::operator=(ReadAhead&&) noexcept = default;
ReadAhead::~ReadAhead() = default;

Result<std::size_t> ReadAhead::read(std::span<char> room) {
  State& state = *state_;
  if (!state.ended && state.piece.taken == state.piece.size) state.ended = !state.next();
  if (state.fault) return tl::unexpected(*state.fault);
  if (state.ended) return std::size_t{0};
  const std::size_t size = std::min(room.size(), state.piece.size - state.piece.taken);
  std::memcpy(room.data(), state.piece.bytes.data() + state.piece.taken, size);
  state.piece.taken += size;
  state.bytes += size;
  return size;
}

std::uint64_t ReadAhead::bytes() const { return state_->bytes; }

Digest ReadAhead::digest() {
  if (state_->thread.joinable()) state_->thread.join();
  return state_->hasher.finish();
}

}  // namespace assay
