// One row of evidence, read, looked up and typed: what an importer hands to the store. All ids are the catalogue's.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "evidence/core/snapshot.h"

namespace assay {

struct TypedRow {
  static constexpr std::int32_t kNoDate = std::numeric_limits<std::int32_t>::min();

  std::uint32_t subject = 0;
  std::uint32_t field = 0;
  Standing standing = Standing::Held;
  // YesNo and Event 0/1; dates as ImpreciseDate::stored(); labels by the catalogue's label id; numbers as a count of
  // 10^-places of the field.
  std::int64_t number = 0;
  // Set where `number` cannot say it: a decimal with more places or digits than the field's, in plain form; or a Text
  // value.
  bool has_text = false;
  std::string text;
  std::int32_t valid_from = 0;  // this and valid_to as ImpreciseDate::stored()
  std::int32_t valid_to = kNoDate;
  std::uint32_t source = 0;  // always given
  std::int32_t recorded_on = 0;
  std::uint32_t document = 0;  // 0: the batch's own file
  std::string place;  // empty: the row of the batch's file that follows from the row's number in the batch (first data
                      // row is row 2)
  std::string note;
  std::int64_t supersedes = 0;
};

}  // namespace assay
