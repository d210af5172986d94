// Rows of an Excel workbook's sheets.
#include "evidence/import/spreadsheet/xlsx.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace assay {

namespace {

using Event = XmlPart::Event;

constexpr std::string_view kDamaged = "the file is damaged, or no spreadsheet program wrote it: save it again";

}  // namespace

std::optional<std::size_t> column_by_letters(std::string_view letters) {
  std::size_t number = 0;
  for (const char c : letters) {
    if (c < 'A' || c > 'Z' || number > SheetRow::kMostColumns) return std::nullopt;
    number = number * 26 + static_cast<std::size_t>(c - 'A') + 1;
  }
  if (number == 0 || number > SheetRow::kMostColumns) return std::nullopt;
  return number - 1;
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26) {
    letters += static_cast<char>('A' + (left - 1) % 26);
  }
  std::reverse(letters.begin(), letters.end());
  return letters;
}

Result<XlsxReader> XlsxReader::open(const Archive& archive) {
  auto parts = XlsxParts::read(archive);
  if (!parts) return tl::unexpected<Error>(parts.error());
  return XlsxReader(archive, std::move(*parts));
}

std::vector<std::string> XlsxReader::sheet_names() const {
  std::vector<std::string> names;
  for (const XlsxParts::Sheet& sheet : parts_.sheets) names.push_back(sheet.name);
  return names;
}

Result<void> XlsxReader::go_to(std::size_t sheet) {
  if (sheet >= parts_.sheets.size()) {
    return fail(ErrorCode::BadInput, fmt::format("there is no sheet {}", sheet + 1), archive_.name());
  }
  auto part = open_xlsx_part(archive_, parts_.sheets[sheet].part);
  if (!part) return tl::unexpected<Error>(part.error());
  sheet_.emplace(std::move(*part));
  sheet_number_ = sheet;
  row_ = 0;
  fault_.reset();
  return {};
}

SheetStep XlsxReader::next(SheetRow& row) {
  while (sheet_) {
    switch (sheet_->next()) {
      case Event::Start:
        if (sheet_->name() == "worksheet" || sheet_->name() == "sheetData") break;
        if (sheet_->name() != "row") {
          sheet_->skip();
          break;
        }
        row.clear();
        if (!read_row_number() || !read_row(row)) return end();
        if (!row.empty()) return SheetStep::Row;
        break;
      case Event::End:
      case Event::Text:
        break;
      case Event::Done:
      case Event::Fault:
        return end();
    }
  }
  return end();
}

// After the last row, or at a fault, there is no more.
SheetStep XlsxReader::end() {
  if (!fault_ && sheet_ && sheet_->faulty()) fault_ = sheet_->fault();
  sheet_.reset();
  return fault_ ? SheetStep::Fault : SheetStep::End;
}

// Rows say their number, or follow the one before.
bool XlsxReader::read_row_number() {
  const std::string_view text = sheet_->attribute("r");
  std::uint64_t number = row_ + 1;
  if (!text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number <= row_) {
      return refuse(fmt::format("a row numbered `{}` follows row {}", text.substr(0, 20), row_), std::string(kDamaged));
    }
  }
  if (number > SheetRow::kMostRows) {
    return refuse(fmt::format("the sheet has more than {} rows", SheetRow::kMostRows), "no spreadsheet has that many");
  }
  row_ = number;
  return true;
}

bool XlsxReader::read_row(SheetRow& row) {
  std::size_t column = 0;  // of a cell that does not say
  for (;;) {
    switch (sheet_->next()) {
      case Event::Start:
        if (sheet_->name() != "c") {
          if (!sheet_->skip()) return false;
        } else if (!read_cell(row, column)) {
          return false;
        }
        break;
      case Event::End:
        return true;
      case Event::Text:
        break;
      case Event::Done:
      case Event::Fault:
        return false;
    }
  }
}

