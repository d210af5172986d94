// A step that is an expression of its rule: what it comes to, its note, and that all it reads stands below it.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"
#include "dsl/syntax/children.h"

namespace assay::verifier {
namespace {

bool is_place(const ast::Expr& node) {
  return std::holds_alternative<ast::Position>(node) || std::holds_alternative<ast::Spread>(node);
}
bool is_ranged(const ast::Expr& node) {
  return std::holds_alternative<ast::Quantified>(node) || std::holds_alternative<ast::Aggregate>(node) ||
         is_place(node);
}
bool is_step_of_time(const ast::Expr& node) {
  return std::holds_alternative<ast::WithinLast>(node) || std::holds_alternative<ast::Consecutive>(node) ||
         std::holds_alternative<ast::Change>(node) || std::holds_alternative<ast::DaysSince>(node) ||
         std::holds_alternative<ast::SinceEntering>(node);
}
bool is_plain(const ast::Expr& node) {
  return std::holds_alternative<ast::Literal>(node) || std::holds_alternative<ast::Chain>(node) ||
         std::holds_alternative<ast::TheAbove>(node);
}

constexpr const char* kTruths[] = {"no", "yes", "unknown", "does not apply"};
constexpr const char* kCounted[] = {"no", "yes", "unknown", "not applicable"};

}  // namespace

// A step of the kinds that hold a condition says yes or no, the others a value.
std::string Walk::part_result(std::size_t at, ast::ExprId id, const Answer& answer) const {
  const std::string_view kind = step(at).text("kind");
  const bool truth = kind == "condition" || kind == "comparison" || kind == "consecutive" ||
                     std::holds_alternative<ast::Quantified>(book_.tree.expr(id)) ||
                     (kind == "member" && book_.type(id).kind == TypeKind::YesNo);
  if (truth) return truth_words(answer);
  return cell_words(answer, book_.type(id));
}

void Walk::part(std::size_t at, const Place& place) {
  const ExplainedStep& here = step(at);
  const std::string said(here.text("words"));
  if (const auto* body = std::get_if<UnsupportedRule>(&book_.rule(place.rule).body)) return entered(at, *body, place);
  if (said.empty() || here.text("kind") == "exception") {
    numbers(at);
    return children(at, place);
  }
  const std::string words = here.text("kind") == "method" ? said.substr(0, said.find(": ")) : said;
  const auto [first, last] = wordings_.of(place.rule).equal_range(words);
  if (first == last) return wrong(at, fmt::format("`{}` is no part of `{}`", words, book_.rule(place.rule).name));
  const std::string_view title = here.text("title");
  constexpr std::string_view kDays[] = {"as at ", "reading of ", " back, ", " earlier, ", "on entering, "};
  const std::string_view above = step(above_[at]).text("kind");
  if (here.text("kind") == "condition" || here.text("kind") == "amount")
    for (const std::string_view day : kDays)
      if (title.find(day) != title.npos && !title.ends_with(here.on.to_long_string()))
        return wrong(at, fmt::format("it is asked of {}", here.on.to_long_string()));
  if (above == "consecutive" && here.text("kind") == "condition" && title.empty()) return wrong(at, "it says no day");
  if (!can_derive(at)) return children(at, place);
  Found unlike;
  std::optional<Fault> other;
  for (auto each = first; each != last; ++each) {
    for (const Moment& moment : moments(place, here.on)) {
      Place then = place;
      then.moment = moment;
      if (!can_be_asked(each->second, then)) continue;
      const std::string derived = part_result(at, each->second, ask(each->second, then));
      if (same_result(at, derived)) {
        // The same words may stand in the rule twice, of other things: of a method that is called again.
        const std::vector<bool> seen = seen_;
        made(at, each->second, then);
        children(at, then);
        if (!fault_) return;
        if (!other) other = fault_;
        fault_.reset();
        seen_ = seen;
        continue;
      }
      if (!unlike) unlike = fmt::format("the rows come to `{}`, it says `{}`", derived, here.text("result"));
    }
  }
  if (other) {
    fault_ = other;
    return;
  }
  if (moments(place, here.on).empty())
    return wrong(at, fmt::format("it is asked of {}, and the text asks of no such day", here.on.to_string()));
  if (unlike) return wrong(at, *unlike);
  children(at, place);
}

void Walk::made(std::size_t at, ast::ExprId id, const Place& place) {
  if (!can_derive(at) || fault_) return;
  if (!whole_ && step(at).text("result").starts_with("un")) return;
  if (step(at).text("kind") == "member") {  // of a list, and not what decided: its result says it
    const ast::Expr& member = book_.tree.expr(id);
    if (!is_step_of_time(member) && !is_ranged(member) && !std::holds_alternative<ast::Not>(member) &&
        !std::holds_alternative<ast::Logic>(member) && !std::holds_alternative<ast::Compare>(member))
      return names(at, id, place);
    if (step(at).children.empty()) wrong(at, "what it rests on is not shown");
    const auto& below = step(at).children;
    const bool whole = std::any_of(below.begin(), below.end(), [&](std::size_t child) {
      return step(child).text("words") == step(at).text("words");
    });
    if (const auto* compared = std::get_if<ast::Compare>(&member); compared != nullptr && !whole) {
      names(at, compared->lhs, place);
      for (const ast::ExprId side : compared->relation.operands) names(at, side, place);
    }
    return;
  }
  const ast::Expr& node = book_.tree.expr(id);
  if (const auto* both = std::get_if<ast::Logic>(&node)) return logic(at, *both, ask(id, place), place);
  if (const auto* compared = std::get_if<ast::Compare>(&node)) return compare(at, *compared, place);
  if (is_ranged(node)) return range(at, id, place);
  const bool since = std::holds_alternative<ast::DaysSince>(node) || std::holds_alternative<ast::SinceEntering>(node);
  if (is_step_of_time(node) && !since) return over_time(at, id, place);
  if (const auto* call = std::get_if<ast::Call>(&node); call != nullptr && call->body) {
    if (step(at).text("kind") == "method") return made(at, *call->body, place);
    return names(at, id, place);
  }
  if (const auto* negated = std::get_if<ast::Not>(&node)) {
    if (step(at).children.empty()) wrong(at, "what it denies is not shown");
    return names(at, negated->operand, place);
  }
  value(at, id, place);
}

// May it have asked what decided nothing, so that it is not shown?
bool Walk::chooses(ast::ExprId id) const {
  const ast::Expr& node = book_.tree.expr(id);
  bool found = std::holds_alternative<ast::When>(node) || std::holds_alternative<ast::FirstKnownOf>(node);
  ast::for_each_child(node, [&](ast::ExprId child) { found = found || chooses(child); });
  return found;
}

// "18 / 48 = 37.5%"
void Walk::value(std::size_t at, ast::ExprId id, const Place& place) {
  const ast::Expr& node = book_.tree.expr(id);
  if (!is_plain(node) && (whole_ || !chooses(id))) {
    const std::string values = put_in(id, place);
    if (!values.empty()) {
      const std::string due = fmt::format("{} = {}", values, plain_words(ask(id, place), book_.type(id)));
      const std::string_view note = step(at).text("note");
      if (!note.starts_with(due) || (note.size() > due.size() && note[due.size()] != ';'))
        return wrong(at, fmt::format("with the values put in it is `{}`, it says `{}`", due, note));
      if (note.find("division by ") != note.npos && note.find("division by 0 in ") == note.npos)
        return wrong(at, "what it divides by is 0");
      numbers(at, due);
    }
  }
  names(at, id, place);
}

// Of `and` a no decides, of `or` a yes: then the first is shown. Else all that agree with the outcome.
void Walk::logic(std::size_t at, const ast::Logic& node, const Answer& whole, const Place& place) {
  if (!whole_) return;  // what was not needed is not shown
  const std::string is = truth_words(whole);
  const bool one_decides = is == (node.op == ast::LogicOp::And ? "no" : "yes");
  std::size_t counts[4] = {}, shown = 0, left = 0;
  std::vector<ast::ExprId> due;
  for (const ast::ExprId operand : node.operands) {
    const std::string truth = truth_words(ask(operand, place));
    if (truth == is && !(one_decides && shown > 0)) {
      ++shown;
      due.push_back(operand);
      continue;
    }
    ++left;
    for (std::size_t i = 0; i < 4; ++i) counts[i] += truth == kTruths[i] ? 1U : 0U;
  }
  std::string rest;
  for (std::size_t i = 0; i < 4; ++i)
    if (counts[i] > 0) rest += fmt::format("{}{} {}", rest.empty() ? "" : ", ", counts[i], kCounted[i]);
  const std::string note =
      left == 0    ? (shown == 2 ? "both parts were needed" : fmt::format("all {} parts were needed", shown))
      : shown == 1 ? "this part decides; the others: " + rest
                   : fmt::format("these {} parts decide; the others: {}", shown, rest);
  if (!step(at).text("note").starts_with(note))
    return wrong(at, fmt::format("of its parts it has to say `{}`, it says `{}`", note, step(at).text("note")));
  for (const ast::ExprId operand : due) names(at, operand, place);
}

std::string Walk::relation(const ast::Relation& relation, ast::ExprId left, const Place& place) {
  using Op = ast::RelationOp;
  const ValueType& type = book_.type(left);
  const Answer lhs = ask(left, place);
  const auto& sides = relation.operands;
  if (relation.op == Op::Known || relation.op == Op::Unknown)
    return lhs.known() ? "it is known" : "it is not known, and the rule asks just that";
  if (relation.op == Op::Applicable || relation.op == Op::Raised || relation.op == Op::Clear ||
      relation.op == Op::Undetermined)
    return {};
  if (relation.op == Op::Between && sides.size() == 2)
    return fmt::format("{}, and {}", apart_words(lhs, ask(sides[0], place), type),
                       apart_words(lhs, ask(sides[1], place), type));
  if (relation.op == Op::OneOf) return cell_words(lhs, type);
  return sides.size() == 1 ? apart_words(lhs, ask(sides[0], place), type) : std::string();
}

void Walk::compare(std::size_t at, const ast::Compare& node, const Place& place) {
  std::string note;
  if (!is_plain(book_.tree.expr(node.lhs)))
    if (const std::string values = put_in(node.lhs, place); !values.empty())
      note = fmt::format("{} = {}; ", values, plain_words(ask(node.lhs, place), book_.type(node.lhs)));
  note += relation(node.relation, node.lhs, place);
  if (!step(at).text("note").starts_with(note))
    return wrong(at, fmt::format("the values give `{}`, it says `{}`", note, step(at).text("note")));
  names(at, node.lhs, place);
  for (const ast::ExprId side : node.relation.operands) names(at, side, place);
}

void Walk::over_time(std::size_t at, ast::ExprId id, const Place& place) {
  const ast::Expr& node = book_.tree.expr(id);
  const std::string_view note = step(at).text("note");
  if (step(at).children.empty() && note != "no stage has been entered")
    return wrong(at, "what it rests on is not shown");
  if (const auto* within = std::get_if<ast::WithinLast>(&node)) {
    const std::string due =
        fmt::format("the {} up to {}", within->duration.to_string(), place.moment.date().to_long_string());
    if (!note.starts_with(due)) wrong(at, fmt::format("the time asked about is `{}`, it says `{}`", due, note));
    return;
  }
  if (const auto* change = std::get_if<ast::Change>(&node); change != nullptr && note != "no stage has been entered") {
    if (!change->over && children_of(at, {"evidence", "absence"}).empty())
      return wrong(at, "the decision by which the stage was entered is not shown");
    const auto ends = children_of(at, {"amount"});
    if (ends.size() < 2) return wrong(at, "a change has two ends, and both have to be shown");
    const auto plain = [](std::string_view result) {
      return std::string(result.starts_with("unknown, ") ? result.substr(9) : result);
    };
    ValueType apart = book_.type(change->operand);
    apart.low.reset(), apart.high.reset();
    if (apart.kind == TypeKind::Percent) apart.kind = TypeKind::Points;
    if (apart.kind == TypeKind::Date) apart.kind = TypeKind::Days;
    const std::string due = fmt::format("{} less {} = {}", plain(step(ends[ends.size() - 2]).text("result")),
                                        plain(step(ends.back()).text("result")), plain_words(ask(id, place), apart));
    if (note != due) wrong(at, fmt::format("its ends give `{}`, it says `{}`", due, note));
    return;
  }
  if (note == "no stage has been entered" && children_of(at, {"evidence", "absence"}).empty())
    return wrong(at, "that no decision is held is not shown");
  const auto* times = std::get_if<ast::Consecutive>(&node);
  if (times == nullptr) return;
  if (whole_ && children_of(at, {"condition"}).empty())
    for (const Reason& why : ask(id, place).why)
      if (!shows_field(at, why.field, why.on, why.subject))
        return wrong(at,
                     fmt::format("no reading is held, and it does not name {}", book_.schema.field(why.field).name));
  std::size_t yes = 0;
  const auto steps = children_of(at, {"condition"});
  for (const std::size_t child : steps) yes += step(child).text("result") == "yes" ? 1U : 0U;
  const std::string due = fmt::format("yes at {} of {}", yes, times->count);
  const bool all =
      steps.size() == times->count || note.find(fmt::format("; only {} reading", steps.size())) != note.npos;
  if (!note.starts_with(due) || !all)
    wrong(at, fmt::format("of its steps {} are shown and {} are yes, it says `{}`", steps.size(), yes, note));
  numbers(at);
}

namespace {

// How far a name is looked for in what another step says of its own.
bool says(const ExplainedStep& step, std::string_view field) {
  for (const auto* part : {&step.leaf, &step.absence})
    if (*part && (*part)->contains("field") && (*part)->at("field") == field) return true;
  return false;
}

}  // namespace

bool Walk::shows_field(std::size_t at, FieldId field, std::optional<Date> on, std::optional<SubjectId> whose) const {
  const std::string& name = book_.schema.field(field).name;
  const auto any = [&](const std::vector<std::size_t>& of, const auto& self, int deep) -> bool {
    return std::any_of(of.begin(), of.end(), [&](std::size_t child) {
      const std::string_view kind = step(child).text("kind");
      const bool of_rows = kind == "evidence" || kind == "absence";
      const bool it = says(step(child), name) && (!on || step(child).on == *on) &&
                      (!whose || subject_of(step(child).subject) == whose);
      return it || (of_rows && deep > 0 && self(step(child).children, self, deep - 1));
    });
  };
  return any(step(at).children, any, 1);
}

// Evidence, a rule or a parameter, of whom and on which day.
bool Walk::shows_name(std::size_t at, ast::ExprId id, const Place& place) const {
  const auto& below = step(at).children;
  const auto any = [&](const auto& is) { return std::any_of(below.begin(), below.end(), is); };
  const Resolved& resolved = book_.resolved[id.index];
  if (const auto* of = std::get_if<FieldOf>(&resolved))
    return shows_field(at, of->field, place.moment.date(), place.slots[of->slot]);
  if (const auto* read = std::get_if<RuleOf>(&resolved))
    return any([&](std::size_t child) {
      const std::string_view name = step(child).text("rule");
      const auto found = name.empty() ? std::nullopt : book_.find_rule(name);
      return step(child).on == place.moment.date() && subject_of(step(child).subject) == place.slots[read->slot] &&
             (name == book_.rule(read->rule).name || (found && book_.rule(*found).local_of));
    });
  const auto* parameter = std::get_if<ParameterRef>(&resolved);
  if (parameter == nullptr) return true;
  const std::string& name = book_.parameters[parameter->parameter.index].name;
  bool local = false, national = false, named = false;
  for (const std::size_t child : below) {
    if (!step(child).parameter) continue;
    named = named || step(child).parameter->at("name") == name;
    for (const Parameter& each : book_.parameters) {
      if (each.name != step(child).parameter->at("name")) continue;
      (each.local_of.empty() ? national : local) = true;
    }
  }
  // What an overlay sets stands beside the national value.
  return local ? national : named || !book_.parameters[parameter->parameter.index].local_of.empty();
}

// When something began that days or months are counted from.
std::optional<FieldId> Walk::counted_from(ast::ExprId id, const Place& place) const {
  const ast::Expr& node = book_.tree.expr(id);
  if (const auto* days = std::get_if<ast::DaysSince>(&node)) {
    const auto* event = std::get_if<FieldOf>(&book_.resolved[days->event.index]);
    return event != nullptr ? std::optional(event->field) : std::nullopt;
  }
  if (!std::holds_alternative<ast::SinceEntering>(node)) return std::nullopt;
  const auto& body = book_.rule(place.rule).body;
  if (const auto* enter = std::get_if<EnterRule>(&body)) return book_.regimes[enter->regime.index].field;
  if (const auto* exit = std::get_if<ExitRule>(&body)) return book_.regimes[exit->regime.index].field;
  return std::nullopt;
}

void Walk::names(std::size_t at, ast::ExprId id, const Place& place) {
  if (fault_ || !can_derive(at)) return;
  const ast::Expr& node = book_.tree.expr(id);
  const auto& below = step(at).children;
  const auto any = [&](const auto& is) { return std::any_of(below.begin(), below.end(), is); };
  const std::string words = book_.sources.words(book_.tree.span(id));
  if (std::holds_alternative<ast::Chain>(node)) {
    if (!shows_name(at, id, place))
      wrong(at, fmt::format("it reads `{}`, and what that is is not shown below it", words));
    return;
  }
  if (const auto since = counted_from(id, place); since && !shows_field(at, *since, {}, {}))
    return wrong(at, fmt::format("it rests on `{}`, and when that was is not shown below it", words));
  if (const auto* choice = std::get_if<ast::When>(&node)) {
    const std::string truth = truth_words(ask(choice->condition, place));
    names(at, choice->condition, place);
    if (truth != "no" && truth != "does not apply") names(at, choice->value, place);
    if (truth != "yes") names(at, choice->otherwise, place);
    return;
  }
  if (const auto* first = std::get_if<ast::FirstKnownOf>(&node)) {
    for (const ast::ExprId operand : first->operands) {
      names(at, operand, place);
      if (ask(operand, place).known()) return;
    }
    return;
  }
  if (std::holds_alternative<ast::TheAbove>(node) || std::holds_alternative<ast::DaysSince>(node) ||
      std::holds_alternative<ast::SinceEntering>(node)) {
    if (below.empty()) wrong(at, fmt::format("nothing of `{}` is shown below it", words));
    return;
  }
  const bool own_step = is_ranged(node) || std::holds_alternative<ast::Call>(node) ||
                        std::holds_alternative<ast::Change>(node) || std::holds_alternative<ast::Not>(node) ||
                        std::holds_alternative<ast::Logic>(node) || std::holds_alternative<ast::Compare>(node) ||
                        std::holds_alternative<ast::WithinLast>(node) || std::holds_alternative<ast::Consecutive>(node);
  if (own_step) {
    const bool shown = any([&](std::size_t child) {
      const std::string_view said = step(child).text("words");
      return said == words || said.starts_with(words + ": ");
    });
    if (!shown) wrong(at, fmt::format("it rests on `{}`, which is not shown below it", words));
    return;
  }
  Place then = place;
  if (const auto* ago = std::get_if<ast::Ago>(&node)) then.moment = back(place.moment, ago->duration);
  if (std::holds_alternative<ast::Previous>(node)) {  // on a day that the readings give
    const bool earlier = any([&](std::size_t child) { return step(child).on != place.moment.date(); });
    if (below.empty() || (ask(id, place).known() && !earlier))
      wrong(at, fmt::format("nothing of `{}` is shown below it", words));
    return;
  }
  ast::for_each_child(node, [&](ast::ExprId child) { names(at, child, then); });
}

}  // namespace assay::verifier
