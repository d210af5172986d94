// Tables out of files.
#include "evidence/import/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "evidence/core/check.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

bool fits_one(std::string_view wanted, std::string_view heading) {
  if (wanted.size() != heading.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool digit = heading[i] >= '0' && heading[i] <= '9';
    if (wanted[i] != heading[i] && !(wanted[i] == '#' && digit)) return false;
  }
  return true;
}

// The second of two columns headed alike is `HEADING (2)`.
void tell_apart(std::vector<std::string>& headings) {
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (headings[i].empty()) continue;
    std::size_t count = 1;
    for (std::size_t j = i + 1; j < headings.size(); ++j) {
      if (headings[j] == headings[i]) headings[j] = fmt::format("{} ({})", headings[i], ++count);
    }
  }
}

}  // namespace

bool heading_fits(std::string_view wanted, std::string_view heading) {
  for (;;) {
    const std::size_t bar = wanted.find('|');
    if (fits_one(wanted.substr(0, bar), heading)) return true;
    if (bar == std::string_view::npos) return false;
    wanted.remove_prefix(bar + 1);
  }
}

std::string heading_text(std::string_view cell) {
  std::string text;
  for (const char c : trim(cell)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) text += c;
    if (blank && text.back() != ' ') text += ' ';
  }
  return text;
}

Table::Table(CsvReader strict) : source_(Strict{std::move(strict)}), name_(std::get<Strict>(source_).csv.name()) {}

Result<Table> Table::open_tolerant(const std::string& path) {
  std::string start(4, '\0');
  std::ifstream(path, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
  if (Spreadsheet::begins_like_one(start)) {
    auto file = Spreadsheet::open(path);
    if (!file) return tl::unexpected<Error>(file.error());
    return Table(Sheets{std::move(*file)}, path);
  }
  auto csv = CsvReader::open_plain(path);
  if (!csv) return tl::unexpected<Error>(csv.error());
  return Table(Plain{std::move(*csv)}, path);
}

Result<Table> Table::open_document(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::NotFound, "there is no such file, or it may not be read", path);
  std::string text(kDocumentLimit + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kDocumentLimit) {
    return fail(ErrorCode::BadInput, "the document is larger than 16 MB", path, "import one record a file");
  }
  return Table(Document{std::move(text)}, path);
}

bool Table::next_headings(const std::function<bool(const Table&)>& are_headings, std::string_view needed) {
  headings_.clear();
  if (std::holds_alternative<Sheets>(source_)) {
    while (next_sheet()) {
      if (read_headings(are_headings)) return true;
      if (fault_) return false;
      if (needed.empty() || !sheet().starts_with(needed)) continue;
      fault_ = Error{ErrorCode::BadInput, fmt::format("none of the first {} rows has the headings", kHeadingRows),
                     fmt::format("{}: sheet {}", name_, sheet()), "every table of this workbook needs them"};
      return false;
    }
    return false;
  }
  return std::holds_alternative<Plain>(source_) && read_headings(are_headings);
}

bool Table::next_sheet() {
  auto& sheets = std::get<Sheets>(source_);
  if (sheets.next_sheet >= sheets.file.sheets().size()) return false;
  ended_ = false;
  const Result<void> there = sheets.file.go_to(sheets.next_sheet++);
  if (!there) fault_ = there.error();
  return there.has_value();
}

bool Table::read_headings(const std::function<bool(const Table&)>& are_headings) {
  while (next_raw() == Step::Row) {
    if (row() > kHeadingRows) return false;
    headings_.clear();
    for (const std::string_view cell : cells_) headings_.push_back(heading_text(cell));
    while (!headings_.empty() && headings_.back().empty()) headings_.pop_back();
    tell_apart(headings_);
    if (are_headings(*this)) return true;
  }
  headings_.clear();
  return false;
}

// A row as the file has it, of any width.
Table::Step Table::next_raw() {
  cells_.clear();
  if (fault_) return Step::Fault;
  if (ended_) return Step::End;
  const auto take = [this](auto& reader) {
    using Reader = std::remove_reference_t<decltype(reader)>;
    switch (reader.next()) {
      case Reader::Step::Row:
        cells_.assign(reader.cells().begin(), reader.cells().end());
        return Step::Row;
      case Reader::Step::End:
        ended_ = true;
        return Step::End;
      case Reader::Step::Fault:
        break;
    }
    fault_ = reader.fault();
    return Step::Fault;
  };
  if (auto* strict = std::get_if<Strict>(&source_)) return take(strict->csv);
  if (auto* plain = std::get_if<Plain>(&source_)) return take(plain->csv);
  if (auto* sheets = std::get_if<Sheets>(&source_)) return take(sheets->file);
  return Step::End;
}

