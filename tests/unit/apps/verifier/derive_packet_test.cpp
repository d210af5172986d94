// What follows from the rows and rules of the example, what does not, and what cannot be shown.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "apps/verifier/derive_packet.h"

using namespace assay::verifier;

namespace {

Packet example() {
  std::ifstream in(ASSAY_SOURCE_DIR "/tests/vectors/packet/example.json", std::ios::binary);
  auto read = read_packet(std::string{std::istreambuf_iterator<char>(in), {}});
  return std::move(std::get<Packet>(read));
}

void put(std::string& in, const std::string& text, const std::string& instead) {
  REQUIRE(in.find(text) != std::string::npos);
  in.replace(in.find(text), text.size(), instead);
}

void check(const Packet& packet, FindingKind kind, const std::string& sentence) {
  const Finding found = derive_packet(packet);
  CHECK(found.kind == kind);
  CHECK(found.sentence == sentence);
}

}  // namespace

TEST_CASE("the outcome of the example follows from its rows and rules") {
  check(example(), FindingKind::Holds,
        "Derived again from the rows and rules in the packet, without the program that made it: raised.");
}

TEST_CASE("from other rows, rules or outcomes it does not follow, and both answers are said") {
  const std::string clear =
      "The outcome does not follow: the rows and rules of the packet give clear, the packet says raised.";
  Packet packet = example();
  packet.rows[1].said["value"] = "13";
  check(packet, FindingKind::Fails, clear);
  packet = example();
  put(packet.rulesets[0].text, "= 28 days", "= 48 days");
  check(packet, FindingKind::Fails, clear);
  packet = example();
  packet.rows.pop_back();
  check(packet, FindingKind::Fails,
        "The outcome does not follow: the rows and rules of the packet give undetermined, the packet says raised.");
  packet = example();
  put(packet.block.rows[0], R"("marks":["local"])", R"("marks":["estimate"])");
  check(packet, FindingKind::Fails,
        "The outcome does not follow: the rows and rules of the packet give other marks (local) than the packet says "
        "(estimate).");
  packet = example();
  put(packet.block.rows[0], R"("edition":"1")", R"("edition":"2")");
  check(packet, FindingKind::Fails,
        "The outcome does not follow: the rows and rules of the packet give other editions of the rules (1) than the "
        "packet says (2).");
}

TEST_CASE("a row that the rules do not know is refused with its number") {
  const auto with = [](const char* key, const std::string& value) {
    Packet packet = example();
    packet.rows[1].said[key] = value;
    return derive_packet(packet).sentence;
  };
  CHECK(with("field", "waits.other") == "The outcome does not follow: row 3 is of `waits.other`, of which the rules "
                                        "say nothing.");
  CHECK(with("subject", "E1") == "The outcome does not follow: row 3 is of `E1`, which has no `waits.median_wait`.");
  CHECK(with("value", "long") ==
        "The outcome does not follow: row 3 says `long`, which the rules do not take for `waits.median_wait`.");
  CHECK(with("standing", "9") == "The outcome does not follow: row 3 has `9` where a standing is wanted.");
  CHECK(with("valid_to", "2020-01-01") == "The outcome does not follow: row 3 does not say until when it is.");
}

TEST_CASE("what cannot be shown is a note, and no fault") {
  Packet packet = example();
  put(packet.rulesets[0].text, "when     median_wait", "when     medium_wait");
  check(packet, FindingKind::Remark,
        "That the outcome follows cannot be shown here: the rules do not check with this program (E0201 at "
        "waits/rules.assay:31:12); it takes the program of that time.");
  packet = example();
  packet.rows[0].text.reset();
  check(packet, FindingKind::Remark,
        "That the outcome follows cannot be shown here: the text of row 1 is not in the packet, only its digest.");
}
