// The layout anyone can write: one row of evidence a line, columns by the names of docs/formats/tidy.md in any order.
#include <fmt/format.h>

#include "evidence/core/text.h"
#include "evidence/import/layouts/layouts.h"

namespace assay {

void read_tidy(TableReading& in) {
  const auto& headings = in.table().headings();
  std::vector<std::size_t> meaning(headings.size());
  for (std::size_t i = 0; i < headings.size(); ++i) {
    for (meaning[i] = 0; meaning[i] < kColumns && kColumnNames[meaning[i]] != headings[i];) ++meaning[i];
    if (meaning[i] < kColumns) continue;
    const std::vector<std::string> names(kColumnNames.begin(), kColumnNames.end());
    const auto near = near_name(headings[i], names);
    in.refuse(headings[i], fmt::format("tidy evidence has no column `{}`", shown_text(headings[i])),
              near ? fmt::format("did you mean `{}`?", *near) : fmt::format("it has {}", join_words(names)));
    return;
  }
  RowText row;
  while (in.next_line()) {
    const auto cells = in.cells();
    for (std::size_t i = 0; i < cells.size(); ++i) row.cells[meaning[i]] = cells[i];
    in.add(row);
  }
}

}  // namespace assay
