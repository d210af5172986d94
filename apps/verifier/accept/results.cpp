// What each rule comes to, derived again by the second evaluator from nothing but the rows that the explanation shows.
// It shows what decided: so what it says is known must follow, and what it says is not known must not.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "apps/verifier/accept/parts.h"
#include "apps/verifier/accept/rows.h"
#include "apps/verifier/derive/deciding.h"
#include "apps/verifier/derive/derivation.h"
#include "dsl/syntax/children.h"

namespace assay::verifier {
namespace {

const Date kAlways = *Date::from_ymd(1, 1, 1);

// Rules about sets rest on members of whom only a line and a digest is shown.
bool asks_sets(const Rulebook& book, std::uint32_t expr, std::set<std::uint32_t>& rules);

bool rule_asks_sets(const Rulebook& book, RuleId id, std::set<std::uint32_t>& seen) {
  if (!seen.insert(id.index).second) return false;
  const Rule& rule = book.rule(id);
  bool found = false;
  for_deciding(rule, [&](ast::ExprId expr) { found = found || asks_sets(book, expr.index, seen); });
  const auto* flag = std::get_if<FlagRule>(&rule.body);
  return found || (flag != nullptr && !flag->when);
}

bool asks_sets(const Rulebook& book, std::uint32_t expr, std::set<std::uint32_t>& rules) {
  const Resolved& resolved = book.resolved[expr];
  if (std::holds_alternative<SetRef>(resolved)) return true;
  if (const auto* of = std::get_if<RuleOf>(&resolved); of != nullptr && rule_asks_sets(book, of->rule, rules))
    return true;
  bool found = false;
  ast::for_each_child(book.tree.expr(ast::ExprId{expr}),
                      [&](ast::ExprId child) { found = found || asks_sets(book, child.index, rules); });
  return found;
}

// Does it rest on rows alone? Not where part is shown by its digest, or where something is not known because of what
// is not shown: what was not released, or what lies beyond a break.
bool from_rows(const ReadExplanation& all, const Rulebook& book, std::size_t at, std::set<std::size_t>& looked_at) {
  if (!looked_at.insert(at).second) return true;
  const ExplainedStep& step = all.steps[at];
  if (step.leaf) {  // the event from which a day is counted before which it is too early to judge
    const auto field = book.schema.find_field(step.leaf->at("field"));
    if (!field || (book.evidence[field->index].not_before && book.evidence[field->index].not_before->event))
      return false;
  }
  if (!step.text("proof").empty()) return false;
  if (step.absence && step.absence->contains("detail")) {
    const std::string& detail = step.absence->at("detail");
    for (const char* hidden : {"not comparable", "held here", "too early", "undefined", "no edition", "no value"})
      if (detail.starts_with(hidden)) return false;
  }
  return std::all_of(step.children.begin(), step.children.end(),
                     [&](std::size_t child) { return from_rows(all, book, child, looked_at); });
}

class Shown {
 public:
  Shown(const ReadExplanation& all, const Rulebook& book)
      : all_(all), book_(book), builder_(book.schema, all.known_on) {
    batch_ = builder_.batch({});
  }

  void add(const ExplainedStep& step) {
    const auto subject = subject_of(step.subject);
    if (!subject) return;
    if (!step.leaf || step.leaf->at("part") == "superseded" || step.leaf->at("part") == "not_counted") return;
    auto row = row_of(*step.leaf, book_);
    if (!row || book_.schema.field(row->field).kind != *kind_of(step.subject)) return;
    // What is shown to those who judge was released to them; the release itself is not shown.
    if (const auto release = book_.evidence[row->field.index].release) {
      Observation to;
      to.field = *release;
      to.value = std::string(kReleasedToAnyone);
      to.valid_from = to.recorded_on = kAlways;
      put(std::move(to), *subject, "owner");
    }
    put(std::move(*row), *subject, step.leaf->contains("source") ? step.leaf->at("source") : "record");
  }

  Snapshot seal() && { return std::move(builder_).seal(); }

 private:
  std::optional<KindId> kind_of(const std::string& text) const {
    const auto name = split_subject(text);
    return name ? book_.schema.find_kind(name->kind) : std::nullopt;
  }
  std::optional<SubjectId> subject_of(const std::string& text) {
    const auto kind = kind_of(text);
    if (!kind) return std::nullopt;
    const KindDef& def = book_.schema.kind(*kind);
    const std::string code = split_subject(text)->code;
    const std::size_t between = code.find('>');
    if (def.relation && between == std::string::npos) return std::nullopt;
    const SubjectId subject = def.relation ? builder_.link(*kind, builder_.subject(def.from, code.substr(0, between)),
                                                           builder_.subject(def.to, code.substr(between + 1)))
                                           : builder_.subject(*kind, code);
    if (!in_being_.insert(subject.index).second) return subject;
    Observation row;
    row.field = book_.schema.kind(*kind).register_field;
    row.value = split_subject(text)->code;
    row.valid_from = row.recorded_on = kAlways;
    put(std::move(row), subject, "register");
    return subject;
  }
  void put(Observation row, SubjectId subject, std::string_view source) {
    row.subject = subject;
    row.source = builder_.source(source);
    row.batch = batch_;
    builder_.add(std::move(row));
  }

  const ReadExplanation& all_;
  const Rulebook& book_;
  SnapshotBuilder builder_;
  BatchId batch_;
  std::set<std::uint32_t> in_being_;
};

std::string in_words(const Verdict& verdict, const ValueType& type) {
  switch (verdict.status) {
    case Status::Known:
      return to_words(*verdict.answer.low, type);
    case Status::Unknown:
      return "unknown";
    case Status::NotApplicable:
      return "does not apply";
    case Status::Raised:
      return "raised";
    case Status::Clear:
      return "clear";
    case Status::Undetermined:
      return "undetermined";
  }
  return "";
}

}  // namespace

std::optional<std::string> fault_of_results(const ReadExplanation& all, const Rulebook& book, bool& root) {
  Shown shown(all, book);
  for (const ExplainedStep& step : all.steps) shown.add(step);
  const Snapshot snapshot = std::move(shown).seal();
  Derivation derivation(book, snapshot, all.known_on);
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    const ExplainedStep& step = all.steps[i];
    const auto named = step.text("rule").empty() ? std::nullopt : book.find_rule(step.text("rule"));
    const auto name = split_subject(step.subject);
    if (!named || !name || (step.text("kind") != "rule" && step.text("kind") != "stage")) continue;
    const RuleId rule = derivation.on(*named, step.on);
    std::set<std::uint32_t> seen;
    std::set<std::size_t> looked_at;
    if (rule_asks_sets(book, rule, seen) || !from_rows(all, book, i, looked_at)) continue;
    const auto subject = snapshot.find(book.rule(rule).kind, name->code);
    if (!subject) continue;
    const std::string derived = in_words(derivation.verdict(rule, *subject, step.on), book.type(book.rule(rule).type));
    std::string said(step.text("result"));
    if (said.starts_with("unknown")) said = "unknown";
    if (said.starts_with("raised, ")) said = "raised";
    if (said.starts_with("clear")) said = "clear";
    root = root || i == 0;
    if (said != derived) return fmt::format("step {}: the rows shown come to `{}`, it says `{}`", i, derived, said);
  }
  return std::nullopt;
}

}  // namespace assay::verifier
