// Rules by what they are: each a list of named terms, and what those do to the whole.
#include "dsl/compare/of_rules.h"

#include <algorithm>

#include "dsl/compare/attributes.h"

namespace assay {

namespace {

using Kind = Term::Kind;

struct Part {
  std::string name;  // when, unless, value, condition ...
  Term term;
};

class Parts {
 public:
  explicit Parts(const RuleIn& in) : in_(in) { std::visit(*this, in.rule.body); }
  std::vector<Part> made;
  std::string rest;  // what is no expression
  std::string words;

  void operator()(const DefineRule& body) {
    rest = type_in_words(in_.book.type(in_.rule.type));
    add("value", body.value, "");
    for (const auto& but : body.buts) {
      add("value", but.value, " but ");
      add("condition", but.condition, " when ");
    }
  }
  void operator()(const RatingRule& body) {
    add("value", body.from, "from ");
    for (const auto& band : body.bands) {
      rest += fmt::format("{} {};", band.label.index, band.low ? band.low->to_string() : "");
      words += ", " + in_.book.sources.words(band.span);
    }
    rest += type_in_words(in_.book.type(in_.rule.type));
  }
  void operator()(const TableRule& body) {
    for (ast::ExprId input : body.inputs) add("input", input, words.empty() ? "" : ", ");
    std::vector<std::string> rows;
    for (const auto& row : body.rows) {
      std::string text;
      for (const auto& cell : row.cells) text += cell ? in_.book.sources.words(cell->span) + " | " : "any | ";
      text += row.value ? term_of(in_.book, *row.value).key() : "unknown";
      rows.push_back(text);
      words += "; " + in_.book.sources.words(row.span);
    }
    if (body.unique) std::sort(rows.begin(), rows.end());
    rest = fmt::format("{} {} {}", body.unique, type_in_words(in_.book.type(in_.rule.type)), fmt::join(rows, ";"));
  }
  void operator()(const FlagRule& body) {
    if (body.when) add("when", *body.when, "when ");
    if (body.unless) add("unless", *body.unless, " unless ");
    std::vector<std::string> names;
    for (RuleId by : body.raised_by) names.push_back(in_.book.rule(by).name);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) made.push_back({"by", {.kind = Kind::RuleValue, .detail = "0 " + name}});
    if (!body.when) words = fmt::format("raised by {}", fmt::join(names, ", "));
  }
  void operator()(const InteractionRule& body) {
    if (body.when) add("when", *body.when, "when ");
    std::vector<std::string> effects;
    for (const auto& effect : body.effects)
      effects.push_back(std::visit([&](const auto& one) { return of(one); }, effect));
    std::sort(effects.begin(), effects.end());
    rest = fmt::format("{} {}", in_.book.schema.kind(body.relation).name, fmt::join(effects, ";"));
    if (!effects.empty()) words += fmt::format(" effect {}", fmt::join(effects, "; effect "));
  }
  void operator()(const StageRule& body) {
    const Regime& regime = in_.book.regimes[body.regime.index];
    rest = fmt::format("starts in {}, {}", regime.starts_in.index, type_in_words(in_.book.type(in_.rule.type)));
    words = rest;
  }
  void operator()(const EnterRule& body) { criteria(body.criteria); }
  void operator()(const ExitRule& body) { criteria(body.criteria); }
  void operator()(const UnsupportedRule& body) {
    made.push_back({"enter", {.kind = Kind::RuleValue, .detail = "0 " + in_.book.rule(body.enter).name}});
  }

 private:
  void add(const std::string& name, ast::ExprId id, const std::string& before) {
    made.push_back({name, term_of(in_.book, id)});
    words += before + in_.book.sources.words(in_.book.tree.span(id));
  }
  std::string of(const RaiseFlag& raise) const {
    return fmt::format("raise {} on {}", in_.book.rule(raise.flag).name, raise.on);
  }
  std::string of(const TimetableMove& move) const {
    const bool forward = move.move == ast::TimetableEffect::Move::BringForward;
    return fmt::format("{} {} of {} by {}", forward ? "bring forward" : "put back",
                       in_.book.schema.field(move.what).name, move.whose, move.by.to_string());
  }
  std::string of(const SharedEvidence& share) const {
    return fmt::format("share {} of {} with {}", in_.book.schema.field(share.what).name, share.whose, share.with);
  }
  // A list of conditions of which so many are asked.
  void criteria(const ast::Criteria& criteria) {
    ast::Quantity quantity = criteria.quantity;
    Term whole{.kind = Kind::Quantified, .number = Decimal::from_int(criteria.count)};
    if (quantity == ast::Quantity::Any) quantity = ast::Quantity::AtLeast, whole.number = Decimal::from_int(1);
    if (quantity == ast::Quantity::All) whole.number = Decimal();
    whole.detail = std::to_string(static_cast<int>(quantity));
    Term list{.kind = Kind::List};
    for (const ast::Reason& reason : criteria.reasons) {
      list.parts.push_back(term_of(in_.book, reason.condition));
      words += (words.empty() ? "" : ", ") + in_.book.sources.words(in_.book.tree.span(reason.condition));
    }
    std::stable_sort(list.parts.begin(), list.parts.end(),
                     [](const Term& a, const Term& b) { return a.key() < b.key(); });
    whole.parts.push_back(std::move(list));
    made.push_back({"criteria", std::move(whole)});
  }

