// Sets of subjects: all of a kind, or those related to one, over at most two relations (docs/language.md 2.4).
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"
#include "evidence/core/text.h"

namespace assay::checking {

// The last part of a chain: a subject in scope, or a whole kind.
std::optional<ExprChecker::Place> ExprChecker::last_part(const ast::Chain& chain, std::size_t first) {
  const ast::ChainPart& last = chain.parts.back();
  if (scope_.role(last.name.text)) {
    const auto slot = subject(last.name);
    if (!slot) return std::nullopt;
    return Place{scope_.roles[*slot].kind, *slot, {}};
  }
  if (is_plural(last.name)) {
    const KindId members{lookup(last.name).symbol->index};
    if (chain.parts.size() - first > 1) {
      checker_.report(DiagnosticKind::SetAlone, last.name.span,
                      fmt::format("`{}` are many; one subject is needed here", last.name.text),
                      fmt::format("say whose are meant, as in `{} of {}`",
                                  chain.parts[chain.parts.size() - 2].name.text, kind(members).name));
      return std::nullopt;
    }
    SetRef set;
    set.members = members;
    set.member_slot = scope_.next_slot();
    return Place{members, 0, set};
  }
  const Symbol* symbol = checker_.find(names_of(last.name), last.name);
  if (symbol == nullptr) return std::nullopt;
  std::vector<std::string> roles;
  for (const Role& role : scope_.roles) {
    if (!role.name.empty()) roles.push_back("`" + role.name + "`");
  }
  checker_.report(DiagnosticKind::OtherSubject, last.name.span, fmt::format("`{}` is no subject here", last.name.text),
                  roles.empty() ? "" : fmt::format("in scope: {}", join_words(roles)));
  return std::nullopt;
}

std::optional<ExprChecker::Place> ExprChecker::place(const ast::Chain& chain, std::size_t first) {
  auto place = last_part(chain, first);
  for (std::size_t i = chain.parts.size() - 1; place && i-- > first;) {
    const ast::Name& name = chain.parts[i].name;
    if (!is_plural(name)) {
      const Symbol* symbol = checker_.find(names_of(name), name);
      if (symbol != nullptr) {
        checker_.report(DiagnosticKind::OtherSort, name.span,
                        fmt::format("`{}` is {}, not the plural of a kind", name.text, noun(symbol->sort)),
                        "between two `of` stand related subjects, as in `councils of ics`");
      }
      return std::nullopt;
    }
    if (!hop(*place, KindId{lookup(name).symbol->index}, chain, name)) return std::nullopt;
  }
  if (!place) return place;
  for (std::size_t i = first; i < chain.parts.size(); ++i) {
    const ast::ChainPart& part = chain.parts[i];
    if (!part.other) continue;
    if (i != first || !place->set) {
      misplaced(part.name.span, "other",
                "it stands before the set it narrows, as in `other councils of systems of council`");
      return std::nullopt;
    }
    if (!leave_out(*place, part.name)) return std::nullopt;
  }
  if (chain.by && place->set && place->set->hops.empty()) {
    misplaced(chain.by->span, "by",
              "it says by which relation subjects are reached, as in `councils of ics by membership`");
    return std::nullopt;
  }
  return place;
}

bool ExprChecker::hop(Place& place, KindId to, const ast::Chain& chain, const ast::Name& name) {
  constexpr std::size_t kHopsMax = 2;
  if (place.set && place.set->hops.size() == kHopsMax) {
    checker_.report(DiagnosticKind::TooManyRelations, name.span,
                    fmt::format("`{}` would be the third relation in a chain", name.text),
                    "put part of it in a define of its own");
    return false;
  }
  const auto found = relation_between(place.kind, to, chain, name);
  if (!found) return false;
  if (!place.set) {
    place.set.emplace();
    place.set->anchor = place.slot;
    place.set->member_slot = scope_.next_slot();
  }
  place.set->members = to;
  place.set->hops.push_back(*found);
  place.set->link_slot.reset();
  if (place.set->hops.size() == 1) place.set->link_slot = static_cast<Slot>(place.set->member_slot + 1);
  place.kind = to;
  return true;
}

std::optional<Hop> ExprChecker::relation_between(KindId from, KindId to, const ast::Chain& chain,
                                                 const ast::Name& name) {
  std::optional<KindId> by;
  if (chain.by) {
    const Symbol* symbol = checker_.find(names_of(*chain.by), *chain.by, Sort::Relation);
    if (symbol == nullptr) return std::nullopt;
    by = KindId{symbol->index};
  }
  std::vector<Hop> found;
  std::vector<std::string> relations;
  const auto& kinds = checker_.book.schema.kinds();
  for (std::uint32_t i = 0; i < kinds.size(); ++i) {
    const KindDef& relation = kinds[i];
    const bool forward = relation.from == from && relation.to == to;
    const bool joins = relation.relation && (forward || (relation.from == to && relation.to == from));
    const Symbol* seen = joins ? checker_.names.find(names_of(name), relation.name).symbol : nullptr;
    if (seen == nullptr || seen->sort != Sort::Relation) continue;
    found.push_back({KindId{i}, forward});
    relations.push_back("`" + relation.name + "`");
    if (by == KindId{i}) return found.back();
  }
  if (found.size() == 1 && (!by || chain.parts.size() > 2)) return found.front();
  if (found.empty()) {
    checker_.report(DiagnosticKind::NotRelated, name.span,
                    fmt::format("no relation in sight joins {} and {}", kind(from).name, kind(to).name));
  } else if (by) {
    checker_.report(DiagnosticKind::NotRelated, chain.by->span,
                    fmt::format("`{}` does not join {} and {}", chain.by->text, kind(from).name, kind(to).name),
                    fmt::format("{} does", join_words(relations, "or")));
  } else {
    checker_.report(DiagnosticKind::WhichRelation, name.span,
                    fmt::format("{} join {} and {}", join_words(relations), kind(from).name, kind(to).name),
                    fmt::format("say which, as in `... by {}`", kind(found.front().relation).name));
  }
  return std::nullopt;
}

// `other`: the subject itself, whose relations are followed or whose rule this is, is left out.
bool ExprChecker::leave_out(Place& place, const ast::Name& name) {
  SetRef& set = *place.set;
  if (!set.anchor && scope_.self && scope_.roles[*scope_.self].kind == set.members) set.anchor = *scope_.self;
  if (set.anchor && scope_.roles[*set.anchor].kind == set.members) {
    set.others = true;
    return true;
  }
  checker_.report(
      DiagnosticKind::OtherSubject, name.span,
      fmt::format("`other {}` leaves nobody out: the subject here is no {}", name.text, kind(set.members).name),
      fmt::format("write `{}`", name.text));
  return false;
}

std::optional<SetRef> ExprChecker::set(ast::ExprId id, const ast::Chain& chain) {
  if (chain.parts.empty()) return std::nullopt;
  const bool members_only = is_plural(chain.parts.front().name);
  if (!members_only && chain.parts.size() == 1) {
    const TypeId found = check(id);  // says so where the name means nothing
    if (found == kErrorType) return std::nullopt;
  }
  const auto found =
      members_only || chain.parts.size() > 1 ? place(chain, members_only ? 0 : 1) : std::optional(Place{});
  if (!found) return std::nullopt;
  if (!found->set) {
    checker_.report(DiagnosticKind::SetNeeded, span(id),
                    fmt::format("{} is one value, where several are needed", quote(id)),
                    "write a list, as in `(a, b)`, or the plural of a kind");
    return std::nullopt;
  }
  SetRef made = *found->set;
  if (!members_only) {
    if (chain.parts.front().other) {
      misplaced(chain.parts.front().name.span, "other",
                "it stands before the plural of a kind, as in `other councils`");
      return std::nullopt;
    }
    scope_.roles.push_back({"", made.members});
    made.value = value_of(chain.parts.front().name, made.member_slot, false);
    scope_.roles.pop_back();
    if (!made.value) return std::nullopt;
  }
  const TypeId type = made.value ? type_of(*made.value) : kErrorType;
  checker_.book.expr_types[id.index] = resolve(id, made, type);
  return made;
}

}  // namespace assay::checking
