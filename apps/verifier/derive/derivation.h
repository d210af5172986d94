// The second evaluator: any rule of a checked rulebook, for any subject, as at any date, by docs/language.md alone. It
// is there to be obviously right: plain recursion, one function a construct, every operand always asked, and nothing
// kept but answers already found.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "apps/verifier/derive/evidence.h"
#include "dsl/check/rulebook.h"

namespace assay::verifier {

// Where an expression stands: in which rule, when, and for whom.
struct Place {
  RuleId rule;
  Moment moment;
  std::vector<SubjectId> slots;   // 0 the rule's subject, members after
  const Answer* above = nullptr;  // `the above`
  bool pinned = false;            // in a pinned edition: of its own ruleset it reads that one (5.9)
};

// One of those that a list or set is made of.
struct Member {
  Possible counts{.yes = true};  // is it one of them at all: `where`, `with the same`, `nearest`
  Reasons counts_why;
  Marks counts_marks;
  Answer answer;                           // its value, or the condition asked of it
  std::optional<SubjectId> subject, link;  // link: by which it was reached
  std::optional<Answer> weight;
  bool expected = false;  // not held: there should be one more
};

// 4.7: is it left out by `ignoring missing`, being unknown for no reason but missing?
bool passed_over(const Member& member);

// Of a criterion's reason (7.3, 7.4).
enum class ReasonIs { Met, NotMet, Undetermined, Answered };

enum class Status { Known, Unknown, NotApplicable, Raised, Clear, Undetermined };
struct Verdict {
  Status status = Status::Unknown;
  bool applies = true;
  Answer answer;
  std::vector<ReasonIs> reasons;  // of a criterion
  // The waiver that stands, of a flag that is raised.
  const Observation* waiver = nullptr;
  std::optional<TooMuch> given_up;  // nothing else counts then
};

class Derivation {
 public:
  using Given = std::map<std::uint32_t, Value>;  // by parameter: what a scenario puts in its place

  // Of the snapshot only what was recorded by `known_on`. Both must outlive this.
  Derivation(const Rulebook& rulebook, const Snapshot& snapshot, Date known_on, Given given = {}, bool drafts = false);
  Derivation(const Derivation&) = delete;
  Derivation& operator=(const Derivation&) = delete;

  // With as much effort as a derivation may take, each time anew.
  Verdict verdict(RuleId rule, SubjectId subject, Date as_at);
  const Rulebook& rulebook() const { return book_; }
  const Evidence& evidence() const { return evidence_; }
  // Every field of a subject that was asked for so far.
  const std::set<std::pair<SubjectId, FieldId>>& asked() const { return asked_; }
  // Which of a name's editions answers on the date, else the one named.
  RuleId on(RuleId rule, Date as_at) const;

  Answer rule(RuleId rule, SubjectId subject, const Moment& moment, bool pinned = false);
  Answer expr(ast::ExprId id, const Place& place);
  // `reader`: the rule in whose text it is read (8.5).
  Answer field(FieldId field, SubjectId subject, const Moment& moment, RuleId reader);
  Answer parameter(ParameterId parameter, const Place& place);

 private:
  struct Noted {
    SubjectId subject;
    FieldId field;
    RestsOn time;
  };