  const RuleIn& in_;
};

// Lower bands reached by higher numbers only: at no number a better label, at some a worse.
Way way_of_bands(const RatingRule& was, const RatingRule& now) {
  const auto label_at = [](const RatingRule& rule, std::optional<Decimal> number) {
    Label label = rule.bands.front().label;
    for (std::size_t i = 1; i < rule.bands.size(); ++i)
      if (number && rule.bands[i].low && number->compare(*rule.bands[i].low) >= 0) label = rule.bands[i].label;
    return label;
  };
  std::vector<std::optional<Decimal>> ends{std::nullopt};
  for (const RatingRule* rule : {&was, &now})
    for (std::size_t i = 1; i < rule->bands.size(); ++i) ends.push_back(rule->bands[i].low);
  Way way = Way::Same;
  for (const auto& end : ends) {
    const Label a = label_at(was, end), b = label_at(now, end);
    if (a != b) way = joined(way, a < b ? Way::More : Way::Less);
  }
  return way;
}

Way way_of_rating(const RuleIn& was, const RuleIn& now, const NamesNow& names) {
  const auto &a = std::get<RatingRule>(was.rule.body), &b = std::get<RatingRule>(now.rule.body);
  if (type_in_words(was.book.type(was.rule.type)) != type_in_words(now.book.type(now.rule.type))) return Way::Depends;
  const Way number = way_between(term_of(was.book, a.from), term_of(now.book, b.from), names);
  const bool rises = b.bands.front().label < b.bands.back().label;
  return joined(rises ? number : flipped(number), way_of_bands(a, b));
}

void gather_names(const Term& term, std::vector<std::string>& out) {
  if (term.kind == Kind::Field || term.kind == Kind::RuleValue)
    out.push_back(term.detail.substr(term.detail.find(' ') + 1));
  if (term.kind == Kind::Parameter) out.push_back(term.detail);
  for (const Term& part : term.parts) gather_names(part, out);
}

// What a part is to the whole: `unless`, and the criteria on which a decision would be supported, turn it about.
Way turned(const std::string& part, Way way) { return part == "unless" || part == "enter" ? flipped(way) : way; }

}  // namespace

Way way_of_rules(const RuleIn& was, const RuleIn& now, const NamesNow& names) {
  if (was.rule.body.index() != now.rule.body.index()) return Way::Depends;
  if (std::holds_alternative<RatingRule>(was.rule.body)) return way_of_rating(was, now, names);
  const Parts a(was), b(now);
  if (a.rest != b.rest) return Way::Depends;
  // An excuse added or taken away.
  const bool excuse_added = b.made.size() == a.made.size() + 1 && b.made.back().name == "unless",
             excuse_taken = a.made.size() == b.made.size() + 1 && a.made.back().name == "unless";
  if (a.made.size() != b.made.size() && !excuse_added && !excuse_taken) return Way::Depends;
  Way way = excuse_added ? Way::Less : excuse_taken ? Way::More : Way::Same;
  for (std::size_t i = 0; i < std::min(a.made.size(), b.made.size()); ++i) {
    if (a.made[i].name != b.made[i].name) return Way::Depends;
    const Way part = way_between(a.made[i].term, b.made[i].term, names);
    // When an exception or a row applies does not order what it gives.
    const bool orders = a.made[i].name != "condition" && a.made[i].name != "input";
    way = joined(way, part == Way::Same || orders ? turned(a.made[i].name, part) : Way::Depends);
  }
  return way;
}

std::string meaning_of(const RuleIn& rule) {
  const Parts parts(rule);
  std::string out = parts.rest;
  for (const Part& part : parts.made) out += fmt::format("|{} {}", part.name, part.term.key());
  return out;
}

std::vector<std::string> names_in(const RuleIn& rule) {
  std::vector<std::string> out;
  const Parts parts(rule);
  for (const Part& part : parts.made) gather_names(part.term, out);
  if (const auto* table = std::get_if<TableRule>(&rule.rule.body))
    for (const auto& row : table->rows)
      if (row.value) gather_names(term_of(rule.book, *row.value), out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool may_find_nothing(const RuleIn& rule) {
  const Parts parts(rule);
  return std::any_of(parts.made.begin(), parts.made.end(),
                     [](const Part& part) { return may_find_nothing(part.term); });
}

std::string words_of(const RuleIn& rule) { return Parts(rule).words; }

}  // namespace assay
