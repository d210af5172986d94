// Answers, values, marks and citations in the words in which an explanation says them (docs/formats/explanation.md).
// They stand in engine/explain too, on purpose: whoever checks an explanation takes no word from its maker.
// Internal to apps/verifier/accept.
#pragma once

#include <string>

#include "apps/verifier/derive/derivation.h"

namespace assay::verifier {

std::string cell_words(const Answer& answer, const ValueType& type);      // "unknown, 53% to 56%"
std::string plain_words(const Answer& answer, const ValueType& type);     // "53% to 56%", as put in
std::string truth_words(const Answer& answer);                            // "yes", "no", "unknown", "does not apply"
std::string trigger_words(const Answer& answer);                          // "raised", "clear, does not apply"
std::string row_words(const Observation& row, const ValueType& type);     // "not available", "26 days"
std::string mark_words(const Rulebook& book, const Mark& mark, Date on);  // "judgement of ..."
std::string_view kind_words(MarkOf of);                                   // "proposed"
std::string cite_words(const Rulebook& book, const Citation& cite);       // "Publisher, title, place"
std::string edition_words(const Rulebook& book, const Rule& rule);
// "26 days is 2 days below 28 days"; and how far two values are apart.
std::string apart_words(const Answer& left, const Answer& right, const ValueType& type);
std::string distance_words(const Value& a, const Value& b, const ValueType& type);
std::string_view lacking_words(Lacking lacking);

}  // namespace assay::verifier
