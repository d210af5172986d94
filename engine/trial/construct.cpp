// One choice after another, each time the first that brings the scenario nearer; then what is not needed is taken out.
#include "engine/trial/construct.h"

#include <algorithm>

#include "engine/trial/asked_draft.h"

namespace assay {

namespace {

using Answers = std::map<Answering, Truth>;

// How far a draft is from its goal: nothing in any part is the goal.
struct Distance {
  std::int64_t unknown = 0;  // pieces of evidence that the value still waits for
  Decimal::Units value = 0;  // from where the value should be
  std::int64_t others = 0;   // other conditions that do not answer as they should
  bool undecided = true;     // the condition does not yet decide
  auto operator<=>(const Distance&) const = default;
  bool there() const { return *this == Distance{0, 0, 0, false}; }
};

std::int64_t waiting(const Cell& cell) { return cell.unknown() ? 1 + static_cast<std::int64_t>(cell.why.size()) : 0; }

// In the smallest units, so that any two of one type can be told apart.
std::optional<Decimal::Units> units_of(const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return number->units();
  if (const auto* date = std::get_if<Date>(&value)) return date->days;
  if (const auto* label = std::get_if<Label>(&value)) return label->index;
  return std::nullopt;
}

class Construction {
 public:
  Construction(const Rulebook& book, const Goal& goal, Draft start)
      : book_(book), goal_(goal), draft_(std::move(start)) {
    if (const auto* test = std::get_if<LimitOfTest>(&goal.threshold.limit)) condition_ = &test->condition;
    if (const auto* time = std::get_if<LimitOfTime>(&goal.threshold.limit)) condition_ = &time->condition;
  }

  Constructed run() && {
    set_stage();
    set_event();
    const Draft start = draft_;
    for (const Answers& wanted : wanted_answers()) {
      draft_ = start;
      wanted_ = wanted;
      if (!approach()) continue;
      prune();
      return {std::move(draft_), true};
    }
    return {std::nullopt, reached_};
  }

 private:
  // The criteria to leave a stage are asked of who is in it, those to enter one of who is below.
  void set_stage() {
    const Rule& rule = book_.rule(goal_.threshold.rule);
    const auto* exit = std::get_if<ExitRule>(&rule.body);
    if (!exit) return;
    const FieldId field = book_.regimes[exit->regime.index].field;
    for (Choice& choice : draft_.choices)
      for (const Scenario::Row& option : choice.options)
        if (option.field == field && option.subject == draft_.subject && option.value == Value(exit->from) &&
            !choice.chosen)
          choice.chosen = option;
  }

  // The event on its date, and word that there was no other.
  void set_event() {
    const auto* time = std::get_if<LimitOfTime>(&goal_.threshold.limit);
    if (!time) return;
    std::erase_if(draft_.choices, [&](const Choice& choice) {
      const Scenario::Row& row = choice.chosen ? *choice.chosen : choice.options.front();
      return row.field == time->event && row.subject == draft_.subject;
    });
    Scenario::Row event{.subject = draft_.subject, .field = time->event, .value = Value(true)};
    event.from = std::get<Date>(goal_.value);
    Scenario::Row complete{.subject = draft_.subject, .field = time->event, .standing = Standing::Complete};
    complete.from = add(*event.from, {Duration::Unit::Months, -12});
    complete.to = draft_.scenario.as_at;
    draft_.scenario.rows.push_back(event);
    draft_.scenario.rows.push_back(complete);
  }

  // ---- How near

  // The places where the threshold is asked: of the subject itself first, the latest moment first.
  std::vector<Answering> places(const Derived& base) const {
    std::vector<Answering> out;
    for (const auto& [at, cell] : base.cells)
      if (condition_ && at.expr == condition_->expr && at.of_member == condition_->of_member) out.push_back(at);
    std::stable_sort(out.begin(), out.end(),
                     [](const Answering& a, const Answering& b) { return b.moment.date() < a.moment.date(); });
    return out;
  }

