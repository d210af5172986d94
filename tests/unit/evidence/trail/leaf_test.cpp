// The leaf of a row, byte for byte; the first is the worked example of docs/formats/trail.md.
#include "evidence/trail/leaf.h"

#include <catch2/catch.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/trail/merkle.h"

using namespace assay;

namespace {
std::string leaf(const LeafText& text) {
  std::string out;
  append_leaf(out, text);
  return out;
}
}  // namespace

TEST_CASE("a leaf holds what the row says, keys in order") {
  LeafText row{.row = 3,
               .subject = "council:E06000014",
               .field = "cqc.local_authority.needs",
               .value = "3",
               .valid_from = "2025-12-05",
               .source = "cqc_report",
               .recorded_on = "2025-12-05",
               .document = "cqc_york.csv",
               .place = "row 4"};
  const std::string json = leaf(row);
  CHECK(json ==
        R"({"document":"cqc_york.csv","field":"cqc.local_authority.needs","place":"row 4","recorded_on":"2025-12-05",)"
        R"("row":3,"source":"cqc_report","subject":"council:E06000014","valid_from":"2025-12-05","value":"3"})");
  CHECK(merkle_leaf(json).to_hex() == "ad5f7beef67d3886f1951de12ec829ac823f998951eedf62d0ab8d1a19ee3b68");
}

TEST_CASE("optional members stand in their places and the text is canonical JSON") {
  const std::string json = leaf({.row = -1,
                                 .subject = "council:A\"\\\n\x01",
                                 .field = "f",
                                 .standing = 5,
                                 .value = "v",
                                 .valid_from = "2025-01-01",
                                 .valid_to = "2025-03-31",
                                 .source = "s",
                                 .recorded_on = "2025-04-01",
                                 .document = "d \xc3\xa9",
                                 .place = "p",
                                 .note = "sha256:00",
                                 .supersedes = 9});
  CHECK(json ==
        "{\"document\":\"d "
        "\xc3\xa9\",\"field\":\"f\",\"note\":\"sha256:00\",\"place\":\"p\",\"recorded_on\":\"2025-04-01\","
        "\"row\":-1,\"source\":\"s\",\"standing\":5,\"subject\":\"council:A\\\"\\\\\\n\\u0001\",\"supersedes\":9,"
        "\"valid_from\":\"2025-01-01\",\"valid_to\":\"2025-03-31\",\"value\":\"v\"}");
  CHECK(canonicalise_json(json).value() == json);
}

TEST_CASE("leaves are appended one after another") {
  std::string out = "before ";
  append_leaf(out, {.row = 1, .subject = "a:b"});
  append_leaf(out, {.row = 2});
  CHECK(out == R"(before {"row":1,"subject":"a:b"}{"row":2})");
}

TEST_CASE("a text is known by the digest of salt and text") {
  CHECK(text_digest("", "abc") == sha256(std::string_view("abc")));
  CHECK(text_digest("ab", "c") == sha256(std::string_view("abc")));
  CHECK(text_digest("salt", "abc") != text_digest("", "abc"));
}