  // rules.cpp
  Verdict verdict_within(RuleId rule, SubjectId subject, Date as_at);
  Answer derive(RuleId rule, SubjectId subject, const Moment& moment, bool pinned);
  bool in_force(RuleId rule, Date date) const;
  bool is_for(RuleId rule, SubjectId subject) const;
  Place place_of(RuleId rule, SubjectId subject, const Moment& moment, bool pinned) const;
  Answer no_edition(RuleId rule, SubjectId subject, const Moment& moment) const;
  Answer define(const DefineRule& body, const Place& place);
  Answer rating(const RatingRule& body, const Place& place);
  Answer table(const TableRule& body, const Place& place);
  Answer table_row(const TableRule::Row& row, const Place& place);
  Answer flag(RuleId rule, const FlagRule& body, const Place& place);
  Answer within_type(Answer answer, const ValueType& type, const Place& place);
  const Observation* waiver(RuleId flag, SubjectId subject, const Moment& moment) const;
  // marks.cpp
  void mark(Answer& answer, const Grounds& grounds, const Moment& moment) const;
  void mark_evidence(Answer& answer, FieldId field, SubjectId subject, const Moment& moment, RuleId reader) const;
  // released.cpp
  std::uint32_t judge_of(RuleId rule, const Moment& moment) const;
  std::optional<Answer> held_back(FieldId field, SubjectId subject, const Moment& moment, RuleId reader);
  bool is_released(FieldId field, SubjectId subject, const Moment& moment, RulesetId by, bool judges) const;
  bool is_held(FieldId field, SubjectId subject, const Moment& moment) const;
  // For whose use it is read: the ruleset that judges; else the reader's, if it is another body's; else nobody's.
  std::optional<RulesetId> asks_for(FieldId field, const Moment& moment, RuleId reader) const;
  // regimes.cpp
  Answer stage(const StageRule& body, SubjectId subject, const Moment& moment);
  Answer enter(const EnterRule& body, const Place& place, std::vector<ReasonIs>* reasons = nullptr);
  Answer exit(const ExitRule& body, const Place& place, std::vector<ReasonIs>* reasons = nullptr);
  Answer unsupported(const UnsupportedRule& body, const Place& place);
  static Possible stands_in(const Answer& stage, Label of);
  Answer criteria(const ast::Criteria& criteria, const Place& place, std::optional<Date> left,
                  std::vector<ReasonIs>* reasons);
  Answer counting(ast::ExprId condition, const Place& place, Date left);
  struct Stay {
    Date from;
    std::optional<Date> left;  // the day on which something else began or the term had ended
    Label stage;
  };
  std::vector<Stay> stays(RegimeId regime, SubjectId subject, Date date) const;
  std::optional<Date> entered(const Place& place) const;
  std::optional<RegimeId> regime_of(RuleId rule) const;
  // names.cpp
  Answer chain(ast::ExprId id, const Place& place);
  bool overlay_holds(const Rule& reader, const Place& place) const;
  Answer rule_of(const RuleOf& of, SubjectId subject, const Place& place);
  Answer parameter_of(const ParameterRef& of, const Place& place);
  Answer no_value(ParameterId parameter, const Place& place) const;
  Answer local_parameter(ParameterId local, const Place& place);
  Answer dated_value(ParameterId parameter, const Place& place);
  // logic.cpp
  Answer when(const Answer& condition, const Answer& yes, const Answer& no) const;
  // arithmetic.cpp
  Answer arithmetic(ast::ExprId id, const Place& place);
  Answer product(std::vector<Answer> factors, std::vector<Answer> divisors, const Place& place);
  Answer sum(const Answer& a, const Answer& b, bool subtract, bool months, const Place& place) const;
  Answer difference(const Answer& a, const Answer& b, const Place& place) const;
  Answer undefined(const Place& place) const;
  Answer rounded(const ast::Rounded& node, const Place& place);
  Answer first_known(const ast::FirstKnownOf& node, const Place& place);
  Answer visit(ast::ExprId id, const Place& place);
  // What joining answers one after another takes.
  void spend_on(const std::vector<Answer>& answers) const;
  void spend_on(const std::vector<Member>& members) const;
  void spend_on_editions(RulesetId ruleset) const;
  // compare.cpp
  std::vector<Answer> operands(const ast::Relation& relation, const Answer& left, const Place& place);
  Answer compare(const Answer& left, const ast::Relation& relation, Direction direction, const Place& place);
  // time.cpp
  Answer within_last(const ast::WithinLast& node, const Place& place);
  Answer consecutive(const ast::Consecutive& node, const Place& place);
  Answer consecutive_readings(const ast::Consecutive& node, const Place& place);
  Answer since(const ast::DaysSince& node, const Place& place);
  Answer since_entering(bool months, const Place& place);
  Answer change(const ast::Change& node, const Place& place);
  Answer previous(const ast::Previous& node, const Place& place);
  std::vector<Moment> steps(ast::ConsecutiveUnit unit, std::uint32_t count, const Moment& moment) const;
  // What an expression reads of the subject itself: what has readings, and events.
  struct OwnFields {
    std::vector<FieldId> read, events;
  };
  OwnFields own_fields(ast::ExprId test, const Place& place) const;
  // aggregates.cpp, totals.cpp
  Answer quantified(const ast::Quantified& node, const Place& place);
  Answer quantity(const ast::Quantified& node, std::vector<Member> members);
  Answer counted(bool share, const std::vector<Member>& members);
  Answer total(ast::AggregateOp op, const std::vector<Member>& members, const Place& place);
  Answer aggregate(const ast::Aggregate& node, const Place& place);
  // members.cpp, peers.cpp
  std::vector<Member> members_of_list(const ast::ListOf& list, const std::optional<ast::Relation>& each,
                                      const Place& place);
  struct Asking {
    const std::optional<ast::Relation>* each = nullptr;
    std::optional<ast::ExprId> weighted_by, position;
    bool ignoring_missing = false, condition = false;
  };
  std::vector<Member> members_of_set(const ast::SetOf& set, const Asking& asking, const Place& place);
  struct Reached {
    SubjectId subject;
    std::optional<SubjectId> link;
  };
  Member candidate(const ast::SetOf& set, const SetRef& ref, const Reached& reached, const Place& place);
  void ask_member(Member& member, const ast::SetOf& set, const SetRef& ref, const Asking& asking, const Place& place);
  std::vector<Reached> reach(const SetRef& ref, const Place& place, std::vector<Reason>& short_of) const;
  Place inside(const SetRef& ref, SubjectId subject, std::optional<SubjectId> link, const Place& place) const;
  Answer alike(ast::ExprId same, const SetRef& ref, SubjectId subject, const Place& place);
  void keep_nearest(std::vector<Member>& members, const ast::SetOf& set, const SetRef& ref, bool ignoring_missing,
                    const Place& place);
  void add_expected(std::vector<Member>& members, const ast::SetOf& set, const SetRef& ref, const ValueType* type,
                    const ValueType* weight, bool subject_too, const Place& place);
  std::uint32_t demanded(const Hop& hop) const;
  // positions.cpp
  struct Standings;
  Standings standings(ast::ExprId value, const ast::SetOf& among, bool from_lowest, ast::Ties ties,
                      bool ignoring_missing, const Place& place);
  Answer position(const ast::Position& node, const Place& place);
  Answer spread(const ast::Spread& node, const Place& place);

  void note(FieldId field, SubjectId subject, const Reading& reading);

  const Rulebook& book_;
  mutable Effort effort_;
  Evidence evidence_;
  Given given_;
  bool drafts_;
  bool evidence_waits_ = false;  // for a release, some of it
  using Key = std::tuple<std::uint32_t, std::uint32_t, Moment, bool>;
  std::map<Key, Answer> rules_, fields_;
  std::set<std::pair<SubjectId, FieldId>> asked_;
  std::vector<Noted>* noted_ = nullptr;  // while set, what answers rest on is noted, and nothing kept is used
};

}  // namespace assay::verifier
