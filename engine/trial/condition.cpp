// Conditions, found by going down each rule's expressions.
#include "engine/trial/condition.h"

#include "dsl/syntax/children.h"

namespace assay {

namespace {

struct Parts {
  std::vector<RulePart> found;
  using Kind = RulePart::Kind;
  void add(Kind kind, ast::ExprId expr, std::size_t index = 0) { found.push_back({kind, expr, index}); }
  void add(Kind kind, const std::optional<ast::ExprId>& expr) {
    if (expr) add(kind, *expr);
  }
  void criteria(const ast::Criteria& criteria) {
    for (std::size_t i = 0; i < criteria.reasons.size(); ++i) add(Kind::Reason, criteria.reasons[i].condition, i);
  }
  void operator()(const DefineRule& rule) {
    add(Kind::General, rule.value);
    for (std::size_t i = 0; i < rule.buts.size(); ++i) {
      add(Kind::ButValue, rule.buts[i].value, i);
      add(Kind::ButCondition, rule.buts[i].condition, i);
    }
  }
  void operator()(const RatingRule& rule) { add(Kind::Banded, rule.from); }
  void operator()(const TableRule& rule) {
    for (std::size_t i = 0; i < rule.inputs.size(); ++i) add(Kind::Input, rule.inputs[i], i);
    for (std::size_t i = 0; i < rule.rows.size(); ++i) {
      for (const auto& cell : rule.rows[i].cells)
        for (ast::ExprId operand : cell ? cell->operands : std::vector<ast::ExprId>{}) add(Kind::Cell, operand, i);
      if (rule.rows[i].value) add(Kind::RowValue, *rule.rows[i].value, i);
    }
  }
  void operator()(const FlagRule& rule) { add(Kind::When, rule.when), add(Kind::Unless, rule.unless); }
  void operator()(const InteractionRule& rule) { add(Kind::When, rule.when); }
  void operator()(const StageRule&) {}
  void operator()(const EnterRule& rule) { criteria(rule.criteria); }
  void operator()(const ExitRule& rule) { criteria(rule.criteria); }
  void operator()(const UnsupportedRule&) {}
};

// Is an expression that gives yes or no a test by itself, or put together from others?
struct IsTest {
  bool operator()(const ast::Literal&) const { return false; }  // says nothing that could be otherwise
  bool operator()(const ast::Chain&) const { return true; }
  bool operator()(const ast::Arithmetic&) const { return false; }
  bool operator()(const ast::Negate&) const { return false; }
  bool operator()(const ast::Not&) const { return false; }
  bool operator()(const ast::Logic&) const { return false; }
  bool operator()(const ast::Compare&) const { return true; }
  bool operator()(const ast::WithinLast&) const { return true; }
  bool operator()(const ast::Consecutive&) const { return false; }
  bool operator()(const ast::PercentOf&) const { return false; }
  bool operator()(const ast::Rounded&) const { return false; }
  bool operator()(const ast::When&) const { return false; }
  bool operator()(const ast::TheAbove&) const { return false; }
  bool operator()(const ast::FirstKnownOf&) const { return true; }
  bool operator()(const ast::DaysSince&) const { return false; }
  bool operator()(const ast::SinceEntering&) const { return false; }
  bool operator()(const ast::Previous&) const { return false; }
  bool operator()(const ast::Ago&) const { return false; }
  bool operator()(const ast::Change&) const { return false; }
  bool operator()(const ast::Call&) const { return false; }
  bool operator()(const ast::Quantified&) const { return false; }
  bool operator()(const ast::Aggregate&) const { return false; }
  bool operator()(const ast::Position&) const { return false; }
  bool operator()(const ast::Spread&) const { return false; }
  bool operator()(const ast::ErrorExpr&) const { return false; }
};

const ast::Range* range_of(const ast::Expr& expr) {
  if (const auto* quantified = std::get_if<ast::Quantified>(&expr)) return &quantified->range;
  if (const auto* aggregate = std::get_if<ast::Aggregate>(&expr)) return &aggregate->range;
  return nullptr;
}

class Finder {
 public:
  Finder(const Rulebook& book, RuleId rule) : book_(book), rule_(rule) {}

