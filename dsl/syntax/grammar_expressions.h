// Expressions (docs/language.md 1.5): from the value down to the chain of names. Included by the grammar only.
//
// Two operands never stand side by side, so each rule simply ends at the first word that cannot go on with it. Every
// way back into `value` or `test` passes through a level, so that no input nests without bound.
#pragma once

#include "dsl/syntax/grammar_base.h"

namespace assay::syntax::grammar {

// ---- Tokens
// -----------------------------------------------------------------------------------------------------------
struct own_name : node<Kind::Name, token<declared_name_end, "a name">> {};
struct name : node<Kind::Name, token<used_name_end, "a name">> {};
struct text : node<Kind::Text, token<text_end, "a text in quotes">> {};
struct integer : node<Kind::Integer, token<integer_end, "a whole number">> {};
struct number : node<Kind::Number, token<number_end, "a number">> {};
struct percentage : node<Kind::Percent, token<percent_end, "a percentage">> {};
struct points : node<Kind::Points, token<points_end, "percentage points">> {};
struct money : node<Kind::Money, token<money_end, "an amount of money">> {};
struct duration : node<Kind::Duration, token<duration_end, "a duration such as 28 days">> {};
struct date : node<Kind::Date, token<date_end, "a date such as 2025-12-05">> {};
struct yes : node<Kind::Yes, word<"yes">> {};
struct no : node<Kind::No, word<"no">> {};
struct measure : sor<date, percentage, money, points, duration, number> {};
struct literal : sor<measure, yes, no, text> {};

using comma = sign<','>;
using opening = sign<'('>;
using closing = sign<')'>;
template <class R>
struct listed : seq<R, more<comma, R>> {};

// One end of a range or band.
struct limit : node<Kind::Constant, group<"a number", opt<mark_sign<'-'>>, measure>> {};
// A value that needs no working out: a literal or the name of a label.
struct constant : node<Kind::Constant, group<"a value", opt<mark_sign<'-'>>, sor<literal, name>>> {};

// ---- From the loosest to the tightest
// ---------------------------------------------------------------------------------
struct value;
struct condition;
struct test;

struct product;
struct weight : node<Kind::Weight, word<"weight">, product> {};
struct list_member : seq<value, maybe<weight>> {};
struct list : node<Kind::List, opening, level<list_member, star<comma, list_member>>, closing> {};
struct bracket : node<Kind::Bracket, opening, level<value>, closing> {};

struct other_part : node<Kind::Part, opt<mark<"other">>, name> {};
struct by_relation : node<Kind::By, word<"by">, name> {};
struct chain : node<Kind::Chain, other_part, more<word<"of">, other_part>, maybe<by_relation>> {};

// Straight after a `where` or `meet`, `and` and `or` are refused; the lowering says so at this mark.
struct trailing_logic : node<Kind::TrailingLogic, sor<followed_by<"and">, followed_by<"or">>> {};
struct as_name : node<Kind::As, word<"as">, own_name> {};
struct where : node<Kind::Where, word<"where">, level<test>, opt<trailing_logic>> {};
struct meet : node<Kind::Meet, opt<word<"that">>, word<"meet">, level<test>, opt<trailing_logic>> {};
struct weighted : node<Kind::Weighted, word<"weighted by">, chain> {};
struct ignoring : node<Kind::Ignoring, word<"ignoring missing">> {};
struct with_same : node<Kind::WithSame, word<"with the same">, listed<chain>> {};
struct amount;
struct expecting : node<Kind::Expecting, word<"expecting">, amount> {};
struct ties : node<Kind::Ties, word<"ties take">, one_mark<"best", "worst", "middle">> {};
struct after_set : more<sor<as_name, where, meet, with_same, weighted, expecting, ignoring, ties>> {};
struct after_list : more<sor<weighted, ignoring>> {};

// `councils of ics`, `the 15 councils nearest in deprivation`, and a value before either.
struct nearest : node<Kind::Nearest, word<"the">, integer, name, word<"nearest in">, chain> {};
struct set : sor<nearest, seq<chain, maybe<word<"of">, nearest>>> {};
struct over : node<Kind::Over, word<"over">, duration> {};

struct relation_to
    : sor<seq<mark<"at least as good as">, amount>,
          seq<one_mark<"at least", "at most", "more than", "less than", "better than", "worse than">, amount>,
          seq<mark<"between">, amount, word<"and">, amount>, seq<mark<"one of">, list>,
          one_mark<"known", "unknown", "applicable", "raised", "clear", "undetermined">,
          seq<amount, maybe<one_mark<"or better", "or worse">>>> {};
struct relation : node<Kind::Relation, group<"a value to compare with", opt<mark<"not">>, relation_to>> {};
struct that_are : node<Kind::ThatAre, word<"that are">, relation> {};

struct counted : seq<one_mark<"at least", "at most", "exactly">, integer> {};
struct quantified : node<Kind::Quantified, sor<one_mark<"any", "all", "none">, counted>, word<"of">,
                         group<"a list in brackets or a set", sor<seq<list, after_list>, seq<set, after_set>>>> {};
struct aggregate : node<Kind::Aggregate,
                        one_mark<"count", "share", "sum", "average", "median", "lowest", "highest", "lower quartile",
                                 "upper quartile">,
                        word<"of">,
                        group<"a list in brackets or a set",
                              sor<seq<list, maybe<that_are>, after_list>, seq<set, maybe<over>, after_set>>>> {};
struct factor;
struct sum;
struct end : one_mark<"lowest", "highest", "best", "worst"> {};
struct position : node<Kind::Position, one_mark<"rank", "quartile", "quintile", "decile", "percentile">, word<"of">,
                       factor, word<"from">, end, word<"among">, set, after_set> {};
struct spread : node<Kind::Spread, word<"spread of">, factor, word<"from">, sum, word<"best">, word<"to">, sum,
                     word<"worst">, word<"among">, set, after_set> {};
struct change : node<Kind::Change, word<"change in">, factor, sor<over, mark<"since entering">>> {};
// A bracket could follow any name, so none is missed.
struct call : node<Kind::Call, name, quiet<opening>, level<value, star<comma, value>>, closing> {};
struct first_known : node<Kind::FirstKnown, word<"first known of">, list> {};
struct since : node<Kind::Since, one_mark<"days", "months">, word<"since">, sor<mark<"entering">, chain>> {};
struct previous : node<Kind::Previous, word<"previous">, chain> {};
struct the_above : node<Kind::TheAbove, word<"the above">> {};
struct primary : group<"a value", sor<aggregate, position, spread, quantified, first_known, change, since, previous,
                                      the_above, literal, call, chain, bracket>> {};

struct ago : node<Kind::Ago, duration, word<"ago">> {};
struct factor : node<Kind::Factor, group<"a value", opt<mark_sign<'-'>>, primary>, maybe<ago>> {};
struct product : node<Kind::Product, factor, more<sor<mark_sign<'*'>, mark_sign<'/'>>, factor>> {};
struct sum : node<Kind::Sum, product, more<sor<mark_sign<'+'>, mark_sign<'-'>>, product>> {};
struct percent_of : node<Kind::PercentOf, word<"as percent of">, sum> {};
struct unit_name : sor<word<"percent">, word<"points">, word<"days">, word<"months">> {};
struct rounded_to : node<Kind::RoundedTo, word<"rounded">, maybe<one_mark<"up", "down">>, word<"to">,
                         sor<seq<mark<"whole">, maybe<unit_name>>, seq<integer, sor<word<"places">, word<"place">>>>> {
};
struct amount : node<Kind::Amount, sum, maybe<percent_of>, maybe<rounded_to>> {};

struct within_last : node<Kind::WithinLast, word<"within the last">, duration> {};
struct compare : node<Kind::Compare, amount, maybe<sor<seq<word<"is">, relation>, within_last>>> {};
struct consecutive_unit : group<"`readings` or a unit such as `quarters`",
                                one_mark<"readings", "reading", "days", "day", "weeks", "week", "months", "month",
                                         "quarters", "quarter", "years", "year">> {};
struct consecutive : node<Kind::Consecutive, word<"for">, integer, word<"consecutive">, consecutive_unit> {};
struct negation : node<Kind::Not, word<"not">, level<test>> {};
struct test : group<"a condition", sor<negation, node<Kind::Test, compare, maybe<consecutive>>>> {};
struct condition : node<Kind::Logic, test, more<sor<mark<"and">, mark<"or">>, test>> {};
struct when_value : seq<word<"when">, condition, word<"otherwise">, level<value>> {};
struct value : node<Kind::When, group<"a value", condition>, maybe<when_value>> {};

struct whole_value : seq<value, finish> {};

}  // namespace assay::syntax::grammar
