// One row as SQLite writes it ("Database File Format", sqlite.org/fileformat2.html, section 2.1). Private to
// evidence/store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "evidence/store/walked_row.h"

namespace assay {

// Big-endian, as all numbers of the format are. `at` has that many bytes.
template <std::size_t kBytes>
std::uint64_t read_number(const char* at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kBytes; ++i) number = number << 8U | static_cast<unsigned char>(at[i]);
  return number;
}

// A number of one to nine bytes, taken off the front; false where it does not end.
bool take_varint(std::string_view& bytes, std::uint64_t& number);

// Cells of exactly that many columns, the first of which is the number of the row and stands outside the record. False
// where there is a byte too many or too few, or a form that is not known here. Texts and blobs live as long as it does.
bool read_record(std::string_view record, std::int64_t id, std::size_t columns, WalkedRow& row);

}  // namespace assay