  const Cell* value_at(const Derived& base, const Answering* place) const {
    const auto* edge = std::get_if<EdgeOfBand>(&goal_.threshold.limit);
    const auto* test = std::get_if<LimitOfTest>(&goal_.threshold.limit);
    if (!edge && !test) return nullptr;
    const ast::ExprId value = edge ? edge->value : test->value;
    for (const auto& [at, cell] : base.cells)
      if (at.expr == value && !at.of_member && (!place || (at.slots == place->slots && at.moment == place->moment)))
        return &cell;
    return nullptr;
  }

  void measure_value(const Cell* value, Distance& out) const {
    if (std::holds_alternative<LimitOfTime>(goal_.threshold.limit)) return;
    const auto here = value && value->known() ? units_of(value->value()) : std::nullopt;
    const auto there = units_of(goal_.value);
    if (!here || !there)
      out.unknown = value ? std::max<std::int64_t>(waiting(*value), 1) : 1;
    else
      out.value = *here < *there ? *there - *here : *here - *there;
  }

  Distance measure_at(const AskedDraft& asked, const Answering& place) const {
    Distance out;
    measure_value(value_at(asked.base(), &place), out);
    for (const auto& [at, truth] : wanted_) {
      if (at == place) continue;
      const auto cell = asked.base().cells.find(at);
      constexpr std::int64_t kEach = 1000;
      if (cell == asked.base().cells.end() || cell->second.truth() != truth)
        out.others += kEach + (cell == asked.base().cells.end() ? 0 : waiting(cell->second));
    }
    if (out.unknown == 0 && out.value == 0 && out.others == 0) out.undecided = !decides(asked, place);
    return out;
  }

  bool decides(const AskedDraft& asked, const Answering& place) const {
    const Truth truth = asked.base().cells.at(place).truth();
    if (asked.base().outcome.unknown() || (truth != Truth::Yes && truth != Truth::No)) return false;
    return !masked(asked.asking(), asked.base(), *condition_, place);
  }

  Distance measure(const Draft& draft) {
    const AskedDraft asked(book_, goal_.threshold.rule, draft);
    std::optional<Distance> least;
    if (!condition_) {
      least.emplace();
      measure_value(value_at(asked.base(), nullptr), *least);
      least->undecided = asked.base().outcome.unknown();
    }
    for (const Answering& place : places(asked.base())) {
      if (!wanted_.empty() && asked.base().cells.contains(place_) && place != place_) continue;
      const Distance here = measure_at(asked, place);
      if (!least || here < *least) least = here;
    }
    if (!least) least = Distance{kFar, 0, 0, true};
    reached_ = reached_ || (least->unknown == 0 && least->value == 0);
    return *least;
  }

  // ---- Answers of the other conditions with which this one decides, the fewest changes first

