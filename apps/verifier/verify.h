// Does a packet hold? Sentence by sentence, in plain English: what holds, what does not, what cannot be shown. The
// answer rests on the packet, on what its reader kept or was told elsewhere, and on nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/verifier/packet.h"
#include "apps/verifier/policy.h"

namespace assay::verifier {

// TooMuch: not looked at, since it asks for more than a reader should have to give. Such a packet does not hold.
enum class FindingKind { Holds, Fails, Remark, TooMuch };
struct Finding {
  FindingKind kind = FindingKind::Holds;
  std::string sentence;
  std::optional<std::uint64_t> entry;  // of what fails: the first entry that it may lie in
};

struct KeptCheckpoint {
  std::string file, text;
};
// What the reader brings along.
struct Trusted {
  std::vector<Key> logs;  // keys of logs; none: any
  std::vector<KeptCheckpoint> kept;
  std::optional<Policy> policy;
};

struct Report {
  std::optional<Packet> packet;  // nothing where it could not be read
  std::vector<Finding> findings;
  bool holds() const;
  // Does it not hold only because not all of it was looked at?
  bool given_up() const;
  std::optional<std::uint64_t> first_bad_entry() const;
};

Report verify(std::string_view bytes, const Trusted& trusted);

// What it is about, the findings, the verdict, and what cannot be shown; lines of at most 80 columns.
std::string in_words(const Report& report);

}  // namespace assay::verifier
