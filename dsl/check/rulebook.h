// Every ruleset read together, checked: names resolved, types known, rules listed. What the engine and the store need
// of rules is here; the tree stays untouched beside it. Made only by check(); a rulebook with errors in its sink is
// never evaluated.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/source/source.h"
#include "dsl/syntax/ast.h"
#include "evidence/core/digest.h"
#include "evidence/core/schema.h"
#include "evidence/core/snapshot.h"

namespace assay {

using RulesetId = Id<struct RulesetTag>;
using RuleId = Id<struct RuleTag>;
using ParameterId = Id<struct ParameterTag>;
using MethodId = Id<struct MethodTag>;
using CitedId = Id<struct CitedTag>;
using TypeId = Id<struct TypeTag>;
using RegimeId = Id<struct RegimeTag>;

// types[0]: of an expression that is wrong, and of a chain that has no value of its own (a set without `value`).
inline constexpr TypeId kErrorType{0};

// Whose local overlay a ruleset is, and on which national one it stands.
struct Overlay {
  RulesetId on;  // one of its editions
  KindId kind;
  struct Body {
    std::string code, name;  // name: what its scenarios may call it; may be empty
  };
  std::vector<Body> bodies;
};

// One edition of a ruleset: there may be others of its name (docs/language.md 5.9).
struct Ruleset {
  std::string name, title, owner, edition;
  Date in_force_from;
  std::optional<Date> in_force_to;  // as written: see Rulebook::in_force
  Date published;                   // its own date, else its start
  std::optional<Date> announced;
  bool draft = false;
  bool upcoming = false;  // announced, and without a start: shown, and evaluated by nothing
  std::vector<FileId> files;
  std::vector<RulesetId> editions;  // itself and the others of its name, in the order in which they start
  std::optional<Overlay> overlay;
};

// As at when, as known on which date, and whether drafts take part.
struct EditionAsked {
  Date as_at, known_on;
  bool drafts = false;
};

// A document that rules cite.
struct CitedDocument {
  RulesetId ruleset;
  std::string name, title, publisher, url, reference;
  std::optional<Date> announced;
  std::optional<Date> in_force_from, in_force_to;
  std::optional<CitedId> superseded_by;
  std::optional<Date> superseded_from;
};
struct Citation {
  CitedId document;
  std::string place;
};
// Why a rule may be believed.
struct Grounds {
  std::optional<ast::BasisKind> basis;
  std::string remark;
  std::vector<Citation> cites;
};
std::string_view to_string(ast::BasisKind basis);
// Whom a duty or decision answers to: titles of kinds and sources, or who else; and which aims it serves.
struct Charge {
  std::vector<std::string> answers_to;
  std::vector<ast::Aim> aims;
};
std::string_view to_string(ast::Aim aim);

// ---- What a name stands for
// --------------------------------------------------------------------------------------------

// Place of a subject in scope: 0 is the rule's own; in an interaction 0 is the link, 1 its from end, 2 its to end;
// members of sets follow.
using Slot = std::uint8_t;

struct FieldOf {
  FieldId field;
  Slot slot;
};
// Of the editions of its ruleset the one that answers is found by date, unless `use ... edition` pins it.
struct RuleOf {
  RuleId rule;
  Slot slot;
  bool pinned = false;
};
struct ParameterRef {
  ParameterId parameter;
  bool pinned = false;
};
// A value's name, in the type of the side it stands against.
struct LabelRef {
  Label label;
};
// A role: prints the subject's name.
struct SubjectRef {
  Slot slot;
};
struct MatchesRef {};  // the members that met the one quantifier of `when`
struct Hop {
  KindId relation;
  bool forward;  // from the `from` end to the `to` end
};
struct SetRef {
  KindId members;
  // Whose related subjects; absent: all subjects of the kind. With no hops: all but the anchor (`other councils`).
  std::optional<Slot> anchor;
  std::vector<Hop> hops;  // from the anchor outwards, at most two
  bool others = false;    // leave the anchor itself out
  Slot member_slot = 0;
  // Of a set one hop away: in `where` and `meet` the relation's name is a role too, the link by which the member is
  // reached (`count of systems of council where share_of_council of membership is at least footprint_floor`).
  std::optional<Slot> link_slot;
  // `average of overall_percent of councils of ics`: what is taken of each member, its slot being member_slot.
  std::optional<std::variant<FieldOf, RuleOf>> value;
  // Whose like or near ones these are, or who stands among them: `with the same`, `nearest in`, `rank of ... among`.
  std::optional<Slot> peer;
};
// What a Call calls.
struct MethodRef {
  MethodId method;
};
// Of a Chain expression, or a Call. monostate: of other expressions, and where a name did not resolve.
using Resolved =
    std::variant<std::monostate, FieldOf, RuleOf, ParameterRef, LabelRef, SubjectRef, MatchesRef, SetRef, MethodRef>;

// ---- Rules
// -------------------------------------------------------------------------------------------------------------

struct DefineRule {
  ast::ExprId value;
  struct But {
    ast::ExprId value, condition;
    std::string because;
    Grounds grounds;
    Span span;
  };
  std::vector<But> buts;
};
struct RatingRule {
  ast::ExprId from;
  // Ascending and without gap or overlap: band i holds numbers from `low` up to the next band's. The first has no low,
  // or starts the range.
  struct Band {
    Label label;
    std::optional<Decimal> low, high;
    Span span;
  };
  std::vector<Band> bands;
};
// A decision table: of each row a cell for each input, in their order; one without a relation takes any.
struct TableRule {
  std::vector<ast::ExprId> inputs;
  bool unique = false;  // else the first row that fits answers
  struct Row {
    std::vector<std::optional<ast::Relation>> cells;
    bool otherwise = false;            // the last: what no other row fits
    std::optional<ast::ExprId> value;  // absent: not known, because of
    std::string because;
    Grounds grounds;
    Span span;
  };
  std::vector<Row> rows;
};
struct FlagRule {
  ast::FlagSeverity severity;
  std::optional<ast::ExprId> when, unless;
  std::optional<ast::Template> says, action;
  std::vector<RuleId> raised_by;  // interactions, where there is no `when`
  FieldId waiver;                 // where waivers of it are recorded: NAME.waiver
};
struct RaiseFlag {
  RuleId flag;
  Slot on;
};
struct TimetableMove {
  ast::TimetableEffect::Move move;
  FieldId what;
  Slot whose;
  Duration by;
  std::string decided_by;
};
struct SharedEvidence {
  FieldId what;
  Slot whose, with;
};
struct InteractionRule {
  KindId relation;
  std::optional<ast::ExprId> when;
  std::vector<std::variant<RaiseFlag, TimetableMove, SharedEvidence>> effects;
  std::optional<ast::Template> says;
};
struct StageRule {
  RegimeId regime;
};  // the recorded stage: rule name is the regime's
struct EnterRule {
  RegimeId regime;
  Label stage;
  ast::Criteria criteria;
};  // NAME.enter.STAGE
struct ExitRule {
  RegimeId regime;
  Label from, to;
  ast::Criteria criteria;
};  // NAME.exit.FROM.TO
struct UnsupportedRule {
  RegimeId regime;
  Label stage;
  RuleId enter;
};  // NAME.unsupported.STAGE

struct Rule {
  RulesetId ruleset;
  std::string name;   // qualified
  std::string title;  // the author's, else made from the name
  KindId kind;        // of its subject; the relation's for an interaction
  TypeId type;        // YesNo for flags, interactions and criteria rows
  Grounds grounds;
  Span span;                       // the whole declaration, or the criterion
  std::vector<std::string> roles;  // names of slots 0..2 as the author wrote them
  std::variant<DefineRule, RatingRule, TableRule, FlagRule, InteractionRule, StageRule, EnterRule, ExitRule,
               UnsupportedRule>
      body;
  std::vector<RuleId> editions;    // itself and those of its name in other editions; empty where there is no other
  std::optional<RuleId> local_of;  // of an overlay's second outcome: the national rule whose text it shares
  Charge charge;                   // of a regime's rows: their own, else the regime's
};
// Raised, clear or undetermined, rather than a value: flags, interactions, criteria rows.
bool is_trigger(const Rule& rule);

struct Parameter {
  RulesetId ruleset;
  std::string name, title;
  TypeId type;
  struct Dated {
    Value value;
    Date from;
    std::optional<Date> to;
    Span span;
  };
  std::vector<Dated> values;  // ascending by from
  Grounds grounds;
  Span span;
  std::vector<ParameterId> editions;  // itself and those of its name in other editions; empty where there is no other
  // Of one that an overlay sets: the national one, in each of its editions; and which way is tighter, None where it may
  // be set freely.
  std::vector<ParameterId> local_of;
  Direction tighter = Direction::None;
};

// A named formula. What a call of it means stands in the call: its formula with the arguments put in.
struct Method {
  RulesetId ruleset;
  std::string name, title;
  TypeId type;
  ast::ExprId value;  // as written, its arguments still names; never typed
  Grounds grounds;
  Span span;
};

struct StageInfo {
  std::string title, decided_by;
  Grounds grounds;
};
struct Regime {
  RulesetId ruleset;
  std::string name, title, decided_by;
  KindId kind;
  FieldId field;  // the recorded decisions
  RuleId stage_rule;
  Label starts_in;
  std::vector<StageInfo> stages;  // by label
  Span span;
};

// What the rulebook knows of an evidence field beyond the schema.
struct EvidenceNote {
  RulesetId ruleset;
  Span span;
  std::string theme, measures, sector, judgement_of;
  std::vector<std::string> informed_by;
  std::optional<ast::Purpose> purpose;
  std::string costs;                  // what it costs to collect
  std::vector<std::string> asked_by;  // names of rulesets and titles of sources, or who else asks for it
  std::string proxy_for;              // what it stands in for
  // Too early to judge by it before the date, or so long after the latest event (or the date) that the field says.
  struct Horizon {
    std::optional<Date> date;
    Duration after;
    std::optional<FieldId> event;
  };
  std::optional<Horizon> not_before;
  // Of evidence to improve by: where its owner records the release without which nobody is judged by it, NAME.release.
  std::optional<FieldId> release;
  std::optional<ast::AskedOf> asked_of;  // who is asked, and how often
  bool serves_safety = false;            // it is of the quality and safety of care
  // How long a row is kept once it no longer stands; then `assay trail redact --expired` destroys what it holds.
  std::optional<Duration> keep_for;
  Charge charge;
  Grounds grounds;
  std::vector<Grounds> breaks;  // of each break, beside those of the schema
};

// ---- Scenarios
// ---------------------------------------------------------------------------------------------------------

struct Scenario {
  struct Subject {
    KindId kind;
    std::string name;
    std::optional<Date> from, to;
    std::string link_from, link_to;
    std::string code = {};  // where it is another than the name; a link's is of its ends' codes
    const std::string& own_code() const { return code.empty() ? name : code; }
  };  // links last
  struct Row {
    std::string subject;  // name given in the scenario; a link's is link_code()
    FieldId field;
    Standing standing = Standing::Held;
    Value value;
    std::optional<Date> from, to, recorded_on;
    std::string source;
    // How far `from`, the earliest day it may be, and `to`, the latest, are known.
    Step from_known_to = Step::Day, to_known_to = Step::Day;
  };
  struct Reason {
    FieldId field;
    std::string subject, reason;
  };
  struct Expected {
    std::variant<RuleId, FieldId> target;
    std::string subject;
    ast::Expect::Form form;
    std::optional<Value> value, low, high;
    std::vector<Reason> because;
    std::string mentions;
    Span span;
  };
  RulesetId ruleset;
  std::string title;
  Span span;
  std::vector<Subject> subjects;
  std::vector<Row> rows;
  std::vector<std::pair<ParameterId, Value>> parameters;
  Date as_at;
  std::optional<Date> known_on;
  std::vector<Expected> expected;
};

struct Rulebook {
  Sources sources;
  ast::Tree tree;
  Schema schema;
  std::vector<Ruleset> rulesets;  // in the order read
  std::vector<CitedDocument> documents;
  std::vector<ValueType> types;
  std::vector<Rule> rules;  // as declared, file by file; a regime's rows together
  std::vector<Parameter> parameters;
  std::vector<Method> methods;
  std::vector<Regime> regimes;
  std::vector<Scenario> scenarios;
  std::vector<EvidenceNote> evidence;  // by FieldId; defaults for registers and aliases
  std::vector<Resolved> resolved;      // by ExprId
  std::vector<TypeId> expr_types;      // by ExprId; a share of something is a percent
  // By ExprId: of what a call gives for an argument, where the argument's name stands in the method.
  std::map<std::uint32_t, Span> put_at;
  // By overlay and national rule or parameter: the overlay's own.
  std::map<std::pair<RulesetId, RuleId>, RuleId> local_rules;
  std::map<std::pair<RulesetId, ParameterId>, ParameterId> local_parameters;

