// What CQC's list of latest ratings and its records of one location share: how a rating is named and what it means.
#pragma once

#include <string>
#include <string_view>

#include "evidence/import/layouts/measures.h"

namespace assay {

// One rating of a location or provider: of a service ("Care Homes"; "Overall" for all of them together) and a key
// question
// ("Safe"; "Overall").
struct CqcRating {
  std::string_view heading;
  Body body;
  std::string_view service, question, rating;
  std::string_view published;  // 2026-05-29
  std::string_view document;
  std::uint64_t row = 0;
};
// By code: "CQC rating Overall", "CQC rating Safe", "CQC rating Care Homes Safe". What is no rating on the scale of
// four, such as "Regulations met", is not available unless the rules' scale has it; the note keeps it.
void add_cqc_rating(TableReading& in, const CqcRating& rating);

}  // namespace assay
