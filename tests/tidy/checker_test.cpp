// The tidy checks themselves, on small bad texts: each finds the fault at its line, and leaves the good form alone.
#include <catch2/catch.hpp>

#include <string>

#include "tests/tidy/clauses.h"
#include "tests/tidy/layers.h"
#include "tests/tidy/project_text.h"
#include "tests/tidy/shape.h"
#include "tests/tidy/words.h"

namespace assay::tidy {
namespace {

std::string includes(const std::string& path, const std::string& line) {
  return describe(check_includes(make_text_file(path, "// x\n" + line + "\n")));
}

TEST_CASE("checker: includes within and against the order") {
  CHECK(includes("dsl/check/types.cpp", "#include \"evidence/core/value.h\"").empty());
  CHECK(includes("engine/session/session.cpp", "#include \"evidence/store/store.h\"").empty());
  CHECK(
      includes("dsl/check/types.cpp", "#include \"engine/plan/plan.h\"") ==
      "\ndsl/check/types.cpp:2: dsl/check includes `engine/plan/plan.h`, which comes after it in the order of layers");
  CHECK_FALSE(includes("evidence/trail/leaf.cpp", "#include \"evidence/store/store.h\"").empty());
  CHECK_FALSE(includes("dsl/syntax/parse.cpp", "#include \"dsl/check/check.h\"").empty());
  CHECK_FALSE(includes("engine/eval/cell.cpp", "#include \"engine/explain/explanation.h\"").empty());
  // Computing folders see of evidence only its values.
  CHECK_FALSE(includes("engine/eval/cell.cpp", "#include \"evidence/store/store.h\"").empty());
  // The verifier shares no code with what it checks.
  CHECK(includes("apps/verifier/main.cpp", "#include \"dsl/check/check.h\"").empty());
  CHECK_FALSE(includes("apps/verifier/main.cpp", "#include \"evidence/trail/merkle.h\"").empty());
  CHECK_FALSE(includes("apps/verifier/main.cpp", "#include \"engine/eval/cell.h\"").empty());
  CHECK(includes("apps/cli/trail.cpp", "#include \"apps/verifier/verify.h\"").empty());
  // Written from the root, and never from a test.
  CHECK_FALSE(includes("dsl/check/types.cpp", "#include \"types.h\"").empty());
  CHECK_FALSE(includes("dsl/check/types.cpp", "#include \"tests/support/given.h\"").empty());
}

TEST_CASE("checker: every library has its folder") {
  CHECK(includes("evidence/store/store.cpp", "#include <sqlite3.h>").empty());
  CHECK_FALSE(includes("engine/session/session.cpp", "#include <sqlite3.h>").empty());
  CHECK_FALSE(includes("evidence/store/store.h", "#include <sqlite3.h>").empty());
  CHECK(includes("dsl/syntax/parse.cpp", "#include <tao/pegtl.hpp>").empty());
  CHECK_FALSE(includes("dsl/check/check.cpp", "#include <tao/pegtl.hpp>").empty());
  CHECK_FALSE(includes("evidence/import/json.h", "#include <nlohmann/json.hpp>").empty());
  CHECK(includes("evidence/core/result.h", "#include <tl/expected.hpp>").empty());
  CHECK(includes("dsl/check/check.h", "#include <string_view>").empty());
  CHECK_FALSE(includes("dsl/check/check.cpp", "#include <boost/any.hpp>").empty());
  // Files and streams stay out of what computes.
  CHECK_FALSE(includes("engine/eval/cell.cpp", "#include <fstream>").empty());
  CHECK_FALSE(includes("engine/session/session.cpp", "#include <iostream>").empty());
}

TEST_CASE("checker: first lines") {
  CHECK(check_first_line(make_text_file("dsl/a.h", "// What it is for.\n#pragma once\n")).empty());
  CHECK(check_first_line(make_text_file("dsl/a.h", "#pragma once\n")).size() == 1);
  CHECK(check_first_line(make_text_file("dsl/a.cpp", "")).size() == 1);
  CHECK(check_first_line(make_text_file("scripts/a", "#!/usr/bin/env bash\n# What it does.\n")).empty());
  CHECK(check_first_line(make_text_file("scripts/a", "#!/usr/bin/env bash\nset -e\n")).size() == 1);
}

TEST_CASE("checker: clauses and the cases that cite them") {
  const TextFile page = make_text_file("docs/a.md", "- 1.1 **One**\n  more\n- 1.10 Ten\n- 2 no clause\n- text\n");
  const auto faults = [&](const std::string& text) {
    return describe(check_clauses(page, {make_text_file("tests/golden/a.case", text)}));
  };
  CHECK(faults("# A case.\n# SPEC: 1.1, 1.10\n").empty());
  CHECK(faults("# A case.\n# SPEC: 1.1\n") == "\ndocs/a.md:3: no golden case cites clause 1.10");
  CHECK(faults("# SPEC: 1.1, 1.10, 2\n") == "\ntests/golden/a.case:1: cites clause `2`, which docs/a.md does not have");
  CHECK_FALSE(faults("# SPEC: 1.1, 1.10,\n").empty());
  const TextFile twice = make_text_file("docs/a.md", "- 1.1 One\n- 1.1 Again\n");
  CHECK(describe(check_clauses(twice, {make_text_file("a.case", "# SPEC: 1.1\n")})) ==
        "\ndocs/a.md:2: clause 1.1 is given twice");
}

TEST_CASE("checker: length and width") {
  std::string lines;
  for (std::size_t i = 0; i < kFileLinesMax; ++i) lines += "//\n";
  CHECK(check_length(make_text_file("dsl/a.cpp", lines)).empty());
  CHECK(check_length(make_text_file("dsl/a.cpp", lines + "//\n")).size() == 1);
  const std::string full(kColumnsMax, 'a');
  CHECK(check_width(make_text_file("dsl/a.cpp", full + "\n")).empty());
  CHECK(check_width(make_text_file("dsl/a.cpp", "\n" + full + "a\n")).at(0).line == 2);
  // A pound sign is one column though two bytes.
  CHECK(check_width(make_text_file("dsl/a.cpp", full.substr(1) + "£\n")).empty());
  CHECK(check_width(make_text_file("tests/unit/a.cpp", "    {" + full + "},\n")).empty());
  CHECK(check_width(make_text_file("dsl/a.cpp", "    {" + full + "},\n")).size() == 1);
  CHECK(check_width(make_text_file("docs/a.md", full + "wide " + full + " |\n")).empty());
}

TEST_CASE("checker: white space") {
  CHECK(check_white_space(make_text_file("dsl/a.cpp", "a\nb\n")).empty());
  CHECK(check_white_space(make_text_file("dsl/a.cpp", "a\n\tb\n")).at(0).line == 2);
  CHECK(check_white_space(make_text_file("dsl/a.cpp", "a \n")).size() == 1);
  CHECK(check_white_space(make_text_file("dsl/a.cpp", "a\r\n")).size() == 1);
  CHECK(check_white_space(make_text_file("dsl/a.cpp", "a")).size() == 1);
  CHECK(check_white_space(make_text_file("dsl/a.cpp", "a\n\n")).size() == 1);
}

std::string function_of(std::size_t body_lines, const std::string& first = "void f(int a) {",
                        const std::string& indent = "") {
  std::string text = "// x\n" + indent + first + "\n";
  for (std::size_t i = 0; i < body_lines; ++i) text += indent + "  a();\n";
  return text + indent + "}\n";
}

TEST_CASE("checker: functions") {
  CHECK(check_functions(make_text_file("dsl/a.cpp", function_of(kFunctionLinesMax - 2))).empty());
  CHECK(check_functions(make_text_file("dsl/a.cpp", function_of(kFunctionLinesMax - 1))).at(0).line == 2);
  CHECK(check_functions(make_text_file("dsl/a.cpp", function_of(100, "namespace assay {"))).empty());
  CHECK(check_functions(make_text_file("dsl/a.h", "struct S {\n" + function_of(100, "int f() const {", "  ") + "};\n"))
            .size() == 1);
  // A brace in a text at the first column is no end, and a long comment is still length.
  CHECK(check_functions(make_text_file("dsl/a.cpp", "void f() {\n  auto t = R\"(\n}\n)\";\n" +
                                                        function_of(100, "  if (a) {") + "}\n"))
            .size() == 1);
}

TEST_CASE("checker: words and calls") {
  CHECK(check_words(make_text_file("dsl/a.cpp", "// TODO: more\n")).size() == 1);
  CHECK(check_words(make_text_file("docs/a.md", "This is a Placeholder.\n")).size() == 1);
  CHECK(check_words(make_text_file("dsl/a.cpp", "int mastodon;  // for nowhere\n")).empty());
  CHECK(check_words(make_text_file("dsl/a.cpp", "int x = rand();\n")).size() == 1);
  CHECK(check_words(make_text_file("dsl/a.cpp", "int x = operand();\n")).empty());
  CHECK(check_words(make_text_file("dsl/a.cpp", "std::cout << 1;\n")).size() == 1);
  CHECK(check_words(make_text_file("apps/cli/a.cpp", "std::cout << 1;\n")).empty());
  CHECK(check_words(make_text_file("dsl/a.cpp", "// std::cout is for apps\nauto t = \"std::cout\";\n")).empty());
  CHECK(check_words(make_text_file("engine/a.cpp", "auto t = std::chrono::system_clock::now();\n")).size() == 1);
}

TEST_CASE("checker: links") {
  const auto exists = [](const std::string& path) { return path == "docs/a.md" || path == "README.md"; };
  CHECK(
      check_links(make_text_file("docs/b.md", "[a](a.md), [top](../README.md), [out](https://example.org/x)\n"), exists)
          .empty());
  CHECK(check_links(make_text_file("docs/b.md", "[a](a.md#part) and [here](#part)\n"), exists).empty());
  CHECK(check_links(make_text_file("docs/b.md", "\n[a](docs/a.md)\n"), exists).at(0).line == 2);
  CHECK(check_links(make_text_file("dsl/a.h", "// See docs/a.md. Also docs/a.md 4.1.\n"), exists).empty());
  CHECK(check_links(make_text_file("dsl/a.h", "// See docs/gone.md.\n"), exists).size() == 1);
}

TEST_CASE("checker: what is blanked") {
  const TextFile file = make_text_file(
      "dsl/a.cpp", "int a = 1'000; // b\nauto c = \"d\\\"e\" + 'f';\n/* g\nh */ auto i = R\"(j\nk)\";\n");
  CHECK(file.code == std::vector<std::string>{"int a = 1'000;     ", "auto c = \"    \" + ' ';", "    ",
                                              "     auto i = R\"  ", "  \";"});
}

}  // namespace
}  // namespace assay::tidy
