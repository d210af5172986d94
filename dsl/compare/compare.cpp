// Everything that both have by its name; then what only one has.
#include "dsl/compare/compare.h"

#include <algorithm>
#include <map>

#include "dsl/compare/attributes.h"
#include "dsl/compare/of_rules.h"

namespace assay {

std::string_view to_string(Verdict verdict) {
  constexpr std::string_view kNames[] = {"stricter", "looser", "changed", "same", "added", "removed"};
  return kNames[static_cast<std::size_t>(verdict)];
}

namespace {

// Of several editions the last to start speaks, but for those that nothing evaluates.
bool speaks_before(const Rulebook& book, RulesetId one, RulesetId other) {
  const Ruleset &a = book.ruleset(one), &b = book.ruleset(other);
  if (a.upcoming != b.upcoming) return b.upcoming;
  return a.in_force_from > b.in_force_from;
}

template <class Item>
const Item* latest(const Rulebook& book, const std::vector<Item>& items, std::string_view name) {
  const Item* found = nullptr;
  for (const Item& one : items)
    if (one.name == name && (!found || speaks_before(book, one.ruleset, found->ruleset))) found = &one;
  return found;
}

const Parameter* find_parameter(const Rulebook& book, std::string_view name) {
  return latest(book, book.parameters, name);
}
const Rule* find_rule(const Rulebook& book, std::string_view name) { return latest(book, book.rules, name); }

// The value on a day; nullptr where there is none.
const Value* value_on(const Parameter& parameter, Date day) {
  const Parameter::Dated* answer = nullptr;
  for (const auto& dated : parameter.values)
    if (dated.from <= day) answer = &dated;
  return answer && (!answer->to || day <= *answer->to) ? &answer->value : nullptr;
}

// On every day from which both have had a value.
Way way_of_values(const Rulebook& was_in, const Parameter& was, const Rulebook& now_in, const Parameter& now) {
  if (type_in_words(was_in.type(was.type)) != type_in_words(now_in.type(now.type))) return Way::Depends;
  if (was.values.empty() || now.values.empty()) return Way::Depends;
  const Date begin = std::max(was.values.front().from, now.values.front().from);
  std::vector<Date> days{begin};
  for (const Parameter* one : {&was, &now})
    for (const auto& dated : one->values) {
      if (dated.from > begin) days.push_back(dated.from);
      if (dated.to && *dated.to >= begin) days.push_back(Date{dated.to->days + 1});
    }
  Way way = Way::Same;
  for (Date day : days) {
    const Value *a = value_on(was, day), *b = value_on(now, day);
    if (!a && !b) continue;
    if (!a || !b) return Way::Depends;
    if (same(*a, *b)) continue;
    if (!is_ordered(was_in.type(was.type).kind)) return Way::Depends;
    way = joined(way, order(*a, *b) < 0 ? Way::More : Way::Less);
  }
  return way;
}

bool is_evidence(const FieldDef& field) {
  return field.role == FieldRole::Evidence && !field.name.ends_with(".register") && !field.name.ends_with(".alias");
}

class Comparing {
 public:
  Comparing(const Rulebook& was, const Rulebook& now) : was_(was), now_(now) {
    names_.rule = [this](const std::string& name) { return rule_way(name); };
    names_.parameter = [this](const std::string& name) { return parameter_way(name); };
    names_.same_field = [this](const std::string& name) { return same_field(name); };
    names_.may_not_apply = [this](const std::string& name) { return may_not_apply(name); };
    names_.constant = [this](const std::string& name, bool in_now) -> std::optional<Decimal> {
      const Parameter* found = find_parameter(in_now ? now_ : was_, name);
      if (!found || found->values.size() != 1) return std::nullopt;
      const auto* number = std::get_if<Decimal>(&found->values.front().value);
      return number ? std::optional(*number) : std::nullopt;
    };
  }

  Comparison take() && {
    editions();
    for (const Rule& rule : now_.rules)
      if (find_rule(now_, rule.name) == &rule) compare_rule(rule);
    for (const Parameter& parameter : now_.parameters)
      if (find_parameter(now_, parameter.name) == &parameter) compare_parameter(parameter);
    for (const FieldDef& field : now_.schema.fields()) compare_evidence(field);
    removed();
    return std::move(out_);
  }

 private:
  void editions() {
    const auto words = [](const Rulebook& book, const std::string& name) {
      std::string out;
      for (const Ruleset& one : book.rulesets) {
        if (one.name != name || one.upcoming) continue;
        out += fmt::format("{}edition {}, in force from {}{}", out.empty() ? "" : "; ", one.edition,
                           one.in_force_from.to_long_string(),
                           one.in_force_to ? " to " + one.in_force_to->to_long_string() : "");
        if (one.published > one.in_force_from)
          out += fmt::format(", put in force before it was published on {}", one.published.to_long_string());
      }
      return out;
    };
    std::vector<std::string> names;
    for (const Rulebook* book : {&now_, &was_})
      for (const Ruleset& one : book->rulesets)
        if (std::find(names.begin(), names.end(), one.name) == names.end()) names.push_back(one.name);
    for (const std::string& name : names) {
      EditionCompared edition{name, words(was_, name), words(now_, name)};
      if (edition.was != edition.now) out_.editions.push_back(std::move(edition));
    }
  }

  // ---- Which way a name has moved
  Way rule_way(const std::string& name) {
    if (const auto known = ways_.find(name); known != ways_.end()) return known->second;
    const Rule *a = find_rule(was_, name), *b = find_rule(now_, name);
    ways_[name] = Way::Depends;
    return ways_[name] = a && b ? way_of_rules({was_, *a}, {now_, *b}, names_) : Way::Depends;
  }
  Way parameter_way(const std::string& name) {
    const Parameter *a = find_parameter(was_, name), *b = find_parameter(now_, name);
    return a && b ? way_of_values(was_, *a, now_, *b) : Way::Depends;
  }
  bool same_field(const std::string& name) const {
    const auto a = was_.schema.find_field(name), b = now_.schema.find_field(name);
    return a && b && evidence_attributes(was_, *a) == evidence_attributes(now_, *b);
  }
  // Evidence says so itself; a rule if it can find nothing, or anything under it may not apply.
  bool may_not_apply(const std::string& name) const {
    for (const Rulebook* book : {&was_, &now_}) {
      const auto field = book->schema.find_field(name);
      if (field && !book->schema.field(*field).is_stage && book->schema.field(*field).may_not_apply) return true;
      const Rule* rule = find_rule(*book, name);
      if (!rule || std::holds_alternative<StageRule>(rule->body)) continue;
      if (may_find_nothing(RuleIn{*book, *rule})) return true;
      for (const std::string& read : names_in({*book, *rule}))
        if (read != name && may_not_apply(read)) return true;
    }
    return false;
  }
  bool moved(const std::string& name) {
    if (find_rule(was_, name) && find_rule(now_, name)) return rule_way(name) != Way::Same;
    if (find_parameter(was_, name) && find_parameter(now_, name)) return parameter_way(name) != Way::Same;
    if (was_.schema.find_field(name) && now_.schema.find_field(name)) return !same_field(name);
    return false;
  }

  // ---- Rules
  static std::string how_of(const Rule& rule, const Rulebook& book, Way way) {
    if (way == Way::Same) return "the same meaning";
    if (way == Way::Depends) return "which way depends on the evidence";
    const bool more = way == Way::More;
    if (std::holds_alternative<EnterRule>(rule.body) || std::holds_alternative<ExitRule>(rule.body))
      return more ? "met in more cases" : "met in fewer cases";
    if (is_trigger(rule)) return more ? "raised in more cases" : "raised in fewer cases";
    if (std::holds_alternative<RatingRule>(rule.body))
      return more ? "better in some cases, worse in none" : "worse in some cases, better in none";
    if (book.type(rule.type).kind == TypeKind::YesNo) return more ? "yes in more cases" : "yes in fewer cases";
    return more ? "higher in some cases, lower in none" : "lower in some cases, higher in none";
  }
  static Verdict verdict_of(const Rule& rule, Way way) {
    if (way == Way::Same) return Verdict::Same;
    if (way == Way::Depends) return Verdict::Changed;
    const auto* flag = std::get_if<FlagRule>(&rule.body);
    const bool tightens_when_more = (flag && flag->severity != ast::FlagSeverity::Commend) ||
                                    std::holds_alternative<InteractionRule>(rule.body) ||
                                    std::holds_alternative<EnterRule>(rule.body);
    const bool tightens_when_less = (flag && flag->severity == ast::FlagSeverity::Commend) ||
                                    std::holds_alternative<RatingRule>(rule.body) ||
                                    std::holds_alternative<ExitRule>(rule.body);
    if (!tightens_when_more && !tightens_when_less) return Verdict::Changed;
    return (way == Way::More) == tightens_when_more ? Verdict::Stricter : Verdict::Looser;
  }
  static std::string said(const Rulebook& book, const std::optional<ast::Template>& text) {
    return text ? book.sources.words(text->span) : "";
  }
  void flag_beside(const Rule& was, const Rule& now, Compared& item) const {
    const auto *a = std::get_if<FlagRule>(&was.body), *b = std::get_if<FlagRule>(&now.body);
    if (!a || !b) return;
    constexpr std::string_view kSeverity[] = {"low", "medium", "high", "commend"};
    add_text("severity", std::string(kSeverity[static_cast<std::size_t>(a->severity)]),
             std::string(kSeverity[static_cast<std::size_t>(b->severity)]), item.grounds);
    add_text("says", said(was_, a->says), said(now_, b->says), item.grounds);
    add_text("action", said(was_, a->action), said(now_, b->action), item.grounds);
  }
  void compare_rule(const Rule& rule) {
    Compared item{.what = Compared::What::Rule, .name = rule.name, .title = rule.title};
    const Rule* before = find_rule(was_, rule.name);
    if (!before) {
      item.verdict = Verdict::Added;
      item.now = words_of({now_, rule});
      return out_.items.push_back(std::move(item));
    }
    const Rule& was = *before;
    const RuleIn a{was_, was}, b{now_, rule};
    const Way way = rule_way(rule.name);
    item.verdict = verdict_of(rule, way);
    item.how = how_of(rule, now_, way);
    if (meaning_of(a) != meaning_of(b)) item.was = words_of(a), item.now = words_of(b);
    for (const std::string& name : names_in(b))
      if (moved(name)) item.through.push_back(name);
    add_text("title", was.title, rule.title, item.grounds);
    add_grounds(was_, was.grounds, now_, rule.grounds, item.grounds);
    add_charge(was.charge, rule.charge, item.grounds);
    flag_beside(was, rule, item);
    out_.items.push_back(std::move(item));
  }

