// Reads, lays out, and reads again to see that nothing but layout changed.
#include "dsl/format/format.h"

#include <algorithm>

#include "dsl/format/layout.h"
#include "dsl/format/lexemes.h"
#include "dsl/syntax/parse.h"
#include "dsl/syntax/read.h"
#include "dsl/syntax/split.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

using namespace format;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The declarations of a text that reads without error.
std::vector<syntax::Node> nodes_of(std::string_view text) {
  std::vector<syntax::Node> out;
  const std::vector<syntax::Piece> pieces = syntax::split(text);
  for (auto piece = pieces.begin() + 1; piece != pieces.end(); ++piece) {
    auto found = syntax::read(text.substr(0, piece->end), piece->begin, syntax::Reading::Declaration);
    CHECK(std::holds_alternative<syntax::Node>(found));
    out.push_back(std::move(std::get<syntax::Node>(found)));
  }
  return out;
}

std::vector<std::string_view> comments_of(const Lexemes& in) {
  std::vector<std::string_view> out;
  for (const Lexeme& lexeme : in.all) {
    for (const Comment& comment : lexeme.before) out.push_back(comment.text);
  }
  for (const Comment& comment : in.at_end) out.push_back(comment.text);
  return out;
}

// Nodes of one kind over the same words. What the tree is made of besides places are these and the words, so equal ones
// make equal trees.
bool same(const syntax::Node& a, const Lexemes& in_a, const syntax::Node& b, const Lexemes& in_b) {
  return a.kind == b.kind && in_a.first_of(a) == in_b.first_of(b) && in_a.end_of(a) == in_b.end_of(b) &&
         std::ranges::equal(a.children, b.children,
                            [&](const auto& left, const auto& right) { return same(left, in_a, right, in_b); });
}

}  // namespace

std::optional<std::string> format_ruleset(const Sources& sources, FileId file, DiagnosticSink& sink) {
  const std::string_view text = sources.file(file).text();
  DiagnosticSink found;
  ast::Tree tree;
  parse(sources, file, tree, found);
  for (Diagnostic& each : found.sorted()) sink.add(std::move(each));
  if (found.has_errors()) return std::nullopt;

  const Lexemes before = lexemes(text);
  const std::vector<syntax::Node> nodes = nodes_of(text);
  std::string out = text.starts_with(kByteOrderMark) ? std::string(kByteOrderMark) : std::string();
  out += lay_out(before, nodes);

  const Lexemes after = lexemes(out);
  CHECK(std::ranges::equal(before.all, after.all, {}, &Lexeme::text, &Lexeme::text));
  CHECK(comments_of(before) == comments_of(after));
  const std::vector<syntax::Node> nodes_after = nodes_of(out);
  CHECK(
      std::ranges::equal(nodes, nodes_after, [&](const auto& a, const auto& b) { return same(a, before, b, after); }));
  return out;
}

}  // namespace assay