bool XlsxReader::read_cell(SheetRow& row, std::size_t& column) {
  const std::string_view place = sheet_->attribute("r");
  if (!place.empty()) {
    const auto given = column_by_letters(place.substr(0, place.find_first_of("0123456789")));
    if (!given || *given < column) {
      return refuse(fmt::format("a cell says it stands at `{}`", place.substr(0, 20)), std::string(kDamaged), column);
    }
    column = *given;
  }
  cell_.type = sheet_->attribute("t");
  cell_.style = sheet_->attribute("s");
  if (!read_cell_parts()) return false;
  return put(row, column++);
}

bool XlsxReader::read_cell_parts() {
  cell_.value.clear();
  cell_.text.clear();
  cell_.formula = false;
  for (;;) {
    switch (sheet_->next()) {
      case Event::Start: {
        const std::string_view name = sheet_->name();
        bool well = true;
        if (name == "v") {
          well = read_element_text(cell_.value);
        } else if (name == "is") {
          well = read_rich_text(*sheet_, cell_.text);
        } else {
          cell_.formula = cell_.formula || name == "f";
          well = sheet_->skip();
        }
        if (!well) return false;
        break;
      }
      case Event::End:
        return true;
      case Event::Text:
        break;
      case Event::Done:
      case Event::Fault:
        return false;
    }
  }
}

bool XlsxReader::read_element_text(std::string& text) {
  for (;;) {
    switch (sheet_->next()) {
      case Event::Start:
        if (!sheet_->skip()) return false;
        break;
      case Event::End:
        return true;
      case Event::Text:
        text += sheet_->text();
        break;
      case Event::Done:
      case Event::Fault:
        return false;
    }
  }
}

bool XlsxReader::put(SheetRow& row, std::size_t column) {
  // A formula that gives an empty text has the type of a text.
  if (cell_.formula && cell_.value.empty() && cell_.type != "str") {
    return refuse("the cell holds a formula whose result was not saved",
                  "open the file in a spreadsheet program and save it", column);
  }
  const auto text = text_of_cell(column);
  if (!text) return false;
  if (text->empty() || row.put(column, *text)) return true;
  return refuse("the row goes on past column XFD, or holds more than 1 MB", "no table of evidence does that", column);
}

std::optional<std::string> XlsxReader::text_of_cell(std::size_t column) {
  if (cell_.type == "inlineStr") return cell_.text;
  if (cell_.type == "b") return cell_.value == "1" || cell_.value == "true" ? "true" : "false";
  if (cell_.type == "str" || cell_.type == "e") return cell_.value;
  if (cell_.type == "d") return date_as_shown(cell_.value, {});
  if (cell_.type != "s") return number_of_cell();
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(cell_.value.data(), cell_.value.data() + cell_.value.size(), number);
  if (error == std::errc() && end == cell_.value.data() + cell_.value.size() && number < parts_.texts.size()) {
    return std::string(parts_.texts[number]);
  }
  refuse(fmt::format("the cell asks for text {} of {}", cell_.value.substr(0, 20), parts_.texts.size()),
         std::string(kDamaged), column);
  return std::nullopt;
}

std::string XlsxReader::number_of_cell() const {
  std::size_t style = 0;
  std::from_chars(cell_.style.data(), cell_.style.data() + cell_.style.size(), style);
  const NumberFormat format = style < parts_.formats.size() ? parts_.formats[style] : NumberFormat::Number;
  if (cell_.value.empty() || format == NumberFormat::Number) return number_text(cell_.value);
  if (format == NumberFormat::Percent) return percent_text(cell_.value);
  return serial_text(cell_.value, format, parts_.from_1904);
}

bool XlsxReader::refuse(std::string message, std::string help, std::optional<std::size_t> column) {
  std::string place = fmt::format("{}: sheet {}, row {}", archive_.name(), parts_.sheets[sheet_number_].name, row_);
  if (column) place += fmt::format(", column {}", column_letters(*column));
  fault_ = Error{ErrorCode::BadInput, std::move(message), std::move(place), std::move(help)};
  return false;
}

}  // namespace assay
