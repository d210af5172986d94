// Derives a rule with one answer changed, and climbs from the condition to the place where the change was lost.
#include "engine/trial/masking.h"

#include <algorithm>

#include "dsl/syntax/children.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

Derived derive(const Asking& asking, const std::map<Answering, Truth>& changes) {
  Derived out;
  out.outcome = asking.evaluation.watched(
      asking.asked.rule, asking.asked.subject, asking.asked.moment, [&](const Watched& what, Cell& cell) {
        if (what.scope.rule != asking.asked.rule) return;
        Answering here{what.expr, what.of_member, what.scope.slots, what.scope.moment};
        if (const auto change = changes.find(here); change != changes.end()) cell = Cell::of(change->second);
        out.cells.insert_or_assign(std::move(here), cell);
      });
  return out;
}

bool same_end(const std::optional<Value>& a, const std::optional<Value>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

std::vector<Truth> others_than(Truth truth) {
  if (truth == Truth::Yes) return {Truth::No};
  if (truth == Truth::No) return {Truth::Yes};
  return {Truth::Yes, Truth::No};
}

bool changed(const Derived& base, const Derived& other, ast::ExprId expr) {
  for (auto at = base.cells.lower_bound({expr, false, {}, {}}); at != base.cells.end() && at->first.expr == expr;
       ++at) {
    if (at->first.of_member) continue;
    const auto now = other.cells.find(at->first);
    if (now == other.cells.end() || !same_answer(at->second, now->second)) return true;
  }
  return false;
}

Masking lost_at(const Derived& base, const Derived& other, const Condition& condition) {
  for (std::size_t i = condition.above.size(); i-- > 0;)
    if (!changed(base, other, condition.above[i])) return {condition.above[i], i + 1};
  return {std::nullopt, 0};
}

// What an expression said, closest to where the condition was answered.
const Cell* said(const Derived& base, ast::ExprId expr, bool of_member, const Answering& near) {
  const Cell* found = nullptr;
  for (auto at = base.cells.lower_bound({expr, false, {}, {}}); at != base.cells.end() && at->first.expr == expr;
       ++at) {
    if (at->first.of_member != of_member) continue;
    const bool same_moment = at->first.moment == near.moment;
    const auto& slots = at->first.slots;
    const bool within = slots.size() <= near.slots.size() && std::equal(slots.begin(), slots.end(), near.slots.begin());
    if (!found || (same_moment && within)) found = &at->second;
  }
  return found;
}

class Teller {
 public:
  Teller(const Asking& asking, const Derived& base, const Condition& condition, const Answering& at)
      : asking_(asking), book_(asking.evaluation.rulebook()), base_(base), condition_(condition), at_(at) {}

  std::string tell(const Masking& masking) {
    return masking.at ? in_expression(*masking.at) : in_rule(book_.rule(condition_.rule));
  }

 private:
  std::string words(ast::ExprId id) const { return "`" + book_.sources.words(book_.tree.span(id)) + "`"; }

  static std::string_view truth_word(Truth truth) {
    switch (truth) {
      case Truth::Yes:
        return "yes";
      case Truth::No:
        return "no";
      case Truth::Unknown:
        return "unknown";
      case Truth::NotApplicable:
        break;
    }
    return "not applicable";
  }

  // Others that answer as the whole does: the first two, and how many more.
  std::string siblings(const std::vector<ast::ExprId>& others, const ast::Relation* each, Truth whole) const {
    std::vector<std::string> found;
    std::size_t more = 0;
    for (ast::ExprId other : others) {
      const Cell* cell = said(base_, other, each != nullptr, at_);
      if (!cell || cell->truth() != whole) continue;
      constexpr std::size_t kNamed = 2;
      if (found.size() == kNamed)
        ++more;
      else if (each)
        found.push_back("`" + asked_words(book_, other, *each) + "`");
      else
        found.push_back(words(other));
    }
    if (found.empty()) return {};
    const bool several = found.size() + more > 1;
    if (more > 0) found.push_back(more == 1 ? "one more" : fmt::format("{} more", more));
    return fmt::format("{} {} {}", join_words(found), several ? "are" : "is", truth_word(whole));
  }

  std::string in_expression(ast::ExprId id) const {
    const ast::Expr& expr = book_.tree.expr(id);
    if (std::holds_alternative<ast::Consecutive>(expr)) return "another reading in the row decides";
    const auto place = std::find(condition_.above.begin(), condition_.above.end(), id);
    const ast::ExprId inner = place + 1 == condition_.above.end() ? condition_.expr : *(place + 1);
    const ast::Relation* each = condition_.of_member && inner == condition_.expr ? each_of(expr) : nullptr;
    std::vector<ast::ExprId> others;
    ast::for_each_child(expr, [&](ast::ExprId child) {
      if (child != inner && (each || book_.type(child).kind == TypeKind::YesNo)) others.push_back(child);
    });
    if (const ast::SetOf* set = set_of(expr)) return in_set(*set, inner, id);
    const Cell* whole = said(base_, id, false, at_);
    const bool yes_no = book_.type(id).kind == TypeKind::YesNo;
    if (whole && yes_no) {
      const Truth truth = turns(expr) ? opposite(whole->truth()) : whole->truth();
      if (std::string told = siblings(others, each, truth); !told.empty()) return told;
    }
    return words(id) + " comes out the same either way";
  }

  // `none` and `at most` are no because something is yes.
  static bool turns(const ast::Expr& expr) {
    const auto* quantified = std::get_if<ast::Quantified>(&expr);
    return quantified && (quantified->quantity == ast::Quantity::None || quantified->quantity == ast::Quantity::AtMost);
  }

  static const ast::SetOf* set_of(const ast::Expr& expr) {
    const auto* quantified = std::get_if<ast::Quantified>(&expr);
    const auto* aggregate = std::get_if<ast::Aggregate>(&expr);
    const ast::Range* range = quantified ? &quantified->range : aggregate ? &aggregate->range : nullptr;
    return range ? std::get_if<ast::SetOf>(range) : nullptr;
  }

  std::string in_set(const ast::SetOf& set, ast::ExprId inner, ast::ExprId whole) const {
    for (const auto& other : {set.where, set.meet}) {
      if (!other || *other == inner) continue;
      const Cell* cell = said(base_, *other, false, at_);
      if (cell && cell->truth() != Truth::Yes)
        return fmt::format("{} is {} of the same member", words(*other), truth_word(cell->truth()));
    }
    return "the other members decide " + words(whole);
  }

  std::string in_rule(const Rule& rule) const {
    const RulePart& mine = condition_.part;
    std::vector<ast::ExprId> others;
    for (const RulePart& part : parts_of(rule))
      if (part.expr != mine.expr && part.kind != RulePart::Kind::General && part.kind != RulePart::Kind::ButValue &&
          part.kind != RulePart::Kind::Cell && part.kind != RulePart::Kind::RowValue)
        others.push_back(part.expr);
    if (mine.kind == RulePart::Kind::When) return siblings_or(others, Truth::Yes, "the `unless` decides");
    if (mine.kind == RulePart::Kind::Unless) return "the `when` is not met";
    if (mine.kind == RulePart::Kind::ButCondition) return "the value is the same with and without this `but`";
    if (mine.kind != RulePart::Kind::Reason) return "the value comes out the same either way";
    if (std::string told = stage_decides(rule); !told.empty()) return told;
    for (Truth truth : {base_.outcome.truth(), Truth::No, Truth::Yes})
      if (std::string told = siblings(others, nullptr, truth); !told.empty() && truth != Truth::NotApplicable)
        return told;
    return "the other reasons decide";
  }

  // The criteria to enter a stage are asked of who is below it, those to leave one of who is in it.
  std::string stage_decides(const Rule& rule) const {
    const auto* enter = std::get_if<EnterRule>(&rule.body);
    const auto* exit = std::get_if<ExitRule>(&rule.body);
    if (!enter && !exit) return {};
    const Regime& regime = book_.regimes[(enter ? enter->regime : exit->regime).index];
    const auto& asked = asking_.asked;
    const Cell& stage = asking_.evaluation.rule(regime.stage_rule, asked.subject, asked.moment);
    if (!stage.known()) return {};
    const Label label = std::get<Label>(stage.value());
    if (enter ? label < enter->stage : label == exit->from) return {};
    return fmt::format("the recorded stage, {}, decides", regime.stages[label.index].title);
  }

  std::string siblings_or(const std::vector<ast::ExprId>& others, Truth truth, const std::string& otherwise) const {
    std::string told = siblings(others, nullptr, truth);
    return told.empty() ? otherwise : told;
  }

  const Asking& asking_;
  const Rulebook& book_;
  const Derived& base_;
  const Condition& condition_;
  const Answering& at_;
};

}  // namespace

Derived derive_watched(const Asking& asking) { return derive(asking, {}); }

Derived derive_changed(const Asking& asking, const std::map<Answering, Truth>& to) { return derive(asking, to); }

bool same_answer(const Cell& a, const Cell& b) {
  return a.state == b.state && a.may_not_apply == b.may_not_apply && same_end(a.low, b.low) && same_end(a.high, b.high);
}

std::optional<Masking> masked(const Asking& asking, const Derived& base, const Condition& condition,
                              const Answering& at) {
  std::optional<Masking> least;
  for (Truth other : others_than(base.cells.at(at).truth())) {
    const Derived forced = derive_changed(asking, {{at, other}});
    if (!same_answer(forced.outcome, base.outcome)) return std::nullopt;
    const Masking lost = lost_at(base, forced, condition);
    if (!least || lost.depth < least->depth) least = lost;
  }
  return least;
}

std::string in_words(const Asking& asking, const Derived& base, const Condition& condition, const Answering& at,
                     const Masking& masking) {
  return Teller(asking, base, condition, at).tell(masking);
}

}  // namespace assay
