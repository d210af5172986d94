// What every ruleset that uses this one may call by its bare name: kinds, relations, scales, documents. And themes.
#include <fmt/format.h>

#include "dsl/check/checker.h"

namespace assay::checking {
namespace {

// Fields of registers and aliases have notes too, so that notes stay in step with the schema.
void fill_notes(Checker& checker, RulesetId ruleset, Span span) {
  EvidenceNote note;
  note.ruleset = ruleset;
  note.span = span;
  checker.book.evidence.resize(checker.book.schema.fields().size(), note);
}

// Kinds are called by their bare names in evidence, so no two rulesets may declare the same.
bool is_new_kind(Checker& checker, const ast::Name& name) {
  if (!checker.book.schema.find_kind(name.text)) return true;
  for (std::uint32_t i = 0; i < checker.book.rulesets.size(); ++i) {
    const Symbol* first = checker.names.own(RulesetId{i}, name.text);
    if (first == nullptr || (first->sort != Sort::Kind && first->sort != Sort::Relation)) continue;
    checker.report(DiagnosticKind::DeclaredTwice, name.span, fmt::format("`{}` is declared already", name.text),
                   fmt::format("use the one of `{}`", checker.book.rulesets[i].name),
                   {{first->span, "the first is here"}});
  }
  return false;
}

void declare_kinds(Checker& checker) {
  checker.for_each<ast::KindDecl>([&](ast::DeclId id, const ast::KindDecl& decl, RulesetId in) {
    if (!is_new_kind(checker, decl.name)) return;
    const auto index = static_cast<std::uint32_t>(checker.book.schema.kinds().size());
    if (!checker.declare(in, decl.name, {.sort = Sort::Kind, .index = index, .vocabulary = true})) return;
    checker.became[id.index] = index;
    checker.book.schema.add_kind({.name = decl.name.text,
                                  .plural = decl.plural.text,
                                  .title = decl.title.empty() ? title_from_name(decl.name.text) : decl.title});
    fill_notes(checker, in, decl.name.span);
    if (!decl.plural.text.empty())
      checker.declare(in, decl.plural, {.sort = Sort::Plural, .index = index, .vocabulary = true});
  });
}

std::optional<KindId> end_of(Checker& checker, RulesetId in, const ast::Name& name) {
  const auto kind = checker.find_kind(in, name);
  if (!kind || !checker.book.schema.kind(*kind).relation) return kind;
  checker.report(DiagnosticKind::OtherSort, name.span, fmt::format("`{}` is a relation, not a kind", name.text),
                 "a relation joins two kinds");
  return std::nullopt;
}

void declare_relations(Checker& checker) {
  checker.for_each<ast::RelationDecl>([&](ast::DeclId id, const ast::RelationDecl& decl, RulesetId in) {
    const auto from = end_of(checker, in, decl.from), to = end_of(checker, in, decl.to);
    if (!is_new_kind(checker, decl.name)) return;
    const auto index = static_cast<std::uint32_t>(checker.book.schema.kinds().size());
    const Sort sort = from && to ? Sort::Relation : Sort::Broken;
    if (!checker.declare(in, decl.name, {.sort = sort, .index = index, .vocabulary = true})) return;
    if (sort == Sort::Broken) return;
    checker.became[id.index] = index;
    checker.book.schema.add_kind({.name = decl.name.text,
                                  .title = decl.title.empty() ? title_from_name(decl.name.text) : decl.title,
                                  .relation = true,
                                  .from = *from,
                                  .to = *to});
    fill_notes(checker, in, decl.name.span);
    for (const auto& each : decl.each) {
      const auto kind = checker.find_kind(in, each.kind), other = checker.find_kind(in, each.other);
      if (!kind || !other) continue;
      const bool fits = (kind == from && other == to) || (kind == to && other == from);
      if (fits) continue;
      checker.report(DiagnosticKind::OtherSubject, each.kind.span,
                     fmt::format("`{}` does not join `{}` to `{}`", decl.name.text, each.kind.text, each.other.text),
                     fmt::format("it joins `{}` to `{}`", decl.from.text, decl.to.text));
    }
  });
}

void declare_scales(Checker& checker) {
  checker.for_each<ast::ScaleDecl>([&](ast::DeclId, const ast::ScaleDecl& decl, RulesetId in) {
    ValueType type;
    type.kind = TypeKind::Scale;
    type.name = decl.name.text;
    std::map<std::string, Span> seen;
    for (const ast::ScaleLabel& label : decl.labels) {
      const auto [first, is_new] = seen.emplace(label.name.text, label.name.span);
      if (!is_new) {
        checker.report(DiagnosticKind::DeclaredTwice, label.name.span,
                       fmt::format("`{}` stands twice in this scale", label.name.text), "",
                       {{first->second, "the first is here"}});
        continue;
      }
      type.labels.push_back({label.name.text, label.title.empty() ? title_from_name(label.name.text) : label.title});
    }
    checker.declare(in, decl.name,
                    {.sort = Sort::Scale, .index = intern(checker.book, type).index, .vocabulary = true});
  });
}

}  // namespace

void declare_vocabulary(Checker& checker) {
  declare_kinds(checker);
  declare_relations(checker);
  declare_scales(checker);
  checker.for_each<ast::ThemeDecl>([&](ast::DeclId, const ast::ThemeDecl& decl, RulesetId in) {
    checker.declare(in, decl.name, {.sort = Sort::Theme});
  });
  checker.for_each<ast::SourceDecl>([&](ast::DeclId, const ast::SourceDecl& decl, RulesetId in) {
    const auto index = static_cast<std::uint32_t>(checker.book.documents.size());
    if (!checker.declare(in, decl.name, {.sort = Sort::Document, .index = index, .vocabulary = true})) return;
    checker.book.documents.push_back({in, decl.name.text, decl.title, decl.publisher, decl.url, decl.reference});
  });
}

}  // namespace assay::checking
