// An explanation while it is being made: walks a rule's expressions in the tree, asks the evaluation for every part,
// and keeps each (rule, subject, moment) and each reading of evidence once. Cut by construct: explain_rule.cpp,
// explain_condition.cpp and what those name. Internal to engine/explain.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/eval/evaluation.h"
#include "engine/explain/authored.h"
#include "engine/explain/explanation.h"

namespace assay {

// What a step stands for, so that it is made once: of a rule or a field, of whom, when.
struct StepKey {
  enum class What : std::uint8_t { Rule, Field, Within, LatestEvent, Parameter, Member };
  What what = What::Rule;
  std::uint32_t index = 0;  // of the rule, field, parameter, or the set a member is of
  SubjectId subject;
  Moment moment;
  std::int32_t length = 0;  // of `within the last`: days, or months made negative
  friend bool operator==(const StepKey&, const StepKey&) = default;
};
struct StepKeyHash {
  std::size_t operator()(const StepKey& key) const noexcept;
};

// The steps of a rule that others rest on, made once and copied into each explanation. The first is the rule's own.
struct Fragment {
  std::vector<ProofStep> steps;
  std::vector<std::optional<StepKey>> keys;  // beside steps
};

// The others among whom a subject stands, sorted by what they do to its place. Points into the members.
struct StandingAmong {
  std::vector<Value> ordered;        // the known values, the subject's own among them, from the end that comes first
  std::int64_t least = 1, most = 1;  // how many there are, the subject counted in
  std::int64_t ahead = 0, expected = 0, missing = 0, absent = 0;
  const Member* before = nullptr;
  const Member* after = nullptr;
  std::vector<const Member*> moving, rest;
};

// What the explanations of one evaluation share.
struct ProofShared {
  explicit ProofShared(Evaluation& of);
  Evaluation& evaluation;
  Authored authored;
  struct Who {
    std::string text, name;  // "council:E06000009", "Blackpool"
  };
  const Who& who(SubjectId subject, Date on);
  // Of a member's own explanation, where it is not shown in full.
  std::unordered_map<StepKey, Digest, StepKeyHash> digests;
  const Fragment& fragment(const StepKey& key);
  // Before an explanation is begun: keeps what is kept within bounds.
  void trim();
  // Do other rules rest on it?
  bool is_read(RuleId rule) const { return read_[rule.index]; }

 private:
  std::vector<bool> read_;
  std::unordered_map<StepKey, Fragment, StepKeyHash> fragments_;
  std::unordered_map<StepKey, Who, StepKeyHash> who_;
};

class Proof {
 public:
  explicit Proof(ProofShared& shared);
  Explanation of(RuleId rule, SubjectId subject, const Moment& moment) &&;
  Fragment fragment_of(RuleId rule, SubjectId subject, const Moment& moment) &&;

 private:
  using Children = std::vector<StepId>;

  // ---- Rules: explain_rule.cpp, explain_trigger.cpp, explain_regime.cpp
  StepId rule(RuleId id, SubjectId subject, const Moment& moment);
  StepId graft(const Fragment& fragment, std::uint32_t at);
  StepId waiver(const Waiver& waiver, const ProofStep& of);
  StepId make_rule(RuleId id, SubjectId subject, const Moment& moment);
  void rule_body(ProofStep& step, RuleId id, const Cell& cell, const Scope& scope);
  void put_grounds(ProofStep& step, const Authored::GroundsText& grounds);
  void put_define(ProofStep& step, const DefineRule& body, const Cell& cell, const Scope& scope);
  StepId exception(const DefineRule::But& but, bool last, const Cell& condition, const Scope& scope);
  void put_rating(ProofStep& step, const RatingRule& body, const Cell& cell, const ValueType& scale,
                  const Scope& scope);
  // explain_table.cpp
  void put_table(ProofStep& step, const TableRule& body, const Scope& scope);
  StepId table_row(const TableRule& body, const TableRowResult& result, const Scope& scope);
  void put_flag(ProofStep& step, const FlagRule& body, const Cell& cell, const Scope& scope);
  void put_raised_by(ProofStep& step, const Cell& cell, const Scope& scope);
  void put_no_links(ProofStep& step, const Scope& scope);
  void put_interaction(ProofStep& step, const InteractionRule& body, const Cell& cell, const Scope& scope);
  void put_stage(ProofStep& step, RegimeId regime, const Cell& cell, const Scope& scope);
  void put_criteria(ProofStep& step, const ast::Criteria& criteria, const Cell& cell, const Scope& scope);
  void put_reasons(ProofStep& step, const ast::Criteria& criteria, RuleId criterion, const Scope& scope);
  void put_unsupported(ProofStep& step, const UnsupportedRule& body, const Cell& cell, const Scope& scope);
  StepId criterion(const ReasonResult& reason, const Scope& scope);

