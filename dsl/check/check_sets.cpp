// any, all, none, at least N of: lists and sets, and what is asked of their members (docs/language.md 2.2, 2.3, 4.6).
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"
#include "dsl/check/types.h"

namespace assay::checking {

void ExprChecker::list_conditions(const std::vector<ast::ExprId>& members, const std::optional<ast::Relation>& each) {
  if (!each) {
    for (const ast::ExprId member : members) condition(member);
    return;
  }
  std::optional<Side> first;
  for (const ast::ExprId member : members) {
    const TypeId found = check(member);
    if (found == kErrorType) continue;
    const Side side = side_of(member, found);
    if (!first) {
      first = side;
      relation(*each, side);
    } else if (!meets(the(first->type), the(found))) {
      units_differ(member, found, checker_.quote(first->span), first->type);
    } else if (each->op != ast::RelationOp::Known && each->op != ast::RelationOp::Unknown) {
      relation_has_sense(*each, side);
    }
  }
}

void ExprChecker::name_members(const ast::SetOf& range, const SetRef& set) {
  const auto free = [&](const std::string& name) { return !scope_.role(name); };
  std::string member = kind(set.members).name;
  if (range.as) {
    const Lookup taken = lookup(*range.as);
    if (!free(range.as->text) || taken.symbol != nullptr) {
      checker_.report(DiagnosticKind::HidesName, range.as->span,
                      fmt::format("`{}` already has a meaning here", range.as->text), "give the member another name");
    }
    member = range.as->text;
  } else if (!free(member)) {
    member.clear();
  }
  scope_.roles.push_back({member, set.members});
  if (!set.link_slot) return;
  const KindId relation = set.hops.front().relation;
  scope_.roles.push_back({free(kind(relation).name) ? kind(relation).name : "", relation});
}

bool ExprChecker::find_peer(const ast::SetOf& range, SetRef& set) {
  if (scope_.self && scope_.roles[*scope_.self].kind == set.members) {
    set.peer = scope_.self;
    return true;
  }
  const std::string& member = kind(set.members).name;
  checker_.report(DiagnosticKind::OtherSubject, span(range.set),
                  fmt::format("the subject here is no {}, so it has no place among {}", member, quote(range.set)),
                  fmt::format("ask it in a rule `of {}`", member));
  return false;
}

bool ExprChecker::number_of_member(ast::ExprId id, std::string_view use) {
  const TypeId found = check(id);
  if (found == kErrorType) return false;
  if (is_numeric(the(found).kind)) return true;
  checker_.report(DiagnosticKind::OnlyCompares, span(id),
                  fmt::format("{} is {}, which is no {}", quote(id), say(the(found)), use));
  return false;
}

std::optional<SetRef> ExprChecker::enter(const ast::SetOf& range, const Asked& asked) {
  const auto* chain = std::get_if<ast::Chain>(&checker_.book.tree.expr(range.set));
  if (chain == nullptr) return std::nullopt;  // did not parse
  auto made = set(range.set, *chain);
  if (!made) return std::nullopt;
  const bool beside_one = range.nearest || !range.with_same.empty() || asked.place;
  if (beside_one && !find_peer(range, *made)) return std::nullopt;
  checker_.book.resolved[range.set.index] = *made;
  bool sound = true;
  if (range.expecting) {
    const TypeId found = check(*range.expecting);
    if (found != kErrorType && !is_whole_number(the(found).kind) && !is_bare_number(*range.expecting)) {
      checker_.report(DiagnosticKind::WrongType, span(*range.expecting),
                      fmt::format("{} is {}, which is no number of members", quote(*range.expecting), say(the(found))));
      sound = false;
    }
  }
  const Scope outer = scope_;
  name_members(range, *made);
  // The subject itself is asked too, and no link leads to it.
  if (asked.place && made->link_slot) scope_.roles.back().name.clear();
  scope_.self = made->member_slot;
  if (made->hops.empty()) scope_.fence = made->member_slot;
  if (range.nearest) sound = number_of_member(range.nearest->by, "distance") && sound;
  if (range.where) condition(*range.where);
  if (range.meet) condition(*range.meet);
  for (const ast::ExprId same : range.with_same) {
    const TypeId found = check(same);
    if (found == kErrorType || the(found).kind != TypeKind::Event) continue;
    checker_.report(DiagnosticKind::EventAlone, span(same),
                    fmt::format("{} is an event, which is no value", quote(same)));
  }
  if (asked.weight) sound = number_of_member(*asked.weight, "weight") && sound;
  if (asked.place) sound = check(*asked.place) != kErrorType && sound;
  scope_ = outer;
  return sound ? made : std::nullopt;
}

bool ExprChecker::value_condition(const SetRef& set, const std::optional<ast::Relation>& each, Span at) {
  if (!set.value) {
    if (!each) return true;
    checker_.report(
        DiagnosticKind::NothingAsked, each->span,
        fmt::format("{} is not a value of a {}", checker_.quote(each->span), kind(set.members).name),
        fmt::format("say what of it: `... where` or `meet` a condition, or a value, as in `any of overall of {}`",
                    kind(set.members).plural));
    return false;
  }
  const TypeId type = type_of(*set.value);
  if (type == kErrorType) return false;
  if (each) {
    const auto outer_fence = scope_.fence;
    // What all members of a whole kind are compared with cannot be one subject's.
    if (set.hops.empty()) scope_.fence = set.member_slot;
    relation(*each, side_of(set, type, at));
    scope_.fence = outer_fence;
    return true;
  }
  if (the(type).kind == TypeKind::YesNo) return true;
  checker_.report(DiagnosticKind::NotACondition, at,
                  fmt::format("{} are each {}, not a condition", checker_.quote(at), say(the(type))),
                  "say what of them, as in `... is ...`");
  return false;
}

std::optional<ast::ExprId> ExprChecker::matches_of(const ast::Range& range) const {
  const auto* set = std::get_if<ast::SetOf>(&range);
  const auto* chain = set == nullptr ? nullptr : std::get_if<ast::Chain>(&checker_.book.tree.expr(set->set));
  if (chain == nullptr || chain->parts.size() != 1 || chain->parts.front().name.text != "matches") return std::nullopt;
  return set->set;
}

TypeId ExprChecker::type(ast::ExprId id, const ast::Quantified& node, Expected) {
  if (const auto chain = matches_of(node.range))
    return misplaced(span(*chain), "matches", "only `count of matches`, or `matches` alone, can be printed");
  if (const auto* list = std::get_if<ast::ListOf>(&node.range)) {
    list_conditions(list->members, node.each);
    return plain(TypeKind::YesNo);
  }
  const auto& range = std::get<ast::SetOf>(node.range);
  const auto found = enter(range, Asked{});
  if (!found) return kErrorType;
  if ((node.each || found->value) && !value_condition(*found, node.each, span(range.set))) return kErrorType;
  const bool asked = range.meet || node.each || found->value;
  if (asked || (range.where && node.quantity != ast::Quantity::All)) return plain(TypeKind::YesNo);
  const bool all = node.quantity == ast::Quantity::All && range.where;
  checker_.report(DiagnosticKind::NothingAsked, span(id), fmt::format("nothing is asked of {}", quote(range.set)),
                  all ? "add `meet` and what all of those must meet" : "add `where` or `meet`, or ask for `count of`");
  return kErrorType;
}

}  // namespace assay::checking
