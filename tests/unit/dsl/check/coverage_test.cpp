// Every kind of mistake is shown by a golden case, and every shipped ruleset is whole: no name unresolved, no
// expression without a type.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "dsl/syntax/children.h"
#include "tests/unit/dsl/check/checked.h"

using namespace assay;

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files_below(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Bytes and sizes that a case, being text, cannot hold; tests/unit/dsl/syntax/bytes_test.cpp shows them.
constexpr std::array kNotText = {DiagnosticKind::NotUtf8, DiagnosticKind::NulByte, DiagnosticKind::FileTooLong};

// A chain inside these is no expression of its own: the set and the matches of an aggregate have their meaning there.
void check_resolved(const Rulebook& book, ast::ExprId id) {
  INFO(book.sources.place(book.tree.span(id)) << " " << book.sources.words(book.tree.span(id)));
  if (std::holds_alternative<ast::Chain>(book.tree.expr(id))) {
    CHECK_FALSE(std::holds_alternative<std::monostate>(book.resolved[id.index]));
  }
  const auto* set = std::get_if<SetRef>(&book.resolved[id.index]);
  CHECK((book.expr_types[id.index] != kErrorType || (set != nullptr && !set->value)));
  ast::for_each_child(book.tree.expr(id), [&](ast::ExprId child) { check_resolved(book, child); });
}

std::vector<ast::ExprId> exprs_of(const Rule& rule) {
  std::vector<ast::ExprId> exprs;
  const auto add_text = [&](const std::optional<ast::Template>& text) {
    if (!text) return;
    for (const auto& piece : text->pieces) {
      if (const auto* id = std::get_if<ast::ExprId>(&piece)) exprs.push_back(*id);
    }
  };
  if (const auto* body = std::get_if<DefineRule>(&rule.body)) {
    exprs.push_back(body->value);
    for (const auto& but : body->buts) exprs.insert(exprs.end(), {but.value, but.condition});
  } else if (const auto* flag = std::get_if<FlagRule>(&rule.body)) {
    if (flag->when) exprs.push_back(*flag->when);
    if (flag->unless) exprs.push_back(*flag->unless);
    add_text(flag->says);
    add_text(flag->action);
  } else if (const auto* interaction = std::get_if<InteractionRule>(&rule.body)) {
    if (interaction->when) exprs.push_back(*interaction->when);
    add_text(interaction->says);
  } else if (const auto* enter = std::get_if<EnterRule>(&rule.body)) {
    for (const auto& reason : enter->criteria.reasons) exprs.push_back(reason.condition);
  } else if (const auto* exit = std::get_if<ExitRule>(&rule.body)) {
    for (const auto& reason : exit->criteria.reasons) exprs.push_back(reason.condition);
  }
  return exprs;
}

}  // namespace

TEST_CASE("every kind of mistake is shown by a golden case") {
  std::string shown;
  for (const fs::path& path : files_below(fs::path(ASSAY_SOURCE_DIR) / "tests/golden", ".case")) shown += read(path);
  for (const DiagnosticKind kind : all_diagnostic_kinds()) {
    if (std::find(kNotText.begin(), kNotText.end(), kind) != kNotText.end()) continue;
    INFO(name_of(kind) << " " << code_of(kind));
    const bool by_name = shown.find(fmt::format("[{}]", name_of(kind))) != std::string::npos;
    const bool by_code = shown.find(fmt::format("[{}]", code_of(kind))) != std::string::npos;
    CHECK((by_name || by_code));
  }
}

TEST_CASE("shipped rulesets stand, and nothing in them is without its meaning") {
  Sources sources;
  for (const fs::path& path : files_below(fs::path(ASSAY_SOURCE_DIR) / "rulesets", ".assay"))
    sources.add(path.string(), read(path));
  REQUIRE(sources.size() > 0);
  DiagnosticSink sink;
  const Rulebook book = check(std::move(sources), sink);
  INFO(render(sink, book.sources));
  CHECK_FALSE(sink.has_errors());
  REQUIRE_FALSE(book.rules.empty());
  for (const Rule& rule : book.rules) {
    for (const ast::ExprId id : exprs_of(rule)) check_resolved(book, id);
  }
}