  // ---- Expressions. `put_` fills a step that exists, the others make one.
  // explain_condition.cpp
  StepId condition(ast::ExprId id, const Scope& scope);
  void put_condition(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope);
  void put_logic(ProofStep& step, const ast::Logic& node, const Cell& cell, const Scope& scope);
  // "34% is 5 points below 39%": both values, and the distance to turning.
  std::string relation_in_words(const ast::Relation& relation, ast::ExprId left, const Scope& scope);
  void put_compare(ProofStep& step, const ast::Compare& node, const Scope& scope);
  // explain_value.cpp
  void operands(ast::ExprId id, const Scope& scope, Children& out);
  void put_value(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope);
  void chain_operand(ast::ExprId id, const Scope& scope, Children& out);
  bool is_plain(ast::ExprId id) const;  // a literal or a name: nothing is put in
  std::string put_in(ast::ExprId id, const Scope& scope);
  void put_in_parts(ast::ExprId id, Span whole, const Scope& scope, std::uint32_t& from, std::string& out);
  StepId called(ast::ExprId id, const Scope& scope);
  // explain_time.cpp
  void put_within(ProofStep& step, const ast::WithinLast& node, const Scope& scope);
  void put_consecutive(ProofStep& step, const ast::Consecutive& node, const Cell& cell, const Scope& scope);
  StepId part_at(ast::ExprId id, std::string title, const Scope& scope);
  void since_operand(ast::ExprId id, const Scope& scope, Children& out);
  StepId change(ast::ExprId id, const Scope& scope);
  void put_change(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope);
  void put_over(ProofStep& step, const ast::Aggregate& node, const Scope& scope);
  StepId value_at(ast::ExprId id, std::string title, const Scope& scope);
  Scope previous(const ast::Previous& node, const Scope& scope);
  // explain_position.cpp
  StepId position(ast::ExprId id, const Scope& scope);
  void put_position(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope);
  StepId other_member(const Member& member, bool in_full, ast::ExprId position_id, std::string note,
                      const Scope& scope);
  StandingAmong standing_among(const std::vector<Member>& members, const Cell& own, bool lower_first,
                               const ast::SetOf& among) const;
  std::string place_in_words(const StandingAmong& found, ast::ExprId id, const Cell& cell, const Cell& own,
                             const Scope& scope);
  std::string left_out_by_name(const std::vector<const Member*>& members, Date on) const;
  void own_of_peer(const ast::SetOf& among, const Scope& peer, Children& out);
  std::string chosen_how(const ast::SetOf& among, const SetRef& ref, const Scope& scope);
  // explain_members.cpp
  StepId range(ast::ExprId id, const Scope& scope);
  void put_range(ProofStep& step, ast::ExprId id, const Cell& cell, const Scope& scope);
  void put_list_member(ProofStep& step, const Member& member, bool decides, bool compared, const Scope& scope);
  StepId short_register(const Reason& reason);
  void put_no_members(ProofStep& step, const SetRef& set, const Scope& scope);
  void put_sum(ProofStep& step, const ast::Aggregate* node, const std::vector<Member>& members);
  StepId set_member(const Member& member, bool in_full, ast::ExprId range_id, const Scope& scope);
  ProofStep member_line(const Member& member, ast::ExprId range_id, const Scope& scope);
  void put_set_member(ProofStep& step, const Member& member, ast::ExprId range_id, const Scope& scope);
  void put_weight(ProofStep& step, ast::ExprId weight, const Member& member, const Scope& scope);
  Digest member_digest(const Member& member, ast::ExprId range_id, const Scope& scope);

  // ---- Where every path ends: leaves.cpp
  StepId evidence(FieldId field, SubjectId subject, const Moment& moment);
  StepId reading(const StepKey& key, const Reading& reading, FieldId field, const ValueType& shown_as);
  StepId parameter(ParameterId id, const Moment& moment);
  EvidenceLeaf leaf(const RowPart& row, FieldId field, Date asked);
  // `wanting`: what is not held, where that is not the reason's own field.
  StepId named_absence(const Reason& reason, std::string title = {}, std::string_view wanting = {});
  // A register is complete: what is not in it on a date is not so.
  StepId none_in_register(const KindDef& kind, SubjectId whose, Date on);

  Explanation finish(StepId root, const Moment& moment) &&;
  StepId add(std::optional<StepKey> key = {});
  // The cell of an expression; the last few are kept, since a step asks for the same ones again.
  const Cell& cell_of(ast::ExprId id, const Scope& scope);
  ProofStep part(ProofStep::Kind kind, ast::ExprId id, const Scope& scope);
  void put_who(ProofStep& step, SubjectId subject, Date on);
  const Rulebook& rulebook() const { return shared_.evaluation.rulebook(); }
  const Snapshot& snapshot() const { return shared_.evaluation.snapshot(); }
  Evaluation& evaluation() { return shared_.evaluation; }

  ProofShared& shared_;
  std::vector<ProofStep> steps_;
  std::vector<std::optional<StepKey>> keys_;  // beside steps_
  std::unordered_map<StepKey, StepId, StepKeyHash> made_;
  struct Asked {
    ast::ExprId expr;
    Scope scope;
    Cell cell;
  };
  std::vector<Asked> asked_;
  std::size_t next_asked_ = 0;
  Children above_;  // what `the above` stands on, while an exception is explained
};

}  // namespace assay
