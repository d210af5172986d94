// Evidence counted by what it says of itself.
#include "engine/survey/balance.h"

#include <algorithm>
#include <set>

#include "engine/plan/plan.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

constexpr std::array kAims = {ast::Aim::Outcomes, ast::Aim::Inequalities, ast::Aim::Productivity,
                              ast::Aim::Development};

std::string purpose_of(const EvidenceNote& note) {
  if (!note.purpose) return "";
  switch (*note.purpose) {
    case ast::Purpose::Judge:
      return "judge";
    case ast::Purpose::Improve:
      return "improve";
    case ast::Purpose::Inform:
      return "inform";
  }
  return "";
}

std::vector<Counted> in_order(const std::map<std::string, std::size_t>& counts) {
  std::vector<Counted> out;
  for (const auto& [what, items] : counts)
    if (!what.empty()) out.push_back({what, items});
  std::ranges::stable_sort(out, std::ranges::greater(), &Counted::items);
  if (const auto unsaid = counts.find(""); unsaid != counts.end()) out.push_back({"", unsaid->second});
  return out;
}

bool says(const Charge& charge, ast::Aim aim) { return std::ranges::find(charge.aims, aim) != charge.aims.end(); }

// Of the rules and evidence of one ruleset, or of all.
struct AimCount {
  std::array<std::size_t, kAims.size()> rules{};
  std::array<std::set<FieldId>, kAims.size()> evidence;

  void add(const Charge& charge, const std::vector<FieldId>& fields, bool is_rule) {
    for (std::size_t i = 0; i < kAims.size(); ++i) {
      if (!says(charge, kAims[i])) continue;
      if (is_rule) ++rules[i];
      evidence[i].insert(fields.begin(), fields.end());
    }
  }
  std::array<AimServed, kAims.size()> served() const {
    std::array<AimServed, kAims.size()> out;
    for (std::size_t i = 0; i < kAims.size(); ++i) out[i] = {kAims[i], rules[i], evidence[i].size()};
    return out;
  }
  bool any() const {
    for (std::size_t i = 0; i < kAims.size(); ++i)
      if (rules[i] > 0 || !evidence[i].empty()) return true;
    return false;
  }
};

RulesetBalance balance_of(const Rulebook& book, const std::vector<FieldId>& fields) {
  const Ruleset& ruleset = book.ruleset(book.evidence[fields.front().index].ruleset);
  RulesetBalance out{.ruleset = ruleset.name, .title = title_of(ruleset), .items = fields.size()};
  std::map<std::string, std::size_t> measures, purposes, sectors;
  for (const FieldId field : fields) {
    const EvidenceNote& note = book.evidence[field.index];
    ++measures[note.measures], ++purposes[purpose_of(note)], ++sectors[note.sector];
    if (note.serves_safety) ++out.safety;
    if (note.measures != "experience") continue;
    out.experience.push_back(field);
    if (note.asked_of) ++out.asked_of_said;
  }
  out.measures = in_order(measures), out.purposes = in_order(purposes), out.sectors = in_order(sectors);
  return out;
}

void write_counts(JsonWriter& out, std::string_view key, const std::vector<Counted>& counts) {
  out.key(key).begin_array();
  for (const Counted& one : counts) {
    out.begin_object();
    out.key("items").number(static_cast<std::int64_t>(one.items));
    out.field("what", one.what.empty() ? "not said" : one.what);
    out.end_object();
  }
  out.end_array();
}

void write_aims(JsonWriter& out, const std::array<AimServed, 4>& aims) {
  out.key("aims").begin_array();
  for (const AimServed& one : aims) {
    out.begin_object();
    out.field("aim", to_string(one.aim));
    out.key("evidence").number(static_cast<std::int64_t>(one.evidence));
    out.key("rules").number(static_cast<std::int64_t>(one.rules));
    out.end_object();
  }
  out.end_array();
}

void write_experience(JsonWriter& out, const RulesetBalance& one, const Rulebook& book) {
  out.key("experience").begin_array();
  for (const FieldId field : one.experience) {
    const auto& asked_of = book.evidence[field.index].asked_of;
    out.begin_object();
    if (asked_of) out.field("asked_of", asked_of->who);
    if (asked_of && asked_of->every) out.field("asked_of_every", asked_of->every->to_string());
    out.field("evidence", book.schema.field(field).name);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

Balance balance_of(const Rulebook& rulebook, const EditionAsked& asked) {
  Balance out{.as_at = asked.as_at, .rulesets = {}, .aims = {}};
  std::vector<std::vector<FieldId>> by_ruleset;
  std::map<std::string, std::size_t> place;
  const auto group = [&](RulesetId ruleset) -> std::size_t {
    const auto [found, is_new] = place.emplace(rulebook.ruleset(ruleset).name, by_ruleset.size());
    if (is_new) by_ruleset.emplace_back();
    return found->second;
  };
  const std::vector<FieldId> items = evidence_in_force(rulebook, asked);
  for (const FieldId field : items) by_ruleset[group(rulebook.evidence[field.index].ruleset)].push_back(field);
  std::vector<AimCount> aims(by_ruleset.size());
  AimCount all;
  for (std::size_t i = 0; i < by_ruleset.size(); ++i)
    for (const FieldId field : by_ruleset[i])
      for (AimCount* count : {&aims[i], &all}) count->add(rulebook.evidence[field.index].charge, {field}, false);
  for (const RuleId id : plan(rulebook, asked).rules) {
    const Rule& rule = rulebook.rule(id);
    if (rule.local_of || rule.charge.aims.empty() || std::holds_alternative<UnsupportedRule>(rule.body)) continue;
    std::vector<FieldId> fields;  // both are in the order declared
    std::ranges::set_intersection(fields_read(rulebook, id), items, std::back_inserter(fields));
    all.add(rule.charge, fields, true);
    if (const auto own = place.find(rulebook.ruleset(rule.ruleset).name); own != place.end())
      aims[own->second].add(rule.charge, fields, true);
  }
  for (std::size_t i = 0; i < by_ruleset.size(); ++i) {
    out.rulesets.push_back(balance_of(rulebook, by_ruleset[i]));
    out.rulesets.back().aims = aims[i].served();
    out.rulesets.back().speaks_of_aims = aims[i].any();
  }
  out.aims = all.served();
  return out;
}

std::string to_json(const Balance& balance, const Rulebook& rulebook) {
  JsonWriter out;
  out.begin_object();
  write_aims(out, balance.aims);
  out.field("as_at", balance.as_at.to_string());
  out.field("format", "assay.balance/1");
  out.key("rulesets").begin_array();
  for (const RulesetBalance& one : balance.rulesets) {
    out.begin_object();
    write_aims(out, one.aims);
    write_experience(out, one, rulebook);
    out.key("items").number(static_cast<std::int64_t>(one.items));
    write_counts(out, "measures", one.measures);
    write_counts(out, "purposes", one.purposes);
    out.field("ruleset", one.ruleset);
    out.key("safety").number(static_cast<std::int64_t>(one.safety));
    write_counts(out, "sectors", one.sectors);
    out.field("title", one.title);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace assay
