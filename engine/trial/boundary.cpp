// Which values to try beside each limit, from what to start, and whether what was written reads back.
#include "engine/trial/boundary.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "engine/session/rules.h"
#include "engine/session/scenarios.h"
#include "engine/trial/asked_draft.h"
#include "engine/trial/construct.h"
#include "engine/trial/possible.h"
#include "engine/trial/scenario_text.h"
#include "engine/trial/steps.h"

namespace assay {

namespace {

struct Side {
  Value value;
  std::string words;      // "exactly the limit"
  bool never_at = false;  // no value comes to exactly the limit
};

// The first day that still counts on the date: add(day, length) >= date.
Date first_day(Date date, Duration length) {
  Date day = add(date, {length.unit, -length.count});
  while (add(day, length) < date) day.days += 1;
  while (add(Date{day.days - 1}, length) >= date) day.days -= 1;
  return day;
}

Value in_type(Decimal value, const ValueType& type) {
  if (type.kind != TypeKind::Scale && type.kind != TypeKind::Choice) return value;
  return Label{static_cast<std::uint16_t>(value.to_scaled(0).value_or(0))};
}

std::optional<Decimal> as_number(const Value& value) {
  if (const auto* label = std::get_if<Label>(&value)) return Decimal::from_int(label->index);
  if (const auto* number = std::get_if<Decimal>(&value)) return *number;
  return std::nullopt;
}

// Of values that are few: the limit if it can come up at all, and the nearest on either side.
std::vector<Side> sides_among(const std::vector<Decimal>& values, Decimal limit, const ValueType& type,
                              const std::string& name) {
  std::vector<Side> out;
  std::optional<Decimal> below, above;
  bool at = false;
  for (Decimal value : values) {
    const auto against = value.compare(limit);
    if (against < 0) below = value;
    if (against == 0) at = true;
    if (against > 0 && !above) above = value;
  }
  if (below) out.push_back({in_type(*below, type), "just below " + name});
  if (at) out.push_back({in_type(limit, type), "exactly " + name});
  if (above) out.push_back({in_type(*above, type), "just above " + name});
  for (Side& side : out) side.never_at = !at;
  return out;
}

std::vector<Side> sides_of(const Rulebook& book, ast::ExprId value, const Value& limit, const std::string& name) {
  const ValueType& type = book.type(value);
  const auto few = possible_values(book, value);
  if (const auto number = as_number(limit); few && number) return sides_among(*few, *number, type, name);
  std::vector<Side> out{{limit, "exactly " + name}};
  for (const Value& step : steps_from(limit, type))
    out.push_back({step, (order(step, limit) < 0 ? "one step below " : "one step above ") + name});
  return out;
}

// Everything about one threshold.
class Writer {
 public:
  Writer(const Rulebook& book, const Threshold& threshold) : book_(book), threshold_(threshold) {}

  std::vector<Boundary> write() {
    const auto starts = drafts();
    if (starts.empty()) return {none("", "no date has every ruleset in force that it reads")};
    std::vector<Boundary> out;
    const std::size_t count = sides(starts.front()).size();
    for (std::size_t side = 0; side < count; ++side) out.push_back(one(side, starts));
    if (out.empty()) out.push_back(none("", "what it is held against is not known on any date"));
    return out;
  }

 private:
  std::string rule_name() const {
    return name_in(book_, book_.rule(threshold_.rule).ruleset, book_.rule(threshold_.rule).name);
  }

  Boundary none(const std::string& title, std::string why_not) const {
    return {book_.rule(threshold_.rule).ruleset,
            threshold_.rule,
            threshold_.span,
            threshold_.words,
            title,
            {},
            std::move(why_not)};
  }

  // A subject with nothing given, then the scenarios that ask the rule.
  std::vector<Draft> drafts() const {
    std::vector<Draft> out;
    if (auto blank = blank_draft(book_, threshold_.rule)) out.push_back(std::move(*blank));
    constexpr std::size_t kDraftsMax = 12;
    for (const Scenario& scenario : book_.scenarios) {
      if (!scenario.parameters.empty() || out.size() == kDraftsMax) continue;
      for (const auto& expected : scenario.expected) {
        const auto* rule = std::get_if<RuleId>(&expected.target);
        if (!rule || *rule != threshold_.rule || out.size() == kDraftsMax) continue;
        out.push_back(draft_from(book_, threshold_.rule, scenario, expected.subject));
        break;
      }
    }
    return out;
  }

  std::vector<Side> sides(const Draft& start) const {
    if (const auto* edge = std::get_if<EdgeOfBand>(&threshold_.limit))
      return sides_of(book_, edge->value, Value(edge->edge), "where " + edge->label + " begins");
    if (const auto* time = std::get_if<LimitOfTime>(&threshold_.limit)) {
      const Date first = first_day(start.scenario.as_at, time->duration);
      return {{Value(Date{first.days - 1}), "the day before the first that counts"},
              {Value(first), "the first day that counts"},
              {Value(Date{first.days + 1}), "the day after the first that counts"}};
    }
    const auto limit = limit_of(book_, threshold_, start);
    if (!limit) return {};
    return sides_of(book_, std::get<LimitOfTest>(threshold_.limit).value, *limit, "the limit");
  }

