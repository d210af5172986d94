// What somebody might do to a packet, one after the other: each is refused, with a sentence of its own that names the
// first bad entry where there is one.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "apps/verifier/verify.h"
#include "evidence/core/canonical_json.h"
#include "evidence/trail/merkle.h"
#include "tests/support/example_packet.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;
using nlohmann::json;

namespace {

std::string read(const std::string& name) {
  std::ifstream in(ASSAY_SOURCE_DIR "/tests/vectors/packet/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

json example() { return json::parse(read("example.json")); }
std::string written(const json& packet) { return canonicalise_json(packet.dump()).value() + '\n'; }

// Of what does not hold, the first sentence.
struct Refused {
  std::string sentence;
  std::optional<std::uint64_t> entry;
};
Refused refused(const std::string& text, const verifier::Trusted& trusted = {}) {
  const auto report = verifier::verify(text, trusted);
  REQUIRE_FALSE(report.holds());
  for (const auto& finding : report.findings)
    if (finding.kind == verifier::FindingKind::Fails) return {finding.sentence, report.first_bad_entry()};
  return {};
}
Refused refused(const json& packet, const verifier::Trusted& trusted = {}) { return refused(written(packet), trusted); }

std::string base64(const Digest& digest) {
  return to_base64({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
}

// Signs the log of a packet as it stands, with the hashes and proofs made anew: what somebody with the key can do.
void sign_anew(json& packet, const SigningKey& key) {
  std::vector<Digest> leaves;
  for (const json& leaf : packet["log"]["leaves"]) {
    Digest digest;
    const std::string bytes = from_base64(leaf.get<std::string>()).value();
    std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
    leaves.push_back(digest);
  }
  for (const json& entry : packet["log"]["entries"])
    leaves[entry["index"].get<std::size_t>()] = merkle_leaf(canonicalise_json(entry["body"].dump()).value());
  for (std::size_t i = 0; i < leaves.size(); ++i) packet["log"]["leaves"][i] = base64(leaves[i]);
  for (json& entry : packet["log"]["entries"]) {
    entry["proof"] = json::array();
    for (const Digest& hash : inclusion_proof(leaves, entry["index"].get<std::size_t>()))
      entry["proof"].push_back(base64(hash));
  }
  packet["log"]["checkpoint"] = sign({key.public_key().name, leaves.size(), merkle_root(leaves)}, key).to_string();
}
// And the packet's own entry says what is in it now.
void record_anew(json& packet) {
  packet["log"]["entries"].back()["body"]["content"] =
      sha256(std::string_view(canonicalise_json(packet["content"].dump()).value())).to_string();
}

}  // namespace

TEST_CASE("attack: a byte of evidence is changed") {
  json packet = example();
  packet["content"]["rows"][1]["leaf"]["value"] = "13";
  const Refused told = refused(packet);
  CHECK(told.sentence == "Row 3 is not as entry 3 recorded it: it was changed since.");
  CHECK(told.entry == 3);
}

TEST_CASE("attack: a row is dropped") {
  json packet = example();
  packet["content"]["rows"].erase(0);
  CHECK(refused(packet).sentence == "Row 1 was in the packet when it was made, and is not there: it was dropped.");
  packet = example();
  packet["content"]["rows"].erase(1);
  CHECK(refused(packet).sentence.find("A row of evidence that the reasons name (sha256:") == 0);
}

TEST_CASE("attack: a row stands twice, or in another order") {
  json packet = example();
  packet["content"]["rows"].push_back(packet["content"]["rows"][1]);
  CHECK(refused(packet).sentence == "Row 3 stands twice.");
  packet = example();
  std::swap(packet["content"]["rows"][0], packet["content"]["rows"][1]);
  CHECK(refused(packet).sentence == "Row 1 stands after row 3: they were put in another order.");
}

TEST_CASE("attack: a row of another batch, or one recorded after the run, is slipped in") {
  json packet = example();
  packet["content"]["rows"][1]["entry"] = 2;
  CHECK(refused(packet).sentence == "Row 3 is not among those that entry 2 recorded.");
  packet = example();
  packet["content"]["run_entry"] = 3;
  CHECK(refused(packet).sentence == "Entry 3 is not in the packet, or is no run.");
}

TEST_CASE("attack: entries are dropped, repeated, or put in another order") {
  json packet = example();
  packet["log"]["leaves"].erase(2);
  Refused told = refused(packet);
  CHECK(told.sentence == "The list of the log has 5 hashes, its checkpoint says 6: entries were dropped.");
  packet = example();
  std::swap(packet["log"]["leaves"][2], packet["log"]["leaves"][3]);
  CHECK(refused(packet).sentence ==
        "The list of the log does not give the root of its checkpoint: entries were changed, or put in another order.");
  packet = example();
  std::swap(packet["log"]["entries"][2]["index"], packet["log"]["entries"][3]["index"]);
  told = refused(packet);
  CHECK(told.sentence == "Entry 3 stands at place 2 of the log: it was put in another order.");
  CHECK(told.entry == 2);
  packet = example();
  packet["log"]["entries"].insert(packet["log"]["entries"].begin() + 2, packet["log"]["entries"][2]);
  CHECK(refused(packet).sentence == "Entry 2 stands twice.");
  packet = example();
  packet["log"]["entries"].erase(0);
  CHECK(refused(packet).sentence == "Entry 0 was in the packet when it was made, and is not there: it was dropped.");
  packet = example();
  packet["log"]["entries"].erase(packet["log"]["entries"].size() - 1);
  CHECK(refused(packet).sentence ==
        "The last entry of the log does not record that this packet was made: entries were dropped or added.");
}

TEST_CASE("attack: an entry is back-dated") {
  json packet = example();
  packet["log"]["entries"][3]["body"]["imported_at"] = "2025-01-05T09:15:00Z";
  const Refused told = refused(packet);
  CHECK(
      told.sentence ==
      "Entry 3 is back-dated: it says 2025-01-05T09:15:00Z, and entry 2 before it 2026-01-05T09:10:00Z; the log has it "
      "otherwise.");
  CHECK(told.entry == 3);
}

TEST_CASE("attack: an entry is changed") {
  json packet = example();
  packet["log"]["entries"][4]["body"]["run_by"] = "Somebody Else";
  const Refused told = refused(packet);
  CHECK(told.sentence == "Entry 4 is not the one of this log: it was changed, or comes from another log.");
  CHECK(told.entry == 4);
}

TEST_CASE("attack: the log is signed anew with another key") {
  json packet = example();
  sign_anew(packet, other_key());
  CHECK(refused(packet).sentence ==
        "The checkpoint is not signed by york.example/assay (key c72a2131), the key that the log records, but by "
        "york.example/assay: it was signed anew with another key.");
  // And with that key put in wherever a key is named: then it is for the reader to know the key.
  packet["content"]["key"] = other_key().public_key().to_string();
  packet["log"]["entries"][1]["body"]["key"] = other_key().public_key().to_string();
  record_anew(packet);
  sign_anew(packet, other_key());
  verifier::Trusted trusted;
  trusted.logs.push_back(*verifier::read_key(example_key().public_key().to_string()));
  CHECK(refused(packet, trusted).sentence ==
        "The log is signed by york.example/assay (key 417b5a0e), which is not a key that you trust.");
}

TEST_CASE("attack: two logs are joined") {
  const TemporaryFolder folder;
  const json other = json::parse(make_example_packet(folder / "other", "32 days").text);
  json packet = example();
  packet["log"] = other["log"];
  CHECK(refused(packet).sentence == "The outcomes of waits.slow are not those that the run recorded in entry 4.");
  // The run of one put upon the evidence of the other, by somebody who has the key.
  packet = example();
  packet["log"]["entries"][3] = other["log"]["entries"][3];
  packet["log"]["cosigned"] = "";
  packet["log"]["witnesses"] = json::array();
  sign_anew(packet, example_key());
  const Refused told = refused(packet);
  CHECK(told.sentence ==
        "Entry 4 says that it followed on another log: the 4 entries before it were put there from "
        "elsewhere; two logs were joined.");
  CHECK(told.entry == 0);
}

TEST_CASE("attack: the rules are swapped") {
  json packet = example();
  std::string text = packet["content"]["rulesets"][0]["text"];
  text.replace(text.find("= 28 days"), 9, "= 48 days");
  packet["content"]["rulesets"][0]["text"] = text;
  CHECK(refused(packet).sentence ==
        "The text of waits edition 1 (rules.assay) is not the one that the run used: the rules were swapped.");
  packet["content"]["rulesets"][0]["edition"] = "2";
  CHECK(refused(packet).sentence ==
        "The run used no text such as waits edition 2 (rules.assay): the rules were swapped.");
}

TEST_CASE("attack: the outcome is changed, or told for other reasons") {
  json packet = example();
  packet["content"]["block"]["rows"][0]["status"] = "clear";
  CHECK(refused(packet).sentence == "The outcomes of waits.slow are not those that the run recorded in entry 4.");
  packet = example();
  packet["content"]["explanation"]["steps"][0]["result"] = "clear";
  CHECK(refused(packet).sentence == "Why it is so is not told as the run told it.");
  packet = example();
  packet["content"]["subject"] = "council:E9";
  CHECK(refused(packet).sentence == "The run has no one outcome of waits.slow for council:E9.");
}

// Whoever has the key can write down what does not follow, and sign it: every hash is then as it should be.
TEST_CASE("attack: the run concluded what does not follow") {
  json packet = example();
  json& block = packet["content"]["block"];
  block["rows"][0]["status"] = "clear";
  std::string bytes;
  for (const json& row : block["rows"]) bytes += canonicalise_json(row.dump()).value() + '\n';
  const std::string named = fmt::format(R"({{"block":0,"digest":"{}","rule":"waits.slow"}})",
                                        sha256(std::string_view(bytes)).to_string());
  const Digest digest = sha256(std::string_view(named));
  packet["log"]["entries"][4]["body"]["outcomes"] =
      merkle_leaf({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()}).to_string();
  packet["log"]["cosigned"] = "";
  packet["log"]["witnesses"] = json::array();
  record_anew(packet);
  sign_anew(packet, example_key());
  const Refused told = refused(packet);
  CHECK(told.sentence ==
        "The outcome does not follow: the rows and rules of the packet give raised, the packet says clear.");
  CHECK(told.entry == 4);
}

TEST_CASE("attack: the packet is made out to somebody else, or content is changed by somebody who signs anew") {
  json packet = example();
  packet["log"]["entries"].back()["body"]["to"] = "Somebody Else";
  CHECK(refused(packet).sentence == "Entry 5 is not the one of this log: it was changed, or comes from another log.");
  packet = example();
  packet["content"]["run"] = 2;
  CHECK(refused(packet).sentence == "The packet was made of another outcome.");
}

TEST_CASE("attack: the moment of a witness is changed, or its signature taken away") {
  json packet = example();
  auto note = read_checkpoint(packet["log"]["cosigned"].get<std::string>()).value();
  note.signatures[1].bytes[7] = static_cast<char>(note.signatures[1].bytes[7] - 1);
  packet["log"]["cosigned"] = note.to_string();
  CHECK(refused(packet).sentence ==
        "The cosignature of council.example/witness (key 0edeeb82) does not hold: it was changed, "
        "or its moment was.");
  note.signatures.pop_back();
  packet["log"]["cosigned"] = note.to_string();
  CHECK(refused(packet).sentence == "The cosignature of council.example/witness (key 0edeeb82) is not there.");
}

TEST_CASE("attack: the log is rebuilt whole with the same key, or cut, and a checkpoint was kept") {
  const TemporaryFolder folder;
  const std::string other = make_example_packet(folder / "other", "32 days").text;
  CHECK(verifier::verify(other, {}).holds());
  verifier::Trusted trusted;
  trusted.kept.push_back({"kept.checkpoint", read("kept.checkpoint")});
  Refused told = refused(other, trusted);
  CHECK(told.sentence ==
        "The log was written anew since you kept kept.checkpoint: its first 5 entries are not those of then; "
        "the first that differs is one of 0 to 4.");
  CHECK(told.entry == 0);
  // An earlier one that agrees narrows it down.
  std::vector<Digest> leaves;
  const json built = json::parse(other);
  for (const json& leaf : built["log"]["leaves"]) {
    Digest digest;
    const std::string bytes = from_base64(leaf.get<std::string>()).value();
    std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
    leaves.push_back(digest);
  }
  const auto early = [&](std::uint64_t size) {
    return sign({"york.example/assay", size, merkle_root(std::span(leaves).first(size))}, example_key()).to_string();
  };
  trusted.kept.push_back({"early.checkpoint", early(3)});
  told = refused(other, trusted);
  CHECK(told.sentence.ends_with("the first that differs is one of 3 to 4."));
  CHECK(told.entry == 3);
  // A longer log was kept than the packet has.
  trusted.kept = {{"longer.checkpoint", sign({"york.example/assay", 9, leaves[0]}, example_key()).to_string()}};
  CHECK(refused(other, trusted).sentence ==
        "longer.checkpoint is of 9 entries, and the log of this packet ends at 6: it was cut since, or the packet was "
        "made "
        "before; ask for one made now.");
}

TEST_CASE("attack: bytes are spelt otherwise, cut off or added") {
  const std::string good = read("example.json");
  CHECK(refused(good.substr(0, good.size() - 1)).sentence ==
        "The packet cannot be read: it is cut short, or something was added at its end.");
  CHECK(refused(" " + good).sentence ==
        "The packet cannot be read: its bytes are not written as a packet's are, in canonical JSON.");
  CHECK(refused(std::string("{}\n")).sentence == "The packet cannot be read: it is no packet, or it is cut short.");
  json packet = example();
  packet["content"]["more"] = 1;
  CHECK(refused(packet).sentence ==
        "The packet cannot be read: at `packet.content` stands `more`, which has no place there.");
  packet = example();
  packet["content"].erase("rows");
  CHECK(refused(packet).sentence == "The packet cannot be read: at `packet.content` an object with `rows` is wanted.");
}
