// The tree of a ruleset: plain structs in index arenas, children as ids, spans beside them. Append-only while parsing,
// then once more while methods are put in place of their calls, const afterwards; the checker writes its results in
// tables of its own (dsl/check/rulebook.h). One tree holds every file read together, so that ids need no file.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/source/source.h"
#include "evidence/core/date.h"
#include "evidence/core/decimal.h"
#include "evidence/core/value.h"

namespace assay::ast {

using ExprId = Id<struct ExprTag>;
using DeclId = Id<struct DeclTag>;

struct Name {
  std::string text;  // dots join a ruleset to a name in it: cqc.overall
  Span span;
};
struct Text {
  std::string text;  // quotes undone, a line break in it is one space
  Span span;         // with its quotes
};

// ---- Expressions ----------------------------------------------------------------------------------------------------

// kind is one of YesNo, Number, Percent, Points, Money, Days, Months, Date, Text; value is what that kind holds.
struct Literal { TypeKind kind; Value value; };

// `overall`, `support of council`, `share_of_council of membership`, `other councils of systems of council`.
struct ChainPart { bool other = false; Name name; };
struct Chain { std::vector<ChainPart> parts; std::optional<Name> by; };

enum class ArithmeticOp { Add, Subtract, Multiply, Divide };
struct Arithmetic { ArithmeticOp op; ExprId lhs, rhs; };
struct Negate { ExprId operand; };
struct Not { ExprId operand; };
enum class LogicOp { And, Or };
struct Logic { LogicOp op; std::vector<ExprId> operands; };  // two or more, never mixed without brackets

// `... is REL`. Operands by relation: Equal.. one; Between two; OneOf one or more; the rest none.
enum class RelationOp {
  Equal, AtLeast, AtMost, MoreThan, LessThan, BetterThan, WorseThan, AtLeastAsGoodAs, OrBetter, OrWorse, Between, OneOf,
  Known, Unknown, Applicable, Raised, Clear, Undetermined,
};
std::string_view to_string(RelationOp op);       // as rules say it: "at least"; empty of Equal, which no word says
RelationOp relation_op(std::string_view words);  // of words that to_string gives
struct Relation { bool negated = false; RelationOp op = RelationOp::Equal; std::vector<ExprId> operands; Span span; };
struct Compare { ExprId lhs; Relation relation; };

struct WithinLast { ExprId event; Duration duration; };         // section_114_notice within the last 12 months
enum class ConsecutiveUnit { Readings, Days, Weeks, Months, Quarters, Years };
struct Consecutive { ExprId test; std::uint32_t count; ConsecutiveUnit unit; };
struct PercentOf { ExprId part, whole; };
struct Rounded { ExprId operand; Rounding rounding; int places; };  // `rounded up to whole percent` is Up, 0
struct When { ExprId value, condition, otherwise; };
struct TheAbove {};
struct FirstKnownOf { std::vector<ExprId> operands; };
struct DaysSince { bool months = false; ExprId event; };            // `days since CHAIN`
struct SinceEntering { bool months = false; };                       // `days since entering`, in a regime
struct Previous { ExprId operand; };
struct Ago { ExprId operand; Duration duration; };                  // `X 4 quarters ago`
struct Change { ExprId operand; std::optional<Duration> over; };    // `change in X over ...`; none: `since entering`
// `floor_score(value, 70%)`: a method, put in place before anything is checked (docs/language.md 2.8).
struct Call { Name method; std::vector<ExprId> arguments; std::optional<ExprId> body; };  // body: once put in place

// What an aggregate or quantifier ranges over: a written list, or the members of a set (a Chain that names one).
struct ListOf {
  std::vector<ExprId> members;
  std::vector<std::optional<ExprId>> weights;  // `a weight 1/3`; empty where no member has one
};
// `the 15 councils nearest in deprivation`: by what is a Chain.
struct Nearest { std::uint32_t count; ExprId by; };
struct SetOf {
  ExprId set;                     // a Chain
  std::optional<Name> as;
  std::optional<ExprId> where;    // one comparison or one bracket, of a member
  std::optional<ExprId> meet;
  std::vector<ExprId> with_same;  // Chains
  std::optional<Nearest> nearest;
  std::optional<ExprId> expecting;  // how many there should be; no chain of the member's
};
using Range = std::variant<ListOf, SetOf>;

// `any of (a, b) is 1` puts `is 1` to each member: the parser moves it into `each`.
enum class Quantity { Any, All, None, AtLeast, AtMost, Exactly };
struct Quantified {
  Quantity quantity; std::uint32_t count = 0; Range range; std::optional<Relation> each; bool ignoring_missing = false;
};

// So many steps, the present one among them. Never of readings.
struct OverTime { std::uint32_t count; ConsecutiveUnit unit; };
enum class AggregateOp { Count, Share, Sum, Average, Median, Lowest, Highest, LowerQuartile, UpperQuartile };
// `sum of (a, b)`, `average of overall_percent of councils of ics`, `count of councils of ics where ...`, `count of (a,
// b) that are 1`. `value` is the chain before the set (`overall_percent`); absent for count, share and lists. The
// parser does not know which names are fields, roles or sets, so it leaves the whole chain in SetOf.set and `value`
// absent; the checker splits it.
struct Aggregate {
  AggregateOp op;
  std::optional<ExprId> value;
  Range range;
  std::optional<Relation> each;
  std::optional<ExprId> weighted_by;  // a Chain
  std::optional<OverTime> over;       // `average of X over 4 quarters`: of X at each step
  bool ignoring_missing = false;
};

enum class Ties { Best, Worst, Middle };
enum class ScaleEnd { Lowest, Highest, Best, Worst };
// `quartile of average_score from lowest among trusts`: names in `value` are the member's.
enum class PositionOp { Rank, Quartile, Quintile, Decile, Percentile };
constexpr int parts_of(PositionOp op) {  // into how many parts the members are put; of a rank as many as there are
  constexpr int kParts[] = {0, 4, 5, 10, 100};
  return kParts[static_cast<std::size_t>(op)];
}
struct Position {
  PositionOp op; ExprId value; ScaleEnd from; SetOf among; Ties ties = Ties::Best; bool ignoring_missing = false;
};
// `spread of value from 1.00 best to 3.00 worst among trusts`.
struct Spread {
  ExprId value, best, worst; SetOf among; Ties ties = Ties::Best; bool ignoring_missing = false;
};

struct ErrorExpr {};  // stands where text did not parse; never reaches the engine

using Expr = std::variant<Literal, Chain, Arithmetic, Negate, Not, Logic, Compare, WithinLast, Consecutive, PercentOf,
                          Rounded, When, TheAbove, FirstKnownOf, DaysSince, SinceEntering, Previous, Ago, Change,
                          Call, Quantified, Aggregate, Position, Spread, ErrorExpr>;

// ---- Parts of declarations ------------------------------------------------------------------------------------------

enum class BasisKind { Statute, Published, Guidance, Inferred, Proposed, Local };
struct Basis { BasisKind kind; std::string remark; Span span; };
struct Citation { Name source; std::string place; Span span; };  // place: section 72A; question 11; may be empty
// Why a rule may be believed: its basis and its citations.
struct Grounds { std::optional<Basis> basis; std::vector<Citation> cites; };

// The four aims of an integrated care system: outcomes; inequalities; productivity and value for money; wider social
// and economic development.
enum class Aim { Outcomes, Inequalities, Productivity, Development };
// Whom a duty or decision answers to (kinds, sources, or in the author's words), and which of the aims it serves.
struct Charge { std::vector<std::variant<Name, Text>> answers_to; std::vector<Aim> aims; };

// `score 1 to 4`, `percent 0% to 100%`, `duration in days`, `choice a, b`, `cqc_rating`.
struct TypeExpr {
  std::optional<TypeKind> kind;         // absent: `scale` names one
  std::optional<Name> scale;
  std::optional<ExprId> low, high;      // Literals
  std::vector<Name> choices;
  Span span;
};

// Text with {expressions}; `pieces` alternate as written.
struct Template { std::vector<std::variant<std::string, ExprId>> pieces; Span span; };

// ---- Declarations ---------------------------------------------------------------------------------------------------

struct DatedValue { ExprId value; Date from; std::optional<Date> to; };
// Of `local NAME on RULESET`: whose overlay it is, and the national parameters that it sets.
struct OverlaySubject { Text code; std::optional<Name> as; };
struct SetValue { Name parameter; DatedValue value; Span span; };
struct LocalPart {
  Name on; std::optional<Name> kind; std::vector<OverlaySubject> subjects; std::vector<SetValue> sets;
};
struct RulesetDecl {
  Name name; std::string title, owner, edition;
  bool draft = false;
  std::optional<Date> from, to, published, announced;
  std::optional<LocalPart> local;
};
struct UseDecl { Name name; std::optional<Name> as; std::optional<Text> edition; };
struct SourceDecl {
  Name name; std::string title, publisher, url, reference; std::optional<Date> published, read_on;
  std::optional<Date> announced, from, to;
  struct Superseded { Name by; Date from; };
  std::optional<Superseded> superseded;
};
struct ThemeDecl { Name name; std::string title; };
struct ScaleLabel { Name name; std::string title; };  // title may be empty: made from the name
struct ScaleDecl { Name name; std::string title; std::vector<ScaleLabel> labels; };  // worst to best
struct KindDecl { Name name; std::string title; Name plural; };
struct Attribute { Name name; TypeExpr type; std::string title; };
struct RelationDecl {
  Name name; std::string title; Name from, to;
  std::vector<Attribute> attributes;
  struct Each { Name kind; std::uint32_t at_least; Name other; };  // `each council in at least 1 ics`
  std::vector<Each> each;
};
// `break from 2024-04-01 "counted in a new way"`: what is recorded from then on does not compare with what was before.
struct SeriesBreak { Date from; std::string why; Grounds grounds; Span span; };
enum class Purpose { Judge, Improve, Inform };
// `asked of "people who use services" every 2 years`: who is asked, and how often where that is said.
struct AskedOf { std::string who; std::optional<Duration> every; };
// `not before 2027-04-01`, `not before 24 months after plan_agreed`: too early to judge until then.
struct Horizon { std::optional<Date> date; Duration after; Name event; Span span; };
struct EvidenceDecl {
  Name name, kind; TypeExpr type;
  std::string title;
  std::optional<Text> code;
  std::optional<Name> theme;
  std::vector<std::vector<Name>> from;  // ranks of equals
  std::vector<std::string> informed_by;
  std::optional<Duration> fresh_for, due_within;
  std::optional<Step> every;
  int direction = 0;  // 1 higher is better, -1 lower, 0 unsaid
  bool may_not_apply = false;
  std::vector<SeriesBreak> breaks;
  std::string measures, sector;  // words as written
  std::optional<Purpose> purpose;
  std::string judgement_of;
  std::string costs;  // what it costs to collect: "6 hours"
  std::vector<std::variant<Name, Text>> asked_by;       // rulesets and sources that ask for it, or who else does
  std::optional<std::variant<Name, Text>> proxy_for;    // evidence it stands in for, or what that would be
  std::optional<Horizon> not_before;
  std::optional<AskedOf> asked_of;
  bool serves_safety = false;  // the quality and safety of care
  std::optional<Duration> keep_for;  // how long a row is kept once it no longer stands
  Charge charge;
  Grounds grounds;
};
struct ParameterDecl {
  Name name; TypeExpr type; std::string title;
  std::vector<DatedValue> values;
  std::optional<Name> standard_for;
  bool local_may_tighten = false, local_may_set = false;
  Grounds grounds;
};
// A named formula: its arguments are expressions, put in place of the names.
struct MethodDecl {
  Name name; std::vector<Name> arguments; TypeExpr type; std::string title; ExprId value; Grounds grounds;
};
struct But { ExprId value, condition; std::string because; Grounds grounds; Span span; };
struct DefineDecl {
  Name name, kind; TypeExpr type; std::string title; ExprId value; std::vector<But> buts; Grounds grounds;
  Charge charge;
};
// `good at 63% to 87%`, `outstanding at 88% or more`, `inadequate at 38% or less`.
struct Band { Name label; std::optional<ExprId> low, high; Span span; };
struct RatingDecl {
  Name name, kind, scale; std::string title; ExprId from; std::vector<Band> bands; Grounds grounds; Charge charge;
};
// A decision table. In a row each cell is asked of its input; an empty one takes any. `otherwise` has no cells.
struct TableRow {
  std::vector<std::optional<Relation>> cells; std::vector<Span> cell_spans;
  bool otherwise = false;
  std::optional<ExprId> value;  // none: `unknown because "..."`
  std::string because; Grounds grounds; Span span;
};
struct TableDecl {
  Name name, kind; TypeExpr type; std::string title;
  std::vector<ExprId> inputs; bool unique = false;  // else the first row that fits
  std::vector<TableRow> rows; Grounds grounds; Charge charge;
};
enum class FlagSeverity { Low, Medium, High, Commend };
struct FlagDecl {
  Name name, kind; std::string title; FlagSeverity severity = FlagSeverity::Medium;
  std::optional<ExprId> when, unless;
  std::optional<Template> says, action;
  Grounds grounds;
  Charge charge;
};
struct RaiseEffect { Name flag, on; };
struct TimetableEffect {  // data that no rule reads
  enum class Move { BringForward, PutBack } move;
  Name what, whose; Duration by; std::string decided_by;
};
struct ShareEffect { Name what, whose, with; };
struct Effect { std::variant<RaiseEffect, TimetableEffect, ShareEffect> effect; Span span; };
struct InteractionDecl {
  Name name, relation, from, to; std::string title;
  std::optional<ExprId> when;
  std::vector<Effect> effects;
  std::optional<Template> says;
  Grounds grounds;
};
struct Stage { Name name; std::string title, decided_by; Grounds grounds; };
// The title may be empty when the criteria are one condition.
struct Reason { std::string title; ExprId condition; Span span; };
struct Criteria { Quantity quantity = Quantity::All; std::uint32_t count = 0; std::vector<Reason> reasons; };
struct Enter { Name stage; Criteria criteria; Grounds grounds; Span span; Charge charge = {}; };
struct Exit { Name from, to; Criteria criteria; Grounds grounds; Span span; Charge charge = {}; };
struct RegimeDecl {
  Name name, kind; std::string title, decided_by; Name starts_in;
  std::vector<Stage> stages; std::vector<Enter> enters; std::vector<Exit> exits;
  Charge charge;  // of the criteria too that say none of their own
};

// ---- Scenarios ------------------------------------------------------------------------------------------------------

// `needs 1`, `support enhanced_monitoring from 2026-02-02 by cqc_report recorded on 2026-02-03`, `needs withdrawn`, `x
// complete from .. to ..`.
struct GivenValue {
  Name field;
  enum class Form { Value, NotAvailable, Suppressed, NotApplicable, Complete, Withdrawn, Ended } form = Form::Value;
  std::optional<ExprId> value;  // a Literal, or a Chain of one name for a label
  std::optional<ImpreciseDate> from, to;
  std::optional<Date> recorded_on;
  std::optional<Name> by;
};
struct GivenSubject { Name kind, name; std::optional<Date> from, to; std::vector<GivenValue> values; };
// `given membership from york to humber  share_of_council 75%`.
struct GivenLink { Name relation, from, to; std::vector<GivenValue> values; };
struct GivenParameter { Name name; ExprId value; };
// `given waiver of slow of york by "A. Director" because "new system" until 2026-06-30`.
struct GivenWaiver {
  Name flag, subject; std::string by, because; std::optional<Date> until, from, recorded_on; Span span;
};
// `given release of peer_review of york by "York" to "Department"`; without `to`: to anyone.
struct GivenRelease {
  Name field, subject; std::string by, to; std::optional<Date> until, from, recorded_on; Span span;
};
using Given = std::variant<GivenSubject, GivenLink, GivenParameter, GivenWaiver, GivenRelease>;

// Its reason is missing, stale, conflict or withdrawn.
struct ExpectedReason { Name evidence; std::optional<Name> of; Name reason; };
// `expect overall of york is good`, `... is unknown from 53% to 56% because learning is missing`, `... is raised`,
// `expect x of a to b is raised` for an interaction, `expect why overall of york mentions "..."`.
struct Expect {
  Name target; Name subject; std::optional<Name> to;
  enum class Form {
    Value, Unknown, NotApplicable, Raised, Clear, Undetermined, Waived, NotWaived, Mentions
  } form = Form::Value;
  std::optional<ExprId> value, low, high;
  std::vector<ExpectedReason> because;
  std::string mentions;
  Span span;
};
struct ScenarioDecl {
  Text title; std::vector<Given> givens; std::optional<Date> as_at, known_on; std::vector<Expect> expects;
};

using Decl = std::variant<RulesetDecl, UseDecl, SourceDecl, ThemeDecl, ScaleDecl, KindDecl, RelationDecl,
                          EvidenceDecl, ParameterDecl, MethodDecl, DefineDecl, RatingDecl, TableDecl, FlagDecl,
                          InteractionDecl, RegimeDecl, ScenarioDecl>;

class Tree {
 public:
  ExprId add(Expr expr, Span span);
  DeclId add(Decl decl, Span span);
  const Expr& expr(ExprId id) const { return exprs_[id.index]; }
  Expr& expr(ExprId id) { return exprs_[id.index]; }
  Span span(ExprId id) const { return expr_spans_[id.index]; }
  void set_span(ExprId id, Span span) { expr_spans_[id.index] = span; }
  const Decl& decl(DeclId id) const { return decls_[id.index]; }
  Span span(DeclId id) const { return decl_spans_[id.index]; }
  // Names of declarations that did not parse: what refers to them need not be reported again.
  void add_dropped(Name name) { dropped_.push_back(std::move(name)); }
  const std::vector<Name>& dropped() const { return dropped_; }
  std::size_t expr_count() const { return exprs_.size(); }
  std::size_t decl_count() const { return decls_.size(); }

 private:
  std::vector<Expr> exprs_;
  std::vector<Span> expr_spans_;
  std::vector<Decl> decls_;
  std::vector<Span> decl_spans_;
  std::vector<Name> dropped_;
};

}  // namespace assay::ast
