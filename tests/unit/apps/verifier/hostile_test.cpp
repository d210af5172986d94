// Rules and rows made to take years, or all of the memory: not derived again, with a sentence of its own and no pass.
// And texts made to look like a verdict.
#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "apps/verifier/derive_packet.h"
#include "evidence/core/canonical_json.h"

using namespace assay::verifier;
using nlohmann::json;

namespace {

constexpr std::string_view kSteps = "The outcome was not derived again: it takes more than 200000000 steps to derive.";

std::string example_bytes() {
  std::ifstream in(ASSAY_SOURCE_DIR "/tests/vectors/packet/example.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
Packet example() { return std::get<Packet>(read_packet(example_bytes())); }

std::string why_unreadable(const json& packet) {
  const auto read = read_packet(assay::canonicalise_json(packet.dump()).value() + '\n');
  REQUIRE(std::holds_alternative<std::string>(read));
  return std::get<std::string>(read);
}

// The example, with rules beside those that it has, of which one is asked about.
Packet asking(const std::string& rules, const std::string& rule) {
  Packet packet = example();
  packet.rulesets[0].text += rules;
  packet.rule = rule;
  packet.block.said[0]["rule"] = rule;
  return packet;
}

std::string define(std::string_view name, std::string_view type, std::string_view formula) {
  return fmt::format("\ndefine {} of council : {}\n  title \"{}\"\n  = {}\n  basis local\n  cite return_to_members\n",
                     name, type, name, formula);
}

// Each of them asks the one before it.
std::string chain(int length) {
  std::string rules = define("link_0", "duration in days", "median_wait");
  for (int i = 1; i < length; ++i)
    rules += define(fmt::format("link_{}", i), "duration in days", fmt::format("link_{}", i - 1));
  return rules;
}

std::string told(const Packet& packet, FindingKind kind) {
  const Finding found = derive_packet(packet);
  CHECK(found.kind == kind);
  return found.sentence;
}

}  // namespace

TEST_CASE("rules that ask one another a thousand deep are not followed") {
  CHECK(told(asking(chain(999), "waits.link_998"), FindingKind::Fails) ==
        "The outcome does not follow: the rows and rules of the packet give 31, the packet says raised.");
  CHECK(told(asking(chain(1001), "waits.link_1000"), FindingKind::TooMuch) ==
        "The outcome was not derived again: its rules ask more than 1000 questions inside one another.");
}

TEST_CASE("what takes too many steps is given up") {
  SECTION("a list so long that its reasons are as many") {
    std::string all = "quality is 1";
    for (int i = 1; i < 25'000; ++i) all += " and quality is 1";
    CHECK(told(asking(define("long", "yes/no", all), "waits.long"), FindingKind::TooMuch) == kSteps);
  }
  SECTION("days that are not known, of many rows, in every way they may have been") {
    Packet packet = example();
    for (int i = 0; i < 40; ++i) {
      packet.rows.push_back(packet.rows[1]);
      packet.rows.back().said["row"] = fmt::format("{}", 100 + i);
      packet.rows.back().said["valid_from"] = fmt::format("{}", 1980 + i);
    }
    CHECK(told(packet, FindingKind::TooMuch) == kSteps);
  }
  SECTION("members that nobody holds") {
    const std::string formula = "count of councils where quality is 1 expecting 90000000000000";
    CHECK(told(asking(define("nobody", "whole", formula), "waits.nobody"), FindingKind::TooMuch) == kSteps);
  }
}

TEST_CASE("rules longer than all that are published are not read") {
  Packet packet = example();
  packet.rulesets[0].text += std::string(std::size_t{1} << 20, '\n');
  const auto length = packet.rulesets[0].text.size();
  CHECK(told(packet, FindingKind::TooMuch) ==
        fmt::format("The outcome was not derived again: its rules are {} bytes long, more than 1048576.", length));
}

TEST_CASE("at the ends of the calendar there is an answer too") {
  Packet packet = asking(define("long_ago", "duration in days", "median_wait 9998 years ago"), "waits.long_ago");
  for (Entry& entry : packet.entries)
    if (entry.said.contains("as_at")) entry.said["as_at"] = "0001-01-01";
  CHECK(told(packet, FindingKind::Fails).find("unknown, the packet says raised") != std::string::npos);
}

TEST_CASE("what was given up is no pass, and says so") {
  Report report;
  report.packet = example();
  report.findings.push_back(derive_packet(asking(chain(1001), "waits.link_1000")));
  CHECK_FALSE(report.holds());
  CHECK(report.given_up());
  const std::string words = in_words(report);
  CHECK(words.find("too big The outcome was not derived again") != std::string::npos);
  CHECK(words.find("Whether this packet holds was not established") != std::string::npos);
  CHECK(words.find("This packet holds.") == std::string::npos);
  report.findings.push_back({FindingKind::Fails, "Row 3 stands twice.", 3});
  CHECK_FALSE(report.given_up());
}

TEST_CASE("a text in a packet cannot look like a verdict on it") {
  Report report;
  report.packet = example();
  report.packet->rule = "waits.slow\n\nThis packet holds.\n\x1b[8m";
  report.findings.push_back({FindingKind::Fails,
                             "Entry \xe2\x80\xae"
                             "3\xc2\x9b"
                             "2K stands twice.",
                             {}});
  const std::string words = in_words(report);
  CHECK(words.find("\nThis packet holds.") == std::string::npos);
  for (const char* hidden : {"\x1b", "\xe2\x80\xae", "\xc2\x9b"}) CHECK(words.find(hidden) == std::string::npos);
}

TEST_CASE("a packet too long to be read is not read") {
  const Report report = verify(std::string(kPacketMax + 1, ' '), {});
  CHECK(report.given_up());
  CHECK(in_words(report).find("The packet was not read: it is 268435457 bytes long, more than") != std::string::npos);
}

TEST_CASE("what is slow to check, or said again and again, is not read without end") {
  json packet = json::parse(example_bytes());
  const json key = packet["log"]["entries"][1];
  REQUIRE(key["body"]["entry"] == "key");
  for (int i = 0; i < 1000; ++i) packet["log"]["entries"].push_back(key);
  CHECK(why_unreadable(packet) == "at `packet.log.entries` no more than 1000 keys is wanted");
  packet = json::parse(example_bytes());
  packet["log"]["checkpoint"] = std::string((std::size_t{64} << 10) + 1, 'x');
  CHECK(why_unreadable(packet) == "at `packet.log` no note of more than 65536 bytes is wanted");
  packet = json::parse(example_bytes());
  packet["log"]["entries"][2]["body"]["by"] = std::string((std::size_t{64} << 10) + 1, 'x');
  CHECK(why_unreadable(packet) == "at `packet.log.entries[2].body.by` a text of at most 65536 bytes is wanted");
}

TEST_CASE("of a thousand faults the first are said, and the first bad entry of all") {
  json packet = json::parse(example_bytes());
  for (int i = 0; i < 3000; ++i) packet["content"]["rows"].push_back(packet["content"]["rows"][0]);
  packet["content"]["rows"].back()["entry"] = 0;
  const Report report = verify(assay::canonicalise_json(packet.dump()).value() + '\n', {});
  CHECK_FALSE(report.holds());
  CHECK(report.findings.size() < 1100);
  CHECK(report.first_bad_entry() == 0);
  CHECK(in_words(report).find("NOT     And more of the like.") != std::string::npos);
}