  std::vector<Condition> find() && {
    for (const RulePart& part : parts_of(book_.rule(rule_))) {
      part_ = part;
      // What a cell compares with is no condition; what is asked of it is its row's.
      if (part.kind != RulePart::Kind::Cell) look(part.expr, true);
    }
    return std::move(found_);
  }

 private:
  bool is_yes_no(ast::ExprId id) const { return book_.type(id).kind == TypeKind::YesNo; }

  void add(ast::ExprId id, bool of_member, std::string words, Span span) {
    found_.push_back({rule_, part_, id, of_member, above_, std::move(words), span});
  }

  // `asked`: a yes or a no of it goes on to what it stands in; else only its value is compared.
  void look(ast::ExprId id, bool asked) {
    const ast::Expr& expr = book_.tree.expr(id);
    const bool test = std::visit(IsTest{}, expr);
    const Span span = book_.tree.span(id);
    if (asked && test && is_yes_no(id)) add(id, false, book_.sources.words(span), span);
    above_.push_back(id);
    if (const auto* range = range_of(expr)) look_at_members(*range, each_of(expr));
    if (const auto* list = range_of(expr) ? std::get_if<ast::ListOf>(range_of(expr)) : nullptr; list && each_of(expr)) {
      for (ast::ExprId member : list->members) look(member, false);
      for (ast::ExprId operand : each_of(expr)->operands) look(operand, false);
    } else {
      ast::for_each_child(expr, [&](ast::ExprId child) { look(child, !test); });
    }
    above_.pop_back();
  }

  // What a list or set asks of its members is a condition of each member of a list, and one of a set.
  void look_at_members(const ast::Range& range, const ast::Relation* each) {
    if (const auto* list = std::get_if<ast::ListOf>(&range)) {
      if (!each) return;
      for (ast::ExprId member : list->members) add_member(member, *each);
      return;
    }
    const auto& set = std::get<ast::SetOf>(range);
    const auto* ref = std::get_if<SetRef>(&book_.resolved[set.set.index]);
    if (!ref || !ref->value) return;
    if (each)
      add_member(set.set, *each);
    else if (gives_yes_no(*ref))
      add(set.set, true, book_.sources.words(book_.tree.span(set.set)), book_.tree.span(set.set));
  }

  void add_member(ast::ExprId member, const ast::Relation& each) {
    const Span span = book_.tree.span(member);
    add(member, true, asked_words(book_, member, each), span);
  }

  bool gives_yes_no(const SetRef& set) const {
    if (const auto* field = std::get_if<FieldOf>(&*set.value))
      return book_.schema.field(field->field).type.kind == TypeKind::YesNo;
    return book_.type(book_.rule(std::get<RuleOf>(*set.value).rule).type).kind == TypeKind::YesNo;
  }

  const Rulebook& book_;
  RuleId rule_;
  RulePart part_;
  std::vector<ast::ExprId> above_;
  std::vector<Condition> found_;
};

}  // namespace

std::vector<RulePart> parts_of(const Rule& rule) {
  Parts parts;
  std::visit(parts, rule.body);
  return std::move(parts.found);
}

const ast::Relation* each_of(const ast::Expr& expr) {
  const auto* quantified = std::get_if<ast::Quantified>(&expr);
  const auto* aggregate = std::get_if<ast::Aggregate>(&expr);
  const std::optional<ast::Relation>* each = quantified ? &quantified->each : aggregate ? &aggregate->each : nullptr;
  return each && *each ? &**each : nullptr;
}

std::string asked_words(const Rulebook& book, ast::ExprId member, const ast::Relation& each) {
  return book.sources.words(book.tree.span(member)) + " is " + book.sources.words(each.span);
}

std::vector<Condition> conditions_of(const Rulebook& book, RuleId rule) { return Finder(book, rule).find(); }

}  // namespace assay
