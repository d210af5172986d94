// Declarations and their clauses (docs/language.md 1.1, 2 to 8). Clauses stand in any order; that each is given once,
// and that the ones a declaration cannot do without are there, is seen to by the lowering. Included by the grammar
// only.
#pragma once

#include "dsl/syntax/grammar_expressions.h"

namespace assay::syntax::grammar {

template <class... Clause>
struct clauses : star<sor<Clause...>> {};
// In any order, each at most once: one given again belongs to what stands around (docs/language.md 6.3).
template <class A, class B>
struct once : opt<sor<seq<A, opt<B>>, seq<B, opt<A>>>> {};
template <class A, class B, class C>
struct once_of_three : opt<sor<seq<A, once<B, C>>, seq<B, once<A, C>>, seq<C, once<A, B>>>> {};
// `"title"` straight after the name, for what is declared in one line.
struct short_title : maybe<text> {};

// ---- Clauses that several declarations share
// ----------------------------------------------------------------------------
struct title : node<Kind::Title, word<"title">, text> {};
struct from_date : node<Kind::FromDate, word<"from">, date> {};
struct to_date : node<Kind::ToDate, word<"to">, date> {};
struct published_on : node<Kind::PublishedOn, word<"published">, date> {};
struct dated_value : node<Kind::DatedValue, sign<'='>, constant, from_date, maybe<to_date>> {};
struct basis_kind : group<"`statute`, `published`, `guidance`, `inferred`, `proposed` or `local`",
                          one_mark<"statute", "published", "guidance", "inferred", "proposed", "local">> {};
struct basis : node<Kind::Basis, word<"basis">, basis_kind, maybe<text>> {};
struct place_word : node<Kind::Word, token<place_word_end, "a word such as section">> {};
struct place : node<Kind::Place, place_word, sor<text, number>> {};
struct citation : node<Kind::Citation, name, more<place>> {};
struct cites : node<Kind::Cites, word<"cite">, listed<citation>> {};
struct range : node<Kind::Range, limit, word<"to">, limit> {};
struct choice_label : seq<own_name, pegtl::not_at<sign<':'>>> {};
struct type
    : node<Kind::Type,
           group<"a type",
                 sor<seq<mark<"score">, range>,
                     seq<one_mark<"percent", "points", "whole", "decimal", "money">, maybe<range>>,
                     seq<word<"duration in">, one_mark<"days", "months">, maybe<range>>,
                     one_mark<"date", "text", "event">, seq<mark<"choice">, own_name, more<comma, choice_label>>,
                     seq<mark<"yes">, sign<'/'>, word<"no">>, name>>> {};
struct of_kind : seq<word<"of">, name> {};
struct when_clause : node<Kind::Condition, word<"when">, condition> {};
struct says : node<Kind::Says, word<"says">, text> {};
struct decided_by : node<Kind::DecidedBy, word<"decided by">, text> {};
struct answers_to : node<Kind::AnswersTo, word<"answers to">, listed<sor<name, text>>> {};
struct aim : group<"`outcomes`, `inequalities`, `productivity` or `development`",
                   one_mark<"outcomes", "inequalities", "productivity", "development">> {};
struct aims_at : node<Kind::AimsAt, word<"aim">, listed<aim>> {};

// ---- What there is
// -------------------------------------------------------------------------------------------------------
struct owner : node<Kind::Owner, word<"owner">, text> {};
struct edition : node<Kind::Edition, word<"edition">, text> {};
struct in_force : node<Kind::InForce, word<"in force">, from_date, maybe<to_date>> {};
struct own_edition : node<Kind::Edition, word<"edition">, text, maybe<mark<"draft">>> {};
struct announced : node<Kind::Announced, word<"announced">, date> {};
struct ruleset : node<Kind::Ruleset, word<"ruleset">, name, short_title,
                      clauses<title, owner, own_edition, in_force, published_on, announced>> {};

struct overlay_subject : node<Kind::OverlaySubject, text, maybe<word<"as">, own_name>> {};
struct overlay_for : node<Kind::OverlayFor, word<"for">, name, listed<overlay_subject>> {};
struct set_value : node<Kind::SetValue, word<"set">, name, dated_value> {};
struct local_overlay
    : node<Kind::Local, word<"local">, name, word<"on">, name, short_title,
           clauses<title, owner, own_edition, in_force, published_on, announced, overlay_for, set_value>> {};

struct alias : node<Kind::Alias, word<"as">, own_name> {};
struct use : node<Kind::Use, word<"use">, name, clauses<alias, edition>> {};

struct publisher : node<Kind::Publisher, word<"publisher">, text> {};
struct url : node<Kind::Url, word<"url">, text> {};
struct reference : node<Kind::Reference, word<"reference">, text> {};
struct read_on : node<Kind::ReadOn, word<"read on">, date> {};
struct superseded_by : node<Kind::SupersededBy, word<"superseded by">, name, from_date> {};
struct source
    : node<Kind::Source, word<"source">, own_name, short_title,
           clauses<title, publisher, url, reference, published_on, read_on, announced, in_force, superseded_by>> {};

struct theme : node<Kind::Theme, word<"theme">, own_name, short_title, clauses<title>> {};
struct scale_label : node<Kind::ScaleLabel, own_name, maybe<text>> {};
struct scale : node<Kind::Scale, word<"scale">, own_name, short_title, word<"from worst to best">, listed<scale_label>,
                    clauses<title>> {};

struct plural : node<Kind::Plural, word<"plural">, own_name> {};
struct kind_declaration : node<Kind::KindDeclaration, word<"kind">, own_name, short_title, clauses<plural, title>> {};
struct attribute : node<Kind::Attribute, own_name, sign<':'>, type, maybe<text>> {};
struct each : node<Kind::Each, word<"each">, name, word<"in at least">, integer, name> {};
struct relation_declaration
    : node<Kind::RelationDeclaration, word<"relation">, own_name, word<"from">, name, word<"to">, name, short_title,
           clauses<title, seq<word<"with">, listed<attribute>>, each>> {};

struct code : node<Kind::Code, word<"code">, text> {};
struct theme_of : node<Kind::ThemeOf, word<"theme">, name> {};
struct source_rank : node<Kind::SourceRank, listed<name>> {};
struct from_sources : node<Kind::FromSources, word<"from">, source_rank, more<word<"then">, source_rank>> {};
struct informed_by : node<Kind::InformedBy, word<"informed by">, listed<text>> {};
struct fresh_for : node<Kind::FreshFor, word<"fresh for">, duration> {};
struct keep_for : node<Kind::KeepFor, word<"keep for">, duration> {};
struct due_within : node<Kind::DueWithin, word<"due within">, duration> {};
struct step : group<"`day`, `week`, `month`, `quarter`, `year` or `financial year`",
                    one_mark<"day", "week", "month", "quarter", "year", "financial year">> {};
struct every : node<Kind::Every, word<"every">, step> {};
struct direction : node<Kind::Direction, one_mark<"higher is better", "lower is better">> {};
struct may_not_apply : node<Kind::MayNotApply, word<"may not apply">> {};
struct break_from : node<Kind::BreakFrom, word<"break from">, date, text, maybe<cites>> {};
struct measured : group<"`outcome`, `process`, `activity`, `experience` or `priority`",
                        one_mark<"outcome", "process", "activity", "experience", "priority">> {};
struct measures : node<Kind::Measures, word<"measures">, measured> {};
struct sector : node<Kind::Sector, word<"sector">, sor<name, text>> {};
struct purpose : node<Kind::PurposeOf, word<"purpose">, one_mark<"judge", "improve", "inform">> {};
struct judgement_of : node<Kind::JudgementOf, word<"judgement of">, text> {};
struct costs : node<Kind::Costs, word<"costs">, sor<text, duration, seq<integer, one_mark<"hours", "hour">>>> {};
struct asked_by : node<Kind::AskedBy, word<"asked by">, listed<sor<name, text>>> {};
struct asked_of : node<Kind::AskedOf, word<"asked of">, text, maybe<word<"every">, duration>> {};
struct serves_safety : node<Kind::ServesSafety, word<"serves safety">> {};
struct proxy_for : node<Kind::ProxyFor, word<"proxy for">, sor<name, text>> {};
struct not_before : node<Kind::NotBefore, word<"not before">, sor<date, seq<duration, word<"after">, name>>> {};
struct evidence
    : node<Kind::Evidence, word<"evidence">, own_name, of_kind, sign<':'>, type, short_title,
           clauses<title, code, theme_of, from_sources, informed_by, fresh_for, due_within, every, direction,
                   may_not_apply, break_from, measures, sector, purpose, judgement_of, costs, asked_by, proxy_for,
                   not_before, asked_of, serves_safety, keep_for, answers_to, aims_at, basis, cites>> {};

struct standard_for : node<Kind::StandardFor, word<"standard for">, name> {};
struct local_may : node<Kind::LocalMay, one_mark<"local may tighten", "local may set">> {};
struct parameter : node<Kind::Parameter, word<"parameter">, own_name, sign<':'>, type, short_title,
                        clauses<title, dated_value, standard_for, local_may, basis, cites>> {};

// ---- What follows
// ----------------------------------------------------------------------------------------------------------
struct because : node<Kind::Because, word<"because">, text> {};
struct defined_value : node<Kind::Value, sign<'='>, value> {};
struct argument : node<Kind::Argument, own_name> {};
struct method : node<Kind::Method, word<"method">, own_name, opening, listed<argument>, closing, sign<':'>, type,
                     short_title, clauses<title, defined_value, basis, cites>> {};
struct but : node<Kind::But, word<"but">, group<"a value", condition>, word<"when">, condition,
                  once_of_three<because, basis, cites>> {};
struct define : node<Kind::Define, word<"define">, own_name, of_kind, sign<':'>, type, short_title,
                     clauses<title, defined_value, but, answers_to, aims_at, basis, cites>> {};

struct band
    : node<Kind::Band, name, word<"at">, limit, opt<sor<one_mark<"or more", "or less">, seq<word<"to">, limit>>>> {};
struct bands : node<Kind::Bands, word<"from">, value, star<group<"a band such as `good at 63% to 87%`", band>>> {};
struct rating : node<Kind::Rating, word<"rating">, own_name, of_kind, sign<':'>, name, short_title,
                     clauses<title, bands, answers_to, aims_at, basis, cites>> {};

struct inputs : node<Kind::Inputs, word<"inputs">, listed<value>> {};
struct hit_policy : node<Kind::HitPolicy, one_mark<"first", "unique">> {};
struct row_cell : node<Kind::RowCell, sor<mark<"any">, relation>> {};
struct row : node<Kind::Row, word<"row">, sor<mark<"otherwise">, listed<row_cell>>, word<"gives">,
                  group<"a value", sor<seq<mark<"unknown">, because>, value>>, once<basis, cites>> {};
struct table : node<Kind::Table, word<"table">, own_name, of_kind, sign<':'>, type, short_title,
                    clauses<title, inputs, hit_policy, row, answers_to, aims_at, basis, cites>> {};

struct severity : node<Kind::Severity, word<"severity">, one_mark<"low", "medium", "high", "commend">> {};
struct unless : node<Kind::Unless, word<"unless">, condition> {};
struct action : node<Kind::Action, word<"action">, text> {};
struct flag : node<Kind::Flag, word<"flag">, own_name, of_kind, short_title,
                   clauses<title, severity, when_clause, unless, says, action, answers_to, aims_at, basis, cites>> {};

struct along : node<Kind::Along, word<"along">, name, word<"from">, name, word<"to">, name> {};
struct raise_effect : node<Kind::RaiseEffect, word<"raise">, name, word<"on">, name> {};
struct timetable_effect : node<Kind::TimetableEffect, one_mark<"bring forward", "put back">, name, of_kind, word<"by">,
                               duration, maybe<decided_by>> {};
struct share_effect : node<Kind::ShareEffect, word<"share">, name, of_kind, word<"with">, name> {};
struct effect : seq<word<"effect">, sor<raise_effect, timetable_effect, share_effect>> {};
struct interaction : node<Kind::Interaction, word<"interaction">, own_name, short_title,
                          clauses<title, along, when_clause, effect, says, basis, cites>> {};

struct reason : node<Kind::Reason, text, condition> {};
struct quantity : sor<one_mark<"any of", "all of">, seq<mark<"at least">, integer, word<"of">>> {};
struct criteria : node<Kind::Criteria, word<"when">, sor<seq<quantity, plus<reason>>, condition>> {};
struct starts_in : node<Kind::StartsIn, word<"starts in">, name> {};
struct stage : node<Kind::Stage, word<"stage">, own_name, short_title, clauses<decided_by, basis, cites>> {};
struct enter : node<Kind::Enter, word<"enter">, name, clauses<criteria, answers_to, aims_at, basis, cites>> {};
struct exit_stage
    : node<Kind::Exit, word<"exit">, name, word<"to">, name, clauses<criteria, answers_to, aims_at, basis, cites>> {};
struct regime : node<Kind::Regime, word<"regime">, own_name, of_kind, short_title,
                     clauses<title, decided_by, starts_in, answers_to, aims_at, stage, enter, exit_stage>> {};

}  // namespace assay::syntax::grammar
