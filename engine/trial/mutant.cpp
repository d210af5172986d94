// The changes to a rule as a whole and to parameters; and how a change is made and taken back.
#include "engine/trial/mutant.h"

#include "engine/trial/condition.h"
#include "engine/trial/mutate_expression.h"
#include "engine/trial/possible.h"
#include "engine/trial/scenario_text.h"
#include "engine/trial/steps.h"

namespace assay {

namespace {

using Kind = Mutant::Kind;

// Changes to what a rule says beside its expressions.
class RuleMutator {
 public:
  RuleMutator(const Rulebook& book, RuleId rule, std::vector<Mutant>& mutants)
      : book_(book), rule_(rule), mutants_(mutants) {}

  void operator()(const DefineRule& body) {
    for (std::size_t i = 0; i < body.buts.size(); ++i) {
      DefineRule other = body;
      other.buts.erase(other.buts.begin() + static_cast<std::ptrdiff_t>(i));
      add(Kind::Exception, std::move(other), body.buts[i].span, "the `but` left out");
    }
  }
  void operator()(const RatingRule& body) {
    for (std::size_t i = 1; i < body.bands.size(); ++i) edge(body, i);
  }
  void operator()(const TableRule& body) {
    for (std::size_t i = 0; body.rows.size() > 1 && i < body.rows.size(); ++i) {
      TableRule other = body;
      other.rows.erase(other.rows.begin() + static_cast<std::ptrdiff_t>(i));
      add(Kind::Exception, std::move(other), body.rows[i].span, "the row left out");
    }
  }
  void operator()(const FlagRule& body) {
    if (!body.unless || !body.when) return;
    FlagRule other = body;
    other.unless.reset();
    add(Kind::Exception, std::move(other), book_.tree.span(*body.unless), "the `unless` left out");
  }
  void operator()(const InteractionRule&) {}
  void operator()(const StageRule&) {}
  void operator()(const EnterRule& body) { criteria(body); }
  void operator()(const ExitRule& body) { criteria(body); }
  void operator()(const UnsupportedRule&) {}

 private:
  void add(Kind kind, decltype(Rule::body) to, Span at, std::string changed_to) {
    mutants_.push_back(
        {kind, Mutant::RuleChange{rule_, std::move(to)}, rule_, at, book_.sources.words(at), std::move(changed_to)});
  }

  // Where one band ends and the next begins.
  void edge(const RatingRule& body, std::size_t band) {
    const auto& low = body.bands[band].low;
    if (!low) return;
    const ValueType& type = book_.type(body.from);
    const auto values = possible_values(book_, body.from);
    for (const Value& to : steps_from(*low, type)) {
      const Decimal moved = std::get<Decimal>(to);
      // An edge that meets its neighbour would leave a band without numbers.
      if (body.bands[band - 1].low && moved.compare(*body.bands[band - 1].low) <= 0) continue;
      if (band + 1 < body.bands.size() && body.bands[band + 1].low && moved.compare(*body.bands[band + 1].low) >= 0)
        continue;
      RatingRule other = body;
      other.bands[band].low = moved;
      add(Kind::Threshold, std::move(other), body.bands[band].span,
          fmt::format("{} begins at {}", label_of(body, band), to_words(to, type)));
      mutants_.back().no_difference = values && std::none_of(values->begin(), values->end(), [&](Decimal value) {
                                        return (value.compare(*low) >= 0) != (value.compare(moved) >= 0);
                                      });
    }
  }

  std::string label_of(const RatingRule& body, std::size_t band) const {
    return book_.type(book_.rule(rule_).type).labels[body.bands[band].label.index].name;
  }

