// Spreadsheet files made for a test, part by part, so that each can be whole, odd or damaged as the test needs.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

using Parts = std::vector<std::pair<std::string, std::string>>;

// A zip archive of these members.
std::string zip_of(const Parts& parts);
// An OpenDocument spreadsheet with this inside office:spreadsheet.
std::string ods_of(std::string_view tables);
Parts ods_parts(std::string_view tables);
// An Excel workbook of one sheet, `Plan`, with this inside sheetData; cells may ask for the shared texts.
std::string xlsx_of(std::string_view rows, const std::vector<std::string>& texts = {}, std::string_view extra = {});
Parts xlsx_parts(std::string_view rows, const std::vector<std::string>& texts = {}, std::string_view extra = {});

}  // namespace assay
