// Checks texts for the tests of this folder.
#include "tests/unit/dsl/check/checked.h"

#include <fmt/format.h>
#include <algorithm>

#include <catch2/catch.hpp>

namespace assay {

std::vector<std::string> Checked::errors() const {
  std::vector<std::string> said;
  for (const Diagnostic& diagnostic : sink.sorted()) {
    if (severity_of(diagnostic.kind) != Severity::Error) continue;
    said.push_back(fmt::format("{} `{}`", name_of(diagnostic.kind), book.sources.words(diagnostic.primary)));
  }
  return said;
}

Diagnostic Checked::first_error() const {
  const std::vector<Diagnostic> all = sink.sorted();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [](const Diagnostic& each) { return severity_of(each.kind) == Severity::Error; });
  REQUIRE(found != all.end());
  return *found;
}

ast::ExprId Checked::expr(std::string_view words) const {
  std::vector<ast::ExprId> found;
  for (std::uint32_t i = 0; i < book.tree.expr_count(); ++i) {
    if (book.sources.words(book.tree.span(ast::ExprId{i})) == words) found.push_back(ast::ExprId{i});
  }
  INFO(words);
  REQUIRE(found.size() == 1);
  return found.front();
}

Checked check_texts(const std::vector<std::string>& texts) {
  Checked made;
  Sources sources;
  for (std::size_t i = 0; i < texts.size(); ++i) sources.add(fmt::format("{}.assay", i), texts[i]);
  made.book = check(std::move(sources), made.sink);
  return made;
}

Checked check_text(const std::string& text) {
  return check_texts(
      {"ruleset t in force from 2025-01-01\n"
       "kind council \"Council\" plural councils\n"
       "kind ics \"System\" plural systems\n"
       "relation membership from council to ics with share_of_council : percent 0% to 100%\n" +
       text});
}

}  // namespace assay
