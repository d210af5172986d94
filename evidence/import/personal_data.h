// Recognises what in a table would be a person's: NHS numbers, dates of birth, full postcodes and names, by the look of
// a value or by the heading it stands under. Counts them, and keeps none of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"

namespace assay {

enum class Personal : std::uint8_t { NhsNumber, DateOfBirth, Postcode, Name };

// What a heading says of the values under it: a date of birth, a person's name, or neither. `Owner`, `Provider Name`
// and `council_name` name a role or a body.
std::optional<Personal> personal_by_heading(std::string_view heading);

// The numbers of ten digits in a text that stand alone, as 943 476 5919 or 9434765919, of which `valid` have the check
// digit of an NHS number (modulus 11) and lie in a range that is given out in the United Kingdom.
struct TenDigits {
  std::uint64_t all = 0, valid = 0;
};
TenDigits ten_digit_numbers(std::string_view text);
// How many full postcodes: SW1A 1AA, or SW1A1AA in capitals. Not the outer half alone, and not the codes of bodies.
std::uint64_t postcodes(std::string_view text);

// Looks at every row of one table.
class PersonalDataWatch {
 public:
  // Columns named in `published` hold addresses and names that are published, and are passed over.
  void begin(std::span<const std::string> headings, std::span<const std::string> published);
  void look(std::span<const std::string_view> cells);

  struct Found {
    Personal what;
    std::string heading;
    std::uint64_t count;
    std::string sheet = {};  // on which it stands, where there are sheets; for whoever knows to say
  };
  // By column, then in the order above. Of a column of ten-digit codes or counts about one in eleven has the check
  // digit by chance: it counts only where most of them have it.
  std::vector<Found> found() const;

 private:
  struct Column {
    std::string heading;
    std::optional<Personal> by_heading;
    bool published = false;
    std::uint64_t filled = 0, postcodes = 0;
    TenDigits numbers;
    std::string plain = {};  // the last long cell that can be neither: the next mostly says the same
  };
  std::vector<Column> columns_;
};

// The same as faults of the file, one a column; the last says what to do. None of the values.
std::vector<Error> personal_data_faults(std::span<const PersonalDataWatch::Found> found, std::string_view file);

}  // namespace assay
