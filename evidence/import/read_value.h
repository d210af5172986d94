// Reads the cells of one field into what a store keeps of them: a number, a label's number, or text. Plain numbers and
// labels, nearly all cells, take a short way without allocating; everything else goes by parse_value.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/core/schema.h"
#include "evidence/import/catalogue.h"
#include "evidence/import/typed_row.h"

namespace assay {

// Text as it may stand in a message: cut at 60 bytes.
std::string shown_text(std::string_view text);

class ValueReader {
 public:
  // `number` is the field's in the catalogue. The type and the catalogue must outlive the reader.
  ValueReader(const ValueType& type, std::uint32_t number, Catalogue& catalogue);

  // Sets the row's number, or its text. BadInput as parse_value says, and for a score that is not whole.
  Result<void> read(std::string_view text, TypedRow& row);
  // Whether the type has a value of this name, such as a stage called `ended`.
  bool has_label(std::string_view name) const;

 private:
  bool read_plain_number(std::string_view text, TypedRow& row) const;
  bool read_plain_label(std::string_view text, TypedRow& row);
  Result<void> read_any(std::string_view text, TypedRow& row);
  std::uint32_t label_number(std::size_t index);

  const ValueType* type_;
  std::uint32_t field_;
  Catalogue* catalogue_;
  Storage storage_;
  int places_;
  std::int64_t low_, high_;                   // the range, as a count of 10^-places; the plain way keeps within it
  std::vector<std::uint32_t> label_numbers_;  // the catalogue's; 0 until one is met
};

}  // namespace assay
