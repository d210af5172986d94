// Every expression points at its own text, those in texts too.
#include <catch2/catch.hpp>

#include "tests/unit/dsl/syntax/reading.h"

namespace assay {

namespace {

template <class Node>
std::string text_of_first(const ReadFile& file) {
  for (std::uint32_t i = 0; i < file.tree.expr_count(); ++i) {
    if (std::holds_alternative<Node>(file.tree.expr(ast::ExprId{i})))
      return std::string(file.sources.text(file.tree.span(ast::ExprId{i})));
  }
  return "none";
}

}  // namespace

TEST_CASE("spans hold the words and neither the blanks nor the comments around them") {
  const ReadFile file(
      "flag a of council # c\n"
      "  when  # d\n"
      "    x of council is at least 3   # e\n"
      "    and not (y  +  1 as percent of z rounded to whole percent is 2)  # f\n"
      "  basis proposed\n");
  REQUIRE(file.printed() == "");
  CHECK(text_of_first<ast::Chain>(file) == "x of council");
  CHECK(text_of_first<ast::Compare>(file) == "x of council is at least 3");
  CHECK(text_of_first<ast::Arithmetic>(file) == "y  +  1");
  CHECK(text_of_first<ast::PercentOf>(file) == "y  +  1 as percent of z");
  CHECK(text_of_first<ast::Rounded>(file) == "y  +  1 as percent of z rounded to whole percent");
  CHECK(text_of_first<ast::Not>(file) == "not (y  +  1 as percent of z rounded to whole percent is 2)");
  const Span decl = file.tree.span(ast::DeclId{0});
  CHECK(file.sources.text(decl).starts_with("flag a"));
  CHECK(file.sources.text(decl).ends_with("basis proposed"));
}

TEST_CASE("an expression in a text points into the file") {
  const ReadFile file("flag a of council\n  says \"£ {{ {x of council} and { count of matches }\"\n");
  REQUIRE(file.printed() == "");
  CHECK(text_of_first<ast::Chain>(file) == "x of council");
  CHECK(text_of_first<ast::Aggregate>(file) == "count of matches");
  const auto& says = *std::get<ast::FlagDecl>(file.tree.decl(ast::DeclId{0})).says;
  REQUIRE(says.pieces.size() == 4);
  CHECK(std::get<std::string>(says.pieces[0]) == "£ { ");
  CHECK(std::get<std::string>(says.pieces[2]) == " and ");
}

TEST_CASE("relations, names and texts know their places") {
  const ReadFile file(
      "scenario \"a b\"\n  expect x of york is 39%\nflag f of council\n  when all of (p, q) is better than r\n");
  REQUIRE(file.printed() == "");
  const auto& scenario = std::get<ast::ScenarioDecl>(file.tree.decl(ast::DeclId{0}));
  CHECK(file.sources.text(scenario.title.span) == "\"a b\"");
  CHECK(file.sources.text(scenario.expects[0].span) == "expect x of york is 39%");
  CHECK(file.sources.text(scenario.expects[0].subject.span) == "york");
  for (std::uint32_t i = 0; i < file.tree.expr_count(); ++i) {
    if (const auto* found = std::get_if<ast::Quantified>(&file.tree.expr(ast::ExprId{i}))) {
      CHECK(file.sources.text(found->each->span) == "better than r");
      CHECK(file.sources.text(file.tree.span(ast::ExprId{i})) == "all of (p, q) is better than r");
    }
  }
}

TEST_CASE("all of several files stand in one tree, each with its own places") {
  Sources sources;
  ast::Tree tree;
  DiagnosticSink sink;
  for (const char* name : {"a", "b"}) {
    const FileId file =
        sources.add(std::string(name) + ".assay", "define " + std::string(name) + " of council : whole\n  = 1 + 2\n");
    parse(sources, file, tree, sink);
  }
  CHECK_FALSE(sink.has_errors());
  REQUIRE(tree.decl_count() == 2);
  CHECK(tree.span(ast::DeclId{1}).file == FileId{1});
  CHECK(sources.text(tree.span(std::get<ast::DefineDecl>(tree.decl(ast::DeclId{1})).value)) == "1 + 2");
}

}  // namespace assay
