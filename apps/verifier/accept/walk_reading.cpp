// What a reading of evidence says, by all rows that are held; and numbers that nothing else has asked for.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"

namespace assay::verifier {
namespace {

std::string field_in(const ExplainedStep& step) {
  for (const auto* part : {&step.leaf, &step.absence})
    if (*part && (*part)->contains("field")) return (*part)->at("field");
  return {};
}

std::string field_title(const Schema& schema, FieldId id) {
  const FieldDef& field = schema.field(id);
  const KindDef& kind = schema.kind(field.kind);
  if (kind.register_field == id) return "Register of " + (kind.plural.empty() ? kind.name : kind.plural);
  if (field.is_stage) return "Decision recorded";
  return field.title.empty() ? field.name : field.title;
}

}  // namespace

// A name that is no evidence: of an edition that is not in force, or of a table whose row gives nothing.
void Walk::wanting_text(std::size_t at, const std::string& name, const Place& place) {
  const ExplainedStep& here = step(at);
  const bool ruleset =
      std::any_of(book_.rulesets.begin(), book_.rulesets.end(), [&](const Ruleset& each) { return each.name == name; });
  std::size_t rule = above_[at];
  while (rule != 0 && step(rule).text("rule").empty()) rule = above_[rule];
  if (here.text("title") != step(rule).text("title"))
    return wrong(at, fmt::format("its title is `{}`, not `{}`", step(rule).text("title"), here.text("title")));
  if (here.on != place.moment.date())
    return wrong(at, fmt::format("it is asked of {}", place.moment.date().to_long_string()));
  if (here.absence && here.absence->at("reason") != "missing")
    return wrong(at, fmt::format("`{}` is missing, and not {}", name, here.absence->at("reason")));
  if (!ruleset && !book_.find_rule(name)) wrong(at, fmt::format("the rules say nothing of `{}`", name));
}

// Of whom and when something is wanting, and what the text says of that.
void Walk::absence(std::size_t at, FieldId field) {
  const ExplainedStep& here = step(at);
  const Members& absence = *here.absence;
  if (absence.at("subject") != here.subject)
    return wrong(at, fmt::format("it is of {}, and says that {} is wanting", here.subject, absence.at("subject")));
  if (Date::parse(absence.at("on")) != here.on)
    return wrong(at, fmt::format("it is as at {}, and wanting on {}", here.on.to_string(), absence.at("on")));
  if (absence.contains("detail") && absence.at("detail").starts_with("not comparable")) {
    const auto& breaks = book_.evidence[field.index].breaks;
    const bool cited = std::any_of(breaks.begin(), breaks.end(), [&](const Grounds& grounds) {
      std::vector<std::string> cites;
      for (const Citation& cite : grounds.cites) cites.push_back(cite_words(book_, cite));
      return cites == here.cites;
    });
    if (!cited) return wrong(at, "the text gives the break other citations");
  }
  const KindDef& kind = book_.schema.kind(book_.schema.field(field).kind);
  if (kind.register_field != field) return;
  if (here.text("title") != field_title(book_.schema, field) && here.text("title") != kind.title)
    return wrong(at, fmt::format("its title is `{}`, not `{}`", kind.title, here.text("title")));
  if (absence.at("reason") != "missing")
    wrong(at, fmt::format("what is not in a register is missing, and not {}", absence.at("reason")));
}

// A step says what is read; or, where fewer readings are held than are asked, or another waits for it, that it is
// wanting.
bool Walk::only_named(std::size_t at, const Answer& answer) const {
  const ExplainedStep &here = step(at), &above = step(above_[at]);
  const bool few_readings = above.text("note").find("; only ") != std::string_view::npos;
  const bool waited_for = few_readings || above.text("kind") == "absence" || above.text("kind") == "evidence";
  return here.absence && here.text("result") == "unknown" && here.children.empty() && waited_for &&
         (answer.unknown() || few_readings);
}

// Does it say what was read? Then what else it says of that is asked too; what is wrong with it is a fault.
bool Walk::says_reading(std::size_t at, const Answer& answer, const ValueType& type) {
  const ExplainedStep& here = step(at);
  const bool none_held = here.text("result") == "no decision held" && !answer.known();
  const bool named = only_named(at, answer);
  if (cell_words(answer, type) != here.text("result") && !none_held && !named) return false;
  for (const Mark& mark : answer.marks)
    if (!named && std::none_of(here.marks.begin(), here.marks.end(),
                               [&](const std::string& each) { return is_mark(each, mark, here.on); }))
      return wrong(at, fmt::format("the mark `{}` is wanting", mark_words(book_, mark, here.on))), true;
  if (here.marks.size() > answer.marks.size())
    return wrong(at, fmt::format("it has {} marks, what it reads {}", here.marks.size(), answer.marks.size())), true;
  if (!here.absence) return true;
  const std::string& reason = here.absence->at("reason");
  if (answer.known() && !named) return wrong(at, "it says that there is no value, and there is one"), true;
  if (named && answer.known() && reason != "missing")
    return wrong(at, fmt::format("a reading that is not held is missing, and not {}", reason)), true;
  if (answer.why.empty()) return true;
  const auto held = rows().rows(answer.why.front().field, answer.why.front().subject);
  const bool exact = std::all_of(held.begin(), held.end(), [](const Observation& row) { return row.exact(); });
  const bool kind = std::any_of(answer.why.begin(), answer.why.end(),
                                [&](const Reason& why) { return lacking_words(why.lacking) == reason; });
  // Where a day is not known there may be several reasons.
  if (!kind && (exact || reason != "missing"))
    wrong(at,
          fmt::format("it is open because it is {}, it says {}", lacking_words(answer.why.front().lacking), reason));
  return true;
}

// Of an event whether it happened within a time that the rule asks about, or when it last did.
bool Walk::says_event(std::size_t at, FieldId field, SubjectId subject, const Place& then) {
  ValueType yes_no, date;
  yes_no.kind = TypeKind::YesNo, date.kind = TypeKind::Date;
  for (const ast::ExprId id : wordings_.all(then.rule)) {
    const auto* within = std::get_if<ast::WithinLast>(&book_.tree.expr(id));
    if (within == nullptr) continue;
    const auto* event = std::get_if<FieldOf>(&book_.resolved[within->event.index]);
    const bool own = event != nullptr && event->field == field && can_be_asked(id, then) &&
                     event->slot < then.slots.size() && then.slots[event->slot] == subject;
    if (own && says_reading(at, ask(id, then), yes_no)) return true;
  }
  return says_reading(at, derive_.evidence().latest_event(field, subject, then.moment).answer, date);
}

void Walk::reading(std::size_t at, const Place& place) {
  const ExplainedStep& here = step(at);
  if (here.leaf && here.absence) return wrong(at, "it shows a row that answers and says that there is none");
  std::string name = field_in(here);
  for (const std::size_t child : here.children)
    if (name.empty()) name = field_in(step(child));
  for (const std::size_t child : here.children) visit(child, place);
  const auto field = book_.schema.find_field(name);
  if (!field) return wanting_text(at, name, place);
  if (here.absence) absence(at, *field);
  const FieldDef& def = book_.schema.field(*field);
  const bool in_register = book_.schema.kind(def.kind).register_field == *field;
  if (fault_ || !whole_ || (in_register && here.absence)) return;
  if (name.ends_with(".waiver")) return;  // its row is held, and the rule's result says whose it is
  const auto subject = subject_of(here.subject);
  if (!subject || rows().subject(*subject).kind != def.kind)
    return wrong(at, fmt::format("`{}` is not held of {}", name, here.subject));
  if (here.text("title") != field_title(book_.schema, *field))
    return wrong(at, fmt::format("the title of `{}` is `{}`", name, field_title(book_.schema, *field)));
  std::string first;
  for (const Moment& moment : moments(place, here.on)) {
    Place then = place;
    then.moment = moment;
    Answer answer;
    if (def.occurrence == Occurrence::Event) {
      answer = derive_.evidence().latest_event(*field, *subject, moment).answer;
      if (says_event(at, *field, *subject, then)) return;
    } else {
      answer = derive_.field(*field, *subject, moment, place.rule);
      if (def.is_stage) answer.marks.clear();
      const bool says = says_reading(at, answer, def.type);
      if (says && answer.known()) rows_shown(at, derive_.evidence().value(*field, *subject, moment).rows);
      if (says) return;
    }
    if (first.empty()) first = cell_words(answer, def.type);
  }
  if (first.empty())
    return wrong(at, fmt::format("it is asked of {}, and the text asks of no such day", here.on.to_string()));
  wrong(at, fmt::format("the rows come to `{}`, it says `{}`", first, here.text("result")));
}

// Each row on which the answer rests is shown with it.
void Walk::rows_shown(std::size_t at, const std::vector<const Observation*>& rows) {
  std::set<std::string> shown;
  const auto add = [&](const ExplainedStep& step) {
    if (step.leaf && step.leaf->contains("row")) shown.insert(step.leaf->at("row"));
  };
  add(step(at));
  for (const std::size_t child : step(at).children) add(step(child));
  for (const Observation* row : rows)
    if (row->row != 0 && !shown.contains(std::to_string(row->row)))
      return wrong(at, fmt::format("it rests on row {}, which is not shown", row->row));
}

namespace {

// "1,057.2", "£2.5m", "39%": the digits of a number with what stands between them.
std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> found;
  std::string now;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    const bool between = (c == '.' || c == ',') && !now.empty() && i + 1 < text.size() &&
                         std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0;
    if (digit || between) {
      now += c;
    } else if (!now.empty()) {
      found.push_back(std::exchange(now, {}));
    }
  }
  return found;
}

}  // namespace

