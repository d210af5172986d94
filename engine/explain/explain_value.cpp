// Values: the names an expression reads become steps, arithmetic is shown with the values put in
// (docs/language.md 10.1).
#include <fmt/format.h>

#include "dsl/syntax/children.h"
#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

bool is_place(const ast::Expr& node) {
  return std::holds_alternative<ast::Position>(node) || std::holds_alternative<ast::Spread>(node);
}

}  // namespace

void Proof::chain_operand(ast::ExprId id, const Scope& scope, Children& out) {
  const Resolved& resolved = rulebook().resolved[id.index];
  if (const auto* field = std::get_if<FieldOf>(&resolved))
    out.push_back(evidence(field->field, scope.slots[field->slot], scope.moment));
  if (const auto* what = std::get_if<RuleOf>(&resolved))
    out.push_back(rule(evaluation().answering(*what, scope), scope.slots[what->slot], scope.moment));
  const auto* ref = std::get_if<ParameterRef>(&resolved);
  if (ref == nullptr) return;
  // The national value stands beside what an overlay sets.
  const ParameterId answers = evaluation().answering(*ref, scope);
  const bool local = !rulebook().parameters[answers.index].local_of.empty();
  if (!local || evaluation().is_set(answers, scope.moment)) out.push_back(parameter(answers, scope.moment));
  if (local) out.push_back(parameter(evaluation().national(answers, scope.moment), scope.moment));
}

// The steps of all that an expression reads, in the order written; arithmetic makes no step of its own.
void Proof::operands(ast::ExprId id, const Scope& scope, Children& out) {
  const ast::Expr& node = rulebook().tree.expr(id);
  if (std::holds_alternative<ast::Chain>(node)) return chain_operand(id, scope, out);
  if (std::holds_alternative<ast::TheAbove>(node)) {
    out.insert(out.end(), above_.begin(), above_.end());
    return;
  }
  if (std::holds_alternative<ast::Aggregate>(node)) return out.push_back(range(id, scope));
  if (is_place(node)) return out.push_back(position(id, scope));
  if (std::holds_alternative<ast::Call>(node)) return out.push_back(called(id, scope));
  if (std::holds_alternative<ast::Change>(node)) return out.push_back(change(id, scope));
  if (std::holds_alternative<ast::DaysSince>(node) || std::holds_alternative<ast::SinceEntering>(node)) {
    return since_operand(id, scope, out);
  }
  if (const auto* choice = std::get_if<ast::When>(&node)) {
    const Truth truth = cell_of(choice->condition, scope).truth();
    out.push_back(condition(choice->condition, scope));
    if (truth != Truth::No && truth != Truth::NotApplicable) operands(choice->value, scope, out);
    if (truth != Truth::Yes) operands(choice->otherwise, scope, out);
    return;
  }
  if (const auto* first = std::get_if<ast::FirstKnownOf>(&node)) {
    for (ast::ExprId operand : first->operands) {
      operands(operand, scope, out);
      if (cell_of(operand, scope).known()) return;
    }
    return;
  }
  if (const auto* ago = std::get_if<ast::Ago>(&node)) return operands(ago->operand, back(scope, ago->duration), out);
  if (const auto* before = std::get_if<ast::Previous>(&node))
    return operands(before->operand, previous(*before, scope), out);
  const bool is_condition =
      std::holds_alternative<ast::Not>(node) || std::holds_alternative<ast::Logic>(node) ||
      std::holds_alternative<ast::Compare>(node) || std::holds_alternative<ast::WithinLast>(node) ||
      std::holds_alternative<ast::Consecutive>(node) || std::holds_alternative<ast::Quantified>(node);
  if (is_condition) return out.push_back(condition(id, scope));
  ast::for_each_child(node, [&](ast::ExprId child) { operands(child, scope, out); });
}

// The call in the caller's words, then the formula in the method's own, with why the method may be believed; below it
// what the formula reads.
StepId Proof::called(ast::ExprId id, const Scope& scope) {
  const auto& call = std::get<ast::Call>(rulebook().tree.expr(id));
  const MethodId called = std::get<MethodRef>(rulebook().resolved[id.index]).method;
  const Method& method = rulebook().methods[called.index];
  const StepId step_id = add();
  ProofStep step = part(ProofStep::Kind::Method, id, scope);
  const Authored::Text& formula = shared_.authored.of(method.value);
  step.title = method.title;
  step.words = fmt::format("{}: {}", step.words, formula.words);
  step.place = formula.place;
  put_grounds(step, shared_.authored.of(method.grounds));
  const Cell cell = cell_of(id, scope);
  step.result = cell_in_words(cell, rulebook().type(id));
  put_value(step, *call.body, cell, scope);
  steps_[step_id.index] = std::move(step);
  return step_id;
}

bool Proof::is_plain(ast::ExprId id) const {
  const ast::Expr& node = rulebook().tree.expr(id);
  return std::holds_alternative<ast::Literal>(node) || std::holds_alternative<ast::Chain>(node) ||
         std::holds_alternative<ast::TheAbove>(node);
}

