// A packet (docs/formats/packet.md) as values: what it says, in its own words, with nothing believed yet.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "evidence/core/digest.h"

namespace assay::verifier {

using Proof = std::vector<Digest>;
// The texts, numbers and yes or no that an object says at its top, as text, by their keys.
using Said = std::map<std::string, std::string, std::less<>>;

// A ruleset as an entry names it, or with its text as the packet holds it.
struct RulesetFile {
  std::string name, edition, file, digest, text;
};

// An entry of the log.
struct Entry {
  std::uint64_t index = 0;
  std::string body;  // canonical JSON
  Said said;
  std::vector<RulesetFile> rulesets;  // of a run
  Proof proof;
  const std::string& get(std::string_view key) const;  // empty where it says nothing of that
};

struct KeptText {
  std::string salt, text;
};

// A row of evidence.
struct Row {
  std::uint64_t entry = 0;  // of its batch
  std::string leaf;         // canonical JSON
  Said said;
  Proof proof;
  std::optional<KeptText> text, note;
  const std::string& get(std::string_view key) const;
};

// The outcomes of one rule, among which the one that the packet is about.
struct Block {
  std::uint64_t block = 0, index = 0, of = 0;
  std::vector<std::string> rows;  // canonical JSON
  std::vector<Said> said;
  Proof proof;  // of its digest in the run's outcomes
};

struct Packet {
  // What it is about.
  std::string rule, subject;
  std::uint64_t run = 0, run_entry = 0;
  std::string key;      // of the log, with which it was signed when the packet was made
  std::string content;  // canonical JSON of all but the log's part
  Block block;
  std::string explanation;                  // canonical JSON
  std::vector<std::string> explained_rows;  // digests of the rows that the explanation shows
  std::vector<Row> rows;
  std::vector<RulesetFile> rulesets;
  // The log's part.
  std::string checkpoint;
  std::string cosigned;                // the last checkpoint that witnesses signed, if any: of no more entries
  std::vector<std::string> witnesses;  // their keys
  std::vector<Entry> entries;
  std::vector<Digest> leaves;  // of every entry of the log

  const Entry* entry(std::uint64_t index) const;
  // Of the outcome asked about: its place in the block; nothing where it is not there, or there twice.
  std::optional<std::size_t> outcome() const;
};

// In bytes. One with a hundred thousand rows is some sixty megabytes.
inline constexpr std::size_t kPacketMax = std::size_t{256} << 20;

// Or one sentence that says what is not as it should be.
std::variant<Packet, std::string> read_packet(std::string_view bytes);

}  // namespace assay::verifier
