// Outcomes with their basis, a line each: as CSV, and as a workbook that reads well on paper.
#include <xlsxwriter.h>

#include "apps/cli/export.h"
#include "apps/cli/survey.h"
#include "engine/explain/words.h"

namespace assay::cli {

namespace {

std::string rests_in_words(const Exported&, const ExportedOutcome& outcome) {
  constexpr std::size_t kNamedMax = 6;
  std::vector<std::string> places;
  for (const EvidenceLeaf& leaf : outcome.rests_on) {
    std::string place =
        fmt::format("{}{}{} (row {})", leaf.document, leaf.place.empty() ? "" : ", ", leaf.place, leaf.row);
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(std::move(place));
  }
  const std::size_t more = places.size() > kNamedMax ? places.size() - kNamedMax : 0;
  places.resize(places.size() - more);
  return joined(places) + (more > 0 ? fmt::format("; and {} more", more) : "");
}

// A cell that begins like a formula is never taken for one.
std::string as_text(std::string cell) {
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos) cell.insert(0, 1, '\'');
  return cell;
}

struct Formats {
  lxw_format *heading, *cell, *title, *open;
};

lxw_format* wrapped(lxw_workbook* book) {
  lxw_format* const made = workbook_add_format(book);
  format_set_text_wrap(made);
  format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
  format_set_font_size(made, 9);
  format_set_bottom(made, LXW_BORDER_HAIR);
  return made;
}

void write_outcomes(lxw_workbook* book, const Formats& formats, const Exported& exported) {
  lxw_worksheet* const sheet = workbook_add_worksheet(book, "Outcomes");
  const auto& columns = export_columns();
  const auto last = static_cast<lxw_col_t>(columns.size() - 1);
  for (lxw_col_t column = 0; column <= last; ++column) {
    worksheet_set_column(sheet, column, column, columns[column].width, nullptr);
    worksheet_write_string(sheet, 0, column, columns[column].heading, formats.heading);
  }
  lxw_row_t line = 1;
  for (const ExportedOutcome& outcome : exported.outcomes) {
    const bool open = outcome.outcome.status == Status::Undetermined || outcome.outcome.status == Status::Unknown;
    for (lxw_col_t column = 0; column <= last; ++column)
      worksheet_write_string(sheet, line, column, columns[column].text(exported, outcome).c_str(),
                             open ? formats.open : formats.cell);
    ++line;
  }
  // One page wide, the headings on each page, the two dates and the page below.
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
  if (line > 1) worksheet_autofilter(sheet, 0, 0, line - 1, last);
  const std::string footer = fmt::format("&LAs at {}, known on {}&RPage &P of &N", exported.as_at.to_long_string(),
                                         exported.known_on.to_long_string());
  worksheet_set_footer(sheet, footer.c_str());
}

void write_about(lxw_workbook* book, const Formats& formats, const Exported& exported) {
  lxw_worksheet* const sheet = workbook_add_worksheet(book, "About");
  worksheet_set_column(sheet, 0, 0, 28, nullptr);
  worksheet_set_column(sheet, 1, 1, 80, nullptr);
  const std::vector<std::pair<std::string, std::string>> lines = {
      {"As at", exported.as_at.to_long_string()},
      {"Known on", exported.known_on.to_long_string()},
      {"Store", exported.store},
      {"Trail", fmt::format("{} entries, root {}", exported.head.size, exported.head.root.to_string())},
      {"Run", exported.run ? fmt::format("{}, by {} at {}{}", exported.run->number, exported.run->run_by,
                                         exported.run->run_at, exported.run->official ? ", official" : ", not official")
                           : "no run of these dates is recorded"},
      {"unknown, undetermined", "Neither known nor clear: what would settle it stands in its line. Shaded."},
      {"clear", "The rule was asked, its evidence was held, and it is not raised."},
      {"basis",
       "Why the rule may be believed. `proposed` and `inferred` are not published by anybody with authority."}};
  worksheet_write_string(sheet, 0, 0, "Outcomes with their basis", formats.title);
  lxw_row_t line = 2;
  for (const auto& [what, words] : lines) {
    worksheet_write_string(sheet, line, 0, what.c_str(), formats.cell);
    worksheet_write_string(sheet, line++, 1, words.c_str(), formats.cell);
  }
  worksheet_set_paper(sheet, 9);
  worksheet_fit_to_pages(sheet, 1, 0);
}

}  // namespace

const std::vector<ExportColumn>& export_columns() {
  using X = const Exported&;
  using O = const ExportedOutcome&;
  static const std::vector<ExportColumn> kColumns = {
      {"Body", 20, [](X, O outcome) { return outcome.name; }},
      {"Code", 16, [](X, O outcome) { return outcome.subject; }},
      {"Outcome", 24, [](X, O outcome) { return outcome.title; }},
      {"Rule", 24, [](X, O outcome) { return outcome.rule; }},
      {"As at", 10, [](X exported, O) { return exported.as_at.to_string(); }},
      {"Known on", 10, [](X exported, O) { return exported.known_on.to_string(); }},
      {"Status", 12, [](X, O outcome) { return outcome.status; }},
      {"Result", 30, [](X, O outcome) { return outcome.sentence.empty() ? outcome.result : outcome.sentence; }},
      {"What would settle it", 28, [](X, O outcome) { return outcome.wanting; }},
      {"Basis", 18,
       [](X, O outcome) {
         return outcome.basis.empty() ? "none stated" : basis_in_words(outcome.basis, outcome.remark);
       }},
      {"Cites", 30, [](X, O outcome) { return joined(outcome.cites); }},
      {"Marks", 16, [](X, O outcome) { return joined(outcome.marks); }},
      {"Rests on", 34, rests_in_words}};
  return kColumns;
}

void print_outcome_table(const Exported& exported) {
  std::vector<std::string> cells;
  for (const ExportColumn& column : export_columns()) cells.emplace_back(column.heading);
  fmt::print("{}", csv_row(cells));
  for (const ExportedOutcome& outcome : exported.outcomes) {
    cells.clear();
    for (const ExportColumn& column : export_columns()) cells.push_back(as_text(column.text(exported, outcome)));
    fmt::print("{}", csv_row(cells));
  }
}

Result<void> write_workbook(const Exported& exported, const std::string& path) {
  const auto failed = [&](lxw_error error) {
    return fail(ErrorCode::Io, fmt::format("the workbook cannot be written ({})", lxw_strerror(error)), path,
                "check the folder and the rights to it");
  };
  lxw_workbook* const book = workbook_new(path.c_str());
  if (book == nullptr) return failed(LXW_ERROR_CREATING_XLSX_FILE);
  Formats formats{wrapped(book), wrapped(book), workbook_add_format(book), wrapped(book)};
  format_set_bold(formats.heading);
  format_set_bg_color(formats.heading, 0xD9E2EC);
  format_set_bold(formats.title);
  format_set_font_size(formats.title, 14);
  format_set_bg_color(formats.open, 0xF2F2F2);
  write_outcomes(book, formats, exported);
  write_about(book, formats, exported);
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR) return failed(error);
  return {};
}

}  // namespace assay::cli
