// Expressions of the picture: `(+ a b)`, `(is at least a 3)`, `(count {councils of ics where (is a 1)})`.
#include <array>

#include <fmt/format.h>

#include "tests/support/print_tree.h"

namespace assay::golden {

namespace {

constexpr std::array kRelations = {
    "",          "at least",    "at most", "more than", "less than", "better than", "worse than", "at least as good as",
    "or better", "or worse",    "between", "one of",    "known",     "unknown",     "applicable", "raised",
    "clear",     "undetermined"};
constexpr std::array kUnits = {"readings", "days", "weeks", "months", "quarters", "years"};
constexpr std::array kQuantities = {"any", "all", "none", "at least", "at most", "exactly"};
constexpr std::array kAggregates = {"count",   "share",          "sum",           "average", "median", "lowest",
                                    "highest", "lower quartile", "upper quartile"};
constexpr std::array kPositions = {"rank", "quartile", "quintile", "decile", "percentile"};
constexpr std::array kEnds = {"lowest", "highest", "best", "worst"};
constexpr std::array kTies = {"best", "worst", "middle"};
constexpr std::array kRoundings = {"half away", "up", "down"};

template <class Enum, std::size_t N>
const char* word(const std::array<const char*, N>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

std::string print(const ast::Chain& chain) {
  std::string out;
  for (const ast::ChainPart& part : chain.parts) {
    if (!out.empty()) out += " of ";
    out += (part.other ? "other " : "") + part.name.text;
  }
  if (chain.by) out += " by " + chain.by->text;
  return chain.parts.size() > 1 || chain.by ? "<" + out + ">" : out;
}

std::string print(const ast::Literal& literal) {
  if (const auto* truth = std::get_if<bool>(&literal.value)) return *truth ? "yes" : "no";
  if (const auto* date = std::get_if<Date>(&literal.value)) return date->to_string();
  if (const auto* date = std::get_if<ImpreciseDate>(&literal.value)) return "some day in " + date->to_long_string();
  if (const auto* text = std::get_if<std::string>(&literal.value)) return "\"" + *text + "\"";
  const std::string number = std::get<Decimal>(literal.value).to_string();
  switch (literal.kind) {
    case TypeKind::Percent:
      return number + "%";
    case TypeKind::Points:
      return number + "points";
    case TypeKind::Money:
      return "£" + number;
    case TypeKind::Days:
      return number + "days";
    case TypeKind::Months:
      return number + "months";
    default:
      return number;
  }
}

std::string span_of_time(Duration duration) {
  return fmt::format("{}{}", duration.count, duration.unit == Duration::Unit::Days ? "days" : "months");
}

class Printer {
 public:
  explicit Printer(const ast::Tree& tree) : tree_(tree) {}

  std::string expr(ast::ExprId id) const { return std::visit(*this, tree_.expr(id)); }

  std::string operator()(const ast::Literal& node) const { return print(node); }
  std::string operator()(const ast::Chain& node) const { return print(node); }
  std::string operator()(const ast::Arithmetic& node) const {
    return fmt::format("({} {} {})", "+-*/"[static_cast<std::size_t>(node.op)], expr(node.lhs), expr(node.rhs));
  }
  std::string operator()(const ast::Negate& node) const { return fmt::format("(minus {})", expr(node.operand)); }
  std::string operator()(const ast::Not& node) const { return fmt::format("(not {})", expr(node.operand)); }
  std::string operator()(const ast::Logic& node) const {
    return fmt::format("({}{})", node.op == ast::LogicOp::And ? "and" : "or", all(node.operands));
  }
  std::string operator()(const ast::Compare& node) const {
    return fmt::format("({} {}{})", relation(node.relation), expr(node.lhs), all(node.relation.operands));
  }
  std::string operator()(const ast::WithinLast& node) const {
    return fmt::format("(within the last {} {})", span_of_time(node.duration), expr(node.event));
  }
  std::string operator()(const ast::Consecutive& node) const {
    return fmt::format("(for {} {} {})", node.count, word(kUnits, node.unit), expr(node.test));
  }
  std::string operator()(const ast::PercentOf& node) const {
    return fmt::format("(as percent of {} {})", expr(node.whole), expr(node.part));
  }
  std::string operator()(const ast::Rounded& node) const {
    return fmt::format("(rounded {} {} {})", word(kRoundings, node.rounding), node.places, expr(node.operand));
  }
  std::string operator()(const ast::When& node) const {
    return fmt::format("(when {} {} otherwise {})", expr(node.condition), expr(node.value), expr(node.otherwise));
  }
  std::string operator()(const ast::TheAbove&) const { return "the above"; }
  std::string operator()(const ast::FirstKnownOf& node) const {
    return fmt::format("(first known{})", all(node.operands));
  }
  std::string operator()(const ast::DaysSince& node) const {
    return fmt::format("({} since {})", node.months ? "months" : "days", expr(node.event));
  }
  std::string operator()(const ast::SinceEntering& node) const {
    return node.months ? "months since entering" : "days since entering";
  }
  std::string operator()(const ast::Previous& node) const { return fmt::format("(previous {})", expr(node.operand)); }
  std::string operator()(const ast::Ago& node) const {
    return fmt::format("(ago {} {})", span_of_time(node.duration), expr(node.operand));
  }
  std::string operator()(const ast::Quantified& node) const {
    std::string out = fmt::format("({}", word(kQuantities, node.quantity));
    if (node.quantity >= ast::Quantity::AtLeast) out += fmt::format(" {}", node.count);
    return out + rest(node.range, node.each, node.ignoring_missing) + ")";
  }
  std::string operator()(const ast::Aggregate& node) const {
    std::string out = fmt::format("({}", word(kAggregates, node.op));
    if (node.value) out += " value " + expr(*node.value);
    out += rest(node.range, node.each, node.ignoring_missing);
    if (node.weighted_by) out += " weighted by " + expr(*node.weighted_by);
    if (node.over) out += fmt::format(" over {} {}", node.over->count, word(kUnits, node.over->unit));
    return out + ")";
  }
  std::string operator()(const ast::Change& node) const {
    return fmt::format("(change {} {})", expr(node.operand), node.over ? span_of_time(*node.over) : "since entering");
  }
  std::string operator()(const ast::Call& node) const {
    return fmt::format("(call {}{})", node.method.text, all(node.arguments));
  }
  std::string operator()(const ast::Position& node) const {
    return fmt::format("({} {} from {}{}{})", word(kPositions, node.op), expr(node.value), word(kEnds, node.from),
                       rest(node.among, {}, node.ignoring_missing), ties(node.ties));
  }
  std::string operator()(const ast::Spread& node) const {
    return fmt::format("(spread {} from {} to {}{}{})", expr(node.value), expr(node.best), expr(node.worst),
                       rest(node.among, {}, node.ignoring_missing), ties(node.ties));
  }
  std::string operator()(const ast::ErrorExpr&) const { return "(error)"; }
  std::string asked(const ast::Relation& node) const { return relation(node) + all(node.operands); }

 private:
  std::string all(const std::vector<ast::ExprId>& ids) const {
    std::string out;
    for (const ast::ExprId id : ids) out += " " + expr(id);
    return out;
  }
  std::string relation(const ast::Relation& relation) const {
    const std::string op = word(kRelations, relation.op);
    return fmt::format("is{}{}{}", relation.negated ? " not" : "", op.empty() ? "" : " ", op);
  }
  static std::string ties(ast::Ties ties) {
    return ties == ast::Ties::Best ? "" : fmt::format(" ties {}", word(kTies, ties));
  }
  std::string rest(const ast::Range& range, const std::optional<ast::Relation>& each, bool ignoring_missing) const {
    std::string out;
    if (const auto* list = std::get_if<ast::ListOf>(&range)) {
      for (std::size_t i = 0; i < list->members.size(); ++i) {
        out += " " + expr(list->members[i]);
        if (!list->weights.empty() && list->weights[i]) out += fmt::format(" weight {}", expr(*list->weights[i]));
      }
      out = fmt::format(" [{}]", out.substr(1));
    } else {
      const auto& set = std::get<ast::SetOf>(range);
      out = " {" + expr(set.set);
      if (set.as) out += " as " + set.as->text;
      if (set.nearest) out += fmt::format(" the {} nearest in {}", set.nearest->count, expr(set.nearest->by));
      if (set.where) out += " where " + expr(*set.where);
      if (set.meet) out += " meet " + expr(*set.meet);
      if (!set.with_same.empty()) out += " with the same" + all(set.with_same);
      if (set.expecting) out += " expecting " + expr(*set.expecting);
      out += "}";
    }
    if (each) out += fmt::format(" each ({}{})", relation(*each), all(each->operands));
    return out + (ignoring_missing ? " ignoring missing" : "");
  }

  const ast::Tree& tree_;
};

}  // namespace

std::string print_expr(const ast::Tree& tree, ast::ExprId id) { return Printer(tree).expr(id); }
std::string print_relation(const ast::Tree& tree, const ast::Relation& relation) {
  return Printer(tree).asked(relation);
}

}  // namespace assay::golden
