// By construct: what a part that moved does to the whole.
#include "dsl/compare/direction.h"

#include <algorithm>

namespace assay {

Way flipped(Way way) { return way == Way::More ? Way::Less : way == Way::Less ? Way::More : way; }

Way joined(Way a, Way b) {
  if (a == Way::Same) return b;
  return b == Way::Same || a == b ? a : Way::Depends;
}

namespace {

using Kind = Term::Kind;
using enum ast::RelationOp;

Way order_way(std::strong_ordering order) { return order == 0 ? Way::Same : order < 0 ? Way::More : Way::Less; }

class Movement {
 public:
  explicit Movement(const NamesNow& names) : names_(names) {}

  Way of(const Term& was, const Term& now) {
    if (const auto way = of_constants(was, now)) return *way;
    if (was.kind != now.kind) return of_kinds(was, now);
    switch (was.kind) {
      case Kind::Number:
        return Way::Depends;
      case Kind::Text:
        return was.detail == now.detail ? Way::Same : Way::Depends;
      case Kind::Field:
        return was.detail == now.detail && names_.same_field(name_in(was)) ? Way::Same : Way::Depends;
      case Kind::RuleValue:
        return was.detail == now.detail ? names_.rule(name_in(was)) : Way::Depends;
      case Kind::Parameter:
        return was.detail == now.detail ? names_.parameter(was.detail) : Way::Depends;
      case Kind::And:
        return members(was, now, Way::Less, true);
      case Kind::Or:
        return members(was, now, Way::More, false);
      case Kind::Not:
      case Kind::Minus:
        return flipped(of(was.parts[0], now.parts[0]));
      case Kind::Compare:
        return of_compare(was, now);
      case Kind::Asked:
        return of_relation(was, now, 0);
      case Kind::Within:
        return of_lengths(was, now, false);
      case Kind::Consecutive:
        return of_lengths(was, now, true);
      case Kind::Quantified:
        return of_quantified(was, now);
      case Kind::List:
      case Kind::Set:
      case Kind::Where:
      case Kind::Meet:
        return unmoved(was, now);
      case Kind::Sum:
        return members(was, now, Way::Depends, true);
      case Kind::Rounded:
        return was.detail == now.detail ? of(was.parts[0], now.parts[0]) : Way::Depends;
      case Kind::Aggregate:
        return of_aggregate(was, now);
      case Kind::Product:
      case Kind::Per:
      case Kind::Other:
        return of_other(was, now);
    }
    return Way::Depends;
  }

 private:
  static std::string name_in(const Term& term) { return term.detail.substr(term.detail.find(' ') + 1); }

  // A number in the text or a parameter with one value: which is higher?
  std::optional<Decimal> constant(const Term& term, bool now) const {
    if (term.kind == Kind::Number) return term.number;
    return term.kind == Kind::Parameter ? names_.constant(term.detail, now) : std::nullopt;
  }
  std::optional<Way> of_constants(const Term& was, const Term& now) const {
    if (was.kind == Kind::Parameter && now.kind == Kind::Parameter && was.detail == now.detail) return std::nullopt;
    const auto a = constant(was, false), b = constant(now, true);
    if (!a || !b) return std::nullopt;
    return order_way(a->compare(*b));
  }

  // One thing beside a list of it: a condition added to what stood alone.
  Way of_kinds(const Term& was, const Term& now) {
    for (const Kind kind : {Kind::And, Kind::Or}) {
      const Way added = kind == Kind::And ? Way::Less : Way::More;
      const bool narrows = kind == Kind::And;
      if (now.kind == kind) return members(Term{.kind = kind, .parts = {was}}, now, added, narrows);
      if (was.kind == kind) return members(was, Term{.kind = kind, .parts = {now}}, added, narrows);
    }
    return Way::Depends;
  }

  // Everything the same, all the way down.
  Way unmoved(const Term& was, const Term& now) {
    if (was.kind != now.kind || was.detail != now.detail || was.number != now.number || was.op != now.op ||
        was.negated != now.negated || was.parts.size() != now.parts.size())
      return Way::Depends;
    for (std::size_t i = 0; i < was.parts.size(); ++i)
      if (of(was.parts[i], now.parts[i]) != Way::Same) return Way::Depends;
    return Way::Same;
  }

