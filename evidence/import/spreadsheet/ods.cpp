// OpenDocument spreadsheets.
#include "evidence/import/spreadsheet/ods.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "evidence/import/spreadsheet/cell_text.h"

namespace assay {

namespace {

using Event = XmlPart::Event;

constexpr const char* kContent = "content.xml";

// "3" of table:number-columns-repeated; 1 where nothing is said.
std::uint64_t count_of(std::string_view text) {
  std::uint64_t count = 1;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::max<std::uint64_t>(count, 1);
}

Result<XmlPart> open_part(const Archive& archive, const std::string& part) {
  auto member = archive.member(part);
  if (!member) return tl::unexpected<Error>(member.error());
  return XmlPart(std::move(*member), fmt::format("{}: {}", archive.name(), part));
}

// The manifest says which parts are encrypted; they look like damage otherwise.
Result<void> check_password(const Archive& archive) {
  if (!archive.has("META-INF/manifest.xml")) return {};
  auto manifest = open_part(archive, "META-INF/manifest.xml");
  if (!manifest) return tl::unexpected<Error>(manifest.error());
  for (;;) {
    switch (manifest->next()) {
      case Event::Start:
        if (manifest->name() == "manifest:encryption-data") {
          return fail(ErrorCode::BadInput, "the spreadsheet is locked by a password", archive.name(),
                      "save a copy without one");
        }
        break;
      case Event::End:
      case Event::Text:
        break;
      case Event::Fault:
        return tl::unexpected<Error>(manifest->fault());
      case Event::Done:
        return {};
    }
  }
}

bool is_cell(std::string_view name) { return name == "table:table-cell" || name == "table:covered-table-cell"; }

}  // namespace

Result<OdsReader> OdsReader::open(const Archive& archive) {
  if (const auto open = check_password(archive); !open) return tl::unexpected<Error>(open.error());
  auto content = open_part(archive, kContent);
  if (!content) return tl::unexpected<Error>(content.error());
  return OdsReader(archive, std::move(*content));
}

Result<std::vector<std::string>> OdsReader::sheet_names(const Archive& archive) {
  auto reader = open(archive);
  if (!reader) return tl::unexpected<Error>(reader.error());
  std::vector<std::string> names;
  std::string name;
  while (reader->next_sheet(&name)) {
    names.push_back(name);
    if (!reader->content_.skip()) break;
    reader->in_sheet_ = false;
  }
  if (reader->take_fault()) return tl::unexpected<Error>(*reader->fault_);
  return names;
}

Result<void> OdsReader::go_to(std::size_t sheet) {
  const auto wanted = static_cast<std::int64_t>(sheet);
  if (sheet_ >= wanted) {
    auto again = open(archive_);
    if (!again) return tl::unexpected<Error>(again.error());
    *this = std::move(*again);
  }
  while (sheet_ < wanted) {
    if (in_sheet_ && !content_.skip()) break;
    in_sheet_ = false;
    if (!next_sheet()) break;
  }
  if (take_fault()) return tl::unexpected<Error>(*fault_);
  if (sheet_ == wanted) return {};
  return fail(ErrorCode::BadInput, fmt::format("there is no sheet {}", sheet + 1), archive_.name());
}

// Reads on to the beginning of the next sheet: a table that is the spreadsheet's own, not one within a cell or drawing.
bool OdsReader::next_sheet(std::string* name) {
  for (;;) {
    switch (content_.next()) {
      case Event::Start:
        if (content_.name() == "table:table") {
          if (name != nullptr) *name = content_.attribute("table:name");
          ++sheet_;
          in_sheet_ = true;
          row_ = 0;
          repeats_ = 0;
          return true;
        }
        if (content_.name().starts_with("table:") && !content_.skip()) return false;
        break;
      case Event::End:
      case Event::Text:
        break;
      case Event::Done:
      case Event::Fault:
        return false;
    }
  }
}

// Rows stand in the table or in groups of it; what else stands there (columns, drawings) is no row.
SheetStep OdsReader::next(SheetRow& row) {
  if (repeats_ > 0) {
    --repeats_;
    ++row_;
    repeated_cells_ += row.size();
    if (repeated_cells_ <= kRepeatedCellsLimit) return SheetStep::Row;
    refuse(fmt::format("rows that stand for many alike give more than {} cells", kRepeatedCellsLimit),
           "no table of evidence repeats itself so often");
    return SheetStep::Fault;
  }
  while (in_sheet_) {
    switch (content_.next()) {
      case Event::Start: {
        const std::string_view name = content_.name();
        if (name == "table:table-row") {
          const std::uint64_t times = count_of(content_.attribute("table:number-rows-repeated"));
          row.clear();
          if (!read_row(row)) return take_fault() ? SheetStep::Fault : SheetStep::End;
          if (row.empty()) {
            row_ += std::min(times, SheetRow::kMostRows);
            break;
          }
          if (times > SheetRow::kMostRows || row_ + times > SheetRow::kMostRows) {
            refuse(fmt::format("the sheet has more than {} rows", SheetRow::kMostRows), "no spreadsheet has that many");
            return SheetStep::Fault;
          }
          ++row_;
          repeats_ = times - 1;
          return SheetStep::Row;
        }
        const bool group =
            name == "table:table-row-group" || name == "table:table-header-rows" || name == "table:table-rows";
        if (!group) content_.skip();
        break;
      }
      case Event::End:
        if (content_.name() == "table:table") in_sheet_ = false;
        break;
      case Event::Text:
        break;
      case Event::Done:
      case Event::Fault:
        in_sheet_ = false;
        break;
    }
  }
  return take_fault() ? SheetStep::Fault : SheetStep::End;
}

// The cells of a row. Empty ones at its end, mostly thousands in one, are left out.
bool OdsReader::read_row(SheetRow& row) {
  std::uint64_t column = 0;
  for (;;) {
    switch (content_.next()) {
      case Event::Start: {
        if (!is_cell(content_.name())) {
          if (!content_.skip()) return false;
          break;
        }
        const std::uint64_t times = count_of(content_.attribute("table:number-columns-repeated"));
        std::string_view text;
        if (!read_cell(&text, content_.name() == "table:covered-table-cell")) return false;
        for (std::uint64_t i = 0; !text.empty() && i < times; ++i) {
          if (row.put(column + i, text)) continue;
          return refuse("the row goes on past column XFD, or holds more than 1 MB", "no table of evidence does that");
        }
        column += std::min<std::uint64_t>(times, SheetRow::kMostColumns);
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

// A covered cell lies under a merged one: nobody sees what it holds.
bool OdsReader::read_cell(std::string_view* text, bool covered) {
  const std::string type(content_.attribute("office:value-type"));
  const bool date = type == "date";
  if (date) {
    value_ = content_.attribute("office:date-value");
  } else if (type == "boolean") {
    value_ = content_.attribute("office:boolean-value");
  } else if (type == "string") {
    value_ = content_.attribute("office:string-value");
  } else {
    value_ = content_.attribute("office:value");
  }
  if (!read_shown()) return false;
  if (covered) return true;
  if (value_.empty() || type == "time") {
    value_ = shown_;
  } else if (date) {
    value_ = date_as_shown(value_, shown_);
  } else if (type == "percentage") {
    value_ = percent_text(value_);
  } else if (type == "float" || type == "currency") {
    value_ = number_text(value_);
  }
  *text = value_;
  return true;
}

// The paragraphs of a cell, one a line; comments and drawings within it are no part of what it says.
bool OdsReader::read_shown() {
  shown_.clear();
  bool first = true;
  for (;;) {
    switch (content_.next()) {
      case Event::Start:
        if (content_.name() == "text:p") {
          if (!first) shown_ += '\n';
          first = false;
          if (!read_paragraph()) return false;
        } else if (!content_.skip()) {
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
    if (shown_.size() > SheetRow::kTextLimit) {
      return refuse("a cell holds more than 1 MB of text", "no table of evidence does that");
    }
  }
}

// As the format says, white space between words is one blank, however the file breaks its lines.
void OdsReader::add_text(std::string_view text) {
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      shown_ += c;
    } else if (!after_blank_) {
      shown_ += ' ';
    }
    after_blank_ = blank;
  }
}

bool OdsReader::read_paragraph() {
  after_blank_ = true;
  for (std::size_t depth = 1; depth > 0;) {
    switch (content_.next()) {
      case Event::Start: {
        ++depth;
        const std::string_view name = content_.name();
        if (name != "text:span" && name != "text:a") after_blank_ = false;
        if (name == "text:s") {
          shown_.append(std::min<std::uint64_t>(count_of(content_.attribute("text:c")), SheetRow::kTextLimit), ' ');
        } else if (name == "text:tab") {
          shown_ += '\t';
        } else if (name == "text:line-break") {
          shown_ += '\n';
        } else if (name != "text:span" && name != "text:a") {
          if (!content_.skip()) return false;
          --depth;
        }
        break;
      }
      case Event::End:
        --depth;
        break;
      case Event::Text:
        add_text(content_.text());
        break;
      case Event::Done:
      case Event::Fault:
        return false;
    }
    if (shown_.size() > 2 * SheetRow::kTextLimit) return true;  // read_shown refuses it
  }
  return true;
}

bool OdsReader::refuse(std::string message, std::string help) {
  fault_ = Error{ErrorCode::BadInput, std::move(message),
                 fmt::format("{}: sheet {}, row {}", archive_.name(), sheet_ + 1, row_ + 1), std::move(help)};
  in_sheet_ = false;
  return false;
}

// Whether something is at fault, and then what.
bool OdsReader::take_fault() {
  if (!fault_ && content_.faulty()) fault_ = content_.fault();
  return fault_.has_value();
}

}  // namespace assay