  const Rule& rule(RuleId id) const { return rules[id.index]; }
  const ValueType& type(TypeId id) const { return types[id.index]; }
  const ValueType& type(ast::ExprId id) const { return types[expr_types[id.index].index]; }
  const Ruleset& ruleset(RulesetId id) const { return rulesets[id.index]; }
  // The first of that name; of its editions rule_on() finds the one that answers.
  std::optional<RuleId> find_rule(std::string_view name) const;
  // Whether an edition holds on the date: published by then, its period holding the date. One without an end ends the
  // day before the next begins.
  bool in_force(RulesetId edition, const EditionAsked& asked) const;
  // Of the editions of that name, those in force on the date: the last to start.
  std::optional<RulesetId> edition_on(RulesetId any, const EditionAsked& asked) const;
  // What answers for a rule or parameter on the date, of its editions; nothing where none is in force.
  std::optional<RuleId> rule_on(RuleId any, const EditionAsked& asked) const;
  std::optional<ParameterId> parameter_on(ParameterId any, const EditionAsked& asked) const;
  // Two editions of one rule, or the same.
  bool same_rule(RuleId a, RuleId b) const;
  std::vector<std::string> rule_names() const;
};

// Whether a local value is looser than the national one, by which way is tighter; never where it may be set freely.
bool is_looser(Direction tighter, const Value& local, const Value& national);

// Which way is better for what an expression gives: along its scale, or as the evidence it reads says. None for a
// regime's stages.
Direction better_direction(const Rulebook& rulebook, ast::ExprId expr);

}  // namespace assay
