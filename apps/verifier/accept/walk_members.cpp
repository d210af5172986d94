// Aggregates, quantifiers and places among others: how many there are, what each member comes to, and the counts.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"
#include "apps/verifier/derive/logic.h"

namespace assay::verifier {
namespace {

const ast::SetOf* set_of(const ast::Expr& node) {
  const auto in_range = [](const ast::Range& range) { return std::get_if<ast::SetOf>(&range); };
  if (const auto* is = std::get_if<ast::Quantified>(&node)) return in_range(is->range);
  if (const auto* is = std::get_if<ast::Aggregate>(&node)) return in_range(is->range);
  if (const auto* is = std::get_if<ast::Position>(&node)) return &is->among;
  if (const auto* is = std::get_if<ast::Spread>(&node)) return &is->among;
  return nullptr;
}

// The number before a word of a tally: "of 15 councils: 3 yes, 12 no".
std::optional<std::size_t> before(std::string_view note, std::string_view word) {
  for (std::size_t found = note.find(word); found != std::string_view::npos; found = note.find(word, found + 1)) {
    const char after = found + word.size() < note.size() ? note[found + word.size()] : ',';
    std::size_t begin = found;
    while (begin > 0 && note[begin - 1] >= '0' && note[begin - 1] <= '9') --begin;
    if (begin == found || (after != ',' && after != ';' && after != ':')) continue;
    return static_cast<std::size_t>(std::stoul(std::string(note.substr(begin, found - begin))));
  }
  return std::nullopt;
}

std::optional<std::size_t> all_of(std::string_view note) {
  const std::size_t colon = note.find(": ");
  const std::size_t of = colon == std::string_view::npos ? note.npos : note.rfind("of ", colon);
  if (of == std::string_view::npos || of + 3 >= note.size() || note[of + 3] < '0' || note[of + 3] > '9')
    return std::nullopt;
  return static_cast<std::size_t>(std::stoul(std::string(note.substr(of + 3, 9))));
}

}  // namespace

void Walk::range(std::size_t at, ast::ExprId id, const Place& place) {
  const ast::Expr& node = book_.tree.expr(id);
  const auto* aggregate = std::get_if<ast::Aggregate>(&node);
  const auto* quantified = std::get_if<ast::Quantified>(&node);
  const bool conditions =
      quantified != nullptr ||
      (aggregate != nullptr && (aggregate->op == ast::AggregateOp::Count || aggregate->op == ast::AggregateOp::Share));
  if (aggregate != nullptr && aggregate->over) {
    const auto steps = children_of(at, {"amount"});
    if (steps.size() != aggregate->over->count)
      return wrong(at, fmt::format("it is over {} steps, {} are shown", aggregate->over->count, steps.size()));
    return numbers(at);
  }
  const ast::SetOf* set = set_of(node);
  if (set == nullptr) {
    const auto& list = std::get<ast::ListOf>(quantified ? quantified->range : aggregate->range);
    for (const ast::ExprId each : list.members) {
      const auto& below = step(at).children;
      const std::string words = book_.sources.words(book_.tree.span(each));
      const bool shown = std::any_of(below.begin(), below.end(), [&](std::size_t child) {
        const std::string_view said = step(child).text("words");
        return said == words || said.starts_with(words + ": ");
      });
      const bool chain = std::holds_alternative<ast::Chain>(book_.tree.expr(each));
      if (!shown && !chain) return wrong(at, fmt::format("`{}` is listed, and is not shown below it", words));
      if (!shown) names(at, each, place);
    }
    if (aggregate != nullptr && aggregate->op == ast::AggregateOp::Share) share(at);
    if (const auto all = all_of(step(at).text("note")); all && *all != list.members.size())
      return wrong(at, fmt::format("{} are listed, it says {}", list.members.size(), *all));
    return numbers(at);
  }
  const auto* ref = std::get_if<SetRef>(&book_.resolved[set->set.index]);
  if (ref == nullptr || !step(at).text("proof").empty()) return;
  const auto shown = children_of(at, {"member"});
  const bool in_place = quantified == nullptr && aggregate == nullptr;
  std::size_t ranks = 0;
  if (in_place)
    ranks = place_among(at, shown.size(), set->nearest.has_value());
  else
    tally(at, conditions, shown.size());
  const bool all = !set->nearest && set->with_same.empty() && !(in_place && set->where);
  if (all && whole_) how_many(at, *ref, shown.size() + (in_place ? 1 : 0), place);
  if (aggregate != nullptr && aggregate->op == ast::AggregateOp::Share) share(at);
  if (whole_) surely_there(at, *set, *ref, place);
  if (const auto* among = std::get_if<ast::Position>(&node)) names(at, among->value, own_place(*ref, place));
  if (const auto* spread = std::get_if<ast::Spread>(&node))
    for (const ast::ExprId read : {spread->value, spread->best, spread->worst}) names(at, read, own_place(*ref, place));
  if (in_place && set->expecting) names(at, *set->expecting, place);
  if (whole_ && ref->peer) {  // where it is not known what makes others its peers
    const Place own = own_place(*ref, place);
    if (set->nearest && ask(set->nearest->by, own).unknown()) names(at, set->nearest->by, own);
    for (const ast::ExprId same : set->with_same)
      if (ask(same, own).unknown()) names(at, same, own);
  }
  const KindId counted = ref->hops.empty() ? ref->members : ref->hops.front().relation;
  if (shown.empty() && step(at).text("note").starts_with("there are none") &&
      !shows_field(at, book_.schema.kind(counted).register_field, {}, {}))
    return wrong(at, "that the register holds none is not shown");
  for (const std::size_t child : shown) member(child, id, place);
  numbers(at, whole_ ? own_of_peer(*set, *ref, place) : std::string(), ranks);
}

// The subject itself in the place of a member.
Place Walk::own_place(const SetRef& ref, const Place& place) const {
  Place peer = place;
  peer.slots.resize(std::max<std::size_t>(peer.slots.size(), ref.member_slot + 1U), SubjectId{~0U});
  if (ref.peer) peer.slots[ref.member_slot] = place.slots[*ref.peer];
  return peer;
}

// "1 of 3; of 4 councils: 1 yes, 2 no, 1 left out, missing": how many are yes, or may be, of those that are asked.
void Walk::share(std::size_t at) {
  const std::string_view note = step(at).text("note");
  const std::size_t first = note.find(';');
  if (first == note.npos || note.find(" of ") > first) return;  // nobody is asked
  const std::string_view counts = note.substr(first);
  const std::size_t yes = before(counts, " yes").value_or(0), open = before(counts, " unknown").value_or(0);
  const std::size_t all = yes + open + before(counts, " no").value_or(0);
  const std::string part(note.substr(0, note.find(" of "))),
      whole(note.substr(part.size() + 4, first - part.size() - 4));
  const std::string due = open == 0 ? fmt::format("{}", yes) : fmt::format("{} to {}", yes, yes + open);
  if (part != due) return wrong(at, fmt::format("{} are yes, it says {}", due, part));
  // One that `where` leaves out is no, and is not asked.
  const std::size_t most = std::stoul("0" + whole.substr(whole.rfind(' ') == whole.npos ? 0 : whole.rfind(' ') + 1));
  std::size_t outside = 0;
  for (const std::size_t child : step(at).children)
    outside += step(child).text("note").starts_with("not counted") ? 1U : 0U;
  if (most > all || most + outside < all) wrong(at, fmt::format("{} are asked, it says {}", all - outside, whole));
}

// Each of those that are surely alike and surely meet `where` is shown, and nobody twice; of the nearest so many.
void Walk::surely_there(std::size_t at, const ast::SetOf& set, const SetRef& ref, const Place& place) {
  std::set<SubjectId> shown;
  for (const std::size_t child : children_of(at, {"member"}))
    if (const auto subject = subject_of(step(child).subject); subject && !shown.insert(*subject).second)
      return wrong(at, fmt::format("{} is shown twice", step(child).subject));
  if (!ref.hops.empty()) return;
  const Place own = own_place(ref, place);
  std::size_t due = 0;
  for (const SubjectId each : rows().of_kind(ref.members)) {
    if (!derive_.evidence().in_being(each, place.moment.date())) continue;
    if ((ref.others && ref.anchor && place.slots[*ref.anchor] == each) || (ref.peer && place.slots[*ref.peer] == each))
      continue;
    Place here = own;
    here.slots[ref.member_slot] = each;
    bool surely = !set.where || possible(ask(*set.where, here)).only_yes();
    for (const ast::ExprId same : set.with_same)
      surely = surely && ref.peer && possible(same_answers(ask(same, here), ask(same, own))).yes;
    if (set.nearest) surely = surely && ask(set.nearest->by, here).known();
    due += surely ? 1U : 0U;
    if (surely && !set.nearest && !shown.contains(each))
      return wrong(at, fmt::format("{}:{} is one of them, and is not shown", book_.schema.kind(ref.members).name,
                                   rows().subject(each).code));
  }
  // Where nobody knows to what, each may be near, or none is asked.
  const bool any_near = set.nearest && ref.peer && !ask(set.nearest->by, own).known();
  if (any_near && shown.empty()) return;
  if (set.nearest && shown.size() < std::min<std::size_t>(due, any_near ? due : set.nearest->count))
    wrong(at, fmt::format("of the {} nearest {} are shown, and there are {}", set.nearest->count, shown.size(), due));
}

// What is the subject's own of what makes others its peers; a note says it.
std::string Walk::own_of_peer(const ast::SetOf& set, const SetRef& ref, const Place& place) {
  if (!ref.peer) return {};
  const Place peer = own_place(ref, place);
  std::string own;
  const auto add = [&](ast::ExprId id) { own += plain_words(ask(id, peer), book_.type(id)) + " "; };
  if (set.nearest) own += fmt::format("{} ", set.nearest->count), add(set.nearest->by);
  for (const ast::ExprId same : set.with_same) add(same);
  return own;
}

// "500: rank 1 of 3 to 4 from lowest among ...; 1 left out, missing": the subject itself and those that count, those
// that should be there, those left out.
std::size_t Walk::place_among(std::size_t at, std::size_t shown, bool nearest) {
  const std::string_view note = step(at).text("note");
  const auto number_to = [&](std::size_t end) -> std::size_t {
    std::size_t begin = end;
    while (begin > 0 && note[begin - 1] >= '0' && note[begin - 1] <= '9') --begin;
    return begin == end ? 0 : std::stoul(std::string(note.substr(begin, end - begin)));
  };
  const std::size_t from = note.find(" from ");
  if (from == note.npos) return wrong(at, fmt::format("it does not say its place: `{}`", note)), 0;
  const std::size_t most = number_to(from);
  const auto said = [&](std::string_view word) {
    const std::size_t found = note.find(word);
    return found == note.npos ? 0 : number_to(found);
  };
  const std::size_t expected = said(" more is expected") + said(" more are expected");
  const std::size_t out = said(" left out, missing") + said(" left out, not applicable");
  if (most == 0 || (!nearest && most + out != shown + 1 + expected))
    wrong(at, fmt::format("{} others are shown, it says `{}`", shown, note));
  return most;
}

// The counts against the members, and the members that cannot be named.
void Walk::tally(std::size_t at, bool conditions, std::size_t listed) {
  const std::string_view note = step(at).text("note");
  std::size_t unnamed = 0;
  for (const std::size_t child : children_of(at, {"absence"})) {
    const auto& absence = step(child).absence;
    unnamed += absence && absence->contains("field") && absence->at("field").ends_with(".register") ? 1U : 0U;
  }
  const auto all = all_of(note);
  if (!all) {
    if (listed > 0) wrong(at, fmt::format("{} are shown, and it says no count", listed));
    return;
  }
  // Of those that should be there and are not held one speaks for all.
  if (*all < listed || (unnamed == 0 && *all != listed))
    return wrong(at, fmt::format("{} are shown, it says that there are {}", listed, *all));
  if (!conditions) return;
  for (const std::string_view word : {"yes", "no"}) {
    std::size_t found = 0;
    for (const std::size_t child : children_of(at, {"member"}))
      found += step(child).text("result") == word && !step(child).text("note").starts_with("left out") ? 1U : 0U;
    const std::size_t said = before(note.substr(note.find(": ")), fmt::format(" {}", word)).value_or(0);
    if (said != found) return wrong(at, fmt::format("of those shown {} are {}, it says {}", found, word, said));
  }
}

// Of all of a kind, or of those one link away, as many as are in being.
void Walk::how_many(std::size_t at, const SetRef& ref, std::size_t shown, const Place& place) {
  const Date date = place.moment.date();
  std::set<SubjectId> due;
  if (ref.hops.empty()) {
    for (const SubjectId each : rows().of_kind(ref.members))
      if (derive_.evidence().in_being(each, date)) due.insert(each);
  } else if (ref.hops.size() == 1 && ref.anchor) {
    for (const SubjectId link : rows().of_kind(ref.hops.front().relation)) {
      const Subject& ends = rows().subject(link);
      const bool forward = ref.hops.front().forward;
      if ((forward ? *ends.from : *ends.to) == place.slots[*ref.anchor] && derive_.evidence().in_being(link, date))
        due.insert(forward ? *ends.to : *ends.from);
    }
  } else {
    return;
  }
  if (ref.others && ref.anchor) due.erase(place.slots[*ref.anchor]);
  if (due.size() != shown)
    wrong(at, fmt::format("there are {} {} on {}, {} are shown", due.size(), book_.schema.kind(ref.members).plural,
                          date.to_long_string(), shown));
}

void Walk::member(std::size_t at, ast::ExprId range, const Place& place) {
  if (fault_ || seen_[at]) return;
  seen_[at] = true;
  const auto& ref = std::get<SetRef>(book_.resolved[set_of(book_.tree.expr(range))->set.index]);
  const auto subject = subject_of(step(at).subject);
  if (!subject || rows().subject(*subject).kind != ref.members)
    return wrong(at, fmt::format("{} is none of {}", step(at).subject, book_.schema.kind(ref.members).plural));
  Place here = place;
  here.slots.resize(std::max<std::size_t>({here.slots.size(), ref.member_slot + 1U, ref.link_slot.value_or(0) + 1U}),
                    SubjectId{~0U});
  here.slots[ref.member_slot] = *subject;
  if (ref.hops.size() == 1 && ref.anchor) {
    const Hop& hop = ref.hops.front();
    bool linked = false;
    for (const SubjectId link : rows().of_kind(hop.relation)) {
      const Subject& ends = rows().subject(link);
      const SubjectId near = hop.forward ? *ends.from : *ends.to, far = hop.forward ? *ends.to : *ends.from;
      if (linked || near != place.slots[*ref.anchor] || far != *subject ||
          !derive_.evidence().in_being(link, place.moment.date()))
        continue;
      linked = true;
      if (ref.link_slot) here.slots[*ref.link_slot] = link;
    }
    if (whole_ && !linked) return wrong(at, fmt::format("no link leads to {} on that day", step(at).subject));
  }
  if (const auto due = member_result(range, *subject, here); due && *due != step(at).text("result"))
    return wrong(at, fmt::format("the rows come to `{}`, it says `{}`", *due, step(at).text("result")));
  member_parts(at, range, here);
  children(at, here);
}

// In full, or by the digest of its own explanation.
void Walk::member_parts(std::size_t at, ast::ExprId range, const Place& place) {
  if (!step(at).text("proof").empty()) {
    if (!step(at).children.empty()) wrong(at, "it is shown in full and by its digest");
    return;
  }
  if (!whole_) return;
  const ast::Expr& node = book_.tree.expr(range);
  const ast::SetOf& set = *set_of(node);
  const auto& ref = std::get<SetRef>(book_.resolved[set.set.index]);
  if (set.nearest) names(at, set.nearest->by, place);
  for (const ast::ExprId same : set.with_same) names(at, same, place);
  if (set.where) names(at, *set.where, place);
  if (set.meet) names(at, *set.meet, place);
  if (const auto* among = std::get_if<ast::Position>(&node)) return names(at, among->value, place);
  if (const auto* spread = std::get_if<ast::Spread>(&node)) return names(at, spread->value, place);
  if (ref.hops.size() == 1 && !shows_field(at, book_.schema.kind(ref.hops.front().relation).register_field, {}, {}))
    return wrong(at, "the link by which it is reached is not shown");
  if (!ref.value) return;
  if (const auto* field = std::get_if<FieldOf>(&*ref.value)) {
    if (!shows_field(at, field->field, place.moment.date(), {})) wrong(at, "what is taken of it is not shown");
  } else if (children_of(at, {"rule", "stage"}).empty()) {
    wrong(at, "what is taken of it is not shown");
  }
  const auto* aggregate = std::get_if<ast::Aggregate>(&node);
  if (aggregate != nullptr && aggregate->weighted_by) names(at, *aggregate->weighted_by, place);
}

// What its value is; or whether it counts and holds.
std::optional<std::string> Walk::member_result(ast::ExprId range, SubjectId subject, const Place& place) {
  if (!whole_) return std::nullopt;
  const ast::Expr& node = book_.tree.expr(range);
  const ast::SetOf& set = *set_of(node);
  const auto& ref = std::get<SetRef>(book_.resolved[set.set.index]);
  const auto* position = std::get_if<ast::Position>(&node);
  const auto* spread = std::get_if<ast::Spread>(&node);
  if (position != nullptr || spread != nullptr) {
    const ast::ExprId value = position != nullptr ? position->value : spread->value;
    return cell_words(ask(value, place), book_.type(value));
  }
  const auto* quantified = std::get_if<ast::Quantified>(&node);
  const auto* aggregate = std::get_if<ast::Aggregate>(&node);
  if (quantified != nullptr ? quantified->each.has_value() : aggregate->each.has_value()) return std::nullopt;
  if (ref.value) {
    if (const auto* field = std::get_if<FieldOf>(&*ref.value))
      return cell_words(derive_.field(field->field, subject, place.moment, place.rule),
                        book_.schema.field(field->field).type);
    const RuleId read = std::get<RuleOf>(*ref.value).rule;
    if (book_.rule(place.rule).local_of || std::get<RuleOf>(*ref.value).pinned) return std::nullopt;
    const RuleId answers = derive_.on(read, place.moment.date());
    return cell_words(derive_.rule(answers, subject, place.moment), book_.type(book_.rule(answers).type));
  }
  const bool conditions =
      quantified != nullptr || aggregate->op == ast::AggregateOp::Count || aggregate->op == ast::AggregateOp::Share;
  if (!conditions) return "does not apply";
  const Answer where = set.where ? ask(*set.where, place) : known(true);
  const Answer holds = set.meet ? ask(*set.meet, place) : known(true);
  if (holds.not_applicable()) return "does not apply";
  const bool all = quantified != nullptr && quantified->quantity == ast::Quantity::All;
  return truth_words(all ? either(std::vector{opposite(where), holds}) : every(std::vector{where, holds}));
}

}  // namespace assay::verifier