Table::Step Table::next() {
  if (std::holds_alternative<Strict>(source_)) return next_raw();
  for (;;) {
    const Step step = next_raw();
    if (step != Step::Row) return step;
    const auto filled = std::count_if(cells_.begin(), cells_.end(), [](auto cell) { return !trim(cell).empty(); });
    if (filled > 0) return fit_width(static_cast<std::size_t>(filled));
  }
}

// As many cells as headings. A line of one cell is a note, and a sheet's row ends with its last cell; of CSV another
// row that is too short has lost something.
Table::Step Table::fit_width(std::size_t filled) {
  while (cells_.size() > headings_.size() && trim(cells_.back()).empty()) cells_.pop_back();
  const std::size_t width = cells_.size();
  if (width > headings_.size()) {
    fault_ = Error{ErrorCode::BadInput, fmt::format("the row has {} cells, the headings {}", width, headings_.size()),
                   place({}), "a comma inside a cell needs quotes around the cell"};
    return Step::Fault;
  }
  const auto* plain = std::get_if<Plain>(&source_);
  if (plain != nullptr && width < headings_.size() && (filled > 1 || plain->csv.ended_without_line_end())) {
    const bool cut = plain->csv.ended_without_line_end();
    fault_ =
        Error{ErrorCode::BadInput,
              cut ? fmt::format("the file ends in the middle of a row, after {} of {} cells", width, headings_.size())
                  : fmt::format("the row has {} of {} cells", width, headings_.size()),
              place({}), cut ? "it is cut short; fetch or export it again" : "an empty cell still needs its comma"};
    return Step::Fault;
  }
  cells_.resize(headings_.size());
  return Step::Row;
}

const std::vector<std::string>& Table::headings() const {
  const auto* strict = std::get_if<Strict>(&source_);
  return strict != nullptr ? strict->csv.headings() : headings_;
}

std::optional<std::size_t> Table::find_heading(std::string_view wanted) const {
  const std::vector<std::string>& all = headings();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == wanted) return i;
  }
  for (std::size_t i = 0; is_tolerant() && i < all.size(); ++i) {
    if (heading_fits(wanted, all[i])) return i;
  }
  return std::nullopt;
}

std::uint64_t Table::row() const {
  if (const auto* strict = std::get_if<Strict>(&source_)) return strict->csv.row();
  if (const auto* plain = std::get_if<Plain>(&source_)) return plain->csv.row();
  if (const auto* sheets = std::get_if<Sheets>(&source_)) return sheets->next_sheet == 0 ? 0 : sheets->file.row();
  return 0;
}

std::string_view Table::document() const {
  const auto* document = std::get_if<Document>(&source_);
  return document != nullptr ? std::string_view(document->text) : std::string_view();
}

std::string Table::sheet() const {
  const auto* sheets = std::get_if<Sheets>(&source_);
  if (sheets == nullptr || sheets->next_sheet == 0) return {};
  return sheets->file.sheets()[sheets->file.sheet()];
}

std::vector<std::string> Table::sheets() const {
  const auto* sheets = std::get_if<Sheets>(&source_);
  return sheets != nullptr ? sheets->file.sheets() : std::vector<std::string>();
}

std::uint64_t Table::cells_of_windows_1252() const {
  const auto* plain = std::get_if<Plain>(&source_);
  return plain != nullptr ? plain->csv.cells_of_windows_1252() : 0;
}

std::string Table::place_in_file(std::string_view column, std::uint64_t row) const {
  if (std::holds_alternative<Document>(source_)) return std::string(column);
  std::string place = sheet();
  if (!place.empty()) place = fmt::format("sheet {}, ", place);
  place += fmt::format("row {}", row);
  if (!column.empty()) place += fmt::format(", column {}", column);
  return place;
}

std::string Table::place(std::string_view column, std::uint64_t row) const {
  if (const auto* strict = std::get_if<Strict>(&source_)) return strict->csv.place(column, row);
  const std::string inside = row == 0 && column.empty() ? std::string() : place_in_file(column, row);
  return inside.empty() ? name_ : fmt::format("{}: {}", name_, inside);
}

std::uint64_t Table::bytes_read() const {
  if (const auto* strict = std::get_if<Strict>(&source_)) return strict->csv.bytes_read();
  if (const auto* plain = std::get_if<Plain>(&source_)) return plain->csv.bytes_read();
  return 0;
}

Digest Table::digest() {
  if (auto* strict = std::get_if<Strict>(&source_)) return strict->csv.digest();
  if (auto* plain = std::get_if<Plain>(&source_)) {
    while (plain->csv.next() == CsvReader::Step::Row) {
    }
    return plain->csv.digest();
  }
  if (auto* sheets = std::get_if<Sheets>(&source_)) return sheets->file.digest();
  return sha256(document());
}

}  // namespace assay
