// The meaning of rules: any rule, for any subject, as at any date, over one snapshot. Cells are derived when asked for
// and kept, so the order of asking changes nothing; an explanation asks the same object again and gets the same cells.
// Pure: no I/O, no clock.
#pragma once

#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "dsl/check/rulebook.h"
#include "engine/eval/cell.h"
#include "engine/eval/reading.h"

namespace assay {

// Where an expression is evaluated: when, for which subjects, in which rule.
struct Scope {
  Moment moment;
  std::vector<SubjectId> slots;  // docs in Slot: 0 the rule's subject, members after
  RuleId rule;
  const Cell* above = nullptr;  // what `the above` stands for
  // Its edition was asked by name where by date another answers: what it reads of its own ruleset is that edition's.
  bool pinned = false;
};

// A member of a list or set that an aggregate or quantifier ranged over.
struct Member {
  std::optional<SubjectId> subject;  // of a set
  std::optional<SubjectId> link;     // by which it was reached, one hop away
  std::optional<ast::ExprId> expr;   // of a list, or of steps of time
  std::optional<Moment> moment;      // of steps of time
  Truth where = Truth::Yes;          // does it count: the `where`
  Cell cell;                         // the value, or the condition asked of it
  bool left_out = false;             // n/a, or missing under `ignoring missing`
  bool expected = false;             // not held: there should be one more (`expecting`)
};

// Not known: what it says, or whether it counts at all.
inline bool is_open(const Member& member) {
  return member.cell.applies() &&
         (member.where == Truth::Unknown || (member.where == Truth::Yes && member.cell.unknown()));
}

// A row of a table: does it fit, by its cells in the order of the inputs, and what would it give.
struct TableRowResult {
  std::size_t row = 0;
  Truth fits = Truth::No;
  std::vector<Cell> cells;  // of conditions; one that takes any is yes
  bool reached = true;      // false: below a row that surely fits
  Cell value;               // where it is not ruled out
};

// Not ruled out, by its own cells or by a row that surely fits.
bool is_left(const TableRowResult& row);
// The row that surely answers; nothing where several are left, or none.
std::optional<std::size_t> only_row(const std::vector<TableRowResult>& rows);

// One reason of a criterion.
enum class ReasonState { Met, NotMet, Undetermined, Answered };
struct ReasonResult {
  std::string title;
  ast::ExprId condition;
  ReasonState state = ReasonState::NotMet;
  Cell cell;
  std::optional<Date> answered_on;  // the end of the stay that answered it
};

// Of evidence that is held, and whose owner has not released it to those who ask.
inline constexpr std::string_view kNotReleased = "held here, not released by its owner";

// People let a flag stand without acting on it, until a day: it is raised all the same.
struct Waiver {
  std::string by, because;
  Date until;
  const Observation* row;
};
std::string in_words(const Waiver& waiver);  // "waived until 30 June 2026 by A. Director"

// An expression as it is answered; `of_member`: what a list or set asks of it (`any of (a, b) is 1`), not its own
// value.
struct Watched {
  ast::ExprId expr;
  bool of_member = false;
  const Scope& scope;
};
// Sees each answer as it is given, and may put another in its place (engine/trial).
using Watch = std::function<void(const Watched&, Cell&)>;

// Is the overlay that a rule belongs to for this subject? True of national rules.
bool is_for(const Rulebook& rulebook, const Snapshot& snapshot, RuleId rule, SubjectId subject);

// The same, so long ago.
Scope back(const Scope& scope, Duration duration);

class Evaluation {
 public:
  using Overrides = std::map<std::uint32_t, Value>;  // parameter index to value, for scenarios and what-ifs

  // Both must outlive this. With drafts, draft editions are in force on their dates like others.
  Evaluation(const Rulebook& rulebook, const Snapshot& snapshot, Overrides overrides = {}, bool drafts = false);

  const Rulebook& rulebook() const { return rulebook_; }
  const Snapshot& snapshot() const { return snapshot_; }
  bool drafts() const { return drafts_; }

  // ---- Which edition answers (docs/language.md 5.9, 9.3): editions.cpp
  EditionAsked asked_on(Date as_at) const { return {as_at, snapshot_.known_on(), drafts_}; }
  // Is the rule's edition in force, and of an overlay's outcome the national one as well?
  bool in_force(RuleId rule, Date as_at) const;
  // Of the editions of a rule the one in force, else the rule itself.
  RuleId on(RuleId rule, Date as_at) const { return rulebook_.rule_on(rule, asked_on(as_at)).value_or(rule); }
  // What is meant by a name in the text of a rule.
  RuleId answering(const RuleOf& named, const Scope& scope) const;
  ParameterId answering(const ParameterRef& named, const Scope& scope) const;
  bool is_for(RuleId rule, SubjectId subject) const;

