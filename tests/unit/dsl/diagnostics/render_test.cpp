// How a diagnostic looks in a terminal.
#include <catch2/catch.hpp>

#include "dsl/diagnostics/diagnostic.h"

namespace assay {

namespace {

struct Printed {
  Sources sources;
  FileId file;
  explicit Printed(std::string text) : file(sources.add("rules.assay", std::move(text))) {}
  std::string operator()(std::uint32_t begin, std::uint32_t end, std::vector<Note> labels = {}, std::string help = {}) {
    const Diagnostic diagnostic{
        DiagnosticKind::UnexpectedWord, {file, begin, end}, "found it", std::move(labels), std::move(help)};
    return render(diagnostic, sources);
  }
};

}  // namespace

TEST_CASE("message, place, line, carets, help") {
  Printed print("flag x of council\n  when asessment is 3\n");
  CHECK(print(25, 34, {}, "did you mean `assessment`?") ==
        "error[E0101]: found it\n"
        "  rules.assay:2:8\n"
        "    2 |   when asessment is 3\n"
        "      |        ^^^^^^^^^\n"
        "  help: did you mean `assessment`?\n");
}

TEST_CASE("labels show their own line") {
  Printed print("title a\ntitle b\n");
  CHECK(print(8, 13, {{{FileId{0}, 0, 5}, "given here before"}}) ==
        "error[E0101]: found it\n"
        "  rules.assay:2:1\n"
        "    2 | title b\n"
        "      | ^^^^^\n"
        "  rules.assay:1:1: given here before\n"
        "    1 | title a\n"
        "      | ^^^^^\n");
}

TEST_CASE("carets stand under characters: two bytes are one, a tab is one") {
  Printed print("\t£ £x\n");
  CHECK(print(4, 7) ==
        "error[E0101]: found it\n"
        "  rules.assay:1:4\n"
        "    1 |  £ £x\n"
        "      |    ^^\n");
}

TEST_CASE("an empty span is one caret, a span of several lines ends with its first") {
  Printed print("ab\ncd\n");
  CHECK(print(2, 2).ends_with("    1 | ab\n      |   ^\n"));
  CHECK(print(1, 5).ends_with("    1 | ab\n      |  ^\n"));
}

TEST_CASE("what is not UTF-8, or would move the cursor, is shown as a question mark") {
  Printed print(
      "a\xA3\x1b"
      "b\xE2\x82\n");
  CHECK(print(3, 4).ends_with("    1 | a??b??\n      |    ^\n"));
}

TEST_CASE("a long line is cut to a window") {
  Printed print(std::string(100'000, 'x') + "Y" + std::string(100'000, 'z') + "\n");
  const std::string out = print(100'000, 100'001);
  CHECK(out.size() < 500);
  const std::size_t line = out.find("| ...x"), mark = out.find('^');
  REQUIRE(line != std::string::npos);
  const std::size_t next = out.find("| ", line + 1);
  CHECK(mark - next == out.find('Y') - line);
}

}  // namespace assay
