// UTF-8, normal form, near names and the small forms of text.
#include "evidence/core/text.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace assay;

using Words = std::vector<std::string>;

TEST_CASE("well-formed UTF-8 has no bad byte, wherever it falls in a run of ASCII") {
  for (const std::string& sample :
       Words{"", "a", "é", "€", "😂", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF", std::string(1, '\0')}) {
    for (std::size_t before = 0; before < 20; ++before) {
      CAPTURE(sample, before);
      REQUIRE_FALSE(first_bad_utf8(std::string(before, 'x') + sample));
      REQUIRE_FALSE(first_bad_utf8(std::string(before, 'x') + sample + std::string(17, 'y')));
    }
  }
}

TEST_CASE("the first bad byte is found where it stands") {
  const Words bad = {
      "\x80",              // a continuation alone
      "\xC3",              // cut short
      "\xC0\xAF",          // overlong
      "\xC1\xBF",          // overlong
      "\xE0\x9F\xBF",      // overlong
      "\xE2\x82",          // cut short
      "\xED\xA0\x80",      // a surrogate
      "\xF0\x8F\xBF\xBF",  // overlong
      "\xF0\x9F\x98",      // cut short
      "\xF4\x90\x80\x80",  // beyond U+10FFFF
      "\xF5\x80\x80\x80",
      "\xFF",
      "\xE2(\xA1",
      "\xE2\x82(",
      "\xF0\x9F\x98(",
  };
  for (const std::string& sample : bad) {
    for (std::size_t before = 0; before < 20; ++before) {
      CAPTURE(sample, before);
      REQUIRE(first_bad_utf8(std::string(before, 'x') + sample) == before);
      REQUIRE(first_bad_utf8(std::string(before, 'x') + sample + "ordinary text after") == before);
    }
  }
  REQUIRE(first_bad_utf8("caf\xC3\xA9 \xFF") == 6);
}

TEST_CASE("normal form C composes and leaves the rest alone") {
  REQUIRE(to_nfc("York") == "York");
  REQUIRE(to_nfc("£2,500 café") == "£2,500 café");
  REQUIRE(to_nfc("cafe\xCC\x81") == "café");
  REQUIRE(to_nfc("A\xCC\x8A") == "Å");
  REQUIRE(to_nfc("\xE2\x84\xAB") == "Å");  // the Angstrom sign is that letter
  REQUIRE(to_nfc("😂") == "😂");
  const std::string with_nul("a\0e\xCC\x81", 5);
  REQUIRE(to_nfc(with_nul) == std::string("a\0é", 4));
}

TEST_CASE("trimming takes white space from both ends, no-break spaces among it") {
  REQUIRE(trim("  a b\t\r\n") == "a b");
  REQUIRE(trim("\xC2\xA0 39 \xC2\xA0") == "39");
  REQUIRE(trim("£5") == "£5");
  REQUIRE(trim(" \t ") == "");
  REQUIRE(trim("") == "");
  REQUIRE(trim("à") == "à");  // ends with the second byte of a no-break space
}

TEST_CASE("lower case of ASCII letters only") { REQUIRE(lower_case("York É OF0057 [\\]") == "york É of0057 [\\]"); }

TEST_CASE("words in a list") {
  REQUIRE(join_words(Words{}) == "");
  REQUIRE(join_words(Words{"a"}) == "a");
  REQUIRE(join_words(Words{"a", "b"}) == "a and b");
  REQUIRE(join_words(Words{"a", "b", "c"}) == "a, b and c");
  REQUIRE(join_words(Words{"a", "b", "c"}, "or") == "a, b or c");
}

TEST_CASE("text is safe within HTML, attributes included") {
  REQUIRE(html_escape(R"(<b title="x" id='y'>A & B</b>)") ==
          "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;A &amp; B&lt;/b&gt;");
  REQUIRE(html_escape("York, café") == "York, café");
}

TEST_CASE("the near name is the one probably meant") {
  const Words names = {"inadequate", "requires_improvement", "good", "outstanding"};
  REQUIRE(near_name("goood", names) == "good");
  REQUIRE(near_name("godo", names) == "good");  // two letters swapped count one
  REQUIRE(near_name("Outstandin", names) == "outstanding");
  REQUIRE(near_name("requires_improvment", names) == "requires_improvement");
  REQUIRE_FALSE(near_name("excellent", names));
  REQUIRE_FALSE(near_name("", names));
  REQUIRE_FALSE(near_name("good", Words{}));
}

TEST_CASE("near names: at most a third of the length, at least one, the nearest, the first among equals") {
  REQUIRE(near_name("ab", Words{"ac"}) == "ac");
  REQUIRE_FALSE(near_name("ab", Words{"cd"}));
  REQUIRE(near_name("abcdef", Words{"abcdxx"}) == "abcdxx");
  REQUIRE_FALSE(near_name("abcdef", Words{"abcxxx"}));
  REQUIRE(near_name("needs", Words{"deeds", "seeds"}) == "deeds");
  REQUIRE(near_name("abcdef", Words{"abcdxx", "abcdex"}) == "abcdex");
  REQUIRE(near_name("NEEDS", Words{"deeds", "needs"}) == "needs");
}

TEST_CASE("Windows-1252 is read letter by letter, and five bytes stand for none") {
  REQUIRE(utf8_of_windows_1252("caf\xE9") == "caf\u00E9");
  REQUIRE(utf8_of_windows_1252("\x80 \x93so\x94 \xA3\xFF") == "\u20AC \u201Cso\u201D \u00A3\u00FF");
  std::size_t none = 0;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    const auto text = utf8_of_windows_1252(one);
    none += text ? 0U : 1U;
    if (text) REQUIRE_FALSE(first_bad_utf8(*text));
    if (byte < 128) REQUIRE(text == one);
  }
  REQUIRE(none == 5);
}
