// A zip archive in memory, read piece by piece. What would unpack to more than its limits is refused before anything is
// unpacked, and what unpacks to more than it declares is refused when it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"

namespace assay {

// One member, from its beginning to its end, once.
class ArchiveMember {
 public:
  // Fills the span from its start and says how many bytes; 0 at the end, where the checksum has been compared.
  Result<std::size_t> read(std::span<char> room);

 private:
  friend class Archive;
  struct State;
  explicit ArchiveMember(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

class Archive {
 public:
  static constexpr std::uint64_t kPackedLimit = 512ULL << 20;  // bytes of the file
  static constexpr std::uint64_t kMemberLimit = 2ULL << 30;    // bytes unpacked: 400,000 rows of 28 columns take 1.2 GB
  static constexpr std::uint64_t kMembersLimit = 10'000;       // a workbook of hundreds of sheets has some hundreds
  static constexpr std::uint64_t kRatioLimit = 250;            // unpacked to packed; sheets of numbers reach 20 to 60
  static constexpr std::uint64_t kRatioCountsFrom = 10U << 20;  // bytes unpacked below which the ratio does no harm

  // BadInput for what is no archive, is damaged or would unpack to too much. `name` is for messages.
  static Result<Archive> open(std::string bytes, std::string name);

  bool has(const std::string& member) const;
  std::vector<std::string> members() const;
  // BadInput when there is none, or when it is locked by a password.
  Result<ArchiveMember> member(const std::string& member) const;
  const std::string& name() const;

 private:
  friend class ArchiveMember;
  struct State;
  explicit Archive(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

}  // namespace assay