  std::vector<Answers> wanted_answers() {
    if (!condition_) return {{}};
    const AskedDraft asked(book_, goal_.threshold.rule, draft_);
    const auto here = places(asked.base());
    if (here.empty()) return {};
    place_ = here.front();
    std::vector<Answering> others;
    for (const Condition& other : conditions_of(book_, goal_.threshold.rule))
      for (const auto& [at, cell] : asked.base().cells)
        if (at.expr == other.expr && at.of_member == other.of_member && at != here.front()) others.push_back(at);
    constexpr std::size_t kOthersMax = 10, kTries = 6;
    if (others.size() > kOthersMax) return {{}};
    std::vector<std::pair<std::size_t, Answers>> found;
    for (std::size_t bits = 0; bits < (std::size_t{1} << others.size()); ++bits) {
      Answers answers;
      std::size_t changes = 0;
      for (std::size_t i = 0; i < others.size(); ++i) {
        const Truth truth = to_truth((bits >> i) % 2 == 1);
        answers[others[i]] = truth;
        changes += asked.base().cells.at(others[i]).truth() == truth ? 0u : 1u;
      }
      if (lets_decide(asked, here.front(), answers)) found.emplace_back(changes, std::move(answers));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Answers> out;
    for (auto& [changes, answers] : found)
      if (out.size() < kTries) out.push_back(std::move(answers));
    return out;
  }

  static bool lets_decide(const AskedDraft& asked, const Answering& place, Answers answers) {
    answers[place] = Truth::Yes;
    const Cell yes = derive_changed(asked.asking(), answers).outcome;
    answers[place] = Truth::No;
    const Cell no = derive_changed(asked.asking(), answers).outcome;
    return !yes.unknown() && !no.unknown() && !same_answer(yes, no);
  }

  // ---- Steps

  bool approach() {
    constexpr int kStepsMax = 60;
    Distance now = measure(draft_);
    for (int step = 0; step < kStepsMax && !now.there(); ++step) {
      const auto better = nearer(now);
      if (!better) return false;
      now = *better;
    }
    return now.there();
  }

  // The first choice that brings it nearer.
  std::optional<Distance> nearer(const Distance& now) {
    for (std::size_t i = 0; i < draft_.choices.size(); ++i) {
      for (const Scenario::Row& option : options_of(draft_.choices[i], now)) {
        const auto before = draft_.choices[i].chosen;
        draft_.choices[i].chosen = option;
        if (const Distance then = measure(draft_); then < now) return then;
        draft_.choices[i].chosen = before;
      }
    }
    return together(now);
  }

  // What is alike and of one date moved as one: nine scores, where no single one turns the rating.
  std::optional<Distance> together(const Distance& now) {
    const auto alike = [](const Choice& a, const Choice& b) {
      return a.options.size() == b.options.size() && a.options.front().subject == b.options.front().subject &&
             a.options.front().from == b.options.front().from && a.options.front().to == b.options.front().to;
    };
    const std::vector<Choice> before = draft_.choices;
    for (const Choice& first : before) {
      for (std::size_t option = 0; option < first.options.size(); ++option) {
        for (Choice& choice : draft_.choices)
          if (!choice.options.empty() && alike(first, choice)) choice.chosen = choice.options[option];
        if (const Distance then = measure(draft_); then < now) return then;
        draft_.choices = before;
      }
    }
    return std::nullopt;
  }

  // What may be given, and what is given moved by as much as is wanting.
  std::vector<Scenario::Row> options_of(const Choice& choice, const Distance& now) const {
    std::vector<Scenario::Row> out;
    if (choice.chosen && now.unknown == 0 && now.value != 0 && choice.chosen->standing == Standing::Held) {
      for (const Decimal::Units by : {now.value, -now.value}) {
        Scenario::Row row = *choice.chosen;
        if (auto* number = std::get_if<Decimal>(&row.value))
          row.value = Value(Decimal::from_units(number->units() + by));
        else if (auto* date = std::get_if<Date>(&row.value))
          row.value = Value(Date{date->days + days_in(by)});
        else
          continue;
        if (fits(row)) out.push_back(std::move(row));
      }
    }
    out.insert(out.end(), choice.options.begin(), choice.options.end());
    return out;
  }

  // A difference of dates is a number of days.
  std::int32_t days_in(Decimal::Units by) const {
    const bool number = std::holds_alternative<Decimal>(goal_.value);
    return static_cast<std::int32_t>(number ? by / Decimal::from_int(1).units() : by);
  }

  bool fits(const Scenario::Row& row) const {
    const ValueType& type = book_.schema.field(row.field).type;
    const auto* number = std::get_if<Decimal>(&row.value);
    return !number ||
           ((!type.low || number->compare(*type.low) >= 0) && (!type.high || number->compare(*type.high) <= 0));
  }

  // Takes out what the outcome does not need.
  void prune() {
    for (Choice& choice : draft_.choices) {
      if (!choice.chosen) continue;
      const auto before = choice.chosen;
      choice.chosen.reset();
      if (!measure(draft_).there()) choice.chosen = before;
    }
  }

  static constexpr std::int64_t kFar = 1000000;
  const Rulebook& book_;
  const Goal& goal_;
  Draft draft_;
  const Condition* condition_ = nullptr;
  Answering place_;  // where the threshold is asked, and the answers wanted elsewhere
  Answers wanted_;
  bool reached_ = false;
};

}  // namespace

Constructed construct(const Rulebook& book, const Goal& goal, Draft start) {
  return Construction(book, goal, std::move(start)).run();
}

}  // namespace assay
