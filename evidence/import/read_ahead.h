// Reads a file and hashes it ahead of whoever takes it apart: on a thread of its own once the file turns out to be
// longer than one piece. In the same order, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"

namespace assay {

class ReadAhead {
 public:
  static constexpr std::size_t kPiece = 1 << 20;  // bytes asked for at a time
  // Fills the span from its start and says how many bytes; 0 at the end.
  using Source = std::function<Result<std::size_t>(std::span<char>)>;

  explicit ReadAhead(Source source);
  ReadAhead(ReadAhead&&) noexcept;
  ReadAhead& operator=(ReadAhead&&) noexcept;
  ~ReadAhead();

  // As Source does. What the room has no place for comes the next time.
  Result<std::size_t> read(std::span<char> room);
  std::uint64_t bytes() const;  // given out so far
  Digest digest();              // of everything; after the end

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay
