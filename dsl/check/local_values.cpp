// Local overlays: whose they are, what they hold, and the national parameters they set, none of them looser (docs/
// language.md 9.1, 9.2).
#include <fmt/format.h>

#include <algorithm>

#include "dsl/check/expr_checker.h"
#include "evidence/core/value.h"

namespace assay::checking {
namespace {

void take_bodies(Checker& checker, const ast::RulesetDecl& decl, RulesetId in, RulesetId on) {
  if (!decl.local->kind) return;  // spoken of
  const auto kind = checker.find_body_kind(in, *decl.local->kind);
  if (!kind) return;
  Overlay made{.on = on, .kind = *kind};
  std::map<std::string, Span> seen;
  for (const ast::OverlaySubject& each : decl.local->subjects) {
    const auto [first, is_new] = seen.emplace(each.code.text, each.code.span);
    if (is_new) {
      made.bodies.push_back({each.code.text, each.as ? each.as->text : ""});
      continue;
    }
    checker.report(DiagnosticKind::DeclaredTwice, each.code.span,
                   fmt::format("the overlay is for `{}` already", each.code.text), "keep one of them",
                   {{first->second, "the first is here"}});
  }
  checker.book.rulesets[in.index].overlay = std::move(made);
}

// What every body of a kind would have to share is no overlay's to declare.
template <class Decl>
void refuse(Checker& checker, std::string_view what) {
  checker.for_each<Decl>([&](ast::DeclId, const Decl& decl, RulesetId in) {
    if (!checker.is_local(in)) return;
    checker.report(DiagnosticKind::OverlayMisplaced, decl.name.span, fmt::format("{} stands in a local overlay", what),
                   "an overlay adds evidence, parameters, defines, ratings, tables and flags of its own bodies");
  });
}

// What an overlay sets under one name: its values, and the national parameter in each of its editions.
struct Setting {
  ast::Name name;
  std::vector<const ast::SetValue*> written;
  std::vector<ParameterId> national;
};

std::vector<ParameterId> national_parameters(const Checker& checker, RulesetId on, const std::string& name) {
  std::vector<ParameterId> found;
  for (const RulesetId edition : checker.book.ruleset(on).editions) {
    const Symbol* symbol = checker.names.own(edition, name);
    if (symbol != nullptr && symbol->sort == Sort::Parameter) found.push_back({symbol->index});
  }
  return found;
}

class LocalValues {
 public:
  LocalValues(Checker& checker, RulesetId in, RulesetId on) : checker_(checker), in_(in), on_(on) {}

  void take(const ast::LocalPart& local) {
    std::vector<Setting> settings;
    for (const ast::SetValue& set : local.sets) {
      auto found = std::find_if(settings.begin(), settings.end(),
                                [&](const Setting& each) { return each.name.text == set.parameter.text; });
      if (found == settings.end()) found = settings.insert(found, {set.parameter, {}, {}});
      found->written.push_back(&set);
    }
    for (Setting& setting : settings) {
      setting.national = national_parameters(checker_, on_, setting.name.text);
      if (setting.national.empty())
        unknown(setting.name);
      else
        set(setting);
    }
  }

 private:
  const Ruleset& overlay() const { return checker_.book.ruleset(in_); }
  const Parameter& parameter(ParameterId id) const { return checker_.book.parameters[id.index]; }

  void unknown(const ast::Name& name) {
    std::vector<std::string> parameters;
    for (const RulesetId edition : checker_.book.ruleset(on_).editions)
      for (const auto& [known, symbol] : checker_.names.all_own(edition)) {
        if (symbol.sort == Sort::Broken && known == name.text) return;  // spoken of
        if (symbol.sort == Sort::Parameter) parameters.push_back(known);
      }
    checker_.report(DiagnosticKind::UnknownName, name.span,
                    fmt::format("`{}` has no parameter `{}`", checker_.book.ruleset(on_).name, name.text),
                    checker_.did_you_mean(name.text, parameters));
  }

  bool may_be_set(const Setting& setting) {
    for (const ParameterId id : setting.national) {
      if (checker_.local_may[id.index] != LocalMay::Nothing) continue;
      checker_.report(DiagnosticKind::NationalOnly, setting.name.span,
                      fmt::format("`{}` is national: its ruleset lets no overlay set it", setting.name.text),
                      "set another, or declare a parameter and a flag of your own",
                      {{parameter(id).span, "declared here"}});
      return false;
    }
    return true;
  }

  void set(const Setting& setting);
  void take_values(const Setting& setting, Parameter& made);
  void compare(const Parameter& made, ParameterId national, FieldId standard);
  void looser(const Parameter& made, const Parameter::Dated& local, const Parameter& national,
              const Parameter::Dated& there, Date first, FieldId standard);

