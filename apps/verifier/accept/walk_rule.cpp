// A rule's step: what it comes to, its marks, what would settle it, and what its sort of rule shows below it.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"
#include "apps/verifier/derive/logic.h"

namespace assay::verifier {
namespace {

std::string result_of(const Rulebook& book, RuleId id, const Verdict& verdict, const Snapshot& rows) {
  const Rule& rule = book.rule(id);
  if (!is_trigger(rule)) return cell_words(verdict.answer, book.type(rule.type));
  std::string words = trigger_words(verdict.answer);
  if (verdict.waiver != nullptr)
    words += fmt::format(", waived until {} by {}", verdict.waiver->valid_to->to_long_string(),
                         rows.source_name(verdict.waiver->source));
  return words;
}

}  // namespace

// The edition that answers on the day, else any; asked at the moment of what reads it, else as the day itself.
void Walk::rule(std::size_t at, const Place& from) {
  const auto named = book_.find_rule(step(at).text("rule"));
  const auto subject = subject_of(step(at).subject);
  if (!named || !subject || rows().subject(*subject).kind != book_.rule(*named).kind)
    return wrong(at, fmt::format("nothing is known of `{}` for {}", step(at).text("rule"), step(at).subject));
  std::vector<std::pair<RuleId, bool>> editions = {{derive_.on(*named, step(at).on), false}};
  for (const RuleId other : book_.rule(*named).editions) {
    editions.emplace_back(other, true);
    if (other != editions.front().first) editions.emplace_back(other, false);
  }
  Found first;
  for (const auto& [id, pinned] : editions) {
    if (step(at).text("place") != place_words(book_, book_.rule(id).span)) continue;
    for (const Moment& moment : moments(from, step(at).on)) {
      Found unlike = rule_result(at, id, *subject, moment, pinned);
      if (!first && unlike) first = unlike;
      if (unlike) continue;
      return rule_body(at, book_.rule(id), place_of(id, *subject, moment, pinned));
    }
  }
  if (moments(from, step(at).on).empty())
    return wrong(at, fmt::format("it is asked of {}, and the text asks of no such day", step(at).on.to_string()));
  wrong(at,
        first ? *first : fmt::format("no edition of `{}` stands at {}", step(at).text("rule"), step(at).text("place")));
}

// A rule that judges asks for its own ruleset (docs/language.md 8.5), and so does what it reads.
Place Walk::place_of(RuleId id, SubjectId subject, const Moment& moment, bool pinned) const {
  Place place{.rule = id, .moment = moment, .slots = {subject}, .above = nullptr, .pinned = pinned};
  const Rule& rule = book_.rule(id);
  const bool gives_value = std::holds_alternative<DefineRule>(rule.body) ||
                           std::holds_alternative<TableRule>(rule.body) || std::holds_alternative<StageRule>(rule.body);
  if (!gives_value) place.moment.judge = rule.ruleset.index + 1;
  if (std::holds_alternative<InteractionRule>(rule.body)) {
    const Subject& link = rows().subject(subject);
    place.slots.push_back(*link.from);
    place.slots.push_back(*link.to);
  }
  return place;
}

Walk::Found Walk::rule_result(std::size_t at, RuleId id, SubjectId subject, const Moment& moment, bool pinned) {
  if (!can_derive(at)) return std::nullopt;
  Verdict verdict;
  if (moment.looks_back() || pinned || moment.judge != 0)
    verdict.answer = derive_.rule(id, subject, moment, pinned);
  else
    verdict = derive_.verdict(id, subject, moment.as_at);
  if (verdict.given_up) throw *verdict.given_up;
  const std::string derived = result_of(book_, id, verdict, rows());
  std::string said(step(at).text("result"));
  if (!same_result(at, derived) && !(moment.looks_back() && said.starts_with(derived + ", waived")))
    return fmt::format("the rows come to `{}`, it says `{}`", derived, said);
  derived_ = derived_ || at == 0;
  if (verdict.waiver != nullptr) {
    const FieldId field = std::get<FlagRule>(book_.rule(id).body).waiver;
    if (!shows_field(at, field, {}, subject)) return "the row of its waiver is not shown";
  }
  if (!whole_) return std::nullopt;
  rule_marks(at, id, verdict.answer, verdict.waiver);
  rule_reasons(at, verdict.answer);
  return std::nullopt;
}

bool Walk::is_mark(const std::string& said, const Mark& mark, Date on) const {
  if (mark.of == MarkOf::Proxy)
    return said.starts_with(kind_words(mark.of)) && said.ends_with(" stands in for " + mark.detail);
  if (mark.of != MarkOf::Waived) return said == mark_words(book_, mark, on);
  if (!said.starts_with(kind_words(mark.of))) return false;
  return std::any_of(rows().all_rows().begin(), rows().all_rows().end(), [&](const Observation& row) {
    const auto* because = std::get_if<std::string>(&row.value);
    return because != nullptr && *because == mark.detail && row.valid_to &&
           said.ends_with(fmt::format(", waived until {} by {}: {}", row.valid_to->to_long_string(),
                                      rows().source_name(row.source), *because));
  });
}

// Its own basis stands beside it and is not said again; of a stage neither who decides it.
void Walk::rule_marks(std::size_t at, RuleId id, const Answer& answer, const Observation* waiver) {
  const Rule& rule = book_.rule(id);
  const auto left_out = [&](const Mark& mark) {
    const bool own = rule.grounds.basis && kind_words(mark.of) == to_string(*rule.grounds.basis) &&
                     mark.detail == rule.grounds.remark;
    const bool decider = std::holds_alternative<StageRule>(rule.body) && mark.of == MarkOf::Judgement;
    return own || decider || (mark.of == MarkOf::Waived && waiver != nullptr);
  };
  const auto& said = step(at).marks;
  const Date on = step(at).on;
  for (const Mark& mark : answer.marks)
    if (!left_out(mark) &&
        std::none_of(said.begin(), said.end(), [&](const auto& each) { return is_mark(each, mark, on); }))
      return wrong(at, fmt::format("the mark `{}` is wanting", mark_words(book_, mark, on)));
  for (const std::string& each : said)
    if (std::none_of(answer.marks.begin(), answer.marks.end(),
                     [&](const Mark& mark) { return is_mark(each, mark, on); }))
      return wrong(at, fmt::format("nothing that it rests on has the mark `{}`", each));
}

// What would settle an unknown has to be named below it, unless what names it is shown by its digest.
void Walk::rule_reasons(std::size_t at, const Answer& answer) {
  if (answer.why.empty()) return;
  std::vector<bool> below(all_.steps.size(), false);
  std::vector<std::size_t> open = {at};
  bool hidden = false, of_text = false;
  std::vector<std::string> named;
  while (!open.empty()) {
    const std::size_t now = open.back();
    open.pop_back();
    if (below[now]) continue;
    below[now] = true;
    const ExplainedStep& here = step(now);
    hidden = hidden || !here.text("proof").empty();
    const bool names_rules =
        here.absence && here.absence->contains("field") && !book_.schema.find_field(here.absence->at("field"));
    const bool edition =
        here.absence && here.absence->contains("detail") && here.absence->at("detail").starts_with("no edition");
    of_text = of_text || names_rules || edition || here.text("note").find("undefined") != std::string_view::npos ||
              here.text("note").find("no value in force") != std::string_view::npos ||
              here.text("note").find("expected and not held") != std::string_view::npos;
    for (const auto* part : {&here.leaf, &here.absence})
      if (*part && (*part)->contains("field")) named.push_back((*part)->at("field") + " of " + here.subject);
    open.insert(open.end(), here.children.begin(), here.children.end());
  }
  if (hidden) return;
  for (const Reason& why : answer.why) {
    const FieldDef& field = book_.schema.field(why.field);
    // What is wanting may be an edition, or a value of the text: then that is named, or its note says so.
    if (book_.schema.kind(field.kind).register_field == why.field && of_text) continue;
    const Subject& who = rows().subject(why.subject);
    const std::string words = fmt::format("{} of {}:{}", field.name, book_.schema.kind(who.kind).name, who.code);
    if (std::find(named.begin(), named.end(), words) == named.end())
      return wrong(at, fmt::format("it is open for want of {}, and does not say so", words));
  }
}

void Walk::rule_body(std::size_t at, const Rule& rule, const Place& place) {
  const bool asked = derive_.on(place.rule, place.moment.date()) == place.rule || place.pinned;
  const bool bodied = step(at).text("note") != "the overlay is not for this body";
  if (!bodied && !book_.ruleset(rule.ruleset).overlay) return wrong(at, "its ruleset is no overlay");
  const auto below = children_of(at, {"absence"});
  const bool no_edition = below.size() == 1 && step(at).children.size() == 1 && step(below[0]).absence &&
                          step(below[0]).absence->contains("detail") &&
                          step(below[0]).absence->at("detail").starts_with("no edition");
  if (!asked || !bodied || no_edition) return children(at, place);
  if (const auto* body = std::get_if<DefineRule>(&rule.body)) return define(at, *body, place);
  if (const auto* body = std::get_if<FlagRule>(&rule.body)) return flag(at, *body, place);
  if (const auto* body = std::get_if<EnterRule>(&rule.body)) return criteria(at, body->criteria, place);
  if (const auto* body = std::get_if<ExitRule>(&rule.body)) return criteria(at, body->criteria, place);
  if (const auto* body = std::get_if<RatingRule>(&rule.body)) return rating(at, *body, place);
  if (const auto* body = std::get_if<TableRule>(&rule.body)) return table(at, *body, place);
  if (const auto* body = std::get_if<InteractionRule>(&rule.body)) {
    const FieldId link = book_.schema.kind(rule.kind).register_field;
    if (!shows_field(at, link, {}, place.slots.front())) return wrong(at, "the row of the link is not shown");
    if (body->when) made(at, *body->when, place);
    sentence(at, "sentence", body->says, place);
  } else if (std::holds_alternative<StageRule>(rule.body)) {
    if (step(at).children.size() != 1) return wrong(at, "the decision that was recorded is not shown");
    numbers(at);
  } else {
    if (children_of(at, {"stage"}).size() != 1) return wrong(at, "the stage that people recorded is not shown");
    const bool decided = step(at).text("note").starts_with("decided on ");
    if (decided && children_of(at, {"condition"}).size() != 1)
      return wrong(at, "the criteria on the day of the decision are not shown");
    numbers(at);
  }
  children(at, place);
}

void Walk::define(std::size_t at, const DefineRule& body, const Place& place) {
  const std::string words = book_.sources.words(book_.tree.span(body.value));
  if (step(at).text("words") != words) return wrong(at, fmt::format("the text says `{}` there", words));
  made(at, body.value, place);
  const auto exceptions = children_of(at, {"exception"});
  if (exceptions.size() != body.buts.size())
    return wrong(at, fmt::format("the text has {} exceptions, {} are shown", body.buts.size(), exceptions.size()));
  for (std::size_t i = 0; i < exceptions.size(); ++i) {
    const auto& but = body.buts[i];
    const std::string due = fmt::format("but {} when {}", book_.sources.words(book_.tree.span(but.value)),
                                        book_.sources.words(book_.tree.span(but.condition)));
    if (!says_grounds(step(exceptions[i]), but.grounds, book_))
      return wrong(exceptions[i], "the text gives it another basis, or other citations");
    if (step(exceptions[i]).on != place.moment.date())
      return wrong(exceptions[i], fmt::format("it is asked of {}", place.moment.date().to_long_string()));
    if (step(exceptions[i]).text("words") != due)
      return wrong(exceptions[i], fmt::format("the text says `{}` there", due));
    if (step(exceptions[i]).text("place") != place_words(book_, book_.tree.span(but.condition)))
      return wrong(exceptions[i], fmt::format("it stands at {}", place_words(book_, book_.tree.span(but.condition))));
  }
  if (!can_derive(at) || body.buts.empty()) return children(at, place);
  Answer above = ask(body.value, place);
  const std::string before = "before exceptions: " + cell_words(above, book_.type(book_.rule(place.rule).type));
  if (step(at).text("note").find(before) == std::string_view::npos)
    return wrong(at, fmt::format("it does not say `{}`", before));
  std::vector<Answer> stands = {above};
  std::vector<Possible> conditions;
  for (const DefineRule::But& but : body.buts) {
    Place here = place;
    const Answer so_far = stands.back();
    here.above = &so_far;
    const Answer instead = ask(but.value, here);
    conditions.push_back(possible(ask(but.condition, here)));
    const Possible& is = conditions.back();
    stands.push_back(is.only_yes() ? instead : is.yes ? hull(instead, so_far) : so_far);
  }
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < conditions.size(); ++i)
    if (conditions[i].only_yes()) last = i;
  for (std::size_t i = 0; i < exceptions.size(); ++i) {
    const Possible& is = conditions[i];
    const std::string_view due = is.only_yes() ? (last == i ? "applied" : "overridden by a later exception")
                                 : is.yes || (is.no && is.out) ? "undetermined"
                                                               : "not applied";
    const std::size_t child = exceptions[i];
    if (step(child).text("result") != due)
      return wrong(child, fmt::format("the rows come to `{}`, it says `{}`", due, step(child).text("result")));
    seen_[child] = true;
    Place here = place;
    here.above = &stands[i];
    made(child, body.buts[i].condition, here);
    if (due != "not applied") names(child, body.buts[i].value, here);
    children(child, here);
  }
  children(at, place);
}