  std::string told(const Side& side) const {
    ast::ExprId value;
    if (const auto* time = std::get_if<LimitOfTime>(&threshold_.limit))
      return fmt::format("{}: {} on {}, {}", rule_name(),
                         name_in(book_, book_.rule(threshold_.rule).ruleset, book_.schema.field(time->event).name),
                         std::get<Date>(side.value).to_long_string(), side.words);
    if (const auto* edge = std::get_if<EdgeOfBand>(&threshold_.limit)) value = edge->value;
    if (const auto* test = std::get_if<LimitOfTest>(&threshold_.limit)) value = test->value;
    // A value that is reckoned in many words goes without them.
    constexpr std::size_t kWordsMax = 40;
    std::string words = book_.sources.words(book_.tree.span(value)) + " ";
    if (words.size() > kWordsMax) words.clear();
    return fmt::format("{}: {}{}, {}", rule_name(), words, to_words(side.value, book_.type(value)), side.words);
  }

  Boundary one(std::size_t index, const std::vector<Draft>& starts) const {
    bool reached = false;
    for (const Draft& start : starts) {
      const auto here = sides(start);  // a limit of time is another on another date
      if (index >= here.size()) continue;
      Constructed made = construct(book_, Goal{threshold_, here[index].value}, start);
      reached = reached || made.reached;
      if (made.draft) return written(here[index], *made.draft);
    }
    return none(told(sides(starts.front())[index]),
                reached ? "no givens were found with which it decides: other parts of the rule do"
                        : "no givens were found, of the bodies at hand, that bring the value there");
  }

  Boundary written(const Side& side, const Draft& draft) const {
    Boundary out = none(told(side), {});
    Scenario scenario = draft.assembled();
    scenario.title = out.title;
    std::stable_sort(scenario.rows.begin(), scenario.rows.end(), [](const Scenario::Row& a, const Scenario::Row& b) {
      return std::tie(a.field, a.from) < std::tie(b.field, b.from);
    });
    expect_outcome(book_, threshold_.rule, draft.subject, scenario);
    const std::string place = book_.sources.place(threshold_.span);
    const std::string line = place.substr(0, place.rfind(':'));
    out.text = to_text(book_, scenario,
                       fmt::format("{}: {}{}", line.substr(line.find_last_of('/') + 1), threshold_.words,
                                   side.never_at ? " (nothing comes to exactly this limit)" : ""));
    return out;
  }

  const Rulebook& book_;
  const Threshold& threshold_;
};

// The texts that do not read back beside the rules, or do not pass.
std::vector<std::size_t> faulty(const Rulebook& book, const std::vector<Boundary>& all) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (std::uint32_t i = 0; i < book.sources.size(); ++i)
    texts.emplace_back(book.sources.file({i}).path(), book.sources.file({i}).text());
  std::map<std::uint32_t, std::size_t> of_file;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].text.empty()) continue;
    of_file[static_cast<std::uint32_t>(texts.size())] = i;
    texts.emplace_back(fmt::format("boundary {}", i),
                       fmt::format("{}\n{}", ruleset_line(book.ruleset(all[i].ruleset)), all[i].text));
  }
  const LoadedRules loaded = load_rules(std::move(texts));
  std::set<std::size_t> found;
  for (const Diagnostic& diagnostic : loaded.sink.sorted())
    if (severity_of(diagnostic.kind) == Severity::Error && of_file.contains(diagnostic.primary.file.index))
      found.insert(of_file[diagnostic.primary.file.index]);
  if (found.empty()) {
    const auto results = run_scenarios(loaded.rulebook);
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::uint32_t file = loaded.rulebook.scenarios[i].span.file.index;
      if (!results[i].failures.empty() && of_file.contains(file)) found.insert(of_file[file]);
    }
  }
  return {found.begin(), found.end()};
}

// What does not read back is not handed on.
void keep_what_passes(const Rulebook& book, std::vector<Boundary>& all) {
  for (auto found = faulty(book, all); !found.empty(); found = faulty(book, all))
    for (std::size_t i : found) {
      all[i].text.clear();
      all[i].why_not = "what was written does not read back: the ruleset may not use the one its evidence is of";
    }
}

}  // namespace

std::string ruleset_line(const Ruleset& ruleset) {
  return fmt::format("ruleset {}\n{}", ruleset.name,
                     ruleset.editions.size() > 1 ? fmt::format("  edition \"{}\"\n", ruleset.edition) : "");
}

std::vector<Boundary> boundaries(const Rulebook& book, const std::function<bool(RuleId)>& counts) {
  std::vector<Threshold> thresholds;
  for (std::uint32_t rule = 0; rule < book.rules.size(); ++rule)
    if (counts({rule}) && !book.rules[rule].local_of)
      for (Threshold& threshold : thresholds_of(book, {rule})) thresholds.push_back(std::move(threshold));
  std::vector<std::vector<Boundary>> made(thresholds.size());
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < thresholds.size(); i = next++) made[i] = Writer(book, thresholds[i]).write();
  };
  constexpr unsigned kThreadsMax = 8;
  const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1u, kThreadsMax);
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(take);
    take();
  }
  std::vector<Boundary> all;
  for (auto& some : made) all.insert(all.end(), some.begin(), some.end());
  keep_what_passes(book, all);
  return all;
}

}  // namespace assay
