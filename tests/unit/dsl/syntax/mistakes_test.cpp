// Mistakes: each its own message at the narrowest text, and nothing lost around it. The wordings are golden cases.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "tests/unit/dsl/syntax/reading.h"

namespace assay {

TEST_CASE("ten mistakes give ten messages, and the declarations between them stand") {
  std::string text;
  for (int i = 0; i < 10; ++i) text += fmt::format("flag f{0} of council\n  whne x is {0}\ntheme t{0} \"T\"\n", i);
  const ReadFile file(text);
  CHECK(file.codes() == std::vector<std::string>(10, "E0101"));
  CHECK(file.tree.decl_count() == 10);
  REQUIRE(file.tree.dropped().size() == 10);
  CHECK(file.tree.dropped().front().text == "f0");
  CHECK(file.sources.text(file.tree.dropped().back().span) == "f9");
}

TEST_CASE("the text that is wrong is marked, and no more") {
  const auto marked = [](const char* text) {
    const ReadFile file(text);
    std::string out;
    for (const Diagnostic& diagnostic : file.sink.sorted())
      out += std::string(file.sources.text(diagnostic.primary)) + "|";
    return out;
  };
  CHECK(marked("flag a of council\n  when x is more 3\n") == "3|");
  CHECK(marked("flag a of council\n  when x <= 3\n") == "<=|");
  CHECK(marked("flag a of council\n  when x is 1 and y or z\n") == "or|");
  CHECK(marked("flag a of ics\n  when any of b of ics where x\n  or y\n") == "or|");
  CHECK(marked("flag standard of council\n") == "standard|");
  CHECK(marked("theme a 12,000\n") == "12,000|");
  CHECK(marked("theme a \"open\n") == "\"open|");
  CHECK(marked("theme a \"open\r\n") == "\"open|");
  CHECK(marked("scenario \"a\"\n  as at 2025-13-01\n") == "2025-13-01|");
  CHECK(marked("flag a of council\n  says \"{b c}\"\n") == "c|");
  CHECK(marked("flag a of council\n  when\n\n# and no more\n") == "|");
}

TEST_CASE("a declaration that breaks off is marked right after its last word") {
  const ReadFile file("flag a of council\n  when   # nothing more\n\ntheme b \"B\"\n");
  REQUIRE(file.sink.sorted().size() == 1);
  CHECK(file.sources.place(file.sink.sorted().front().primary) == "rules.assay:2:7");
  CHECK(file.tree.decl_count() == 1);
}

TEST_CASE("messages are one line, begin small and have no full stop") {
  for (const char* text : {"flag a of council\n  when\n", "flag a\n", "x\n", "  x\n", "theme a \"\n", "kind a\n",
                           "flag a of b when c d"}) {
    const ReadFile file(text);
    REQUIRE(file.sink.has_errors());
    for (const Diagnostic& diagnostic : file.sink.sorted()) {
      INFO(diagnostic.message);
      CHECK(diagnostic.message.find('\n') == std::string::npos);
      CHECK(diagnostic.message.back() != '.');
      CHECK_FALSE((diagnostic.message.front() >= 'A' && diagnostic.message.front() <= 'Z'));
    }
  }
}

}  // namespace assay
