// The grammar of the language as PEGTL rules: rules only. Included by read.cpp and by the test that analyses it,
// nowhere else.
#pragma once

#include <tao/pegtl/contrib/analyze.hpp>  // for the test; nothing of it is used here

#include "dsl/syntax/grammar_declarations.h"

namespace assay::syntax::grammar {

// ---- Scenarios (docs/language.md 10.3)
// -----------------------------------------------------------------------------------
struct recorded_on : node<Kind::RecordedOn, word<"recorded on">, date> {};
struct by_source : node<Kind::By, word<"by">, name> {};
struct some_days : node<Kind::SomeDays, token<some_days_end, "a month or year, such as March 2025">> {};
struct some_day : seq<word<"some day in">, some_days> {};
struct given_day : group<"a date such as 2025-12-05", sor<date, some_day>> {};
struct given_from : node<Kind::FromDate, word<"from">, given_day> {};
struct given_to : node<Kind::ToDate, word<"to">, given_day> {};
struct given_form : sor<one_mark<"not available", "not applicable", "suppressed", "complete", "withdrawn", "ended">,
                        some_day, constant> {};
struct given_value : node<Kind::GivenValue, name, group<"a value", given_form>,
                          more<sor<given_from, given_to, by_source, recorded_on>>> {};
struct given_values : seq<quiet<given_value>, more<sor<seq<comma, given_value>, given_value>>> {};
struct given_subject : node<Kind::GivenSubject, name, name, more<sor<from_date, to_date>>, opt<given_values>> {};
struct given_link : node<Kind::GivenLink, name, word<"from">, name, word<"to">, name, opt<given_values>> {};
struct given_parameter : node<Kind::GivenParameter, word<"parameter">, name, constant> {};
struct by_person : node<Kind::ByPerson, word<"by">, text> {};
struct until : node<Kind::Until, word<"until">, date> {};
struct given_waiver : node<Kind::GivenWaiver, word<"waiver of">, name, word<"of">, name,
                           more<sor<by_person, because, until, from_date, recorded_on>>> {};
struct released_to : node<Kind::ReleasedTo, word<"to">, text> {};
struct given_release : node<Kind::GivenRelease, word<"release of">, name, word<"of">, name,
                            more<sor<by_person, released_to, until, from_date, recorded_on>>> {};
struct given : seq<word<"given">, sor<given_parameter, given_waiver, given_release, given_link, given_subject>> {};
struct as_at : node<Kind::AsAt, word<"as at">, date> {};
struct known_on : node<Kind::KnownOn, word<"known on">, date> {};

struct target : node<Kind::Target, name, word<"of">, name, maybe<word<"to">, name>> {};
struct expected_reason : node<Kind::ExpectedReason, name, maybe<word<"of">, name>, word<"is">, maybe<word<"in">>,
                              one_mark<"missing", "stale", "conflict", "withdrawn">> {};
struct expected_because : seq<word<"because">, expected_reason, more<sor<comma, word<"and">>, expected_reason>> {};
struct expected_outcome
    : group<"what is expected",
            sor<seq<mark<"unknown">, maybe<word<"from">, constant, word<"to">, constant>, maybe<expected_because>>,
                mark<"not applicable">, one_mark<"waived", "not waived">,
                seq<one_mark<"raised", "clear", "undetermined">, maybe<expected_because>>, constant>> {};
struct expect : node<Kind::Expect, word<"expect">,
                     sor<seq<mark<"why">, target, word<"mentions">, text>, seq<target, word<"is">, expected_outcome>>> {
};
struct scenario : node<Kind::Scenario, word<"scenario">, text, clauses<given, as_at, known_on, expect>> {};

struct declaration : sor<ruleset, local_overlay, use, source, theme, scale, kind_declaration, relation_declaration,
                         evidence, parameter, method, define, rating, table, flag, interaction, regime, scenario> {};
struct whole_declaration : seq<declaration, finish> {};

}  // namespace assay::syntax::grammar
