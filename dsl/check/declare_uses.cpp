// Which rulesets and editions each ruleset sees: by `use`, and an overlay the national one it stands on.
#include <fmt/format.h>

#include <algorithm>

#include "dsl/check/checker.h"
#include "evidence/core/text.h"

namespace assay::checking {
namespace {

// Editions in the order in which a name is looked for: what is in force or was comes before drafts, later ones first.
std::vector<RulesetId> by_weight(const Rulebook& book, RulesetId any) {
  std::vector<RulesetId> ids = book.ruleset(any).editions;
  std::reverse(ids.begin(), ids.end());
  std::stable_partition(ids.begin(), ids.end(),
                        [&](RulesetId id) { return !book.ruleset(id).draft && !book.ruleset(id).upcoming; });
  return ids;
}

std::optional<RulesetId> ruleset_read(Checker& checker, const ast::Name& name, RulesetId in) {
  const auto found = checker.names.ruleset(name.text);
  if (found) return found;
  std::vector<std::string> known;
  for (const Ruleset& ruleset : checker.book.rulesets) known.push_back(ruleset.name);
  std::string help = checker.did_you_mean(name.text, known);
  if (help.empty()) help = "name its file too; those that are shipped are found by their full name";
  checker.report(DiagnosticKind::UnknownRuleset, name.span,
                 fmt::format("no ruleset `{}` is among the files read", name.text), std::move(help));
  checker.names.set_incomplete(in);
  return std::nullopt;
}

std::optional<RulesetId> edition_read(Checker& checker, const ast::UseDecl& use, RulesetId any) {
  std::vector<std::string> read;
  for (const RulesetId each : checker.book.ruleset(any).editions) {
    if (checker.book.ruleset(each).edition == use.edition->text) return each;
    read.push_back(fmt::format("\"{}\"", checker.book.ruleset(each).edition));
  }
  checker.report(
      DiagnosticKind::UnknownEdition, use.edition->span,
      fmt::format("edition {} of `{}` is not among the files read", checker.quote(use.edition->span), use.name.text),
      read.size() == 1 ? fmt::format("the one read is {}", read.front())
                       : fmt::format("those read are {}", join_words(read)));
  return std::nullopt;
}

void see(Checker& checker, RulesetId user, RulesetId used) {
  if (!checker.names.sees(user, used)) checker.names.use(user, used);
}

void take_alias(Checker& checker, const ast::Name& alias, RulesetId in, RulesetId used) {
  const std::string& name = checker.book.ruleset(used).name;
  const auto stands_for_another = [&](std::optional<RulesetId> other) {
    return other && checker.book.ruleset(*other).name != name;
  };
  const auto other = checker.names.alias(in, alias.text);
  const auto same_name = checker.names.ruleset(alias.text);
  if (!stands_for_another(other) && !stands_for_another(same_name)) {
    checker.names.add_alias(in, alias.text, used);
    return;
  }
  checker.report(DiagnosticKind::DeclaredTwice, alias.span,
                 fmt::format("`{}` already stands for `{}`", alias.text,
                             checker.book.ruleset(stands_for_another(other) ? *other : *same_name).name),
                 "give one of the two another name");
}

void take_use(Checker& checker, const ast::UseDecl& use, RulesetId in) {
  const auto found = ruleset_read(checker, use.name, in);
  if (!found) return;
  if (checker.is_local(*found)) {
    checker.report(DiagnosticKind::OverlayMisplaced, use.name.span,
                   fmt::format("`{}` is a local overlay, and nothing stands on it", use.name.text),
                   "use the ruleset that it stands on");
    return;
  }
  const auto pinned = use.edition ? edition_read(checker, use, *found) : std::nullopt;
  if (pinned) {
    see(checker, in, *pinned);
    checker.names.pin(in, *pinned);
  } else {
    for (const RulesetId each : by_weight(checker.book, *found)) see(checker, in, each);
  }
  if (use.as) take_alias(checker, *use.as, in, pinned.value_or(by_weight(checker.book, *found).front()));
}

// An overlay sees the ruleset it stands on, and what that sees.
void take_overlay(Checker& checker, const ast::RulesetDecl& decl, RulesetId in) {
  const auto on = ruleset_read(checker, decl.local->on, in);
  if (!on) return;
  if (checker.is_local(*on)) {
    checker.report(DiagnosticKind::OverlayMisplaced, decl.local->on.span,
                   fmt::format("`{}` is itself a local overlay", decl.local->on.text),
                   "an overlay stands on a national ruleset");
    return;
  }
  checker.overlay_on[in.index] = by_weight(checker.book, *on).front();
  for (const RulesetId each : by_weight(checker.book, *on)) see(checker, in, each);
  for (const RulesetId each : by_weight(checker.book, *on)) {
    const std::vector<RulesetId> seen = checker.names.uses(each);
    for (const RulesetId used : seen) see(checker, in, used);
  }
}

}  // namespace

void declare_uses(Checker& checker) {
  checker.overlay_on.resize(checker.book.rulesets.size());
  checker.overlays.resize(checker.book.rulesets.size(), nullptr);
  checker.for_each<ast::RulesetDecl>([&](ast::DeclId, const ast::RulesetDecl& decl, RulesetId in) {
    if (decl.local && decl.name.text == checker.book.ruleset(in).name && checker.overlays[in.index] == nullptr)
      checker.overlays[in.index] = &decl;
  });
  checker.for_each<ast::UseDecl>(
      [&](ast::DeclId, const ast::UseDecl& use, RulesetId in) { take_use(checker, use, in); });
  for (std::uint32_t i = 0; i < checker.overlays.size(); ++i)
    if (checker.overlays[i] != nullptr) take_overlay(checker, *checker.overlays[i], RulesetId{i});
}

}  // namespace assay::checking
