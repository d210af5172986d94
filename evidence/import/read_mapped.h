// A council's own list read by its mapping, against what is held already: each line accepted or refused with its place
// and reason, and of those accepted only what is new or has changed. Says what would be recorded; records nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/core/schema.h"
#include "evidence/core/snapshot.h"
#include "evidence/import/grid.h"
#include "evidence/import/mapping.h"

namespace assay {

// One piece of evidence to record, as text that RowTyper reads. Owns what RowText only views.
struct MappedRow {
  std::string subject, field, value, valid_from, place, note;
  std::string supersedes;  // the row corrected; empty: new
};

struct MappedLine {
  enum class Fate : std::uint8_t { New, Changed, Same, Refused };
  std::uint64_t row = 0;  // of the sheet
  std::string reference;
  Fate fate = Fate::Same;
  std::vector<MappedRow> rows;
  std::vector<std::string> changes;  // in words: "Owner: `A` is now `B`"
  std::vector<Error> faults;         // with sheet, row and column
};

struct MappedList {
  std::vector<MappedLine> lines;
  std::vector<std::string> gone;  // references held of this mapping's list, and no longer in it
  std::size_t count(MappedLine::Fate fate) const;
  std::size_t corrections() const;  // rows that correct another
  std::size_t rows() const;         // of evidence to record
};

// What a batch recorded by a mapping has for its layout.
std::string mapped_layout(std::string_view mapping);

struct MappedRequest {
  Date recorded_on;
  std::vector<std::string> published;
  bool personal_allowed = false;
};
// The mapping must be that of the grid, its headings at `at`. Faults of the list as a whole: data about persons, and
// nothing else; each line has its own.
tl::expected<MappedList, std::vector<Error>> read_mapped(const Grid& grid, HeadingRow at, const Mapping& mapping,
                                                         const Schema& schema, const Snapshot& held,
                                                         const MappedRequest& request);

// A cell of a list, as a field of its type. Nothing: the cell is empty.
struct MappedCell {
  bool available = true;  // not: "tbc" and its like, which the note keeps
  std::string text;       // plain, as parse_value reads it
  Value value;
  std::string note;  // what was written, where the text does not say it
};
Result<std::optional<MappedCell>> read_mapped_cell(std::string_view written, const FieldDef& field);

}  // namespace assay
