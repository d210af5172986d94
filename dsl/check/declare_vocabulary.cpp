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

// A kind or relation that another edition of the ruleset declares already: it is the same one.
template <class Agrees>
bool is_kind_of_other_edition(Checker& checker, ast::DeclId id, RulesetId in, const ast::Name& name, Sort sort,
                              Agrees agrees) {
  const Symbol* other = checker.in_other_edition(in, name.text, sort);
  if (other == nullptr) return false;
  const std::uint32_t index = other->index;
  if (!agrees(checker.book.schema.kind(KindId{index}))) {
    checker.differs(name, *other, fmt::format("`{}` is declared otherwise in another edition", name.text));
    checker.declare(in, name, {.sort = Sort::Broken, .vocabulary = true});
  } else if (checker.declare(in, name, {.sort = sort, .index = index, .vocabulary = true})) {
    checker.became[id.index] = index;
  }
  return true;
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
    const auto agrees = [&](const KindDef& other) { return other.plural == decl.plural.text; };
    if (is_kind_of_other_edition(checker, id, in, decl.name, Sort::Kind, agrees)) {
      if (checker.became[id.index] && !decl.plural.text.empty())
        checker.declare(in, decl.plural,
                        {.sort = Sort::Plural, .index = *checker.became[id.index], .vocabulary = true});
      return;
    }
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
    const auto agrees = [&](const KindDef& other) { return from == other.from && to == other.to; };
    if (is_kind_of_other_edition(checker, id, in, decl.name, Sort::Relation, agrees)) return;
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
    const TypeId made = intern(checker.book, type);
    const Symbol* other = checker.in_other_edition(in, decl.name.text, Sort::Scale);
    if (other != nullptr && other->index != made.index) {
      checker.differs(decl.name, *other, fmt::format("`{}` has other steps in another edition", decl.name.text));
      checker.declare(in, decl.name, {.sort = Sort::Broken, .vocabulary = true});
      return;
    }
    checker.declare(in, decl.name, {.sort = Sort::Scale, .index = made.index, .vocabulary = true});
  });
}

void take_times(Checker& checker, const ast::SourceDecl& decl, RulesetId in, CitedId id) {
  if (decl.from && decl.to && *decl.to < *decl.from) {
    checker.report(DiagnosticKind::WrongPeriod, decl.name.span,
                   fmt::format("`{}` ends on {}, before it starts on {}", decl.name.text, decl.to->to_string(),
                               decl.from->to_string()));
  }
  if (!decl.superseded) return;
  const Symbol* by = checker.find(in, decl.superseded->by, Sort::Document);
  if (by == nullptr) return;
  if (by->index == id.index) {
    checker.report(DiagnosticKind::ClauseMisfit, decl.superseded->by.span,
                   fmt::format("`{}` does not supersede itself", decl.name.text),
                   "name the source that takes its place");
    return;
  }
  checker.book.documents[id.index].superseded_by = CitedId{by->index};
  checker.book.documents[id.index].superseded_from = decl.superseded->from;
}

}  // namespace

void declare_vocabulary(Checker& checker) {
  declare_kinds(checker);
  declare_relations(checker);
  declare_scales(checker);
  checker.for_each<ast::ThemeDecl>([&](ast::DeclId, const ast::ThemeDecl& decl, RulesetId in) {
    checker.declare(in, decl.name, {.sort = Sort::Theme});
  });
  checker.for_each<ast::SourceDecl>([&](ast::DeclId id, const ast::SourceDecl& decl, RulesetId in) {
    const auto index = static_cast<std::uint32_t>(checker.book.documents.size());
    if (!checker.declare(in, decl.name, {.sort = Sort::Document, .index = index, .vocabulary = true})) return;
    checker.became[id.index] = index;
    checker.book.documents.push_back(
        {in, decl.name.text, decl.title, decl.publisher, decl.url, decl.reference, decl.announced, decl.from, decl.to});
  });
  checker.for_each<ast::SourceDecl>([&](ast::DeclId id, const ast::SourceDecl& decl, RulesetId in) {
    if (checker.became[id.index]) take_times(checker, decl, in, CitedId{*checker.became[id.index]});
  });
}

}  // namespace assay::checking
