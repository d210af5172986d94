// ons_lookup: the Office for National Statistics' lookups from small areas to integrated care boards and local
// authorities, whose column names carry the year (`LAD26CD`, `ICB26CDH`). Joins each council to the systems that share
// a small area with it, from 1 April of that year, the boards' column's. It gives no shares: those need people. Built
// from the published column names; no file of this year was to hand.
#include <fmt/format.h>

#include <map>
#include <set>

#include "evidence/import/layouts/measures.h"

namespace assay {

namespace {

constexpr std::string_view kBoard = "ICB##CDH", kAuthority = "LAD##CD|UTLA##CD|CTYUA##CD";

// The year in a heading, as the first of April: "2026-04-01".
std::string start_of_year(std::string_view heading) {
  const std::size_t digit = heading.find_first_of("0123456789");
  return fmt::format("20{}-04-01", heading.substr(digit, 2));
}

}  // namespace

void read_ons_lookup(TableReading& in) {
  const std::string board(in.table().headings()[*in.table().find_heading(kBoard)]);
  const std::string authority(in.table().headings()[*in.table().find_heading(kAuthority)]);
  in.name_column(Column::Subject, authority);
  const std::string from = start_of_year(board);
  std::map<std::string, std::uint64_t> first_rows;  // of each link
  while (in.next_line()) {
    const auto body = body_of_area(in.cell(authority));
    if (!body || body->kind != "council") {
      in.pass_over("small areas of districts, whose county the lookup does not give, or outside England");
      continue;
    }
    if (in.cell(board).empty()) {
      in.refuse(board, "the small area has no care board", "every small area of England lies in one");
      continue;
    }
    const std::string link = fmt::format("membership:{}>{}", body->code, in.cell(board));
    first_rows.emplace(link, in.table().row());
  }
  for (const auto& [link, row] : first_rows) {
    PublishedCell cell{.heading = board, .subject = link, .field = "membership.register", .valid_from = from};
    cell.row = row;
    in.add(cell);
  }
}

}  // namespace assay
