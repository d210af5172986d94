// JSON rewritten canonically: the published vectors, RFC 8785's table of numbers, and what is refused.
#include <bit>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "evidence/core/canonical_json.h"

using namespace assay;

namespace {

const std::filesystem::path kVectors = ASSAY_SOURCE_DIR "/tests/vectors/jcs";

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string refusal(std::string_view json) {
  const auto result = canonicalise_json(json);
  REQUIRE_FALSE(result);
  REQUIRE(result.error().code == ErrorCode::BadInput);
  return to_string(result.error());
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

}  // namespace

TEST_CASE("RFC 8785 vectors: input becomes output, byte for byte, and output stays as it is") {
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kVectors / "input")) {
    CAPTURE(entry.path().filename().string());
    const std::string expected = content(kVectors / "output" / entry.path().filename());
    REQUIRE(canonicalise_json(content(entry.path())) == expected);
    REQUIRE(canonicalise_json(expected) == expected);
    ++seen;
  }
  REQUIRE(seen == 6);
}

TEST_CASE("RFC 8785 appendix B: numbers from their bits") {
  struct Row {
    std::uint64_t bits;
    std::string_view text;
  };
  const Row rows[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const Row& row : rows) {
    const std::string written = fmt::format("{:.17g}", std::bit_cast<double>(row.bits));
    CAPTURE(written);
    REQUIRE(canonicalise_json(written) == std::string(row.text));
  }
}

TEST_CASE("whole numbers beyond 2^53 print as ECMAScript would") {
  REQUIRE(canonicalise_json("9007199254740993") == "9007199254740992");
  REQUIRE(canonicalise_json("18446744073709551615") == "18446744073709552000");
  REQUIRE(canonicalise_json("-9223372036854775808") == "-9223372036854776000");
  REQUIRE(canonicalise_json(" [ -0 , 1.0, 10e-1 ]\n") == "[0,1,1]");
}

TEST_CASE("values alone, empty ones, and empty texts as members") {
  REQUIRE(canonicalise_json("null") == "null");
  REQUIRE(canonicalise_json(R"("")") == R"("")");
  REQUIRE(canonicalise_json(R"({"b":"","a":[],"c":{"":""}})") == R"({"a":[],"b":"","c":{"":""}})");
}

TEST_CASE("what is not JSON is refused with its place") {
  REQUIRE(refusal("{\"a\": 1,\n \"b\": x}") == "line 2, column 7: this is not JSON at `\"b\": x`");
  REQUIRE(refusal("").find("this is not JSON") != std::string::npos);
  for (const std::string_view json : {"{", "[1,]", "{\"a\":1,}", "[1] 2", "'a'", "01", "1.", "NaN", "\"\\ud83d\"",
                                      "\"a\nb\"", "{1:2}", "// x\n1", "1e999"}) {
    CAPTURE(json);
    REQUIRE(refusal(json).find(": this is not JSON") != std::string::npos);
  }
  REQUIRE(refusal("[\"\xFF\"]") == "byte 3: this JSON is not UTF-8");
}

TEST_CASE("a key that stands twice is refused, wherever its two places are") {
  REQUIRE(refusal(R"({"b":1,"a":2,"b":3})") == "the key `b` stands twice in one object");
  REQUIRE(canonicalise_json(R"([{"a":1},{"a":{"a":2}}])"));
}

TEST_CASE("at most 64 levels") {
  REQUIRE(canonicalise_json(nested(64)) == nested(64));
  REQUIRE(refusal(nested(65)) == "this JSON is more than 64 levels deep");
  REQUIRE(refusal(nested(100'000)) == "this JSON is more than 64 levels deep");
}
