// Spreadsheet files made for a test.
#include "workbook_support.h"

#include <fmt/format.h>
#include <zip.h>

#include <stdexcept>

namespace assay {

std::string zip_of(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const kept = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(kept);
  zip_t* const zip = zip_open_from_source(kept, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
  }
  if (zip_close(zip) != 0) throw std::runtime_error("the archive was not made");
  zip_stat_t stat;
  zip_source_stat(kept, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(kept);
  zip_source_read(kept, bytes.data(), bytes.size());
  zip_source_close(kept);
  zip_source_free(kept);
  return bytes;
}

Parts ods_parts(std::string_view tables) {
  return {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
          {"content.xml", fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<o:body><o:spreadsheet>{}</o:spreadsheet></o:body></o:document-content>)",
                                      tables)}};
}

std::string ods_of(std::string_view tables) { return zip_of(ods_parts(tables)); }

Parts xlsx_parts(std::string_view rows, const std::vector<std::string>& texts, std::string_view extra) {
  constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006/relationships";
  constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::string shared;
  for (const std::string& text : texts) shared += "<si>" + text + "</si>";
  return {
      {"[Content_Types].xml", "<Types/>"},
      {"_rels/.rels", fmt::format(R"(<Relationships xmlns="{}">)"
                                  R"(<Relationship Id="rId1" Type="{}/officeDocument" )"
                                  R"(Target="xl/workbook.xml"/></Relationships>)",
                                  kPackage, kRelations)},
      {"xl/workbook.xml", fmt::format(R"(<workbook xmlns="{}" xmlns:r="{}">{}<sheets>)"
                                      R"(<sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>)",
                                      kMain, kRelations, extra)},
      {"xl/_rels/workbook.xml.rels",
       fmt::format(R"(<Relationships xmlns="{0}"><Relationship Id="rId1" Type="{1}/worksheet" )"
                   R"(Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{1}/sharedStrings" )"
                   R"(Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="{1}/styles" )"
                   R"(Target="styles.xml"/></Relationships>)",
                   kPackage, kRelations)},
      {"xl/sharedStrings.xml", fmt::format(R"(<sst xmlns="{}">{}</sst>)", kMain, shared)},
      // Styles 0 to 7: plain, 0.0%, day, mmm-yy, yyyy, day and time, [h]:mm, "dd" as mere text.
      {"xl/styles.xml", fmt::format(R"(<styleSheet xmlns="{}"><numFmts><numFmt numFmtId="170" formatCode="yyyy"/>)"
                                    R"(<numFmt numFmtId="171" formatCode="[h]:mm"/>)"
                                    R"(<numFmt numFmtId="172" formatCode="0.0&quot;dd&quot;"/></numFmts>)"
                                    R"(<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>)"
                                    R"(<xf numFmtId="10"/>)"
                                    R"(<xf numFmtId="14"/><xf numFmtId="17"/><xf numFmtId="170"/><xf numFmtId="22"/>)"
                                    R"(<xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>)",
                                    kMain)},
      {"xl/worksheets/sheet1.xml",
       fmt::format(R"(<worksheet xmlns="{}"><cols><col min="1" max="3"/></cols><sheetData>{}</sheetData>)"
                   R"(</worksheet>)",
                   kMain, rows)}};
}

std::string xlsx_of(std::string_view rows, const std::vector<std::string>& texts, std::string_view extra) {
  return zip_of(xlsx_parts(rows, texts, extra));
}

}  // namespace assay