  // ---- Parameters: stricter or looser where every rule that reads one is
  Verdict verdict_of_uses(const std::string& parameter) {
    std::optional<Verdict> all;
    for (const Rule& rule : now_.rules) {
      const auto names = names_in({now_, rule});
      if (std::find(names.begin(), names.end(), parameter) == names.end()) continue;
      const auto item = std::find_if(out_.items.begin(), out_.items.end(),
                                     [&](const Compared& one) { return one.name == rule.name; });
      if (item == out_.items.end() || item->verdict == Verdict::Added) continue;
      if (all && *all != item->verdict) return Verdict::Changed;
      all = item->verdict;
    }
    return all && (*all == Verdict::Stricter || *all == Verdict::Looser) ? *all : Verdict::Changed;
  }
  void compare_parameter(const Parameter& parameter) {
    Compared item{.what = Compared::What::Parameter, .name = parameter.name, .title = parameter.title};
    const Parameter* was = find_parameter(was_, parameter.name);
    const Attributes now = parameter_values(now_, parameter);
    if (!was) {
      item.verdict = Verdict::Added;
      item.now = fmt::format("{}", fmt::join(now, "; "));
      return out_.items.push_back(std::move(item));
    }
    const Way way = way_of_values(was_, *was, now_, parameter);
    item.how = way == Way::Same   ? "the same values"
               : way == Way::More ? "higher"
               : way == Way::Less ? "lower"
                                  : "higher on some days, lower or absent on others";
    if (way != Way::Same) {
      const Attributes then = parameter_values(was_, *was);
      item.was = only_in(then, now), item.now = only_in(now, then);
      item.verdict = verdict_of_uses(parameter.name);
    }
    add_text("title", was->title, parameter.title, item.grounds);
    add_grounds(was_, was->grounds, now_, parameter.grounds, item.grounds);
    out_.items.push_back(std::move(item));
  }

  // ---- Evidence
  void compare_evidence(const FieldDef& field) {
    if (!is_evidence(field)) return;
    Compared item{.what = Compared::What::Evidence, .name = field.name, .title = field.title};
    const auto before = was_.schema.find_field(field.name), after = now_.schema.find_field(field.name);
    const Attributes now = evidence_attributes(now_, *after);
    if (!before) {
      item.verdict = Verdict::Added;
      item.now = fmt::format("{}", fmt::join(now, ", "));
      return out_.items.push_back(std::move(item));
    }
    const Attributes then = evidence_attributes(was_, *before);
    if (then != now) {
      item.verdict = Verdict::Changed;
      item.how = "read otherwise";
      item.was = only_in(then, now), item.now = only_in(now, then);
    }
    add_text("title", was_.schema.field(*before).title, field.title, item.grounds);
    const EvidenceNote &a = was_.evidence[before->index], &b = now_.evidence[after->index];
    add_text("judgement of", a.judgement_of, b.judgement_of, item.grounds);
    add_grounds(was_, a.grounds, now_, b.grounds, item.grounds);
    add_charge(a.charge, b.charge, item.grounds);
    out_.items.push_back(std::move(item));
  }

  void removed() {
    const auto gone = [&](Compared::What what, const std::string& name, const std::string& title, std::string words) {
      out_.items.push_back({what, name, title, Verdict::Removed, "", std::move(words), "", {}, {}});
    };
    for (const Rule& rule : was_.rules)
      if (!find_rule(now_, rule.name) && find_rule(was_, rule.name) == &rule)
        gone(Compared::What::Rule, rule.name, rule.title, words_of({was_, rule}));
    for (const Parameter& one : was_.parameters)
      if (!find_parameter(now_, one.name) && find_parameter(was_, one.name) == &one)
        gone(Compared::What::Parameter, one.name, one.title,
             fmt::format("{}", fmt::join(parameter_values(was_, one), "; ")));
    for (const FieldDef& field : was_.schema.fields())
      if (is_evidence(field) && !now_.schema.find_field(field.name))
        gone(Compared::What::Evidence, field.name, field.title,
             fmt::format("{}", fmt::join(evidence_attributes(was_, *was_.schema.find_field(field.name)), ", ")));
  }

  const Rulebook& was_;
  const Rulebook& now_;
  NamesNow names_;
  std::map<std::string, Way> ways_;
  Comparison out_;
};

}  // namespace

Comparison compare(const Rulebook& was, const Rulebook& now) { return Comparing(was, now).take(); }

}  // namespace assay
