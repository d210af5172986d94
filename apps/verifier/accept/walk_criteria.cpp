// Criteria to enter and to leave a stage: the stage, every reason and how many, since when; and the criteria as they
// stood on the day of a decision.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"

namespace assay::verifier {

void Walk::since(std::size_t at, const Place& place) {
  if (!can_derive(at) || place.moment.looks_back()) return;
  const std::string note(step(at).text("note"));
  constexpr std::string_view kEvery = " at every month end since ";
  const std::size_t said = note.find(kEvery);
  if (said == std::string::npos) return;
  std::string day = note.substr(said + kEvery.size());
  const bool further = day.starts_with("at least ");
  if (further) day = day.substr(9);
  const SubjectId subject = place.slots.front();
  const auto is = [&](Date on) {
    return trigger_words(derive_.verdict(derive_.on(place.rule, on), subject, on).answer);
  };
  // At least so long is said where it was raised at each of the sixty month ends before.
  constexpr int kMonthsAsked = 60;
  const Date month = step_end(place.moment.as_at, assay::Step::Month);
  for (int back = 1; back <= kMonthsAsked + 1; ++back) {
    const Date end = step_end_back(month, assay::Step::Month, back);
    if (further && end.to_long_string() == day && back >= kMonthsAsked - 1) return;
    if (is(end) != "raised") break;
    if (!further && end.to_long_string() == day && is(step_end_back(month, assay::Step::Month, back + 1)) != "raised")
      return;
  }
  wrong(at,
        fmt::format("it is not so that it was raised at every month end since {}{}", further ? "at least " : "", day));
}

// The criteria as they stood on the day on which the stage was entered; of them each counts, whatever the stage then.
void Walk::entered(std::size_t at, const UnsupportedRule& body, const Place& place) {
  const Moment then{.as_at = step(at).on};
  const RuleId enter = derive_.on(body.enter, then.as_at);
  const auto& asked = std::get<EnterRule>(book_.rule(enter).body).criteria;
  const auto shown = children_of(at, {"criterion"});
  if (step(at).text("place") != place_words(book_, book_.rule(enter).span))
    return wrong(at, fmt::format("the criteria stand at {}", place_words(book_, book_.rule(enter).span)));
  if (!says_grounds(step(at), book_.rule(enter).grounds, book_))
    return wrong(at, "the text gives it another basis, or other citations");
  if (shown.size() != asked.reasons.size())
    return wrong(at, fmt::format("the text gives {} reasons, {} are shown", asked.reasons.size(), shown.size()));
  std::size_t met = 0, open = 0;
  for (const std::size_t child : shown) {
    met += step(child).text("result") == "met" ? 1U : 0U;
    open += step(child).text("result") == "undetermined" ? 1U : 0U;
  }
  const std::size_t needed = asked.quantity == ast::Quantity::Any       ? 1
                             : asked.quantity == ast::Quantity::AtLeast ? asked.count
                                                                        : shown.size();
  const std::string_view due = met >= needed ? "met" : met + open >= needed ? "undetermined" : "not met";
  if (step(at).text("result") != due)
    return wrong(at, fmt::format("its reasons come to `{}`, it says `{}`", due, step(at).text("result")));
  reasons(at, asked, place_of(enter, place.slots.front(), then, false), {});
}

// The stage first, then every reason, in the order of the text; what each comes to, and how many of them.
void Walk::criteria(std::size_t at, const ast::Criteria& criteria, const Place& place) {
  if (children_of(at, {"stage"}).size() != 1) return wrong(at, "the stage that people recorded is not shown");
  const bool can = can_derive(at) && !place.moment.looks_back();
  reasons(at, criteria, place,
          can ? derive_.verdict(place.rule, place.slots.front(), place.moment.as_at).reasons : std::vector<ReasonIs>());
  const Rule& of = book_.rule(place.rule);
  const auto* enter = std::get_if<EnterRule>(&of.body);
  const auto* exit = std::get_if<ExitRule>(&of.body);
  const Regime& regime = book_.regimes[(enter != nullptr ? enter->regime : exit->regime).index];
  const Label stage = enter != nullptr ? enter->stage : exit->from;
  const std::string& title = regime.stages[stage.index].title;
  const std::string asked =
      fmt::format("asked of those {} {}", enter != nullptr ? "below" : "in",
                  title.empty() ? book_.schema.field(regime.field).type.labels[stage.index].name : title);
  if (!step(at).text("note").starts_with(asked)) return wrong(at, fmt::format("it has to say `{}`", asked));
  since(at, place);
  children(at, place);
}

// "met, but answered by the stay that ended on 10 March 2026": on which another began, or after its own end.
bool Walk::ended_on(const Place& place, std::string_view result) const {
  const auto& body = book_.rule(place.rule).body;
  const auto* enter = std::get_if<EnterRule>(&body);
  if (enter == nullptr) return false;
  for (const Observation& row : rows().rows(book_.regimes[enter->regime.index].field, place.slots.front())) {
    std::vector<Date> days = {row.valid_from, row.from().last()};
    if (row.valid_to) days.insert(days.end(), {*row.valid_to, Date{row.valid_to->days + 1}});
    for (const Date day : days)
      if (result.ends_with("the stay that ended on " + day.to_long_string())) return true;
  }
  return false;
}

// `due`: what each comes to; of criteria on an earlier day it is asked here.
void Walk::reasons(std::size_t at, const ast::Criteria& criteria, const Place& place,
                   const std::vector<ReasonIs>& due) {
  const auto shown = children_of(at, {"criterion"});
  if (shown.size() != criteria.reasons.size())
    return wrong(at, fmt::format("the text gives {} reasons, {} are shown", criteria.reasons.size(), shown.size()));
  constexpr std::string_view kStates[] = {"met", "not met", "undetermined", "met but answered by an earlier stay"};
  std::size_t counts[4] = {};
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const ExplainedStep& here = step(shown[i]);
    const ast::ExprId condition = criteria.reasons[i].condition;
    const std::string words = book_.sources.words(book_.tree.span(condition));
    if (here.text("words") != words || here.text("title") != criteria.reasons[i].title)
      return wrong(shown[i], fmt::format("the text says \"{}\" `{}` there", criteria.reasons[i].title, words));
    if (here.on != place.moment.date())
      return wrong(shown[i], fmt::format("it is asked of {}", place.moment.date().to_long_string()));
    std::size_t state = here.text("result").starts_with("met, but answered") ? 3 : 0;
    while (state < 3 && here.text("result") != kStates[state]) ++state;
    std::optional<std::size_t> is;
    if (i < due.size()) is = static_cast<std::size_t>(due[i]);
    if (due.empty() && whole_ && state != 3) {
      const Possible found = possible(ask(condition, place));
      is = found.only_yes() ? 0 : found.yes || (found.no && found.out) ? 2 : 1;
    }
    if (is && *is != state)
      return wrong(shown[i], fmt::format("the rows come to `{}`, it says `{}`", kStates[*is], here.text("result")));
    if (state == 3 && whole_ && !ended_on(place, here.text("result")))
      return wrong(shown[i], fmt::format("no stay ended so: `{}`", here.text("result")));
    ++counts[state];
    seen_[shown[i]] = true;
    made(shown[i], condition, place);
    children(shown[i], place);
  }
  std::string tally;
  for (std::size_t state = 0; state < 4; ++state)
    if (counts[state] > 0) tally += fmt::format("{}{} {}", tally.empty() ? "" : ", ", counts[state], kStates[state]);
  if (step(at).text("note").find(": " + tally) == std::string_view::npos)
    wrong(at, fmt::format("of its reasons it has to say `{}`", tally));
}

}  // namespace assay::verifier
