// What there is to speak of: rulesets, sources, themes, scales, kinds, relations.
#include "dsl/syntax/lowering.h"

namespace assay::syntax {

void Lowering::ruleset(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::RulesetDecl out{.name = names[0]};
  if (node.kind == Kind::Local) out.local = ast::LocalPart{.on = names[1]};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Name || is_title(clause)) continue;
    if (clause.kind == Kind::SetValue || clause.kind == Kind::OverlayFor) {
      local_clause(*out.local, clause, seen);
    } else if (first_time(seen, clause)) {
      ruleset_clause(out, clause);
    }
  }
  if (out.local && !out.local->kind)
    missing(out.name, "overlay", "`for`: whose it is, as in `for council \"E06000014\"`");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

void Lowering::ruleset_clause(ast::RulesetDecl& out, const Node& clause) {
  if (clause.kind == Kind::Owner) out.owner = text_of_child(clause);
  if (clause.kind == Kind::Edition) {
    out.edition = text_of_child(clause);
    out.draft = clause.child(Kind::Word) != nullptr;
  }
  if (clause.kind == Kind::PublishedOn) out.published = date(clause);
  if (clause.kind == Kind::Announced) out.announced = date(clause);
  if (clause.kind == Kind::InForce) {
    out.from = date(*clause.child(Kind::FromDate));
    if (const Node* to = clause.child(Kind::ToDate)) out.to = date(*to);
  }
}

void Lowering::local_clause(ast::LocalPart& out, const Node& clause, Seen& seen) {
  if (clause.kind == Kind::SetValue) {
    out.sets.push_back({name_of_child(clause), dated_value(*clause.child(Kind::DatedValue)), span(clause)});
    return;
  }
  if (!first_time(seen, clause)) return;
  out.kind = name_of_child(clause);
  for (const Node& each : clause.children) {
    if (each.kind != Kind::OverlaySubject) continue;
    ast::OverlaySubject subject{.code = text(each.children.front())};
    if (each.child(Kind::Name) != nullptr) subject.as = name_of_child(each);
    out.subjects.push_back(std::move(subject));
  }
}

void Lowering::use(const Node& node) {
  ast::UseDecl out{.name = name_of_child(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    if (clause.kind == Kind::Alias && first_time(seen, clause)) out.as = name_of_child(clause);
    if (clause.kind == Kind::Edition && first_time(seen, clause)) out.edition = text(*clause.child(Kind::Text));
  }
  tree_.add(ast::Decl(std::move(out)), span(node));
}

void Lowering::source(const Node& node) {
  ast::SourceDecl out{.name = name_of_child(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Name || is_title(clause) || !first_time(seen, clause)) continue;
    if (clause.kind == Kind::Publisher) out.publisher = text_of_child(clause);
    if (clause.kind == Kind::Url) out.url = text_of_child(clause);
    if (clause.kind == Kind::Reference) out.reference = text_of_child(clause);
    if (clause.kind == Kind::PublishedOn) out.published = date(clause);
    if (clause.kind == Kind::ReadOn) out.read_on = date(clause);
    if (clause.kind == Kind::Announced) out.announced = date(clause);
    if (clause.kind == Kind::InForce) {
      out.from = date(*clause.child(Kind::FromDate));
      if (const Node* to = clause.child(Kind::ToDate)) out.to = date(*to);
    }
    if (clause.kind == Kind::SupersededBy)
      out.superseded = ast::SourceDecl::Superseded{name_of_child(clause), date(*clause.child(Kind::FromDate))};
  }
  tree_.add(ast::Decl(std::move(out)), span(node));
}

void Lowering::theme(const Node& node) {
  ast::ThemeDecl out{.name = name_of_child(node)};
  Seen seen;
  for (const Node& clause : node.children) take_title(out.title, clause, seen);
  tree_.add(ast::Decl(std::move(out)), span(node));
}

void Lowering::scale(const Node& node) {
  ast::ScaleDecl out{.name = name_of_child(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::ScaleLabel) out.labels.push_back({name_of_child(clause), text_of_child(clause)});
  }
  tree_.add(ast::Decl(std::move(out)), span(node));
}

void Lowering::kind(const Node& node) {
  ast::KindDecl out{.name = name_of_child(node)};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Plural && first_time(seen, clause)) out.plural = name_of_child(clause);
  }
  if (out.plural.text.empty()) missing(out.name, "kind", "`plural`");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

void Lowering::relation_declaration(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::RelationDecl out{.name = names[0], .from = names[1], .to = names[2]};
  Seen seen;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Attribute) {
      out.attributes.push_back({name_of_child(clause), type(*clause.child(Kind::Type)), text_of_child(clause)});
    } else if (clause.kind == Kind::Each) {
      const std::vector<ast::Name> ends = names_in(clause);
      out.each.push_back({ends[0], count(*clause.child(Kind::Integer)), ends[1]});
    }
  }
  tree_.add(ast::Decl(std::move(out)), span(node));
}

}  // namespace assay::syntax
