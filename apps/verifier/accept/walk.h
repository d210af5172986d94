// From the outcome down: each step's expression found in its rule, derived again by the second evaluator, and what the
// step says of it held against that. Cut by construct: walk.cpp goes down, walk_rule.cpp, walk_criteria.cpp,
// walk_sentence.cpp, walk_parts.cpp, walk_reading.cpp and walk_members.cpp each know their steps. Internal to
// apps/verifier/accept.
#pragma once

#include <map>

#include "apps/verifier/accept/parts.h"

namespace assay::verifier {

// The expressions of a rule, by their words. Made once for a rulebook.
class Wordings {
 public:
  explicit Wordings(const Rulebook& book) : book_(book) {}
  const std::multimap<std::string, ast::ExprId>& of(RuleId rule);
  // Every member a rule ranges over: where an expression stands that asks an event within some time.
  const std::vector<ast::ExprId>& all(RuleId rule);

 private:
  struct OfRule {
    bool made = false;
    std::multimap<std::string, ast::ExprId> by_words;
    std::vector<ast::ExprId> all;
  };
  void add(ast::ExprId id, OfRule& into);
  OfRule& made(RuleId rule);
  const Rulebook& book_;
  std::map<std::uint32_t, OfRule> rules_;
};

struct Fault {
  std::size_t step;
  std::string what;
};

class Walk {
 public:
  // `follows`: which steps follow from the rows shown, where no others are held; empty where all are.
  Walk(const ReadExplanation& all, Derivation& derivation, Wordings& wordings, std::vector<bool> follows)
      : all_(all),
        derive_(derivation),
        book_(derivation.rulebook()),
        wordings_(wordings),
        follows_(std::move(follows)),
        whole_(follows_.empty()),
        seen_(all.steps.size(), false),
        above_(all.steps.size(), 0) {
    for (std::size_t at = all.steps.size(); at-- > 0;)
      for (const std::size_t child : all.steps[at].children) above_[child] = at;
  }
  std::optional<Fault> fault();
  // Was the result of the root derived?
  bool derived() const { return derived_; }

 private:
  using Found = std::optional<std::string>;

  void visit(std::size_t at, const Place& place);
  void children(std::size_t at, const Place& place);
  void wrong(std::size_t at, std::string what);
  const ExplainedStep& step(std::size_t at) const { return all_.steps[at]; }
  std::vector<std::size_t> children_of(std::size_t at, std::initializer_list<std::string_view> kinds) const;
  const Snapshot& rows() const { return derive_.evidence().snapshot(); }
  std::optional<SubjectId> subject_of(const std::string& text) const;
  // The moments that a step on another day may be asked at, seen from those of the step above.
  std::vector<Moment> moments(const Place& from, Date on);
  // The days that the rule's text asks about, from one: so long ago, the steps before it. Nothing: any.
  std::optional<std::set<Date>> days_asked(const Place& place);
  bool can_be_asked(ast::ExprId id, const Place& place) const;
  Answer ask(ast::ExprId id, const Place& place) { return derive_.expr(id, place); }
  // Of a part that is not shown, or rests on what is not shown, nothing can be derived.
  bool can_derive(std::size_t at) const { return whole_ || follows_[at]; }
  // Of what is not known, from the rows shown alone, only that it is not; its ends may rest on what is not shown.
  bool same_result(std::size_t at, const std::string& derived) const;

