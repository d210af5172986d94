// Any bytes as what the verifier reads: a packet, also where only its spelling is wrong; a checkpoint, a policy, a key;
// and the same notes by the program that writes them; and of what reads as a
// packet, whether its outcome follows. Nothing but the seed packets themselves may hold, since anything
// else would be a forged signature or hash.
#include <cstdint>
#include <set>
#include <string>

#include "apps/verifier/derive_packet.h"
#include "apps/verifier/verify.h"
#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"
#include "evidence/trail/checkpoint.h"

using namespace assay;

namespace {

// Of tests/vectors/packet/example.json.
constexpr std::string_view kExample = "5d94f2a583c22ed8bf8d7a163afcda66e59e430ff67063f3c58ed6d79ea4f067";
constexpr std::string_view kPolicy =
    "witness W council.example/witness+0edeeb82+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU\nquorum W\n";

// Asked of any packet, since whoever has a key can sign what they like. Few rows and short rules, so that a round stays
// short: what is long is not of another sort.
void check_derived(const verifier::Packet& packet) {
  constexpr std::size_t kRowsMax = 16, kTextMax = 4096;
  std::size_t text = 0;
  for (const verifier::RulesetFile& file : packet.rulesets) text += file.text.size();
  if (packet.rows.size() > kRowsMax || text > kTextMax) return;
  CHECK(!verifier::derive_packet(packet).sentence.empty());
}

void check_packet(std::string_view bytes, const verifier::Trusted& trusted) {
  const verifier::Report report = verifier::verify(bytes, trusted);
  CHECK(!report.findings.empty());
  for (const verifier::Finding& finding : report.findings) CHECK(!finding.sentence.empty());
  CHECK(!verifier::in_words(report).empty());
  if (report.packet) check_derived(*report.packet);
  CHECK(!report.holds() || sha256(bytes).to_hex() == kExample);
}

// Two readers of notes, written apart: both take a text, or neither does.
void check_note(std::string_view text) {
  const auto ours = read_checkpoint(text);
  const auto theirs = verifier::read_note(text);
  CHECK(ours.has_value() == theirs.has_value());
  if (ours) CHECK(ours->to_string() == text && theirs->size == ours->checkpoint.size);
  const auto key = read_public_key(text);
  CHECK(key.has_value() == verifier::read_key(text).has_value());
  if (key) CHECK(key->to_string() == text);
  if (const auto request = read_witness_request(text)) CHECK(request->to_string() == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_note(bytes);
  const auto policy = verifier::read_policy(bytes);
  if (const auto* read = std::get_if<verifier::Policy>(&policy)) (void)verifier::is_met(*read, {});
  check_packet(bytes, {});
  const auto spelt = canonicalise_json(bytes);
  if (!spelt) return 0;
  verifier::Trusted trusted;
  trusted.kept.push_back({"itself", std::string(bytes)});
  trusted.policy = std::get<verifier::Policy>(verifier::read_policy(kPolicy));
  check_packet(*spelt + '\n', trusted);
  return 0;
}