void Walk::numbers(std::size_t at, std::string_view besides, std::size_t ranks) {
  if (fault_) return;
  std::set<std::string> held;
  std::size_t members = std::max<std::size_t>(ranks, 1);
  const auto add = [&](std::string_view text) {
    for (std::string& each : numbers_in(text)) held.insert(std::move(each));
  };
  const auto day = [&](Date date) { add(date.to_long_string()); };
  const auto look = [&](const auto& self, std::size_t now, int deep) -> void {
    const ExplainedStep& here = step(now);
    for (const char* key : {"result", "title", "words", "subject_name", "place"}) add(here.text(key));
    if (now != at) add(here.text("note"));
    day(here.on);
    if (here.leaf)
      for (const char* key : {"value", "valid_from", "valid_to", "recorded_on"})
        if (here.leaf->contains(key)) {
          add(here.leaf->at(key));
          if (const auto date = Date::parse(here.leaf->at(key))) day(*date);
        }
    if (here.absence && here.absence->contains("detail")) add(here.absence->at("detail"));
    if (here.parameter && here.parameter->contains("to"))
      if (const auto date = Date::parse(here.parameter->at("to"))) day(*date);
    members += here.children.size();
    if (deep == 0) return;
    for (const std::size_t child : here.children) self(self, child, deep - 1);
  };
  look(look, at, 3);
  day(all_.as_at);
  add(besides);
  if (const auto rule = book_.find_rule(step(at).text("rule"))) {
    for (const RuleId each : book_.rule(*rule).editions) add(book_.sources.text(book_.rule(each).span));
    add(book_.sources.text(book_.rule(*rule).span));
  }
  std::string note(step(at).text("note"));
  // Why those left out are left out is said in words.
  if (const std::size_t named = note.find("left out, missing: "); named != note.npos)
    note.erase(named, std::min(note.find(';', named), note.size()) - named);
  for (const std::string& said : numbers_in(note)) {
    const bool small =
        said.find_first_not_of("0123456789") == std::string::npos && said.size() < 7 && std::stoul(said) <= members + 1;
    if (!small && !held.contains(said))
      return wrong(at,
                   fmt::format("it says {}, which is nowhere in what it rests on: `{}`", said, step(at).text("note")));
  }
}

}  // namespace assay::verifier
