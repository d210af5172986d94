// Rulesets and what they use. A ruleset may lie in several files, each of which starts with its name; one of them says
// the rest.
#include <fmt/format.h>

#include <algorithm>

#include "dsl/check/checker.h"

namespace assay::checking {
namespace {

bool says_more(const ast::RulesetDecl& decl) {
  return !decl.title.empty() || !decl.owner.empty() || !decl.edition.empty() || decl.from || decl.to || decl.published;
}

// The first `ruleset` of each file; one that stands later in it is a mistake.
std::vector<std::optional<ast::DeclId>> headers(Checker& checker) {
  const ast::Tree& tree = checker.book.tree;
  std::vector<std::optional<ast::DeclId>> first(checker.book.sources.size());
  std::vector<bool> other_first(checker.book.sources.size(), false);
  for (std::uint32_t i = 0; i < tree.decl_count(); ++i) {
    const ast::DeclId id{i};
    const Span span = tree.span(id);
    const auto* decl = std::get_if<ast::RulesetDecl>(&tree.decl(id));
    if (decl == nullptr) {
      if (!first[span.file.index]) other_first[span.file.index] = true;
      continue;
    }
    if (!first[span.file.index]) {
      first[span.file.index] = id;
      if (!other_first[span.file.index]) continue;
      checker.report(DiagnosticKind::NoRuleset, decl->name.span, "`ruleset` stands after other declarations",
                     "let the file start with it");
    } else {
      checker.report(DiagnosticKind::TwoHeaders, decl->name.span, "a second `ruleset` in one file",
                     "one file belongs to one ruleset",
                     {{std::get<ast::RulesetDecl>(tree.decl(*first[span.file.index])).name.span, "the first is here"}});
    }
  }
  return first;
}

RulesetId ruleset_named(Checker& checker, const std::string& name) {
  if (const auto known = checker.names.ruleset(name)) return *known;
  checker.book.rulesets.push_back({.name = name});
  checker.names.add_ruleset(name);
  return RulesetId{static_cast<std::uint32_t>(checker.book.rulesets.size() - 1)};
}

void take_header(Checker& checker, const ast::RulesetDecl& decl, Ruleset& ruleset) {
  ruleset.title = decl.title;
  ruleset.owner = decl.owner;
  ruleset.edition = decl.edition;
  const std::optional<Date> always = Date::from_ymd(1, 1, 1);
  ruleset.in_force_from = decl.from ? *decl.from : *always;
  ruleset.in_force_to = decl.to;
  ruleset.published = decl.published ? *decl.published : ruleset.in_force_from;
  if (decl.from && decl.to && *decl.to < *decl.from) {
    checker.report(DiagnosticKind::WrongPeriod, decl.name.span,
                   fmt::format("`{}` ends on {}, before it starts on {}", decl.name.text, decl.to->to_string(),
                               decl.from->to_string()));
  }
}

std::string_view first_word(const Checker& checker, Span decl) {
  const std::string_view text = checker.book.sources.text(decl);
  return text.substr(0, std::min(text.find_first_of(" \t\r\n"), text.size()));
}

// The word in column one of a declaration that did not parse, from the name after it.
std::string_view dropped_word(const Checker& checker, const ast::Name& name) {
  const std::string_view text = checker.book.sources.file(name.span.file).text();
  const std::size_t line_end = text.substr(0, name.span.begin).rfind('\n');
  const std::uint32_t begin = line_end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(line_end + 1);
  return first_word(checker, {name.span.file, begin, name.span.end});
}

// The name in a header that did not parse, which has been spoken of; else the file has none.
std::string missing_header(Checker& checker, FileId file) {
  const ast::Tree& tree = checker.book.tree;
  for (const ast::Name& name : tree.dropped()) {
    if (name.span.file == file && dropped_word(checker, name) == "ruleset") return name.text;
  }
  Span at{file, 0, 0};
  for (std::uint32_t i = 0; i < tree.decl_count() && at.end == 0; ++i) {
    const Span decl = tree.span(ast::DeclId{i});
    if (decl.file == file)
      at = {file, decl.begin, decl.begin + static_cast<std::uint32_t>(first_word(checker, decl).size())};
  }
  checker.report(DiagnosticKind::NoRuleset, at,
                 fmt::format("`{}` names no ruleset", checker.book.sources.file(file).path()),
                 "let it start with `ruleset NAME`");
  return "";
}

// What a broken declaration would have declared is known and wrong, so that nothing more is said of it.
void declare_dropped(Checker& checker) {
  for (const ast::Name& name : checker.book.tree.dropped()) {
    const RulesetId in = checker.ruleset_of(name.span);
    const std::string_view word = dropped_word(checker, name);
    if (word == "interaction") checker.interactions_dropped = true;
    if (word == "kind" || word == "relation" || word == "use" || word == "ruleset") {
      for (std::uint32_t i = 0; i < checker.book.rulesets.size(); ++i) checker.names.set_incomplete(RulesetId{i});
    }
    const auto used = checker.names.ruleset(name.text);
    if (used && !checker.names.sees(in, *used)) checker.names.use(in, *used);
    checker.names.add(in, name.text, {.sort = Sort::Broken, .span = name.span, .vocabulary = true, .dropped = true});
  }
}

void take_uses(Checker& checker) {
  std::vector<std::string> known;
  for (const Ruleset& ruleset : checker.book.rulesets) known.push_back(ruleset.name);
  checker.for_each<ast::UseDecl>([&](ast::DeclId, const ast::UseDecl& use, RulesetId in) {
    const auto used = checker.names.ruleset(use.name.text);
    if (!used) {
      checker.report(DiagnosticKind::UnknownRuleset, use.name.span,
                     fmt::format("no ruleset `{}` is among the files read", use.name.text),
                     did_you_mean(use.name.text, known));
      checker.names.set_incomplete(in);
      return;
    }
    if (!checker.names.sees(in, *used)) checker.names.use(in, *used);
    if (use.edition && use.edition->text != checker.book.ruleset(*used).edition) {
      checker.report(DiagnosticKind::UnknownEdition, use.edition->span,
                     fmt::format("edition {} of `{}` is not among the files read", checker.quote(use.edition->span),
                                 use.name.text),
                     fmt::format("the one read is \"{}\"", checker.book.ruleset(*used).edition));
    }
    if (!use.as) return;
    const auto other = checker.names.alias(in, use.as->text);
    const auto same_name = checker.names.ruleset(use.as->text);
    if ((other && *other != *used) || (same_name && *same_name != *used)) {
      const std::string taken = checker.book.ruleset(other ? *other : *same_name).name;
      checker.report(DiagnosticKind::DeclaredTwice, use.as->span,
                     fmt::format("`{}` already stands for `{}`", use.as->text, taken),
                     "give one of the two another name");
      return;
    }
    checker.names.add_alias(in, use.as->text, *used);
  });
}

}  // namespace

void declare_rulesets(Checker& checker) {
  const ast::Tree& tree = checker.book.tree;
  const auto first = headers(checker);
  std::vector<std::optional<Span>> told;  // by ruleset: where its title and edition stand
  for (std::uint32_t i = 0; i < first.size(); ++i) {
    const FileId file{i};
    const auto* decl = first[i] ? &std::get<ast::RulesetDecl>(tree.decl(*first[i])) : nullptr;
    const RulesetId id = ruleset_named(checker, decl == nullptr ? missing_header(checker, file) : decl->name.text);
    checker.ruleset_of_file.push_back(id);
    checker.book.rulesets[id.index].files.push_back(file);
    told.resize(checker.book.rulesets.size());
    if (decl == nullptr || !says_more(*decl)) continue;
    if (told[id.index]) {
      checker.report(DiagnosticKind::TwoHeaders, decl->name.span,
                     fmt::format("another file already gives the title, edition or period of `{}`", decl->name.text),
                     "say them in one file only", {{*told[id.index], "given here"}});
      continue;
    }
    told[id.index] = decl->name.span;
    take_header(checker, *decl, checker.book.rulesets[id.index]);
  }
  for (std::uint32_t i = 0; i < first.size(); ++i) {
    const RulesetId id = checker.ruleset_of_file[i];
    if (!first[i] || told[id.index] || checker.book.rulesets[id.index].files.front() != FileId{i}) continue;
    take_header(checker, std::get<ast::RulesetDecl>(tree.decl(*first[i])), checker.book.rulesets[id.index]);
  }
  take_uses(checker);
  declare_dropped(checker);
}

}  // namespace assay::checking
