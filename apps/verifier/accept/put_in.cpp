// The author's words with the value of each name and aggregate in its place, as a note says arithmetic.
#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"
#include "dsl/syntax/children.h"

namespace assay::verifier {
namespace {

// What has a value to put in its place; the rest is made of such.
bool has_value(const ast::Expr& node) {
  return std::visit(
      [](const auto& is) {
        using T = std::decay_t<decltype(is)>;
        return std::is_same_v<T, ast::Call> || std::is_same_v<T, ast::Chain> || std::is_same_v<T, ast::Aggregate> ||
               std::is_same_v<T, ast::Position> || std::is_same_v<T, ast::Spread> ||
               std::is_same_v<T, ast::Quantified> || std::is_same_v<T, ast::TheAbove> ||
               std::is_same_v<T, ast::DaysSince> || std::is_same_v<T, ast::SinceEntering> ||
               std::is_same_v<T, ast::Ago> || std::is_same_v<T, ast::Previous> || std::is_same_v<T, ast::Change> ||
               std::is_same_v<T, ast::WithinLast> || std::is_same_v<T, ast::Consecutive>;
      },
      node);
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

}  // namespace

std::string Walk::put_in(ast::ExprId id, const Place& place) {
  const ast::Expr& node = book_.tree.expr(id);
  if (std::holds_alternative<ast::Call>(node) || std::holds_alternative<ast::Change>(node)) return {};
  const Span span = book_.tree.span(id);
  std::uint32_t from = span.begin;
  std::string out;
  put_in_parts(id, span, place, from, out);
  if (from == span.begin) return {};
  const std::string_view raw = book_.sources.text({span.file, from, span.end});
  const std::string tail = book_.sources.words({span.file, from, span.end});
  if (!tail.empty() && !raw.empty() && is_blank(raw.front())) out += ' ';
  return out + tail;
}

// What a call gives for an argument stands where the argument's name is, in the words of the formula.
void Walk::put_in_parts(ast::ExprId id, Span whole, const Place& place, std::uint32_t& from, std::string& out) {
  const ast::Expr& node = book_.tree.expr(id);
  Span span = book_.tree.span(id);
  const auto put_at = book_.put_at.find(id.index);
  const bool is_argument = put_at != book_.put_at.end() && span != whole;
  if (is_argument) span = put_at->second;
  if (!is_argument && !has_value(node)) {
    ast::for_each_child(node, [&](ast::ExprId child) { put_in_parts(child, whole, place, from, out); });
    return;
  }
  const Resolved& resolved = book_.resolved[id.index];
  if (std::holds_alternative<LabelRef>(resolved) || std::holds_alternative<SetRef>(resolved)) return;
  if (span.file != whole.file || span.begin < from || span.end > whole.end) return;
  const std::string_view raw = book_.sources.text({span.file, from, span.begin});
  const std::string words = book_.sources.words({span.file, from, span.begin});
  if (!raw.empty() && is_blank(raw.front()) && !out.empty()) out += ' ';
  out += words;
  if (!raw.empty() && !words.empty() && is_blank(raw.back())) out += ' ';
  const ValueType& type =
      std::holds_alternative<ast::TheAbove>(node) ? book_.type(book_.rule(place.rule).type) : book_.type(id);
  const Answer value = ask(id, place);
  const std::string in_place = plain_words(value, type);
  out += value.unknown() ? "(" + in_place + ")" : in_place;
  from = span.end;
}

}  // namespace assay::verifier