  // The cell of a rule. Of a flag, interaction or criterion: a condition (yes is raised). Outside its ruleset's period
  // in force: missing, no edition.
  const Cell& rule(RuleId rule, SubjectId subject, const Moment& moment);
  Cell expr(ast::ExprId expr, const Scope& scope);
  Scope scope_of(RuleId rule, SubjectId subject, const Moment& moment) const;

  // ---- For trials: which parts of a rule decide
  // Derives the cell again under a watch and keeps nothing of it; what was kept of other rules is used as it is.
  Cell watched(RuleId rule, SubjectId subject, const Moment& moment, Watch watch);
  // Every rule asked so far, of whom and for when; sorted.
  struct Asked {
    RuleId rule;
    SubjectId subject;
    Moment moment;
    friend auto operator<=>(const Asked&, const Asked&) = default;
  };
  std::vector<Asked> asked() const;

  // ---- For explanations: the parts of what was evaluated
  // --------------------------------------------------------------
  Cell parameter(ParameterId parameter, const Moment& moment);
  // The dated value that answers; nullptr when none does, or when it is overridden.
  const Parameter::Dated* parameter_row(ParameterId parameter, const Moment& moment) const;
  // Of a parameter that an overlay sets: the national one on the date, whether the overlay has a value then, and
  // whether that is used, being no looser.
  ParameterId national(ParameterId local, const Moment& moment) const;
  bool is_set(ParameterId local, const Moment& moment) { return own_value(local, moment).known(); }
  bool local_answers(ParameterId local, const Moment& moment);
  // Members in order, each with its `where` and its value or condition (Quantified: the condition asked of it).
  std::vector<Member> members(ast::ExprId quantified_or_aggregate, const Scope& scope);
  // Those among whom a position or spread puts its subject, itself aside, each with its value; and what it is among
  // them.
  std::vector<Member> others(ast::ExprId position_or_spread, const Scope& scope);
  Cell value_of_peer(ast::ExprId position_or_spread, const Scope& scope);
  // Of `average of X over 4 quarters`: X at each step, latest first.
  std::vector<Member> steps(const ast::Aggregate& over_time, const Scope& scope);
  // Whence a change is counted; nothing where no stage was entered.
  std::optional<Scope> change_from(const ast::Change& change, const Scope& scope) const;
  // Cell of a comparison whose left side is given.
  Cell compare(const Cell& lhs, const ast::Relation& relation, const ValueType& lhs_type, ast::ExprId at,
               const Scope& scope);
  // Every row of a table, in order.
  std::vector<TableRowResult> table_rows(const TableRule& table, const Scope& scope);
  // The reasons of an enter or exit criterion, and whether the criteria hold (stage set aside).
  std::vector<ReasonResult> reasons(RuleId criterion, SubjectId subject, const Moment& moment);
  Truth criteria_hold(RuleId criterion, const std::vector<ReasonResult>& reasons) const;
  // Instances of interactions that can raise a flag on a subject: (interaction, link).
  std::vector<std::pair<RuleId, SubjectId>> instances(RuleId flag, SubjectId subject, const Moment& moment);
  // The moments at which `for N consecutive ...` asked, latest first. Fewer than N readings held: fewer moments.
  std::vector<Moment> consecutive_moments(const ast::Consecutive& consecutive, const Scope& scope);
  // The first of the unbroken run of month ends before the moment, at most 60, at which the row stood as it does (7.5).
  Date since(RuleId rule, SubjectId subject, Date as_at);
  // Rows a rule read, through every rule under it, in order of reading.
  std::vector<const Observation*> reads(RuleId rule, SubjectId subject, const Moment& moment);
  // Start of the unbroken recorded stay in the present stage.
  std::optional<Date> stay_began(RegimeId regime, SubjectId subject, const Moment& moment) const;
  // A field or rule by its title, anything else in the author's words.
  std::string title_of(ast::ExprId expr) const;
  // The waiver of a flag that stands as at the date: of several the one begun last. Asked of one that is raised.
  std::optional<Waiver> waiver(RuleId flag, SubjectId subject, const Moment& moment) const;
  // What it leaves on the flag and on all that reads it: of which flag, whose, and the waiver.
  Mark waived_mark(const Waiver& waiver, RuleId flag, const Moment& moment) const;
  // Text with its expressions put in.
  std::string fill(const ast::Template& text, const Scope& scope);