void Walk::flag(std::size_t at, const FlagRule& body, const Place& place) {
  sentence(at, "sentence", body.says, place);
  sentence(at, "action", body.action, place);
  if (body.when && !body.unless) {
    made(at, *body.when, place);
  } else if (body.when && can_derive(at)) {
    const Possible when = possible(ask(*body.when, place));
    names(at, *body.when, place);
    if (when.yes) names(at, *body.unless, place);
    const Possible unless = possible(ask(*body.unless, place));
    const std::string_view note = !when.yes           ? "the condition is not met, so `unless` was not needed"
                                  : unless.only_yes() ? "`unless` is met, which clears the flag"
                                  : unless.only_no()  ? "`unless` is not met"
                                                      : "whether `unless` is met is not known";
    if (step(at).text("note") != note) return wrong(at, fmt::format("of it `{}` has to be said", note));
  } else if (!body.when) {
    raised_by(at, body.raised_by.size());
  }
  children(at, place);
}

// Of a flag that interactions raise: the pairs that do, those that may, and the others where none does.
void Walk::raised_by(std::size_t at, std::size_t interactions) {
  const std::string_view note = step(at).text("note");
  if (note == "there are none") {
    if (children_of(at, {"absence"}).size() != interactions)
      wrong(at, fmt::format("{} interactions raise it, and that no pair is in the register is shown for {}",
                            interactions, children_of(at, {"absence"}).size()));
    return;
  }
  std::size_t counts[3] = {}, all = 0;
  constexpr std::string_view kWords[] = {"raised", "undetermined", "clear"};
  for (const std::size_t child : children_of(at, {"rule"}))
    for (std::size_t i = 0; i < 3; ++i) counts[i] += step(child).text("result").starts_with(kWords[i]) ? 1U : 0U;
  std::string due;
  const auto number = [&](std::string_view word) {
    const std::size_t found = note.find(fmt::format(" {}", word));
    std::size_t begin = found == note.npos ? 0 : found;
    while (found != note.npos && begin > 0 && note[begin - 1] >= '0' && note[begin - 1] <= '9') --begin;
    return found == note.npos || begin == found ? 0 : std::stoul(std::string(note.substr(begin, found - begin)));
  };
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t said = number(kWords[i]);
    all += said;
    const bool not_shown = i == 2 && counts[2] == 0 && !step(at).text("result").starts_with("clear");
    if (said != counts[i] && !not_shown)
      return wrong(at, fmt::format("{} of those shown are {}, it says {}", counts[i], kWords[i], said));
  }
  if (!note.starts_with(fmt::format("of {} ", all))) wrong(at, fmt::format("there are {}, it says `{}`", all, note));
}

}  // namespace assay::verifier
