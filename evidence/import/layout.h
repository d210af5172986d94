// The layouts that import knows: each a name, the headings by which it is recognised, and the function that reads it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/import/table.h"

namespace assay {

class TableReading;

// How a layout's files are read. Strict: CSV that people write to be imported, its headings in row 1. Tolerant: a table
// that others publish, as CSV or in a spreadsheet, below and above notes. Document: JSON.
enum class Manner : std::uint8_t { Strict, Tolerant, Document };

struct Layout {
  std::string_view name;
  Manner manner;
  // All of them make it this layout; of a document, the keys of its outermost object. See heading_fits().
  std::vector<std::string_view> headings;
  std::string_view source;  // whose record its rows are, where the import does not say; may be empty
  void (*read)(TableReading& reading);
  // Columns that hold published addresses and names of bodies, where import looks for no person's.
  std::vector<std::string> published = {};
};

std::span<const Layout> layouts();

// A file, opened as its layout has it read and standing before its first row: by the layout named, or by the one whose
// headings it has. WrongUse for a name that does not exist.
struct OpenedFile {
  Table table;
  const Layout* layout;
};
Result<OpenedFile> open_by_layout(const std::string& path, std::string_view name);

}  // namespace assay