  template <class Body>
  void criteria(const Body& body) {
    const ast::Criteria& criteria = body.criteria;
    for (std::size_t i = 0; criteria.reasons.size() > 1 && i < criteria.reasons.size(); ++i) {
      Body other = body;
      other.criteria.reasons.erase(other.criteria.reasons.begin() + static_cast<std::ptrdiff_t>(i));
      add(Kind::Condition, std::move(other), criteria.reasons[i].span, "left out");
    }
    if (criteria.reasons.size() < 2) return;
    const Counted written{criteria.quantity, criteria.count};
    for (const Counted& changed : other_counts(written, criteria.reasons.size())) {
      Body other = body;
      other.criteria.quantity = changed.quantity;
      other.criteria.count = changed.count;
      add(Kind::Count, std::move(other), first_words(criteria),
          fmt::format("`{}` made `{}`", count_words(written), count_words(changed)));
    }
  }

  // From the criterion's first words up to its first reason: "enter directed when all of".
  Span first_words(const ast::Criteria& criteria) const {
    const Span whole = book_.rule(rule_).span;
    return {whole.file, whole.begin, criteria.reasons.front().span.begin};
  }

  const Rulebook& book_;
  RuleId rule_;
  std::vector<Mutant>& mutants_;
};

void add_parameter_mutants(const Rulebook& book, ParameterId id, std::vector<Mutant>& mutants) {
  const Parameter& parameter = book.parameters[id.index];
  const ValueType& type = book.type(parameter.type);
  const std::string name = name_in(book, parameter.ruleset, parameter.name);
  for (std::size_t i = 0; i < parameter.values.size(); ++i)
    for (const Value& to : steps_from(parameter.values[i].value, type))
      mutants.push_back({Kind::Threshold, Mutant::ParameterChange{id, i, to}, std::nullopt, parameter.values[i].span,
                         fmt::format("{} = {}", name, to_words(parameter.values[i].value, type)),
                         fmt::format("{} = {}", name, to_words(to, type))});
}

struct Apply {
  Rulebook& book;
  void operator()(const Mutant::ExprChange& change) const {
    book.tree.expr(change.expr) = change.to;
    if (change.resolved) book.resolved[change.expr.index] = *change.resolved;
  }
  void operator()(const Mutant::RuleChange& change) const { book.rules[change.rule.index].body = change.to; }
  void operator()(const Mutant::ParameterChange& change) const {
    book.parameters[change.parameter.index].values[change.dated].value = change.to;
  }
};

struct Undo {
  Rulebook& book;
  const Rulebook& as_it_was;
  void operator()(const Mutant::ExprChange& change) const {
    book.tree.expr(change.expr) = as_it_was.tree.expr(change.expr);
    book.resolved[change.expr.index] = as_it_was.resolved[change.expr.index];
  }
  void operator()(const Mutant::RuleChange& change) const {
    book.rules[change.rule.index].body = as_it_was.rule(change.rule).body;
  }
  void operator()(const Mutant::ParameterChange& change) const {
    book.parameters[change.parameter.index].values[change.dated].value =
        as_it_was.parameters[change.parameter.index].values[change.dated].value;
  }
};

}  // namespace

std::vector<Mutant> mutants_of(const Rulebook& book, const Picked& picked) {
  std::vector<Mutant> mutants;
  for (std::uint32_t i = 0; i < book.rules.size(); ++i) {
    if (!picked.rule({i}) || book.rules[i].local_of) continue;  // whose text is the national rule's
    for (const RulePart& part : parts_of(book.rules[i])) add_expression_mutants(book, {i}, part.expr, mutants);
    std::visit(RuleMutator(book, {i}, mutants), book.rules[i].body);
  }
  for (std::uint32_t i = 0; i < book.parameters.size(); ++i)
    if (picked.parameter({i})) add_parameter_mutants(book, {i}, mutants);
  return mutants;
}

void apply(const Mutant& mutant, Rulebook& book) { std::visit(Apply{book}, mutant.change); }

void undo(const Mutant& mutant, Rulebook& book, const Rulebook& as_it_was) {
  std::visit(Undo{book, as_it_was}, mutant.change);
}

}  // namespace assay
