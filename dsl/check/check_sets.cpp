// any, all, none, at least N of: lists and sets, and what is asked of their members (docs/language.md 2.2, 2.3, 4.6).
#include <fmt/format.h>

#include "dsl/check/expr_checker.h"

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
    const Lookup taken = lookup(range.as->text);
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

std::optional<SetRef> ExprChecker::enter(const ast::SetOf& range, const std::optional<ast::ExprId>& weight) {
  const auto* chain = std::get_if<ast::Chain>(&checker_.book.tree.expr(range.set));
  if (chain == nullptr) return std::nullopt;  // did not parse
  const auto made = set(range.set, *chain);
  if (!made) return std::nullopt;
  const Scope outer = scope_;
  name_members(range, *made);
  scope_.self = made->member_slot;
  if (made->hops.empty()) scope_.fence = made->member_slot;
  if (range.where) condition(*range.where);
  if (range.meet) condition(*range.meet);
  bool weighs = true;
  if (weight) {
    const TypeId found = check(*weight);
    if (found != kErrorType && !is_numeric(the(found).kind)) {
      checker_.report(DiagnosticKind::OnlyCompares, span(*weight),
                      fmt::format("{} is {}, which is no weight", quote(*weight), say(the(found))));
      weighs = false;
    }
  }
  scope_ = outer;
  return weighs ? made : std::nullopt;
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
  const auto found = enter(range, {});
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