  Reading read(FieldId field, SubjectId subject, const Moment& moment);
  // Events, as read_within and read_latest_event answer.
  Reading within(FieldId field, SubjectId subject, const Moment& moment, Duration length);
  Reading latest_event(FieldId field, SubjectId subject, const Moment& moment);
  // Of such a reading the cell alone, kept.
  Cell cell_of(FieldId field, SubjectId subject, const Moment& moment);

 private:
  struct Key {
    std::uint32_t rule, subject;
    Moment moment;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };

  Cell derive(RuleId rule, SubjectId subject, const Moment& moment);
  Cell derive_body(RuleId rule, SubjectId subject, const Moment& moment);
  Cell no_edition(RuleId rule, SubjectId subject, Date date) const;
  Cell own_value(ParameterId parameter, const Moment& moment);
  Cell local_parameter(ParameterId local, const Moment& moment);
  // What rests on a rule that is proposed, inferred or local says so, and on what text it rests that is not in force.
  void mark(Cell& cell, const Grounds& grounds, Date date) const;
  Cell derive_expr(ast::ExprId expr, const Scope& scope);
  Cell derive_define(const DefineRule& body, const Scope& scope);
  Cell derive_rating(const Rule& rule, const RatingRule& body, const Scope& scope);
  Cell derive_table(const TableRule& body, const Scope& scope);
  Cell row_value(const TableRule::Row& row, const Scope& scope);
  Cell derive_flag(RuleId rule, const FlagRule& body, SubjectId subject, const Moment& moment);
  Cell derive_stage(const StageRule& body, SubjectId subject, const Moment& moment);
  Cell derive_enter(RuleId rule, SubjectId subject, const Moment& moment);
  Cell derive_exit(RuleId rule, SubjectId subject, const Moment& moment);
  Cell derive_unsupported(const UnsupportedRule& body, SubjectId subject, const Moment& moment);
  Cell eval_chain(ast::ExprId id, const Scope& scope);
  Cell eval_parameter(const ParameterRef& ref, const Scope& scope);
  Cell eval_quantified(ast::ExprId id, const ast::Quantified& node, const Scope& scope);
  Cell eval_aggregate(ast::ExprId id, const ast::Aggregate& node, const Scope& scope);
  Cell eval_consecutive(const ast::Consecutive& node, const Scope& scope);
  Cell eval_arithmetic(ast::ExprId id, const Scope& scope);
  std::vector<Member> list_members(const std::vector<ast::ExprId>& list, const std::optional<ast::Relation>& each,
                                   const Scope& scope);
  Cell eval_within(const ast::WithinLast& node, const Scope& scope);
  Cell eval_since(const ast::DaysSince& node, const Scope& scope);
  Cell eval_since(const ast::SinceEntering& node, const Scope& scope);
  Cell eval_previous(const ast::Previous& node, const Scope& scope);
  Cell eval_change(const ast::Change& node, const Scope& scope);
  Cell never_entered(const Scope& scope);
  // When the present stage of the rule's regime was entered.
  std::optional<Date> entered(const Scope& scope) const;
  // The last `count` moments at which a question put every so often is asked, latest first; not of readings.
  std::vector<Moment> step_moments(ast::ConsecutiveUnit unit, std::uint32_t count, const Scope& scope) const;
  Cell eval_position(ast::ExprId id, const ast::Position& node, const Scope& scope);
  Cell eval_spread(ast::ExprId id, const ast::Spread& node, const Scope& scope);
  // What is asked of each member of a set.
  struct AskedOfMember {
    const std::optional<ast::Relation>* each = nullptr;
    std::optional<ast::ExprId> place;  // by what it stands among the others
    bool ignoring_missing = false;
  };
  std::vector<Member> set_members(const ast::SetOf& set, const AskedOfMember& asked, const Scope& scope);
  // Of an expression about a member alone, kept: of a whole kind each subject asks it of every other.
  Cell of_member(ast::ExprId id, const SetRef& ref, const Scope& member);
  bool like_the_peer(const ast::SetOf& set, const SetRef& ref, const Scope& member, const Scope& scope, Cell& alike);
  Cell counts_as_member(const ast::SetOf& set, const SetRef& ref, const Scope& member, const Cell& alike);
  const std::vector<SubjectId>& in_force(KindId kind, Date date);
  struct Near {  // of each member whether it is among the nearest, and because of which distances that is not known
    std::vector<Truth> members;
    Reasons why;
    Marks marks;
  };
  Near find_nearest(const std::vector<SubjectId>& subjects, const ast::SetOf& set, const SetRef& ref,
                    bool ignoring_missing, const Scope& scope);
  Near nearest(const std::vector<SubjectId>& subjects, const ast::SetOf& set, const SetRef& ref, bool ignoring_missing,
               const Scope& scope);
  void add_expected(std::vector<Member>& members, const ast::SetOf& set, const AskedOfMember& asked,
                    const ValueType* type, const Scope& scope);
  std::vector<Member> match_members(const Scope& scope);
  // A member that nobody can name, where an anchor has fewer links than its relation demands.
  std::optional<Member> unnamed_member(const SetRef& set, const Scope& scope) const;
  std::optional<ast::ExprId> quantifier_of_when(RuleId rule) const;
  std::optional<RegimeId> regime_of(RuleId rule) const;
  struct ReadingMoments {
    std::vector<Moment> moments;  // latest first
    bool stopped = false;         // at one whose place among them is not known
  };
  ReadingMoments reading_moments(ast::ExprId test, const Scope& scope, std::size_t count) const;
  ReadingMoments moments_of(const ast::Consecutive& node, const Scope& scope) const;
  std::vector<FieldId> own_fields(ast::ExprId test, SubjectId subject) const;
  bool readings_complete(ast::ExprId test, const Scope& scope) const;
  Cell no_earlier_reading(ast::ExprId test, const Scope& scope);
  Cell fault_unless_ranged(Cell cell, bool operands_known, std::string_view what, const Scope& scope);
  bool higher_is_better(ast::ExprId at) const;
  const ValueType& member_type(const SetRef& set) const;
  bool is_condition(ast::ExprId id, const ast::Aggregate& node) const;
  Cell weight_of(ast::ExprId weight, const Member& member, const Scope& scope);
  Cell answered(ast::ExprId condition, const Scope& scope, Date left);
  std::string matches_in_words(const Scope& scope);
  // A reading that rests on rows: which, and to what time they belong.
  struct Noted {
    std::vector<const Observation*> rows;
    TimeOfRows time;
  };
  void note_reading(const Reading& reading);
  template <typename Ask>
  std::vector<Noted> noted_while(const Ask& ask);
  // What an expression reads, through every rule under it, in order of reading.
  std::vector<Noted> readings(ast::ExprId expr, const Scope& scope);
  // released.cpp: for whose judgement a rule asks, 0 for nobody's; what was not released to them; what it is too early
  // to judge by; and the marks that evidence gives to what reads it.
  std::uint32_t audience_of(RuleId rule) const;
  bool is_released(FieldId field, SubjectId subject, const Moment& moment) const;
  std::optional<Reading> withheld_from(FieldId field, SubjectId subject, const Moment& moment) const;
  void hold_back_until_due(Reading& reading, FieldId field, SubjectId subject, const Moment& moment) const;
  void mark_evidence(Cell& cell, FieldId field, SubjectId subject, const Moment& moment) const;

