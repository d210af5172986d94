// The writer of canonical JSON: what it writes, and what it refuses to be told.
#include "evidence/core/canonical_json.h"

#include <catch2/catch.hpp>

#include "tests/unit/evidence/core/death.h"

using namespace assay;

namespace {

constexpr std::string_view kDalet = "\xEF\xAC\xB3";  // U+FB33

std::string quoted(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

// Whether an order of calls is stopped as our own fault.
template <class Action>
bool stopped(Action action) {
  return last_words([&] {
           JsonWriter writer;
           action(writer);
         })
      .starts_with("defect: CHECK(");
}

}  // namespace

TEST_CASE("objects, arrays and every kind of value") {
  JsonWriter writer;
  writer.begin_object()
      .key("a")
      .begin_array()
      .number(1)
      .number(-2)
      .text("x")
      .boolean(true)
      .boolean(false)
      .null()
      .begin_object()
      .end_object()
      .end_array()
      .field("b", "two")
      .key("c")
      .begin_object()
      .key("d")
      .raw("[1,2]")
      .key("e")
      .begin_array()
      .end_array()
      .end_object()
      .key("f")
      .number(std::numeric_limits<std::int64_t>::min())
      .end_object();
  REQUIRE(writer.str() ==
          R"({"a":[1,-2,"x",true,false,null,{}],"b":"two","c":{"d":[1,2],"e":[]},"f":-9223372036854775808})");
  const std::string taken = writer.take();
  REQUIRE(taken.size() > 2);
  REQUIRE(writer.str().empty());
  REQUIRE(writer.text("next").take() == R"("next")");
}

TEST_CASE("text that ends with a colon is not taken for a key") {
  JsonWriter writer;
  writer.begin_object().field("a", ":").field("b:", "").end_object();
  REQUIRE(writer.take() == R"({"a":":","b:":""})");
}

TEST_CASE("escapes are those of RFC 8785, 3.2.2.2") {
  REQUIRE(quoted("") == R"("")");
  REQUIRE(quoted("a\"b\\c/d") == R"("a\"b\\c/d")");
  REQUIRE(quoted("\b\t\n\f\r") == R"("\b\t\n\f\r")");
  REQUIRE(quoted(std::string_view("\0\x01\x1f", 3)) == R"("\u0000\u0001\u001f")");
  REQUIRE(quoted("\x7f €😂") == "\"\x7f €😂\"");
  std::string out = "kept";
  append_json_text(out, "x");
  REQUIRE(out == R"(kept"x")");
}

TEST_CASE("keys ascend by UTF-16 code unit") {
  JsonWriter writer;
  // A smiley is a surrogate pair (D83D DE02) and comes before U+FB33, though its bytes come after.
  writer.begin_object().key("").null().key("1").null().key("10").null().key("a").null().key("é").null().key("€").null();
  writer.key("😂").null().key(kDalet).null().key(std::string(kDalet) + "b").null().end_object();
  REQUIRE(writer.take().size() > 2);
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().key(kDalet).null().key("😂"); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().key("b").null().key("a"); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().key("ab").null().key("a"); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().key("a").null().key("a"); }));
}

TEST_CASE("calls that would not make JSON are stopped") {
  REQUIRE(stopped([](JsonWriter& w) { w.key("a"); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_array().key("a"); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().text("a"); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().key("a").key("b"); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().key("a").end_object(); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_object().end_array(); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_array().end_object(); }));
  REQUIRE(stopped([](JsonWriter& w) { w.end_array(); }));
  REQUIRE(stopped([](JsonWriter& w) { w.null().null(); }));
  REQUIRE(stopped([](JsonWriter& w) { w.begin_array().take(); }));
}
