// The rows in the leaves, as evidence. An explanation shows what decided: what it says is known must follow from them,
// and what it says is not known must not.
#include "apps/verifier/accept/shown.h"

#include <algorithm>
#include <set>

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
  // Of readings one after another those between are not shown.
  if (std::holds_alternative<ast::Previous>(book.tree.expr(ast::ExprId{expr}))) return true;
  bool found = false;
  ast::for_each_child(book.tree.expr(ast::ExprId{expr}),
                      [&](ast::ExprId child) { found = found || asks_sets(book, child.index, rules); });
  return found;
}

// Does it rest on rows alone? Not where something is not known because of what is not shown: what was not released, or
// what lies beyond a break.
bool from_rows(const ExplainedStep& step, const Rulebook& book) {
  if (step.leaf) {  // the event from which a day is counted before which it is too early to judge
    const auto field = book.schema.find_field(step.leaf->at("field"));
    const bool to_the_day = step.leaf->at("valid_from").size() == std::string_view("2025-01-01").size();
    if (!field || !to_the_day || !book.schema.field(*field).breaks.empty()) return false;
    if ((book.evidence[field->index].not_before && book.evidence[field->index].not_before->event)) return false;
  }
  if (!step.text("proof").empty()) return false;
  // Of what is open the parts that agree are not shown, and what they rest on may be that nothing is held.
  const bool open = step.text("result").starts_with("un");
  if (open && step.text("note").find("; the others: ") != std::string_view::npos) return false;
  if (!step.absence || !step.absence->contains("detail")) return true;
  const std::string& detail = step.absence->at("detail");
  constexpr const char* kHidden[] = {"not comparable", "held here", "too early", "undefined", "no edition", "no value"};
  return std::none_of(std::begin(kHidden), std::end(kHidden),
                      [&](const char* hidden) { return detail.starts_with(hidden); });
}

class Follows {
 public:
  Follows(const ReadExplanation& all, const Rulebook& book)
      : all_(all), book_(book), states_(all.steps.size(), State::New) {}
  // `sets`: whether the rule that it is part of asks sets.
  bool look(std::size_t at, bool sets) {
    if (states_[at] != State::New) return states_[at] == State::Yes;
    const ExplainedStep& step = all_.steps[at];
    const auto rule = step.text("rule").empty() ? std::nullopt : book_.find_rule(step.text("rule"));
    std::set<std::uint32_t> seen;
    if (rule) {
      sets = rule_asks_sets(book_, *rule, seen);
      for (const RuleId edition : book_.rule(*rule).editions) sets = sets || rule_asks_sets(book_, edition, seen);
    }
    // Of a table rows are not shown that other inputs rule out.
    if (rule && std::holds_alternative<TableRule>(book_.rule(*rule).body))
      sets = sets || step.text("note").find(" not shown") != std::string_view::npos;
    bool yes = from_rows(step, book_) && !sets;
    for (const std::size_t child : step.children) yes = look(child, sets) && yes;
    states_[at] = yes ? State::Yes : State::No;
    return yes;
  }
  std::vector<bool> all() const {
    std::vector<bool> found;
    for (const State state : states_) found.push_back(state == State::Yes);
    return found;
  }

 private:
  enum class State { New, Yes, No };
  const ReadExplanation& all_;
  const Rulebook& book_;
  std::vector<State> states_;
};

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

}  // namespace

Snapshot snapshot_of_shown(const ReadExplanation& all, const Rulebook& book) {
  Shown shown(all, book);
  for (const ExplainedStep& step : all.steps) shown.add(step);
  return std::move(shown).seal();
}

std::vector<bool> follows_from_shown(const ReadExplanation& all, const Rulebook& book) {
  Follows follows(all, book);
  follows.look(0, false);
  return follows.all();
}

}  // namespace assay::verifier
