// Down the steps, and what each may be asked.
#include "apps/verifier/accept/walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/derive/deciding.h"
#include "dsl/syntax/children.h"

namespace assay::verifier {

void Wordings::add(ast::ExprId id, OfRule& into) {
  into.all.push_back(id);
  into.by_words.emplace(book_.sources.words(book_.tree.span(id)), id);
  ast::for_each_child(book_.tree.expr(id), [&](ast::ExprId child) { add(child, into); });
}

Wordings::OfRule& Wordings::made(RuleId rule) {
  OfRule& of = rules_[rule.index];
  if (of.made) return of;
  of.made = true;
  for_deciding(book_.rule(rule), [&](ast::ExprId id) { add(id, of); });
  if (const auto* interaction = std::get_if<InteractionRule>(&book_.rule(rule).body); interaction && interaction->when)
    add(*interaction->when, of);
  return of;
}

const std::multimap<std::string, ast::ExprId>& Wordings::of(RuleId rule) { return made(rule).by_words; }
const std::vector<ast::ExprId>& Wordings::all(RuleId rule) { return made(rule).all; }

std::optional<Fault> Walk::fault() {
  Place nowhere;
  nowhere.moment.as_at = all_.as_at;
  if (step(0).text("kind") != "rule" && step(0).text("kind") != "stage")
    wrong(0, fmt::format("it begins with a {}, and not with a rule", step(0).text("kind")));
  visit(0, nowhere);
  return std::move(fault_);
}

void Walk::wrong(std::size_t at, std::string what) {
  if (!fault_) fault_ = {at, std::move(what)};
}

void Walk::children(std::size_t at, const Place& place) {
  for (const std::size_t child : step(at).children) visit(child, place);
}

std::vector<std::size_t> Walk::children_of(std::size_t at, std::initializer_list<std::string_view> kinds) const {
  std::vector<std::size_t> found;
  for (const std::size_t child : step(at).children)
    if (std::find(kinds.begin(), kinds.end(), step(child).text("kind")) != kinds.end()) found.push_back(child);
  return found;
}

void Walk::visit(std::size_t at, const Place& place) {
  if (fault_ || seen_[at]) return;
  seen_[at] = true;
  const std::string_view kind = step(at).text("kind");
  if (kind == "rule" || kind == "stage") return rule(at, place);
  if (kind == "evidence" || kind == "absence") return reading(at, place);
  if (kind == "row" || kind == "parameter") {
    if (!step(at).children.empty()) wrong(at, fmt::format("a {} rests on nothing else", kind));
    if (step(at).text("note").starts_with("no value in force on ") && step(at).on != place.moment.date())
      wrong(at, fmt::format("it is asked of {}", place.moment.date().to_long_string()));
    return;
  }
  if (kind == "table_row") {
    numbers(at);
    return children(at, place);
  }
  part(at, place);
}

std::optional<SubjectId> Walk::subject_of(const std::string& text) const {
  const auto name = split_subject(text);
  const auto kind = name ? book_.schema.find_kind(name->kind) : std::nullopt;
  return kind ? rows().find(*kind, name->code) : std::nullopt;
}

std::optional<std::set<Date>> Walk::days_asked(const Place& place) {
  const RuleId rule = place.rule;
  const Moment& from = place.moment;
  std::set<Date> found = {from.date()};
  if (rule.index >= book_.rules.size()) return found;
  if (std::holds_alternative<UnsupportedRule>(book_.rule(rule).body)) return std::nullopt;
  std::vector<Duration> lengths;
  // The days of readings, where it asks for them: those on which rows of the body begin or end.
  const auto readings = [&] {
    for (const SubjectId subject : place.slots) {
      if (subject.index >= rows().subjects().size()) continue;
      for (const Observation& row : rows().all_rows()) {
        if (row.subject != subject) continue;
        found.insert({row.valid_from, row.from().last()});
        if (row.valid_to) found.insert({*row.valid_to, row.to()->last(), row.to()->first});
      }
    }
  };
  const auto steps = [&](ast::ConsecutiveUnit unit, std::uint32_t count) {
    using Unit = ast::ConsecutiveUnit;
    if (unit == Unit::Readings) return false;
    for (int back = 1; back < static_cast<int>(count); ++back) {
      const int months = unit == Unit::Months ? 1 : unit == Unit::Quarters ? 3 : 12;
      const bool in_days = unit == Unit::Days || unit == Unit::Weeks;
      lengths.push_back(in_days ? Duration{Duration::Unit::Days, back * (unit == Unit::Weeks ? 7 : 1)}
                                : Duration{Duration::Unit::Months, back * months});
    }
    return true;
  };
  bool any = false;
  for (const ast::ExprId id : wordings_.all(rule)) {
    const ast::Expr& node = book_.tree.expr(id);
    if (const auto* ago = std::get_if<ast::Ago>(&node)) lengths.push_back(ago->duration);
    if (const auto* change = std::get_if<ast::Change>(&node)) {
      any = any || !change->over;
      if (change->over) lengths.push_back(*change->over);
    }
    if (const auto* times = std::get_if<ast::Consecutive>(&node)) any = !steps(times->unit, times->count) || any;
    if (const auto* of = std::get_if<ast::Aggregate>(&node); of != nullptr && of->over)
      any = !steps(of->over->unit, of->over->count) || any;
    any = any || std::holds_alternative<ast::Previous>(node);
  }
  if (any) readings();
  for (const Duration& one : lengths) {
    found.insert(back(from, one).date());
    for (const Duration& other : lengths) found.insert(back(back(from, one), other).date());
  }
  return found;
}

std::vector<Moment> Walk::moments(const Place& place, Date on) {
  const Moment& from = place.moment;
  std::vector<Moment> found;
  if (const auto asked = days_asked(place); asked && !asked->contains(on)) return found;
  if (from.date() == on) found.push_back(from);
  constexpr int kMonths = 400;
  for (int months = 1; months <= kMonths && on < from.date(); ++months) {
    const Moment then = back(from, {Duration::Unit::Months, months});
    if (then.date() == on) found.push_back(then);
    if (then.date() < on) break;
  }
  if (on < from.date()) {
    found.push_back(back(from, {Duration::Unit::Days, from.date().days - on.days}));
    found.push_back(on_earlier_day(from, on));
  }
  found.push_back(Moment{.as_at = on});
  return found;
}

bool Walk::same_result(std::size_t at, const std::string& derived) const {
  const std::string_view said = step(at).text("result");
  return said == derived || (!whole_ && said.starts_with("unknown") && derived.starts_with("unknown"));
}

// Only with a subject in every place that it reads of, but those that its own sets fill.
bool Walk::can_be_asked(ast::ExprId id, const Place& place) const {
  std::vector<std::size_t> reads, filled;
  bool can = true;
  const auto look = [&](const auto& self, ast::ExprId at) -> void {
    const Resolved& resolved = book_.resolved[at.index];
    if (const auto* field = std::get_if<FieldOf>(&resolved)) reads.push_back(field->slot);
    if (const auto* rule = std::get_if<RuleOf>(&resolved)) reads.push_back(rule->slot);
    if (const auto* set = std::get_if<SetRef>(&resolved)) {
      if (at == id) can = false;
      if (set->anchor) reads.push_back(*set->anchor);
      if (set->peer) reads.push_back(*set->peer);
      filled.push_back(set->member_slot);
      if (set->link_slot) filled.push_back(*set->link_slot);
    }
    if (std::holds_alternative<SubjectRef>(resolved) || std::holds_alternative<MatchesRef>(resolved)) can = false;
    const ast::Expr& node = book_.tree.expr(at);
    if (std::holds_alternative<ast::TheAbove>(node) && place.above == nullptr) can = false;
    if (std::holds_alternative<ast::ErrorExpr>(node)) can = false;
    ast::for_each_child(node, [&](ast::ExprId child) { self(self, child); });
  };
  look(look, id);
  return can && std::all_of(reads.begin(), reads.end(), [&](std::size_t slot) {
           const bool held = slot < place.slots.size() && place.slots[slot].index < rows().subjects().size();
           return held || std::find(filled.begin(), filled.end(), slot) != filled.end();
         });
}

}  // namespace assay::verifier