  bool reads_what_may_not_apply(const Term& term) const {
    const bool named = term.kind == Kind::Field || term.kind == Kind::RuleValue;
    if (named && names_.may_not_apply(name_in(term))) return true;
    return std::any_of(term.parts.begin(), term.parts.end(),
                       [&](const Term& part) { return reads_what_may_not_apply(part); });
  }
  bool may_not_apply(const Term& term) const { return may_find_nothing(term) || reads_what_may_not_apply(term); }

  // Members in no order: each with the one like it, then those that are of the same thing; what is left was added or
  // taken away. `narrows`: what does not apply is left out of the whole, so that where nothing applied one that is
  // added speaks alone, and may raise what was clear.
  Way members(const Term& was, const Term& now, Way added, bool narrows) {
    std::vector<const Term*> old_left, new_left;
    std::vector<bool> taken(now.parts.size());
    Way way = Way::Same;
    const auto pair_up = [&](std::vector<const Term*> from, auto alike) {
      std::vector<const Term*> left;
      for (const Term* one : from) {
        std::size_t at = 0;
        while (at < now.parts.size() && (taken[at] || !alike(*one, now.parts[at]))) ++at;
        if (at == now.parts.size()) {
          left.push_back(one);
          continue;
        }
        taken[at] = true;
        way = joined(way, of(*one, now.parts[at]));
      }
      return left;
    };
    for (const Term& part : was.parts) old_left.push_back(&part);
    old_left = pair_up(old_left, [](const Term& a, const Term& b) { return a.key() == b.key(); });
    old_left = pair_up(old_left, [](const Term& a, const Term& b) {
      return a.kind == b.kind && !a.parts.empty() && !b.parts.empty() && a.parts[0].key() == b.parts[0].key();
    });
    const auto free = static_cast<std::size_t>(std::count(taken.begin(), taken.end(), false));
    if (old_left.size() == 1 && free == 1)
      old_left = pair_up(old_left, [](const Term& a, const Term& b) { return a.kind == b.kind; });
    const bool any_added = std::count(taken.begin(), taken.end(), false) > 0;
    if (narrows && (any_added || !old_left.empty()) && (may_not_apply(was) || may_not_apply(now))) return Way::Depends;
    if (!old_left.empty()) way = joined(way, flipped(added));
    return any_added ? joined(way, added) : way;
  }

  // More than, at least: true of more as what is compared rises.
  static int sense(const Term& term) {
    if (term.negated) return 0;
    if (term.op == MoreThan || term.op == AtLeast) return 1;
    return term.op == LessThan || term.op == AtMost ? -1 : 0;
  }
  Way of_compare(const Term& was, const Term& now) {
    const Way left = of(was.parts[0], now.parts[0]);
    const Way asked = of_relation(was, now, 1);
    if (left == Way::Same) return asked;
    if (asked != Way::Same && asked != Way::More && asked != Way::Less) return Way::Depends;
    // That a flag is raised holds in more cases where the flag is raised in more, and is clear in fewer.
    if (was.op == now.op && (was.op == Raised || was.op == Clear))
      return joined((was.op == Clear) != was.negated ? flipped(left) : left, asked);
    const int way = sense(was);
    if (way == 0 || way != sense(now)) return Way::Depends;
    return joined(way > 0 ? left : flipped(left), asked);
  }
  Way of_relation(const Term& was, const Term& now, std::size_t first) {
    if (const auto way = way_of_comparisons(was, now)) return *way;
    const int way = sense(was);
    const bool single = was.parts.size() == first + 1 && now.parts.size() == first + 1;
    if (way == 0 || way != sense(now) || !single) return of_alike(was, now, first);
    // A higher limit is passed by fewer.
    const Way limit = of(was.parts[first], now.parts[first]);
    const Way moved = way > 0 ? flipped(limit) : limit;
    if (was.op == now.op) return moved;
    const bool looser = now.op == AtLeast || now.op == AtMost;
    return joined(moved, looser ? Way::More : Way::Less);
  }
  Way of_alike(const Term& was, const Term& now, std::size_t first) {
    if (was.op != now.op || was.negated != now.negated || was.parts.size() != now.parts.size()) return Way::Depends;
    for (std::size_t i = first; i < was.parts.size(); ++i)
      if (of(was.parts[i], now.parts[i]) != Way::Same) return Way::Depends;
    return Way::Same;
  }

