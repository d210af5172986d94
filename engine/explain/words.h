// Values, bases, citations and subjects in the words a reader sees. Pure.
#pragma once

#include <string>
#include <string_view>

#include "dsl/check/rulebook.h"
#include "engine/eval/cell.h"
#include "engine/eval/reading.h"

namespace assay {

// "34%", "unknown, 53% to 56%", "unknown, 1 to 4, or does not apply", "does not apply".
std::string cell_in_words(const Cell& cell, const ValueType& type);
// The same inside a calculation: "34%", "53% to 56%".
std::string plain_in_words(const Cell& cell, const ValueType& type);
// Of a condition: "yes", "no", "unknown", "does not apply".
std::string truth_in_words(const Cell& cell);
// Of a flag, interaction or criteria row: "raised", "clear", "undetermined"; one that does not apply is clear and says
// so.
std::string trigger_in_words(const Cell& cell);

// What a row says: its value, or "withdrawn", "not available", "complete: every record from ... to ... is held".
std::string row_in_words(const Observation& row, const ValueType& type);
// What a row that does not answer had to do with it: "superseded by a later row".
std::string_view part_in_words(Part part);
std::string_view to_string(Part part);  // answers ... other_time

// "proposed by us, not published", "inferred", "statute"; with the remark in quotes after a colon.
std::string basis_in_words(std::string_view basis, std::string_view remark);
// "Care Quality Commission, How we determine ratings, section "Overall rating"".
std::string cite_in_words(const Rulebook& rulebook, const Citation& cite);
// "judgement of "the council"", "no decision held".
std::string mark_in_words(const Mark& mark);

// How far two values of one type are apart: "5 points", "£2,500", "3 days", "1 step". Empty where distance has no
// meaning.
std::string distance_in_words(const Value& a, const Value& b, const ValueType& type);

// "34% is 5 points below 39%"; of what is not known "could be 1 to 4, against 2".
std::string apart_in_words(const Cell& lhs, const Cell& rhs, const ValueType& type);

// "council:E06000009", "membership:E06000009>QE1".
std::string subject_text(const Snapshot& snapshot, SubjectId subject);
// "from 6 August 2025 to 5 August 2026", "from 6 August 2025", "on 6 August 2025" (one day).
std::string period_in_words(Date from, const std::optional<Date>& to);
// Of dates that may be known to the month only: "from a day of March 2025".
std::string period_in_words(const ImpreciseDate& from, const std::optional<ImpreciseDate>& to);

// "of the 9 listed: 6 yes, 3 no": what is 0 is left out; of none, "there are none".
struct Tallied {
  std::size_t count;
  std::string_view what;
};
std::string tally_in_words(std::initializer_list<Tallied> parts, std::size_t all, std::string_view noun);

std::size_t columns_of(std::string_view text);  // code points

}  // namespace assay
