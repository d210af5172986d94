// The checks of a packet, each in the order in which a reader would make them. Private to apps/verifier.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>

#include "apps/verifier/redacted_row.h"
#include "apps/verifier/verify.h"

namespace assay::verifier {

class Checks {
 public:
  Checks(const Packet& packet, const Trusted& trusted, std::vector<Finding>& findings)
      : packet_(packet), trusted_(trusted), findings_(findings), redacted_(redacted_rows(packet)) {
    for (const Entry& entry : packet.entries) entries_.emplace(entry.index, &entry);
  }

  // check_log.cpp: who signed, and is what is signed this log?
  void checkpoint();
  void witnesses();
  void leaves();
  void entries();
  // check_kept.cpp: against what the reader kept and trusts.
  void kept();
  void policy();
  // check_run.cpp: the run, the words of its rules, its outcome and why.
  void run();
  void rulesets();
  void outcome();
  void explanation();
  // check_rows.cpp: the evidence.
  void rows();
  // check_made.cpp: is the packet as it was made?
  void made();
  // check_derived.cpp: does the outcome follow from what is in it?
  void derived();

 private:
  void holds(std::string sentence);
  void remark(std::string sentence);
  void fails(std::string sentence, std::optional<std::uint64_t> entry = {});
  // Keys that the log records, in order.
  std::vector<Key> recorded_keys() const;
  bool is_trusted() const;
  // Is the entry as the log has it? Says what is wrong with it otherwise.
  bool entry_stands(const Entry& entry, const Entry* before);
  bool row_stands(const Row& row, const Row* before);
  void witness(const Note& note, const Key& key);
  void kept_one(const KeptCheckpoint& kept, std::uint64_t agreed);
  void add(FindingKind kind, std::string sentence, std::optional<std::uint64_t> entry);
  // As Packet::entry, without looking through all of them.
  const Entry* entry(std::uint64_t index) const;
  const RedactedRow* redacted_of(const Row& row) const;
  std::optional<std::uint64_t> place_in_log(const Digest& leaf);

  const Packet& packet_;
  const Trusted& trusted_;
  std::vector<Finding>& findings_;
  std::map<std::uint64_t, RedactedRow> redacted_;
  std::map<std::uint64_t, const Entry*> entries_;
  std::map<Digest, std::uint64_t> places_;  // of the log's leaves, once one was looked for
  std::optional<Note> note_;                // once read
  std::set<std::string> cosigned_;          // keys of witnesses whose cosignature holds and covers the run
  const Entry* run_ = nullptr;              // once found
};

// The moment at which an entry says it was written.
const std::string& moment_of(const Entry& entry);
// A number as it stands in what is said; nothing where it is none.
std::optional<std::uint64_t> number_in(const std::string& text);
// "sha256:" and the hex digits.
std::optional<Digest> digest_in(const std::string& text);
// "1 row", "3 rows".
std::string counted(std::size_t count, std::string_view what);
// Ascending numbers as an entry lists them: "3,7-12".
std::string ranges_of(const std::vector<std::uint64_t>& numbers);

}  // namespace assay::verifier
