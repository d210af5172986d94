// The parts of an Excel workbook beside its sheets: which sheets there are, the texts that cells share, and how numbers
// are shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/import/spreadsheet/archive.h"
#include "evidence/import/spreadsheet/cell_text.h"
#include "evidence/import/spreadsheet/xml_part.h"

namespace assay {

// Texts one after the other, by number.
class SharedTexts {
 public:
  static constexpr std::size_t kLimit = 256U << 20;  // bytes, kept in memory
  bool add(std::string_view text) {
    if (text_.size() + text.size() > kLimit) return false;
    text_ += text;
    ends_.push_back(text_.size());
    return true;
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(begin, ends_[i] - begin);
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

struct XlsxParts {
  struct Sheet {
    std::string name, part;
  };
  std::vector<Sheet> sheets;
  bool from_1904 = false;  // the calendar that the workbook counts days in
  SharedTexts texts;
  std::vector<NumberFormat> formats;  // by a cell's style

  static Result<XlsxParts> read(const Archive& archive);
};

Result<XmlPart> open_xlsx_part(const Archive& archive, const std::string& part);
// At the start of an element that holds text, plain or in runs (CT_Rst): adds the text. False at a fault.
bool read_rich_text(XmlPart& part, std::string& text);

}  // namespace assay
