// The layouts that import knows: each a name, the headings by which it is recognised, and the function that reads it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/import/csv.h"

namespace assay {

class TableReading;

struct Layout {
  std::string_view name;
  std::vector<std::string_view> headings;  // all of them make it this layout
  std::string_view source;                 // whose record its rows are, where the import does not say; may be empty
  void (*read)(TableReading& reading);
  // Columns that hold published addresses and names of bodies, where import looks for no person's.
  std::vector<std::string> published = {};
};

std::span<const Layout> layouts();
// The layout of a file: the one named, or the one whose headings it has. WrongUse for a name that does not exist.
Result<const Layout*> choose_layout(std::string_view name, const CsvReader& csv);

}  // namespace assay