  // So long ago, so many in a row.
  Way of_lengths(const Term& was, const Term& now, bool longer_is_fewer) {
    const Way what = of(was.parts[0], now.parts[0]);
    if (was.number == now.number) return was.detail == now.detail ? what : Way::Depends;
    if (was.detail != now.detail) return Way::Depends;
    const Way length = order_way(was.number->compare(*now.number));
    return joined(what, longer_is_fewer ? flipped(length) : length);
  }

  Way of_set(const Term& was, const Term& now, Way wider_where, Way wider_meet) {
    if (was.detail != now.detail) return Way::Depends;
    const auto part = [](const Term& set, Kind kind) -> const Term* {
      for (const Term& one : set.parts)
        if (one.kind == kind) return &one;
      return nullptr;
    };
    Way way = Way::Same;
    for (const auto& [kind, wider] : {std::pair(Kind::Where, wider_where), std::pair(Kind::Meet, wider_meet)}) {
      const Term *a = part(was, kind), *b = part(now, kind);
      if (!a && !b) continue;
      const Way moved = a && b ? of(a->parts[0], b->parts[0]) : b ? Way::Less : Way::More;
      if (moved == Way::Same) continue;
      way = joined(way, moved == Way::Depends || wider == Way::Depends ? Way::Depends
                        : moved == Way::More                           ? wider
                                                                       : flipped(wider));
    }
    return way;
  }
  // `any` is at least 1 of, `none` at most 0: both counted among the members that hold.
  Way of_quantified(const Term& was, const Term& now) {
    if (was.detail != now.detail || was.parts.size() != now.parts.size()) return Way::Depends;
    const auto quantity = static_cast<ast::Quantity>(was.detail.front() - '0');
    const bool all = quantity == ast::Quantity::All, at_most = quantity == ast::Quantity::AtMost;
    if (!all && !at_most && quantity != ast::Quantity::AtLeast) return unmoved(was, now);
    const Way count = order_way(was.number->compare(*now.number));
    Way way = at_most ? count : flipped(count);
    const Way holding = at_most ? Way::Less : Way::More;
    if (was.parts.size() > 1) {
      const Way asked = of(was.parts[1], now.parts[1]);
      way = joined(way, at_most ? flipped(asked) : asked);
    }
    const Term &a = was.parts[0], &b = now.parts[0];
    if (a.kind != b.kind) return Way::Depends;
    if (a.kind == Kind::List) {
      const Way listed = members(a, b, all ? Way::Less : holding, all || at_most);
      // A member that means something else may hold in more cases; of `at most` that turns it about.
      return joined(way, at_most && a.parts.size() == b.parts.size() ? flipped(listed) : listed);
    }
    return joined(way, of_set(a, b, all ? Way::Less : holding, holding));
  }

  Way of_aggregate(const Term& was, const Term& now) {
    if (was.detail != now.detail || was.parts.size() != now.parts.size()) return Way::Depends;
    const auto op = static_cast<ast::AggregateOp>(was.detail.front() - '0');
    const Term &a = was.parts[0], &b = now.parts[0];
    const Way asked = was.parts.size() > 1 ? of(was.parts[1], now.parts[1]) : Way::Same;
    if (a.kind != b.kind) return Way::Depends;
    if (op == ast::AggregateOp::Count)
      return joined(asked, a.kind == Kind::List ? members(a, b, Way::More, true) : of_set(a, b, Way::More, Way::More));
    if (op == ast::AggregateOp::Share || a.kind != Kind::List) return unmoved(was, now);
    const Way added = op == ast::AggregateOp::Highest  ? Way::More
                      : op == ast::AggregateOp::Lowest ? Way::Less
                                                       : Way::Depends;
    return joined(asked, members(a, b, added, true));
  }

  // Of what keeps the order of its one part.
  Way of_other(const Term& was, const Term& now) {
    const bool keeps = was.detail == "previous" || was.detail.starts_with("ago ");
    if (keeps && was.detail == now.detail) return of(was.parts[0], now.parts[0]);
    if (was.detail == "when" && now.detail == "when" && of(was.parts[1], now.parts[1]) == Way::Same)
      return joined(of(was.parts[0], now.parts[0]), of(was.parts[2], now.parts[2]));
    return unmoved(was, now);
  }

  const NamesNow& names_;
};

}  // namespace

Way way_between(const Term& was, const Term& now, const NamesNow& names) { return Movement(names).of(was, now); }

}  // namespace assay