  // walk_rule.cpp
  void rule(std::size_t at, const Place& from);
  Place place_of(RuleId id, SubjectId subject, const Moment& moment, bool pinned) const;
  Found rule_result(std::size_t at, RuleId id, SubjectId subject, const Moment& moment, bool pinned);
  // Is a mark in an explanation that one? Of a proxy and a waiver it says more than the mark holds.
  bool is_mark(const std::string& said, const Mark& mark, Date on) const;
  void rule_marks(std::size_t at, RuleId id, const Answer& answer, const Observation* waiver);
  void rule_reasons(std::size_t at, const Answer& answer);
  void rule_body(std::size_t at, const Rule& rule, const Place& place);
  void sentence(std::size_t at, std::string_view key, const std::optional<ast::Template>& text, const Place& place);
  std::string name_of(SubjectId subject, Date on) const;
  const std::vector<std::string>& titles();
  bool in_titles(std::size_t at, std::string words);
  struct Piece {
    std::string words;
    bool open = false;  // more may follow
  };
  Piece piece(const std::variant<std::string, ast::ExprId>& piece, const Place& place);
  void define(std::size_t at, const DefineRule& body, const Place& place);
  void flag(std::size_t at, const FlagRule& body, const Place& place);
  void raised_by(std::size_t at, std::size_t interactions);
  void criteria(std::size_t at, const ast::Criteria& criteria, const Place& place);
  void reasons(std::size_t at, const ast::Criteria& criteria, const Place& place, const std::vector<ReasonIs>& due);
  bool ended_on(const Place& place, std::string_view result) const;
  void entered(std::size_t at, const UnsupportedRule& body, const Place& place);
  void rating(std::size_t at, const RatingRule& body, const Place& place);
  void table(std::size_t at, const TableRule& body, const Place& place);
  void table_row(std::size_t at, const TableRule& body, const TableRule::Row& row, const Place& place);
  std::string title_of(ast::ExprId id) const;
  void since(std::size_t at, const Place& place);

  // walk_parts.cpp: a step that is an expression of the rule.
  void part(std::size_t at, const Place& place);
  std::string part_result(std::size_t at, ast::ExprId id, const Answer& answer) const;
  // What a step says of the expression that it is made of: its note and what stands below it.
  void made(std::size_t at, ast::ExprId id, const Place& place);
  bool chooses(ast::ExprId id) const;
  void value(std::size_t at, ast::ExprId id, const Place& place);
  void logic(std::size_t at, const ast::Logic& node, const Answer& whole, const Place& place);
  void compare(std::size_t at, const ast::Compare& node, const Place& place);
  std::string relation(const ast::Relation& relation, ast::ExprId left, const Place& place);
  void over_time(std::size_t at, ast::ExprId id, const Place& place);
  bool shows_name(std::size_t at, ast::ExprId id, const Place& place) const;
  std::optional<FieldId> counted_from(ast::ExprId id, const Place& place) const;
  // Is there a step below for each name that is read?
  void names(std::size_t at, ast::ExprId id, const Place& place);
  // put_in.cpp: the author's words with the values in them.
  std::string put_in(ast::ExprId id, const Place& place);
  void put_in_parts(ast::ExprId id, Span whole, const Place& place, std::uint32_t& from, std::string& out);

  // walk_members.cpp
  void range(std::size_t at, ast::ExprId id, const Place& place);
  void tally(std::size_t at, bool conditions, std::size_t listed);
  void how_many(std::size_t at, const SetRef& ref, std::size_t shown, const Place& place);
  std::size_t place_among(std::size_t at, std::size_t shown, bool nearest);
  void share(std::size_t at);
  void surely_there(std::size_t at, const ast::SetOf& set, const SetRef& ref, const Place& place);
  Place own_place(const SetRef& ref, const Place& place) const;
  std::string own_of_peer(const ast::SetOf& set, const SetRef& ref, const Place& place);
  void member(std::size_t at, ast::ExprId range, const Place& place);
  void member_parts(std::size_t at, ast::ExprId range, const Place& place);
  bool shows_field(std::size_t at, FieldId field, std::optional<Date> on, std::optional<SubjectId> whose) const;
  std::optional<std::string> member_result(ast::ExprId range, SubjectId subject, const Place& place);

  // walk_reading.cpp
  void reading(std::size_t at, const Place& place);
  void wanting_text(std::size_t at, const std::string& name, const Place& place);
  void absence(std::size_t at, FieldId field);
  bool only_named(std::size_t at, const Answer& answer) const;
  bool says_reading(std::size_t at, const Answer& answer, const ValueType& type);
  bool says_event(std::size_t at, FieldId field, SubjectId subject, const Place& then);
  void rows_shown(std::size_t at, const std::vector<const Observation*>& rows);
  // A note that no rule above knows: its numbers and days have to stand below it, or in its text.
  void numbers(std::size_t at, std::string_view besides = {}, std::size_t ranks = 0);

  const ReadExplanation& all_;
  Derivation& derive_;
  const Rulebook& book_;
  Wordings& wordings_;
  std::vector<bool> follows_;
  bool whole_, derived_ = false;
  std::vector<bool> seen_;
  std::vector<std::string> titles_;
  std::vector<std::size_t> above_;  // of each step, the first that rests on it
  std::optional<Fault> fault_;
};

}  // namespace assay::verifier
