// Rules, each with what it reads before it.
#include "engine/columns/compile.h"

#include <algorithm>

#include "dsl/syntax/children.h"
#include "engine/columns/allocate.h"
#include "engine/columns/compiler.h"
#include "engine/columns/narrow.h"
#include "evidence/core/check.h"

namespace assay::columns {

void Compiler::add(RuleId id) {
  try {
    const Done& done = rule(id);
    Meaning meaning;
    if (const auto* number = std::get_if<NumberValue>(&done.shape)) {
      meaning = {number->sort, number->places, number->least, number->table};
    }
    plan_.answers.push_back({id, done.column, std::move(meaning)});
  } catch (const NoPlan& no_plan) {
    plan_.refused.push_back({id, no_plan.why});
  }
}

const Compiler::Done& Compiler::rule(RuleId id) {
  if (const auto found = done_.find(id.index); found != done_.end()) return found->second;
  if (const auto found = refused_.find(id.index); found != refused_.end()) throw NoPlan{found->second};
  try {
    if (const auto given = world_.given.find(id.index); given != world_.given.end())
      return given_rule(id, given->second);
    expect_plain(id);
    const int level = level_of(id);
    const KindId kind = book_.rule(id).kind;
    Gathering& into = gathering(kind, level);
    Site site{id, &into, {{0, {kind, std::nullopt}}}, std::nullopt};
    if (const KindDef& def = book_.schema.kind(kind); def.relation) {
      site.slots[1] = {def.from, through_end(kind, false)};
      site.slots[2] = {def.to, through_end(kind, true)};
    }
    Made value = body(id, site);
    if (std::holds_alternative<Cell>(value)) {
      if (is_trigger(book_.rule(id)) || std::holds_alternative<bool>(std::get<Cell>(value).value()))
        value = condition(value, site);
      else
        value = number(value, site);
    }
    value = declared(value, book_.type(book_.rule(id).type), site);
    // What is kept of a run names each value that its lanes stand for: few, or the numbers themselves.
    constexpr std::size_t kListedMax = 256;
    if (const auto* number = std::get_if<NumberValue>(&value); number && number->table)
      if (number->table->size() > kListedMax) value = plain(*number, site);
    const ColumnId column = keep(value, into);
    return done_.emplace(id.index, Done{column, level, value, &into, value}).first->second;
  } catch (const NoPlan& no_plan) {
    refused_.emplace(id.index, no_plan.why);
    throw;
  }
}

// In no gathering, so that whoever reads it loads it.
const Compiler::Done& Compiler::given_rule(RuleId id, const Given& given) {
  Made shape;
  if (const auto* number = std::get_if<NumberColumn>(&given.column)) {
    shape = NumberValue{0,
                        false,
                        given.meaning.sort,
                        given.meaning.places,
                        number->least,
                        number->greatest,
                        number->any,
                        given.meaning.table};
  } else if (const auto* wide = std::get_if<WideColumn>(&given.column)) {
    shape = NumberValue{0, true, Sort::Numbers, Decimal::kPlaces, 0, 0, wide->any, nullptr};
  } else {
    const auto& cells = std::get<ConditionColumn>(given.column).cells;
    shape = ConditionValue{
        0, std::any_of(cells.begin(), cells.end(), [](Condition cell) { return (cell & kNoAnswer) != 0; })};
  }
  plan_.columns.push_back(given.column);
  const auto column = static_cast<ColumnId>(plan_.columns.size() - 1);
  return done_.emplace(id.index, Done{column, 0, shape, nullptr, shape}).first->second;
}

// What no column knows how to answer.
void Compiler::expect_plain(RuleId id) const {
  const Rule& rule = book_.rule(id);
  if (rule.local_of || book_.ruleset(rule.ruleset).overlay) throw NoPlan{"it is an overlay's"};
  if (!book_.in_force(rule.ruleset, asked_)) throw NoPlan{"it reads a rule of which no edition is in force"};
  const bool plain = std::holds_alternative<DefineRule>(rule.body) || std::holds_alternative<RatingRule>(rule.body) ||
                     std::holds_alternative<FlagRule>(rule.body) || std::holds_alternative<InteractionRule>(rule.body);
  if (!plain) throw NoPlan{"it is a table, or of a regime"};
}

Made Compiler::body(RuleId id, Site& site) {
  const Rule& rule = book_.rule(id);
  if (const auto* define = std::get_if<DefineRule>(&rule.body)) return this->define(*define, site);
  if (const auto* rating = std::get_if<RatingRule>(&rule.body)) return this->rating(id, *rating, site);
  if (const auto* flag = std::get_if<FlagRule>(&rule.body)) return this->flag(id, *flag, site);
  const auto& when = std::get<InteractionRule>(rule.body).when;
  return when ? Made(condition(expr(*when, site), site)) : Made(Cell::of(Value(true)));
}

Made Compiler::define(const DefineRule& body, Site& site) {
  Made above = expr(body.value, site);
  for (const auto& but : body.buts) {
    Site here = site;
    here.above = above;
    const Made when = expr(but.condition, here), value = expr(but.value, here);
    above = choose(when, value, above, site);
  }
  return above;
}

Made Compiler::rating(RuleId id, const RatingRule& body, Site& site) {
  const NumberValue from = number(expr(body.from, site), site);
  const auto last = static_cast<std::int64_t>(body.bands.size()) - 1;
  const bool descending = body.bands.front().label > body.bands.back().label;
  for (std::size_t i = 0; i < body.bands.size(); ++i) {
    const auto label = static_cast<std::int64_t>(body.bands[i].label.index);
    const auto place = static_cast<std::int64_t>(i);
    if (label != (descending ? last - place : place)) throw NoPlan{"its bands leave out a label"};
  }
  NumberValue out{site.into->number(),
                  false,
                  Sort::Labels,
                  0,
                  0,
                  last,
                  static_cast<State>(from.may & static_cast<State>(~kOpen)),
                  nullptr};
  if (from.wide) {
    std::vector<Decimal> thresholds;
    for (std::size_t i = 1; i < body.bands.size(); ++i) thresholds.push_back(*body.bands[i].low);
    site.into->add(BandsWide{from.reg, std::move(thresholds), descending, out.reg});
  } else {
    std::vector<std::int64_t> thresholds;
    for (std::size_t i = 1; i < body.bands.size(); ++i) thresholds.push_back(lane_reaching(from, *body.bands[i].low));
    site.into->add(Bands{from.reg, std::move(thresholds), descending, out.reg});
  }
  CHECK(book_.type(book_.rule(id).type).kind == TypeKind::Scale);
  return out;
}

Made Compiler::flag(RuleId, const FlagRule& body, Site& site) {
  if (!body.when) throw NoPlan{"interactions raise it"};
  const ConditionValue when = condition(expr(*body.when, site), site);
  if (!body.unless) return when;
  const ConditionValue unless = condition(expr(*body.unless, site), site);
  const ConditionValue out{site.into->condition(), when.may_not_apply || unless.may_not_apply};
  site.into->add(FlagUnless{when.reg, unless.reg, out.reg});
  return out;
}

// As cells end every rule: a choice has no range (4.3), and a number lies within what the rule declares (3.7).
Made Compiler::declared(const Made& made, const ValueType& type, Site& site) {
  const auto* number = std::get_if<NumberValue>(&made);
  if (!number) return made;
  if (is_numeric(type.kind) && (type.low || type.high)) return limited(*number, type, site);
  if (is_ordered(type.kind) || number->sort != Sort::Labels || (number->may & kCauses) == 0) return made;
  NumberValue out = *number;
  out.may |= kOpen;
  out.reg = site.into->number();
  site.into->add(TakeRange{number->reg, out.reg});
  return out;
}

RuleId Compiler::answering(const RuleOf& named) const {
  const Ruleset& of = book_.ruleset(book_.rule(named.rule).ruleset);
  if (of.editions.size() < 2 || named.pinned) return named.rule;
  return book_.rule_on(named.rule, asked_).value_or(named.rule);
}

int Compiler::level_of(RuleId id) {
  if (const auto found = levels_.find(id.index); found != levels_.end()) return found->second;
  if (world_.given.contains(id.index)) return levels_[id.index] = 0;
  int level = 0;
  const auto take = [&](const std::optional<ast::ExprId>& expr) {
    if (expr) level = std::max(level, level_of(*expr));
  };
  const Rule& rule = book_.rule(id);
  if (const auto* define = std::get_if<DefineRule>(&rule.body)) {
    take(define->value);
    for (const auto& but : define->buts) take(but.value), take(but.condition);
  } else if (const auto* rating = std::get_if<RatingRule>(&rule.body)) {
    take(rating->from);
  } else if (const auto* flag = std::get_if<FlagRule>(&rule.body)) {
    take(flag->when), take(flag->unless);
  } else if (const auto* interaction = std::get_if<InteractionRule>(&rule.body)) {
    take(interaction->when);
  }
  return levels_[id.index] = level;
}

// A rule of the row itself is read in the same stage; one of another row, a set or a place in a later one.
int Compiler::level_of(ast::ExprId id) {
  const ast::Expr& node = book_.tree.expr(id);
  int level = 0;
  if (const auto* of = std::get_if<RuleOf>(&book_.resolved[id.index]))
    level = level_of(answering(*of)) + (of->slot == 0 ? 0 : 1);
  if (const auto* set = std::get_if<SetRef>(&book_.resolved[id.index]); set && set->value)
    if (const auto* of = std::get_if<RuleOf>(&*set->value)) level = level_of(answering(*of)) + 1;
  ast::for_each_child(node, [&](ast::ExprId child) { level = std::max(level, level_of(child)); });
  if (const auto* call = std::get_if<ast::Call>(&node); call && call->body)
    level = std::max(level, level_of(*call->body));
  const auto* quantified = std::get_if<ast::Quantified>(&node);
  const auto* aggregate = std::get_if<ast::Aggregate>(&node);
  const ast::Range* range = quantified ? &quantified->range : aggregate ? &aggregate->range : nullptr;
  const bool of_set = range && std::holds_alternative<ast::SetOf>(*range);
  return of_set || std::holds_alternative<ast::Position>(node) ? level + 1 : level;
}

Gathering& Compiler::gathering(KindId frame, int level) {
  auto& found = gatherings_[{frame.index, level}];
  if (!found) found = std::make_unique<Gathering>(Gathering{frame, level, {frame, {}, 0, 0, 0}, {}, {}});
  return *found;
}

// A column for what a register holds.
ColumnId Compiler::keep(const Made& value, Gathering& from) {
  const auto column = static_cast<ColumnId>(plan_.columns.size());
  const std::size_t rows = world_.frames[from.frame.index].rows;
  if (const auto* condition = std::get_if<ConditionValue>(&value)) {
    plan_.columns.emplace_back(ConditionColumn{std::vector<Condition>(rows)});
    from.add(StoreCondition{condition->reg, column});
    return column;
  }
  const auto* number = std::get_if<NumberValue>(&value);
  if (!number || number->sort == Sort::Texts) throw NoPlan{"it gives a text"};
  if (!number->wide && !number->table)
    if (const auto found = from.read_from.find(number->reg); found != from.read_from.end()) return found->second;
  if (number->wide) {
    plan_.columns.emplace_back(
        WideColumn{std::vector<Decimal>(rows), std::vector<Decimal>(rows), std::vector<State>(rows), 0});
    from.add(StoreWide{number->reg, column});
    return column;
  }
  NumberColumn made;
  made.places = number->places;
  made.least = number->least, made.greatest = number->greatest;
  made.low = made.high = Lanes::between(number->least, number->greatest, rows);
  made.state.resize(rows);
  made.block.resize((rows + kBlock - 1) / kBlock);
  plan_.columns.emplace_back(std::move(made));
  from.add(StoreNumber{number->reg, column});
  return column;
}

Made Compiler::load(ColumnId column, const Made& shape, Site& site, std::optional<Index> through) {
  Gathering& into = *site.into;
  if (!through)
    if (const auto found = into.loaded.find(column); found != into.loaded.end()) return found->second;
  Made made = shape;
  if (auto* condition = std::get_if<ConditionValue>(&made)) {
    condition->reg = into.condition();
    into.add(LoadCondition{column, through, condition->reg});
  } else {
    auto& number = std::get<NumberValue>(made);
    number.reg = number.wide ? into.wide() : into.number();
    if (number.wide)
      into.add(LoadWide{column, through, number.reg});
    else
      into.add(LoadNumber{column, through, number.reg});
  }
  if (through) return made;
  into.loaded.emplace(column, made);
  const auto* number = std::get_if<NumberValue>(&made);
  if (number && !number->wide) into.read_from.emplace(number->reg, column);
  return made;
}

void Compiler::finish() {
  std::vector<std::pair<int, Stage>> stages;
  for (auto& [key, one] : gatherings_) stages.emplace_back(2 * one->level, std::move(one->blocks));
  for (auto& one : links_) stages.emplace_back(2 * one->level, std::move(one->blocks));
  for (auto& [level, stage] : later_) stages.emplace_back(2 * level + 1, std::move(stage));
  std::ranges::stable_sort(stages, {}, &std::pair<int, Stage>::first);
  for (auto& [level, stage] : stages) {
    if (auto* blocks = std::get_if<Blocks>(&stage)) {
      narrow(*blocks, plan_.columns);
      allocate(*blocks);
      if (blocks->steps.empty()) continue;
    }
    plan_.stages.push_back(std::move(stage));
  }
}

Result<Plan> compile(const Rulebook& rulebook, const EditionAsked& asked, const std::vector<RuleId>& rules,
                     const World& world) {
  Plan plan;
  plan.as_at = world.as_at;
  Compiler compiler(rulebook, asked, world, plan);
  for (const RuleId rule : rules) {
    compiler.add(rule);
    if (compiler.fault()) return tl::unexpected(*compiler.fault());
  }
  compiler.finish();
  return plan;
}

}  // namespace assay::columns