  Checker& checker_;
  RulesetId in_, on_;
};

void LocalValues::set(const Setting& setting) {
  const Parameter& national = parameter(setting.national.back());
  if (!may_be_set(setting) || national.type == kErrorType) return;
  const auto standard = checker_.standard_for[setting.national.back().index];
  const ParameterId id{static_cast<std::uint32_t>(checker_.book.parameters.size())};
  Parameter made{.ruleset = in_,
                 .name = checker_.qualified(in_, setting.name.text),
                 .title = national.title,
                 .type = national.type,
                 .span = setting.written.front()->span,
                 .local_of = setting.national};
  made.grounds.basis = ast::BasisKind::Local;
  if (standard) made.tighter = checker_.book.schema.field(*standard).direction;
  take_values(setting, made);
  if (!checker_.declare(in_, setting.name, {.sort = Sort::Parameter, .index = id.index})) return;
  if (standard)
    for (const ParameterId each : setting.national) compare(made, each, *standard);
  for (const ParameterId each : setting.national) checker_.book.local_parameters[{in_, each}] = id;
  checker_.book.parameters.push_back(std::move(made));
  checker_.standard_for.push_back(standard);
  checker_.local_may.push_back(LocalMay::Nothing);
}

void LocalValues::take_values(const Setting& setting, Parameter& made) {
  std::vector<const ast::DatedValue*> values;
  for (const ast::SetValue* set : setting.written) values.push_back(&set->value);
  take_dated_values(checker_, setting.name, values, made);
}

// The days that two periods share; nothing where there are none.
std::optional<Days> shared(const Days& a, const Days& b) {
  Days both{std::max(a.from, b.from), a.to};
  if (b.to && (!both.to || *b.to < *both.to)) both.to = b.to;
  if (both.to && *both.to < both.from) return std::nullopt;
  return both;
}

// On which days a value of a parameter answers, its ruleset set aside.
Days days_of(const Parameter& parameter, std::size_t value) {
  Days days{parameter.values[value].from, parameter.values[value].to};
  if (!days.to && value + 1 < parameter.values.size()) days.to = Date{parameter.values[value + 1].from.days - 1};
  return days;
}

void LocalValues::compare(const Parameter& made, ParameterId national, FieldId standard) {
  const Parameter& there = parameter(national);
  const Ruleset& edition = checker_.book.ruleset(there.ruleset);
  if (edition.draft || edition.upcoming) return;
  const Days of_edition = days_in_force(checker_.book, there.ruleset), of_overlay = days_in_force(checker_.book, in_);
  for (std::size_t i = 0; i < made.values.size(); ++i) {
    const auto local = shared(days_of(made, i), of_overlay);
    for (std::size_t j = 0; local && j < there.values.size(); ++j) {
      const auto held = shared(days_of(there, j), of_edition);
      const auto both = held ? shared(*local, *held) : std::nullopt;
      if (both && is_looser(made.tighter, made.values[i].value, there.values[j].value))
        looser(made, made.values[i], there, there.values[j], both->from, standard);
    }
  }
}

// An edition published after the value was set wins where it is tighter (9.2), and its author could not know it.
void LocalValues::looser(const Parameter& made, const Parameter::Dated& local, const Parameter& national,
                         const Parameter::Dated& there, Date first, FieldId standard) {
  const FieldDef& field = checker_.book.schema.field(standard);
  const ValueType& type = checker_.book.type(made.type);
  const bool lower = made.tighter == Direction::LowerIsBetter;
  const std::string own = to_words(local.value, type), theirs = to_words(there.value, type);
  const std::string direction = fmt::format("{} is better for `{}`", lower ? "lower" : "higher", field.name);
  const std::vector<Note> both{{there.span, fmt::format("the national value on {}", first.to_string())}};
  if (checker_.book.ruleset(national.ruleset).published > local.from && first > local.from) {
    checker_.report(DiagnosticKind::NationalTighter, local.span,
                    fmt::format("from {} the national {} is tighter than {}, and is used: {}", first.to_string(),
                                theirs, own, direction),
                    "end this value, or set a tighter one", both);
    return;
  }
  checker_.report(DiagnosticKind::LocalLoosens, local.span,
                  fmt::format("{} is looser than the national {}: {}", own, theirs, direction),
                  fmt::format("an overlay may tighten a minimum standard and not loosen it: set {} or {}", theirs,
                              lower ? "less" : "more"),
                  both);
}

}  // namespace

void check_overlays(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.overlays.size(); ++i)
    if (checker.overlays[i] != nullptr && checker.overlay_on[i])
      take_bodies(checker, *checker.overlays[i], RulesetId{i}, *checker.overlay_on[i]);
  for (std::size_t i = 0; i < checker.book.rules.size(); ++i) {
    const Rule& rule = checker.book.rules[i];
    const auto& overlay = checker.book.ruleset(rule.ruleset).overlay;
    if (!overlay || overlay->kind == rule.kind) continue;
    checker.report(DiagnosticKind::OverlayMisplaced, checker.rule_named[i],
                   fmt::format("`{}` is of {}, and the overlay is for {}", rule.name,
                               checker.book.schema.kind(rule.kind).name, checker.book.schema.kind(overlay->kind).name),
                   "an overlay's rules are of the bodies that it is for");
  }
  refuse<ast::KindDecl>(checker, "a kind");
  refuse<ast::RelationDecl>(checker, "a relation");
  refuse<ast::RegimeDecl>(checker, "a regime");
  refuse<ast::InteractionDecl>(checker, "an interaction");
}

void check_local_values(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.overlays.size(); ++i)
    if (checker.overlays[i] != nullptr && checker.overlay_on[i])
      LocalValues(checker, RulesetId{i}, *checker.overlay_on[i]).take(*checker.overlays[i]->local);
  std::vector<Parameter>& parameters = checker.book.parameters;
  for (const Parameter& one : parameters) {
    if (one.local_of.empty() || !one.editions.empty()) continue;
    std::vector<ParameterId> ids;
    for (std::uint32_t i = 0; i < parameters.size(); ++i)
      if (!parameters[i].local_of.empty() && parameters[i].name == one.name) ids.push_back({i});
    if (ids.size() < 2) continue;
    for (const ParameterId id : ids) parameters[id.index].editions = ids;
  }
}

}  // namespace assay::checking
