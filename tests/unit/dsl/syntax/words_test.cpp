// The words of the language, and the smallest pieces of text.
#include "dsl/syntax/words.h"

#include <catch2/catch.hpp>

#include <string>

#include "dsl/syntax/tokens.h"

namespace assay::syntax {

TEST_CASE("no name that others build on is a word of the language") {
  for (const char* name : {"council",
                           "ics",
                           "place",
                           "trust",
                           "provider",
                           "membership",
                           "share_of_council",
                           "share_of_system",
                           "needs",
                           "healthier_lives",
                           "equity",
                           "care_provision",
                           "partnerships",
                           "safe_systems",
                           "safeguarding",
                           "governance",
                           "learning",
                           "overall_percent",
                           "overall",
                           "significant_shortfall",
                           "short_of_good",
                           "average_score",
                           "unadjusted_segment",
                           "segment",
                           "final_segment",
                           "in_deficit",
                           "in_recovery_support",
                           "support",
                           "interactions",
                           "duties",
                           "partnership",
                           "balance",
                           "intervention",
                           "cqc",
                           "asc",
                           "nhse",
                           "england",
                           "good",
                           "inadequate",
                           "outstanding",
                           "matches"}) {
    INFO(name);
    CHECK_FALSE(is_word(name));
  }
  for (const std::string_view word : declaration_words()) CHECK(is_word(word));
}

TEST_CASE("words with one fixed place stay free, kept ones do not") {
  CHECK_FALSE(is_word("high"));
  CHECK_FALSE(is_word("statute"));
  CHECK(is_word("quartile"));
  CHECK(is_word("standard"));
  CHECK(used_name_end("support.enter.exit x", 0) == 18);
  CHECK(used_name_end("enter.support", 0) == 0);
  CHECK(declared_name_end("a.b", 0) == 1);
}

TEST_CASE("where numbers, dates and durations end") {
  struct Row {
    EndOfToken end;
    const char* text;
    std::size_t expected;
  };
  const Row rows[] = {
      {number_end, "0.35 ", 4},       {number_end, "12.", 2},
      {number_end, "12a", 0},         {number_end, "x", 0},
      {integer_end, "12", 2},         {integer_end, "12.5", 0},
      {integer_end, "12%", 0},        {percent_end, "39%", 3},
      {percent_end, "39 %", 0},       {percent_end, "39%x", 0},
      {points_end, "3 points", 8},    {points_end, "3 pointers", 0},
      {duration_end, "28 days", 7},   {duration_end, "1\n # c\n year", 12},
      {duration_end, "28 days_", 0},  {duration_end, "28days", 0},
      {money_end, "£2.5k", 6},        {money_end, "£1.2bn,", 7},
      {money_end, "£3mm", 0},         {money_end, "£", 0},
      {date_end, "2025-12-05", 10},   {date_end, "2025-12-051", 0},
      {date_end, "25-12-05", 0},      {text_end, "\"a\"\"b\" c", 6},
      {text_end, "\"a\n \nb\"", 0},   {text_end, "\"a\nb\"", 5},
      {text_end, "\"a\nb\"c", 0},     {text_end, "\"\"", 2},
      {name_end, "a_1.b", 3},         {qualified_name_end, "a_1.b.", 5},
      {skip_blanks, " # c\n\t x", 7}, {skip_blanks, "#", 1},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(row.end(row.text, 0) == row.expected);
  }
}

TEST_CASE("a phrase is its words, whatever the blanks between them") {
  CHECK(match_phrase("at  # c\n least 3", 0, "at least").matched);
  const PhraseMatch missed = match_phrase("at lest 3", 0, "at least");
  CHECK_FALSE(missed.matched);
  CHECK(missed.reached == 3);
  CHECK(missed.remaining == "least");
  CHECK_FALSE(match_phrase("attic", 0, "at").matched);
}

}  // namespace assay::syntax
