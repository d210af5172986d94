// Evidence by the edition that declares it.
#include "engine/survey/items.h"

#include <algorithm>
#include <set>

namespace assay {

namespace {

// Names declared in the files of the edition: of editions side by side one may leave out what another asks for.
std::set<std::string> declared_in(const Rulebook& book, RulesetId edition) {
  std::set<std::string> names;
  const auto& files = book.ruleset(edition).files;
  for (std::uint32_t i = 0; i < book.tree.decl_count(); ++i) {
    const auto* decl = std::get_if<ast::EvidenceDecl>(&book.tree.decl(ast::DeclId{i}));
    if (decl == nullptr) continue;
    if (std::ranges::find(files, book.tree.span(ast::DeclId{i}).file) != files.end())
      names.insert(book.ruleset(edition).name + "." + decl->name.text);
  }
  return names;
}

}  // namespace

std::vector<FieldId> evidence_in_force(const Rulebook& rulebook, const EditionAsked& asked) {
  std::set<std::string> names;
  for (std::uint32_t i = 0; i < rulebook.rulesets.size(); ++i) {
    const auto edition = rulebook.edition_on({i}, asked);
    if (edition == RulesetId{i}) names.merge(declared_in(rulebook, *edition));
  }
  std::vector<FieldId> out;
  const auto& fields = rulebook.schema.fields();
  for (std::uint32_t i = 0; i < fields.size(); ++i)
    if (names.contains(fields[i].name)) out.push_back({i});
  return out;
}

std::string title_of(const Ruleset& ruleset) { return ruleset.title.empty() ? ruleset.name : ruleset.title; }

std::string framework_of(const Rulebook& rulebook, FieldId field) {
  return title_of(rulebook.ruleset(rulebook.evidence[field.index].ruleset));
}

std::vector<std::string> held_by(const Rulebook& rulebook, FieldId field) {
  std::vector<std::string> out;
  for (const auto& equals : rulebook.schema.field(field).from)
    for (const std::string& source : equals) {
      const auto document = std::ranges::find(rulebook.documents, source, &CitedDocument::name);
      out.push_back(document == rulebook.documents.end() || document->title.empty() ? source : document->title);
    }
  const EvidenceNote& note = rulebook.evidence[field.index];
  out.insert(out.end(), note.informed_by.begin(), note.informed_by.end());
  if (out.empty() && !note.judgement_of.empty()) out.push_back(note.judgement_of);
  return out;
}

}  // namespace assay
