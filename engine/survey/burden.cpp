// Items with their askers; askers with their items.
#include "engine/survey/burden.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "engine/plan/plan.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

std::optional<std::int64_t> times_a_year(const std::optional<Step>& every) {
  constexpr std::int64_t kDays = 365, kWeeks = 52, kMonths = 12, kQuarters = 4;
  if (!every) return std::nullopt;
  switch (*every) {
    case Step::Day:
      return kDays;
    case Step::Week:
      return kWeeks;
    case Step::Month:
      return kMonths;
    case Step::Quarter:
      return kQuarters;
    case Step::Year:
    case Step::FinancialYear:
      return 1;
  }
  return std::nullopt;
}

// "6 hours", "1 hour": what else is recorded is told as it stands.
std::optional<std::int64_t> hours_in(const std::string& costs) {
  const std::size_t blank = costs.find(' ');
  if (blank == std::string::npos || !costs.substr(blank + 1).starts_with("hour")) return std::nullopt;
  if (costs.size() > blank + 1 + std::string_view("hours").size()) return std::nullopt;
  std::int64_t hours = 0;
  const auto read = std::from_chars(costs.data(), costs.data() + blank, hours);
  if (read.ec != std::errc() || read.ptr != costs.data() + blank) return std::nullopt;
  return hours;
}

// A ruleset is told by its title, whoever names it.
std::string told(const Rulebook& book, const std::string& asker) {
  const auto ruleset = std::ranges::find(book.rulesets, asker, &Ruleset::name);
  return ruleset == book.rulesets.end() ? asker : title_of(*ruleset);
}

void add_once(std::vector<std::string>& names, std::string name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
}

// By field: the frameworks whose rules in force rest on it, in the order of their rules.
std::map<FieldId, std::vector<std::string>> readers(const Rulebook& book, const EditionAsked& asked) {
  std::map<FieldId, std::vector<std::string>> out;
  for (const RuleId rule : plan(book, asked).rules) {
    if (book.rule(rule).local_of) continue;
    const std::string framework = title_of(book.ruleset(book.rule(rule).ruleset));
    for (const FieldId field : fields_read(book, rule)) add_once(out[field], framework);
  }
  return out;
}

BurdenItem item_of(const Rulebook& book, FieldId field) {
  const FieldDef& def = book.schema.field(field);
  const EvidenceNote& note = book.evidence[field.index];
  BurdenItem item{.field = field, .kind = book.schema.kind(def.kind).title, .asked_by = {}, .read_by = {}};
  for (const std::string& asker : note.asked_by) add_once(item.asked_by, told(book, asker));
  if (item.asked_by.empty()) item.asked_by.push_back(framework_of(book, field));
  item.costs = note.costs;
  item.hours = hours_in(note.costs);
  item.times_a_year = times_a_year(def.every);
  return item;
}

std::vector<AskerBurden> askers_of(const std::vector<BurdenItem>& items) {
  std::map<std::string, AskerBurden> by_name;
  for (const BurdenItem& item : items)
    for (const std::string& asker : item.asked_by) {
      AskerBurden& one = by_name[asker];
      one.asker = asker;
      ++one.items;
      if (item.twice()) ++one.shared;
      if (!item.costs.empty()) ++one.with_cost;
      one.hours += item.hours.value_or(0);
    }
  std::vector<AskerBurden> out;
  for (auto& [name, one] : by_name) out.push_back(std::move(one));
  std::ranges::stable_sort(out, std::ranges::greater(), &AskerBurden::items);
  return out;
}

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.text(text);
  out.end_array();
}

}  // namespace

std::optional<std::int64_t> BurdenItem::hours_saved() const {
  if (!hours) return std::nullopt;
  return *hours * static_cast<std::int64_t>(asked_by.size() - 1);
}

Burden burden_of(const Rulebook& rulebook, const EditionAsked& asked) {
  Burden out{.as_at = asked.as_at, .items = {}, .askers = {}};
  auto read_by = readers(rulebook, asked);
  for (const FieldId field : evidence_in_force(rulebook, asked)) {
    out.items.push_back(item_of(rulebook, field));
    out.items.back().read_by = read_by[field];
  }
  out.askers = askers_of(out.items);
  return out;
}

std::string to_json(const Burden& burden, const Rulebook& rulebook) {
  JsonWriter out;
  out.begin_object();
  out.field("as_at", burden.as_at.to_string());
  out.key("askers").begin_array();
  for (const AskerBurden& one : burden.askers) {
    out.begin_object();
    out.field("asker", one.asker);
    out.key("hours").number(one.hours);
    out.key("items").number(static_cast<std::int64_t>(one.items));
    out.key("shared").number(static_cast<std::int64_t>(one.shared));
    out.key("with_cost").number(static_cast<std::int64_t>(one.with_cost));
    out.end_object();
  }
  out.end_array();
  out.field("format", "assay.burden/1");
  out.key("items").begin_array();
  for (const BurdenItem& item : burden.items) {
    const FieldDef& field = rulebook.schema.field(item.field);
    out.begin_object();
    write_texts(out, "asked_by", item.asked_by);
    if (!item.costs.empty()) out.field("costs", item.costs);
    out.field("evidence", field.name);
    if (item.hours) out.key("hours").number(*item.hours);
    if (item.twice() && item.hours) out.key("hours_saved").number(*item.hours_saved());
    out.field("of", item.kind);
    write_texts(out, "read_by", item.read_by);
    if (item.times_a_year) out.key("times_a_year").number(*item.times_a_year);
    out.field("title", field.title);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace assay
