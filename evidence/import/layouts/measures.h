// Measures as others publish them: each goes to the evidence whose published code names it, of whatever ruleset, and
// what no rule asks for is counted. A body that a table names and the store does not know comes into being with the
// first measure of it that a rule asks for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evidence/import/layouts/layouts.h"

namespace assay {

// First and last day, as texts.
using Days = FinancialYear;
// "2014/15", "2014-15", "2014 to 2015" (financial years), "Nov 2023", "2024-09", "2023", "Q1 2025/26",
// "Jul 24 - Jun 25", "2001 - 03" (calendar years), "2021-01-01/P3Y". Nothing for what is none of these.
std::optional<Days> published_period(std::string_view text);
// The same of the cell under the heading; refused there when it is none.
std::optional<Days> period_of(TableReading& in, std::string_view heading);

// Whose measure it is.
struct Body {
  std::string_view kind;  // council, country, ics, trust ...
  std::string_view code;
  std::string_view heading, name;  // where the table gives a name by which it may come into being; else empty
};
// Of an area by its code in the register of geographic codes. Nothing where it is no council, system or England.
std::optional<Body> body_of_area(std::string_view code);

// Of an organisation by its ODS code in the cell under the heading, with its name where the table has one. Nothing for
// a total, which is passed over, and for what is no such code, which is refused.
std::optional<Body> organisation_in(TableReading& in, std::string_view kind, std::string_view code_heading,
                                    std::string_view name_heading);

// Adds the cell, whose subject and field are still open, as the first of `codes` that the rules have for a body of this
// kind. Each is tried as it stands and with the kind behind it ("ASCOF 1A England", "Fingertips 241 ICB"), since one
// code names one field. Counts the last of them when there is none.
void add_measure(TableReading& in, const Body& body, std::span<const std::string> codes, PublishedCell cell);
// Of the area in the cell under the heading; passed over when it is of no kind that is kept.
void add_area_measure(TableReading& in, std::string_view area_heading, std::span<const std::string> codes,
                      const PublishedCell& cell);
// The field of a measure, where the rules have one.
const FieldDef* find_measure(const Schema& schema, std::string_view kind, std::span<const std::string> codes);

// Not available, with what was published in the note; where the cell is empty, that it was.
void set_missing(PublishedCell& cell, std::string_view published);

}  // namespace assay
