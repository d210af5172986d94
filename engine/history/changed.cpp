// Every outcome asked at both questions; of those that differ, what makes the difference: the later question again with
// one cause undone.
#include "engine/history/changed.h"

#include <algorithm>
#include <map>
#include <memory>

#include "engine/explain/words.h"
#include "engine/history/timeline.h"
#include "evidence/core/check.h"

namespace assay {

namespace {

// Causes that bring rows or rules: what can be undone.
constexpr Cause kBrought[] = {Cause::Geography, Cause::ChangedRule, Cause::Correction, Cause::NewEvidence};

struct Said {
  DayState state;
  std::string words;
  friend bool operator==(const Said&, const Said&) = default;
};

// The later question with some causes undone.
struct World {
  std::unique_ptr<Rulebook> rulebook;  // none: as they are
  Snapshot snapshot;
  std::unique_ptr<Evaluation> evaluation;
};

class Worlds {
 public:
  Worlds(Evaluation& now, const Between& between) : now_(now), between_(between) {
    const Snapshot& snapshot = now.snapshot();
    for (const Observation& row : snapshot.all_rows()) {
      const auto cause = cause_of(snapshot.schema(), row, between);
      if (cause) any_.insert(*cause);
      if (row.valid_to && *row.valid_to < between.as_at && between.was_as_at <= *row.valid_to &&
          is_of_the_map(snapshot.schema(), row))
        any_.insert(Cause::Geography);
    }
    then_ = rules_of_then(now.rulebook(), between);
    if (then_) any_.insert(Cause::ChangedRule);
  }

  // Is there anything of the kind between the two questions?
  bool any(Cause cause) const { return any_.contains(cause); }

  Said ask(std::set<Cause> undone, const PeriodQuestion& question) {
    std::erase_if(undone, [&](Cause cause) { return !any(cause); });
    Evaluation& evaluation = undone.empty() ? now_ : *world(undone).evaluation;
    const DayAnswer answer = answer_on(evaluation, question, between_.as_at);
    return {answer.state, answer.words};
  }

 private:
  World& world(const std::set<Cause>& undone) {
    auto& made = made_[undone];
    if (made) return *made;
    made = std::make_unique<World>();
    if (undone.contains(Cause::ChangedRule)) made->rulebook = std::make_unique<Rulebook>(*then_);
    made->snapshot = without(now_.snapshot(), between_, undone);
    made->evaluation = std::make_unique<Evaluation>(made->rulebook ? *made->rulebook : now_.rulebook(), made->snapshot);
    return *made;
  }

  Evaluation& now_;
  const Between& between_;
  std::set<Cause> any_;
  std::optional<Rulebook> then_;
  std::map<std::set<Cause>, std::unique_ptr<World>> made_;
};

std::vector<Cause> causes_of(Worlds& worlds, const PeriodQuestion& question, const Said& was, const Said& now) {
  std::set<Cause> found, together;
  const std::set<Cause> all(std::begin(kBrought), std::end(kBrought));
  for (const Cause cause : kBrought)
    if (worlds.any(cause) && worlds.ask({cause}, question) != now) found.insert(cause);
  const Said later = worlds.ask(all, question);
  const bool by_time = later != was && (later == now || found.empty());
  // More than are needed: those of which each alone would do; else all there are, which do it only together.
  if (found.empty() && later != now) {
    for (const Cause cause : kBrought) {
      std::set<Cause> others = all;
      others.erase(cause);
      if (worlds.any(cause) && worlds.ask(others, question) != later) found.insert(cause);
    }
    for (const Cause cause : kBrought)
      if (found.empty() && worlds.any(cause)) together.insert(cause);
    found.merge(together);
  }
  if (by_time) found.insert(Cause::TimePassing);
  CHECK(!found.empty());
  return {found.begin(), found.end()};
}

// What is asked at either date: by rule and subject, with the place it is listed at.
struct Place {
  std::uint32_t rule;
  SubjectId who;  // in the later snapshot
  friend auto operator<=>(const Place&, const Place&) = default;
};
struct Sides {
  bool was = false, now = false;
};

class Comparing {
 public:
  Comparing(Evaluation& was, Evaluation& now, const Between& between, const ChangedQuestion& question)
      : was_(was), now_(now), between_(between), question_(question), worlds_(now, between_) {
    const auto& rules = now.rulebook().rules;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) first_.try_emplace(rules[rule].name, rule);
  }

