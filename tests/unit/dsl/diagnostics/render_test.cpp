// How a diagnostic looks in a terminal.
#include <catch2/catch.hpp>

#include <algorithm>

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

namespace {

// The line shown and the carets below it.
struct Excerpt {
  std::string line, carets;
};
Excerpt excerpt_of(const std::string& printed) {
  const std::size_t line = printed.find("\n", printed.find("rules.assay")) + 1, carets = printed.find('\n', line) + 1;
  return {printed.substr(line, carets - line - 1), printed.substr(carets, printed.find('\n', carets) - carets)};
}
std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

TEST_CASE("a long line is cut around the text in question, within 80 columns") {
  const std::string before(100'000, 'a'), after(100'000, 'z');
  Printed print(before + "Y" + after + "\n");
  const Excerpt in_the_midst = excerpt_of(print(100'000, 100'001));
  CHECK(characters(in_the_midst.line) == 80);
  CHECK(in_the_midst.line.find("| …a") != std::string::npos);
  CHECK(in_the_midst.line.ends_with("z…"));
  // The first … has three bytes and takes one column.
  CHECK(in_the_midst.carets.find('^') + 2 == in_the_midst.line.find('Y'));
  const Excerpt at_the_beginning = excerpt_of(print(0, 3));
  CHECK(characters(at_the_beginning.line) == 80);
  CHECK(at_the_beginning.line.starts_with("    1 | aaa"));
  CHECK(at_the_beginning.line.ends_with("a…"));
  const Excerpt at_the_end = excerpt_of(print(200'000, 200'001));
  CHECK(characters(at_the_end.line) == 80);
  CHECK(at_the_end.line.ends_with("zz"));
  CHECK(at_the_end.carets.ends_with("^"));
  const Excerpt longer_than_a_line = excerpt_of(print(99'990, 100'200));
  CHECK(characters(longer_than_a_line.line) == 80);
  CHECK(longer_than_a_line.carets.find('^') + 2 == longer_than_a_line.line.find("aaaaaaaaaaY"));
}

TEST_CASE("a line of 72 characters is shown whole, and one of 73 is cut") {
  CHECK(Printed(std::string(72, 'a') + "\n")(71, 72).find("…") == std::string::npos);
  CHECK(Printed(std::string(73, 'a') + "\n")(72, 73).find("| …") != std::string::npos);
}

}  // namespace assay