  const Rulebook& rulebook_;
  const Snapshot& snapshot_;
  Overrides overrides_;
  bool drafts_;
  // By kind: the least number of links that each subject at the from end, and at the to end, of a relation has (`each
  // council in at least 1 ics`).
  struct Demand {
    std::uint32_t from = 0, to = 0;
  };
  std::vector<Demand> demands_;
  std::unordered_map<Key, Cell, KeyHash> cells_;
  std::unordered_map<Key, Cell, KeyHash> field_cells_;   // by field instead of rule
  std::unordered_map<Key, Cell, KeyHash> member_cells_;  // by expression
  // Subjects of a kind in force on a date; which of them are the nearest of one, by the expression that says in what.
  std::map<std::pair<std::uint32_t, std::int32_t>, std::vector<SubjectId>> in_force_;
  // By field, peer, how many, `ignoring missing`, and when: as at, months and days back.
  using NearKey =
      std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, bool, std::int32_t, std::int32_t, std::int32_t>;
  std::map<NearKey, Near> nearest_;
  std::vector<Noted>* recorder_ = nullptr;  // while set, nothing kept is reused
  Watch watch_;
  bool any_waits_for_release_ = false;
  mutable std::vector<std::optional<std::uint32_t>> audiences_;  // by rule, once asked
};

}  // namespace assay
