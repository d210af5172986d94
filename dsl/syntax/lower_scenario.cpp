// Scenarios: what is given and what is expected (docs/language.md 10.3).
#include "dsl/syntax/lowering.h"

namespace assay::syntax {

namespace {

using Form = ast::GivenValue::Form;
Form form_of(std::string_view word) {
  if (word == "not available") return Form::NotAvailable;
  if (word == "not applicable") return Form::NotApplicable;
  if (word == "suppressed") return Form::Suppressed;
  if (word == "complete") return Form::Complete;
  return word == "withdrawn" ? Form::Withdrawn : Form::Ended;
}

ast::Expect::Form expected_form(std::string_view word) {
  if (word == "unknown") return ast::Expect::Form::Unknown;
  if (word == "not applicable") return ast::Expect::Form::NotApplicable;
  if (word == "raised") return ast::Expect::Form::Raised;
  if (word == "waived") return ast::Expect::Form::Waived;
  if (word == "not waived") return ast::Expect::Form::NotWaived;
  return word == "clear" ? ast::Expect::Form::Clear : ast::Expect::Form::Undetermined;
}

}  // namespace

void Lowering::scenario(const Node& node) {
  ast::ScenarioDecl out{.title = text(node.children.front())};
  Seen seen;
  for (const Node& clause : node.children) {
    if (clause.kind == Kind::GivenSubject) out.givens.emplace_back(given_subject(clause));
    if (clause.kind == Kind::GivenLink) {
      const std::vector<ast::Name> names = names_in(clause);
      out.givens.emplace_back(ast::GivenLink{names[0], names[1], names[2], given_values(clause)});
    }
    if (clause.kind == Kind::GivenParameter) {
      out.givens.emplace_back(ast::GivenParameter{name_of_child(clause), constant(*clause.child(Kind::Constant))});
    }
    if (clause.kind == Kind::GivenWaiver) out.givens.emplace_back(given_waiver(clause));
    if (clause.kind == Kind::GivenRelease) out.givens.emplace_back(given_release(clause));
    if (clause.kind == Kind::AsAt && first_time(seen, clause)) out.as_at = date(clause);
    if (clause.kind == Kind::KnownOn && first_time(seen, clause)) out.known_on = date(clause);
    if (clause.kind == Kind::Expect) out.expects.push_back(expect(clause));
  }
  tree_.add(ast::Decl(std::move(out)), span(node));
}

ast::GivenSubject Lowering::given_subject(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::GivenSubject out{.kind = names[0], .name = names[1], .values = given_values(node)};
  Seen seen;
  for (const Node& child : node.children) {
    if (child.kind == Kind::FromDate && first_time(seen, child)) out.from = date(child);
    if (child.kind == Kind::ToDate && first_time(seen, child)) out.to = date(child);
  }
  return out;
}

ast::GivenWaiver Lowering::given_waiver(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::GivenWaiver out{.flag = names[0], .subject = names[1], .span = span(node)};
  Seen seen;
  for (const Node& child : node.children) {
    if (child.kind == Kind::Name || !first_time(seen, child)) continue;
    if (child.kind == Kind::ByPerson) out.by = text_of_child(child);
    if (child.kind == Kind::Because) out.because = text_of_child(child);
    if (child.kind == Kind::Until) out.until = date(child);
    if (child.kind == Kind::FromDate) out.from = date(child);
    if (child.kind == Kind::RecordedOn) out.recorded_on = date(child);
  }
  if (out.by.empty()) missing(out.flag, "waiver of", "`by`: whose it is");
  if (out.because.empty()) missing(out.flag, "waiver of", "`because`");
  if (!out.until) missing(out.flag, "waiver of", "`until`: the last day on which it stands");
  return out;
}

ast::GivenRelease Lowering::given_release(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::GivenRelease out{.field = names[0], .subject = names[1], .span = span(node)};
  Seen seen;
  for (const Node& child : node.children) {
    if (child.kind == Kind::Name || !first_time(seen, child)) continue;
    if (child.kind == Kind::ByPerson) out.by = text_of_child(child);
    if (child.kind == Kind::ReleasedTo) out.to = text_of_child(child);
    if (child.kind == Kind::Until) out.until = date(child);
    if (child.kind == Kind::FromDate) out.from = date(child);
    if (child.kind == Kind::RecordedOn) out.recorded_on = date(child);
  }
  if (out.by.empty()) missing(out.field, "release of", "`by`: who releases it");
  return out;
}

std::vector<ast::GivenValue> Lowering::given_values(const Node& node) {
  std::vector<ast::GivenValue> out;
  for (const Node& child : node.children) {
    if (child.kind == Kind::GivenValue) out.push_back(given_value(child));
  }
  return out;
}

ast::GivenValue Lowering::given_value(const Node& node) {
  ast::GivenValue out{.field = name_of_child(node)};
  Seen seen;
  for (const Node& child : node.children) {
    if (child.kind == Kind::Word) out.form = form_of(words(child));
    if (child.kind == Kind::Constant) out.value = constant(child);
    if (child.kind == Kind::SomeDays) out.value = add(ast::Literal{TypeKind::Date, imprecise_date(child)}, child);
    if (child.kind == Kind::FromDate && first_time(seen, child)) out.from = imprecise_date(child);
    if (child.kind == Kind::ToDate && first_time(seen, child)) out.to = imprecise_date(child);
    if (child.kind == Kind::RecordedOn && first_time(seen, child)) out.recorded_on = date(child);
    if (child.kind == Kind::By && first_time(seen, child)) out.by = name_of_child(child);
  }
  return out;
}

ast::Expect Lowering::expect(const Node& node) {
  const std::vector<ast::Name> names = names_in(*node.child(Kind::Target));
  ast::Expect out{.target = names[0], .subject = names[1], .span = span(node)};
  if (names.size() > 2) out.to = names[2];
  for (const Node& child : node.children) {
    if (child.kind == Kind::Text) {
      out.form = ast::Expect::Form::Mentions;
      out.mentions = text(child).text;
    } else if (child.kind == Kind::Word && written(child) != "why") {
      out.form = expected_form(words(child));
    } else if (child.kind == Kind::ExpectedReason) {
      out.because.push_back(expected_reason(child));
    } else if (child.kind == Kind::Constant) {
      // Alone it is the value; after `unknown` the two ends of the range.
      auto& place = out.form == ast::Expect::Form::Value ? out.value : out.low ? out.high : out.low;
      place = constant(child);
    }
  }
  return out;
}

ast::ExpectedReason Lowering::expected_reason(const Node& node) const {
  const std::vector<ast::Name> names = names_in(node);
  ast::ExpectedReason out{.evidence = names[0], .reason = name(*node.child(Kind::Word))};
  if (names.size() > 1) out.of = names[1];
  return out;
}

}  // namespace assay::syntax