  Changed changed() && {
    for (const Question& one : asked(was_, between_.was_as_at))
      if (const auto place = place_of(was_, one)) places_[*place].was = true;
    for (const Question& one : asked(now_, between_.as_at))
      if (const auto place = place_of(now_, one)) places_[*place].now = true;
    Changed out{between_,
                places_.size(),
                {},
                map_changes(was_.snapshot(), between_.was_as_at, now_.snapshot(), between_.as_at)};
    for (const auto& [place, sides] : places_)
      if (auto change = change_at(place, sides)) out.changes.push_back(std::move(*change));
    return out;
  }

 private:
  static std::vector<Question> asked(Evaluation& evaluation, Date as_at) {
    const Plan planned = plan(evaluation.rulebook(), {as_at, evaluation.snapshot().known_on()});
    return questions(evaluation.rulebook(), evaluation.snapshot(), planned);
  }

  bool is_asked(const std::string& rule, SubjectId who) const {
    if (question_.rule && *question_.rule != rule) return false;
    const Subject& subject = now_.snapshot().subject(who);
    return !question_.subject || who == *question_.subject || subject.from == question_.subject ||
           subject.to == question_.subject;
  }

  std::optional<Place> place_of(const Evaluation& evaluation, const Question& one) const {
    const Subject& subject = evaluation.snapshot().subject(one.subject);
    const std::string& rule = evaluation.rulebook().rule(one.rule).name;
    const auto who = now_.snapshot().find(subject.kind, subject.code);
    if (!who || !is_asked(rule, *who)) return std::nullopt;
    return Place{first_.at(rule), *who};
  }

  Said said(Evaluation& evaluation, Date as_at, const std::string& rule, const Subject& subject) const {
    const auto who = evaluation.snapshot().find(subject.kind, subject.code);
    if (!who) return {DayState::NotEvaluated, fmt::format("{} was not known", subject.code)};
    const DayAnswer answer = answer_on(evaluation, {rule, *who, as_at, as_at}, as_at);
    return {answer.state, answer.words};
  }

  static std::string words(const Said& said) {
    return said.state == DayState::NotEvaluated ? fmt::format("not asked ({})", said.words) : said.words;
  }

  std::optional<Change> change_at(const Place& place, const Sides& sides) {
    const Rule& rule = now_.rulebook().rules[place.rule];
    const Snapshot& snapshot = now_.snapshot();
    const Subject& subject = snapshot.subject(place.who);
    const Said before = said(was_, between_.was_as_at, rule.name, subject);
    const Said after = said(now_, between_.as_at, rule.name, subject);
    if (before == after) return std::nullopt;
    Change out;
    out.rule = rule.name;
    out.title = rule.title;
    out.subject = subject_text(snapshot, place.who);
    out.name = name_on(snapshot, place.who, sides.now ? between_.as_at : between_.was_as_at);
    out.was = words(before);
    out.now = words(after);
    out.who = place.who;
    out.was_asked = sides.was;
    out.is_asked = sides.now;
    out.causes = causes_of(worlds_, {rule.name, place.who, between_.as_at, between_.as_at}, before, after);
    return out;
  }

  Evaluation &was_, &now_;
  const Between between_;
  const ChangedQuestion& question_;
  Worlds worlds_;
  std::map<std::string, std::uint32_t> first_;  // of a rule's editions the first declared
  std::map<Place, Sides> places_;
};

}  // namespace

std::size_t Changed::count(const std::vector<Cause>& causes) const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [&](const Change& one) { return one.causes == causes; }));
}

Changed what_changed(Evaluation& was, Evaluation& now, const Between& between, const ChangedQuestion& question) {
  return Comparing(was, now, between, question).changed();
}

}  // namespace assay
