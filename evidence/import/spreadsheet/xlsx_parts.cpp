// Excel workbooks (ECMA-376 part 1, SpreadsheetML): the parts beside the sheets.
#include "evidence/import/spreadsheet/xlsx_parts.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <map>

namespace assay {

namespace {

using Event = XmlPart::Event;

constexpr std::string_view kDamaged = "the file is damaged, or no spreadsheet program wrote it: save it again";

// Calls `started` at the start of every element; it returns false to stop at a fault that the part knows.
Result<void> each_element(const Archive& archive, const std::string& part,
                          const std::function<Result<void>(XmlPart&)>& started) {
  auto xml = open_xlsx_part(archive, part);
  if (!xml) return tl::unexpected<Error>(xml.error());
  for (;;) {
    switch (xml->next()) {
      case Event::Start:
        if (const auto taken = started(*xml); !taken) return taken;
        break;
      case Event::End:
      case Event::Text:
        break;
      case Event::Done:
        return {};
      case Event::Fault:
        return tl::unexpected<Error>(xml->fault());
    }
  }
}

bool is_yes(std::string_view text) { return text == "1" || text == "true"; }

// "xl/workbook.xml" and "worksheets/sheet1.xml" or "/xl/worksheets/sheet1.xml".
std::string beside(std::string_view part, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string folder(part.substr(0, part.rfind('/') + 1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (folder.empty()) continue;
    folder.pop_back();
    folder.erase(folder.rfind('/') + 1);
  }
  return folder + std::string(target);
}

struct Relation {
  std::string type, part;  // the last word of the type: "worksheet"
};

Result<std::map<std::string, Relation>> read_relations(const Archive& archive, const std::string& part) {
  const std::size_t name = part.rfind('/') + 1;
  const std::string relations = part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
  std::map<std::string, Relation> found;
  const auto read = each_element(archive, relations, [&](XmlPart& xml) -> Result<void> {
    if (xml.name() != "Relationship") return {};
    const std::string_view type = xml.attribute("Type");
    found[std::string(xml.attribute("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                               beside(part, xml.attribute("Target"))};
    return {};
  });
  if (!read) return tl::unexpected<Error>(read.error());
  return found;
}

Result<std::string> workbook_part(const Archive& archive) {
  const auto relations = read_relations(archive, "");
  if (!relations) return tl::unexpected<Error>(relations.error());
  for (const auto& [id, relation] : *relations) {
    if (relation.type == "officeDocument") return relation.part;
  }
  return fail(ErrorCode::BadInput, "the archive does not say which part is its workbook", archive.name(),
              std::string(kDamaged));
}

Result<void> read_texts(const Archive& archive, const std::string& part, SharedTexts& texts) {
  std::string text;
  return each_element(archive, part, [&](XmlPart& xml) -> Result<void> {
    if (xml.name() != "si") return {};
    text.clear();
    if (!read_rich_text(xml, text)) return {};
    if (texts.add(text)) return {};
    return fail(ErrorCode::BadInput, "the workbook holds more than 256 MB of text", archive.name(),
                "export the sheet as CSV");
  });
}

NumberFormat format_of(int id, const std::map<int, NumberFormat>& own) {
  const auto found = own.find(id);
  return found != own.end() ? found->second : built_in_format(id);
}

int number_of(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The formats of cellXfs, in their order; the styles they are based on have their own list, which does not count.
Result<void> read_formats(const Archive& archive, const std::string& part, std::vector<NumberFormat>& formats) {
  std::map<int, NumberFormat> own;
  bool in_cells = false;
  return each_element(archive, part, [&](XmlPart& xml) -> Result<void> {
    const std::string_view name = xml.name();
    if (name == "numFmt") {
      own[number_of(xml.attribute("numFmtId"))] = read_number_format(xml.attribute("formatCode"));
    } else if (name == "cellXfs" || name == "cellStyleXfs" || name == "cellStyles" || name == "dxfs") {
      in_cells = name == "cellXfs";
    } else if (name == "xf" && in_cells) {
      formats.push_back(format_of(number_of(xml.attribute("numFmtId")), own));
    }
    return {};
  });
}

}  // namespace

Result<XmlPart> open_xlsx_part(const Archive& archive, const std::string& part) {
  auto member = archive.member(part);
  if (!member) return tl::unexpected<Error>(member.error());
  return XmlPart(std::move(*member), fmt::format("{}: {}", archive.name(), part));
}

// Text in `t`, also in runs `r`; phonetic guides `rPh` are not what the cell says.
bool read_rich_text(XmlPart& part, std::string& text) {
  bool in_text = false;
  for (std::size_t depth = 1; depth > 0;) {
    switch (part.next()) {
      case Event::Start:
        if (part.name() == "rPh") {
          if (!part.skip()) return false;
          break;
        }
        ++depth;
        in_text = part.name() == "t";
        break;
      case Event::End:
        --depth;
        in_text = false;
        break;
      case Event::Text:
        if (in_text) text += part.text();
        break;
      case Event::Done:
      case Event::Fault:
        return false;
    }
  }
  // A line end of Windows as Excel writes it; the line feed after it stays.
  constexpr std::string_view kReturn = "_x000D_";
  for (std::size_t at = text.find(kReturn); at != std::string::npos; at = text.find(kReturn, at)) {
    text.erase(at, kReturn.size());
  }
  return true;
}

Result<XlsxParts> XlsxParts::read(const Archive& archive) {
  const auto workbook = workbook_part(archive);
  if (!workbook) return tl::unexpected<Error>(workbook.error());
  const auto relations = read_relations(archive, *workbook);
  if (!relations) return tl::unexpected<Error>(relations.error());
  XlsxParts parts;
  const auto read = each_element(archive, *workbook, [&](XmlPart& xml) -> Result<void> {
    if (xml.name() == "workbookPr") parts.from_1904 = is_yes(xml.attribute("date1904"));
    if (xml.name() != "sheet") return {};
    const auto relation = relations->find(std::string(xml.attribute("r:id")));
    if (relation == relations->end()) {
      return fail(ErrorCode::BadInput, fmt::format("the sheet `{}` has no part", xml.attribute("name")), archive.name(),
                  std::string(kDamaged));
    }
    // A sheet that is one chart has no cells.
    if (relation->second.type == "worksheet") {
      parts.sheets.push_back({std::string(xml.attribute("name")), relation->second.part});
    }
    return {};
  });
  if (!read) return tl::unexpected<Error>(read.error());
  for (const auto& [id, relation] : *relations) {
    Result<void> taken;
    if (relation.type == "sharedStrings") taken = read_texts(archive, relation.part, parts.texts);
    if (relation.type == "styles") taken = read_formats(archive, relation.part, parts.formats);
    if (!taken) return tl::unexpected<Error>(taken.error());
  }
  return parts;
}

}  // namespace assay
