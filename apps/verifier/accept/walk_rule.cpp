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

// Of an exception that is not surely applied: its mark may be said or not.
bool is_of_exception(const Mark& mark, const Rulebook& book) {
  return std::any_of(book.rules.begin(), book.rules.end(), [&](const Rule& rule) {
    const auto* define = std::get_if<DefineRule>(&rule.body);
    return define != nullptr && std::any_of(define->buts.begin(), define->buts.end(), [&](const auto& but) {
             return but.grounds.basis && kind_words(mark.of) == to_string(*but.grounds.basis) &&
                    mark.detail == but.grounds.remark;
           });
  });
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
  wrong(at, first ? *first : fmt::format("no edition of `{}` stands at {}", step(at).text("rule"), step(at).text("place")));
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
    if (!left_out(mark) && !is_of_exception(mark, book_) &&
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
  bool hidden = false;
  std::vector<std::string> named;
  while (!open.empty()) {
    const std::size_t now = open.back();
    open.pop_back();
    if (below[now]) continue;
    below[now] = true;
    const ExplainedStep& here = step(now);
    hidden = hidden || !here.text("proof").empty();
    for (const auto* part : {&here.leaf, &here.absence})
      if (*part && (*part)->contains("field")) named.push_back((*part)->at("field") + " of " + here.subject);
    open.insert(open.end(), here.children.begin(), here.children.end());
  }
  if (hidden) return;
  for (const Reason& why : answer.why) {
    const FieldDef& field = book_.schema.field(why.field);
    if (book_.schema.kind(field.kind).register_field == why.field) continue;  // what is wanting is named, not the field
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

std::string Walk::name_of(SubjectId subject, Date on) const {
  const Subject& who = rows().subject(subject);
  if (who.from && who.to) return fmt::format("{} and {}", name_of(*who.from, on), name_of(*who.to, on));
  const FieldId field = book_.schema.kind(who.kind).register_field;
  const Answer answer = derive_.evidence().value(field, subject, Moment{.as_at = on}).answer;
  if (answer.known()) return std::get<std::string>(*answer.low);
  for (const Observation* row : derive_.evidence().rows(field, subject))
    if (row->standing == Standing::Held) return std::get<std::string>(row->value);
  return who.code;
}

// Is it made of titles and names that stand in the explanation, and of why something is not known?
bool Walk::in_titles(std::size_t at, std::string words) const {
  if (!whole_) return true;
  const auto longer = [](const std::string& a, const std::string& b) { return a.size() > b.size(); };
  std::vector<std::string> known = {"does not apply", "is in conflict", "not known", " is missing", " is stale",
                                    " is withdrawn", " more", "none", " and ", "; ", ", ", ")", "("};
  for (const ExplainedStep& each : all_.steps)
    for (const char* key : {"title", "subject_name"})
      if (!each.text(key).empty()) known.emplace_back(each.text(key));
  for (const ast::ExprId id : wordings_.all(*book_.find_rule(step(0).text("rule"))))
    known.push_back(book_.sources.words(book_.tree.span(id)));
  for (std::uint32_t i = 0; i < book_.schema.fields().size(); ++i) known.push_back(book_.schema.field(FieldId{i}).title);
  std::sort(known.begin(), known.end(), longer);
  for (const std::string& each : known)
    for (std::size_t found = 0; !each.empty() && (found = words.find(each, found)) != words.npos;)
      words.erase(found, each.size());
  std::erase(words, ' ');
  // `count of matches`: as the note counts them.
  const std::string note(step(at).text("note"));
  return words.empty() || note.find(" " + words + " yes") != note.npos || note.find(" " + words + " no") != note.npos;
}

// The author's words with what was put in between them.
void Walk::sentence(std::size_t at, std::string_view key, const std::optional<ast::Template>& text,
                    const Place& place) {
  const std::string said(step(at).text(std::string(key)));
  const bool raised = step(at).text("result").starts_with("raised");
  if (!text || !raised) {
    if (!said.empty()) wrong(at, fmt::format("it has a {} that the text does not give it: `{}`", key, said));
    return;
  }
  std::size_t from = 0;
  bool free = false;
  for (const auto& piece : text->pieces) {
    std::string wanted;
    if (const auto* words = std::get_if<std::string>(&piece)) {
      wanted = *words;
    } else if (const ast::ExprId id = std::get<ast::ExprId>(piece);
               const auto* who = std::get_if<SubjectRef>(&book_.resolved[id.index])) {
      if (whole_) wanted = name_of(place.slots[who->slot], place.moment.date());
    } else if (whole_ && can_be_asked(id, place)) {
      const Answer answer = ask(id, place);
      const std::string plain = plain_words(answer, book_.type(id));
      wanted = answer.known() || answer.not_applicable() ? plain
               : plain.starts_with("unknown")            ? "not known"
                                                         : "not known (" + plain;
    }
    // What is put in begins where the words before it end; after it may come why it is not known.
    const bool open = wanted.empty() || free;
    free = !std::holds_alternative<std::string>(piece) && (wanted.empty() || wanted.starts_with("not known"));
    const std::size_t found = said.find(wanted, from);
    if (found == std::string::npos || (found != from && !open))
      return wrong(at, fmt::format("its {} does not say `{}`", key, wanted));
    if (found != from && !in_titles(at, said.substr(from, found - from)))
      return wrong(at, fmt::format("its {} says `{}`, which is nowhere in what it rests on", key,
                                   said.substr(from, found - from)));
    from = found + wanted.size();
  }
  if (from != said.size() && !(free && in_titles(at, said.substr(from))))
    wrong(at, fmt::format("its {} says more than the text: `{}`", key, said.substr(from)));
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
  const auto is = [&](Date on) { return trigger_words(derive_.verdict(derive_.on(place.rule, on), subject, on).answer); };
  // At least so long is said where it was raised at each of the sixty month ends before.
  constexpr int kMonthsAsked = 60;
  const Date month = step_end(place.moment.as_at, assay::Step::Month);
  for (int back = 1; back <= kMonthsAsked + 1; ++back) {
    const Date end = step_end_back(month, assay::Step::Month, back);
    if (further && end.to_long_string() == day && back >= kMonthsAsked - 1) return;
    if (is(end) != "raised") break;
    if (!further && end.to_long_string() == day &&
        is(step_end_back(month, assay::Step::Month, back + 1)) != "raised")
      return;
  }
  wrong(at, fmt::format("it is not so that it was raised at every month end since {}{}", further ? "at least " : "", day));
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