void Proof::put_value(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope) {
  const ast::Expr& node = rulebook().tree.expr(id);
  if (std::holds_alternative<ast::Aggregate>(node)) return put_range(step, id, cell, scope);
  if (is_place(node)) return put_position(step, id, cell, scope);
  if (std::holds_alternative<ast::Call>(node)) return step.children.push_back(called(id, scope));
  if (std::holds_alternative<ast::Change>(node)) return put_change(step, id, cell, scope);
  if (rulebook().type(id).kind == TypeKind::YesNo && !is_plain(id) && !std::holds_alternative<ast::When>(node) &&
      !std::holds_alternative<ast::FirstKnownOf>(node) && !std::holds_alternative<ast::Ago>(node) &&
      !std::holds_alternative<ast::Previous>(node)) {
    return put_condition(step, id, cell, scope);
  }
  if (!is_plain(id)) {
    const std::string values = put_in(id, scope);
    if (!values.empty()) step.note = fmt::format("{} = {}", values, plain_in_words(cell, rulebook().type(id)));
    // A fault (docs/language.md 3.7) has nothing below it that is missing, so it is said here.
    for (const Reason& reason : cell.why) {
      if (!values.empty() && reason.detail.starts_with("undefined: ")) step.note += "; " + reason.detail;
    }
  }
  operands(id, scope, step.children);
  if (const auto* first = std::get_if<ast::FirstKnownOf>(&node); first && !first->operands.empty()) {
    const bool fell_through = std::holds_alternative<ast::Literal>(rulebook().tree.expr(first->operands.back())) &&
                              step.children.size() + 1 >= first->operands.size();
    if (fell_through) step.note += "; nothing before it is known, and the rule says what to take instead";
  }
}

// The author's words with the value of each name and aggregate in its place. Empty where nothing is put in.
std::string Proof::put_in(ast::ExprId id, const Scope& scope) {
  const ast::Expr& node = rulebook().tree.expr(id);
  // A step of its own below says what was put in.
  if (std::holds_alternative<ast::Call>(node) || std::holds_alternative<ast::Change>(node)) return {};
  const Span span = rulebook().tree.span(id);
  std::uint32_t from = span.begin;
  std::string out;
  put_in_parts(id, span, scope, from, out);
  if (from == span.begin) return {};
  const std::string tail = rulebook().sources.words({span.file, from, span.end});
  const std::string_view raw = rulebook().sources.text({span.file, from, span.end});
  if (!tail.empty() && !raw.empty() && (raw.front() == ' ' || raw.front() == '\n')) out += ' ';
  return out + tail;
}

// What a call gives for an argument stands elsewhere: its value goes where the argument's name is, in the words of the
// formula.
void Proof::put_in_parts(ast::ExprId id, Span whole, const Scope& scope, std::uint32_t& from, std::string& out) {
  const ast::Expr& node = rulebook().tree.expr(id);
  Span span = rulebook().tree.span(id);
  const auto put_at = rulebook().put_at.find(id.index);
  const bool is_argument = put_at != rulebook().put_at.end() && span != whole;
  if (is_argument) span = put_at->second;
  const bool has_value =
      is_argument || std::holds_alternative<ast::Call>(node) || std::holds_alternative<ast::Chain>(node) ||
      std::holds_alternative<ast::Aggregate>(node) || is_place(node) || std::holds_alternative<ast::Quantified>(node) ||
      std::holds_alternative<ast::TheAbove>(node) || std::holds_alternative<ast::DaysSince>(node) ||
      std::holds_alternative<ast::SinceEntering>(node) || std::holds_alternative<ast::Ago>(node) ||
      std::holds_alternative<ast::Previous>(node) || std::holds_alternative<ast::Change>(node) ||
      std::holds_alternative<ast::WithinLast>(node) || std::holds_alternative<ast::Consecutive>(node);
  if (!has_value) {
    ast::for_each_child(node, [&](ast::ExprId child) { put_in_parts(child, whole, scope, from, out); });
    return;
  }
  const Resolved& resolved = rulebook().resolved[id.index];
  if (std::holds_alternative<LabelRef>(resolved) || std::holds_alternative<SetRef>(resolved)) return;
  const bool elsewhere = span.file != whole.file || span.begin < from || span.end > whole.end;
  if (elsewhere) return;
  const Span gap{span.file, from, span.begin};
  const std::string_view raw = rulebook().sources.text(gap);
  const std::string words = rulebook().sources.words(gap);
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  if (!raw.empty() && blank(raw.front()) && !out.empty()) out += ' ';
  out += words;
  if (!raw.empty() && !words.empty() && blank(raw.back())) out += ' ';
  // `the above` may stand for a type the tree does not know here.
  const ValueType& type = std::holds_alternative<ast::TheAbove>(node)
                              ? rulebook().type(rulebook().rule(scope.rule).type)
                              : rulebook().type(id);
  const Cell value = cell_of(id, scope);
  const std::string in_place = plain_in_words(value, type);
  out += value.unknown() ? "(" + in_place + ")" : in_place;
  from = span.end;
}

}  // namespace assay
