// Spreadsheets: what each kind of cell gives, in both formats, and what is refused with which place.
#include "evidence/import/spreadsheet/spreadsheet.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "evidence/import/spreadsheet/cell_text.h"
#include "workbook_support.h"

using namespace assay;

namespace {

using Lines = std::vector<std::string>;

// "2: a|b" for each row of a sheet. A fault becomes a last line of its own.
Lines read(std::string bytes, std::size_t sheet = 0) {
  auto file = Spreadsheet::from_bytes(std::move(bytes), "f");
  if (!file) return {to_string(file.error())};
  if (const auto there = file->go_to(sheet); !there) return {to_string(there.error())};
  Lines lines;
  for (;;) {
    switch (file->next()) {
      case Spreadsheet::Step::Row:
        lines.push_back(fmt::format("{}: {}", file->row(), fmt::join(file->cells(), "|")));
        break;
      case Spreadsheet::Step::End:
        return lines;
      case Spreadsheet::Step::Fault:
        lines.push_back(to_string(file->fault()));
        return lines;
    }
  }
}

std::string table(std::string_view rows, std::string_view name = "One") {
  return fmt::format(R"(<table:table table:name="{}">{}</table:table>)", name, rows);
}
std::string ods_row(std::string_view cells) { return fmt::format("<table:table-row>{}</table:table-row>", cells); }
std::string ods_text(std::string_view text) {
  return fmt::format(R"(<table:table-cell o:value-type="string"><text:p>{}</text:p></table:table-cell>)", text);
}

std::string file_of_vectors(const std::string& name) {
  std::ifstream in(std::string(ASSAY_SOURCE_DIR "/tests/vectors/layouts/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The bytes of a number of four bytes, put where the archive's directory keeps a size.
void set_declared_size(std::string& bytes, std::size_t member, std::uint32_t size) {
  std::size_t at = 0;
  for (std::size_t i = 0; i <= member; ++i) at = bytes.find("PK\x01\x02", at + 1);
  for (std::size_t i = 0; i < 4; ++i) bytes[at + 24 + i] = static_cast<char>(size >> (8 * i));
}

}  // namespace

TEST_CASE("numbers are given in full, to the 15 digits that spreadsheets show") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"3", "3"},
      {"18.600000000000001", "18.6"},
      {"91.10000000000001", "91.1"},
      {"0.30000000000000004", "0.3"},
      {"-0.5", "-0.5"},
      {"1E-3", "0.001"},
      {"1.5E+6", "1500000"},
      {"-0", "0"},
      {"123456789012345", "123456789012345"},
      {"0.123456789012345", "0.123456789012345"},
      {"nan", "nan"},
      {"1e999", "1e999"},
      {"twelve", "twelve"},
  };
  for (const auto& [stored, shown] : cases) {
    INFO(stored);
    REQUIRE(number_text(stored) == shown);
  }
  REQUIRE(percent_text("0.391") == "39.1%");
  REQUIRE(percent_text("0.07000000000000001") == "7%");
  REQUIRE(percent_text("many") == "many");
}

TEST_CASE("number formats say which numbers are dates, and how far they are known") {
  const std::vector<std::pair<std::string, NumberFormat>> cases = {
      {"General", NumberFormat::Number},
      {"#,##0.00", NumberFormat::Number},
      {"0.0%", NumberFormat::Percent},
      {"dd/mm/yyyy", NumberFormat::Day},
      {"[$-809]d mmmm yyyy", NumberFormat::Day},
      {"mmm-yy", NumberFormat::Month},
      {"[$-409]mmm\\-yy;@", NumberFormat::Month},
      {"yyyy", NumberFormat::Year},
      {"dd/mm/yyyy hh:mm", NumberFormat::DayAndTime},
      {"[h]:mm:ss", NumberFormat::Number},
      {"h:mm AM/PM", NumberFormat::Number},
      {"0 \"days\"", NumberFormat::Number},
      {"[Red]0", NumberFormat::Number},
      {"0_d", NumberFormat::Number},
  };
  for (const auto& [code, format] : cases) {
    INFO(code);
    REQUIRE(read_number_format(code) == format);
  }
}

TEST_CASE("a spreadsheet's number of a day is that day, in either calendar") {
  REQUIRE(serial_text("45717", NumberFormat::Day, false) == "2025-03-01");
  REQUIRE(serial_text("45717", NumberFormat::Month, false) == "2025-03");
  REQUIRE(serial_text("45721", NumberFormat::Month, false) == "2025-03-05");  // a day was typed, though none is shown
  REQUIRE(serial_text("45658", NumberFormat::Year, false) == "2025");
  REQUIRE(serial_text("1", NumberFormat::Day, false) == "1900-01-01");
  REQUIRE(serial_text("59", NumberFormat::Day, false) == "1900-02-28");
  REQUIRE(serial_text("61", NumberFormat::Day, false) == "1900-03-01");
  REQUIRE(serial_text("44255", NumberFormat::Day, true) == "2025-03-01");
  REQUIRE(serial_text("45717.4375", NumberFormat::DayAndTime, false) == "2025-03-01 10:30:00");
  REQUIRE(serial_text("45717.4375", NumberFormat::Day, false) == "2025-03-01");
  REQUIRE(serial_text("-4", NumberFormat::Day, false) == "-4");
  REQUIRE(serial_text("9999999", NumberFormat::Day, false) == "9999999");
  REQUIRE(date_as_shown("2025-03-01", "Mar-25") == "2025-03");
  REQUIRE(date_as_shown("2025-03-05", "Mar-25") == "2025-03-05");
  REQUIRE(date_as_shown("2025-03-01", "01/03/25") == "2025-03-01");
  REQUIRE(date_as_shown("2025-03-01T00:00:00", "") == "2025-03-01");
  REQUIRE(date_as_shown("2025-03-01T10:30:00", "") == "2025-03-01 10:30:00");
}

TEST_CASE("OpenDocument: every kind of cell") {
  const std::string cells =
      R"(<table:table-cell o:value-type="float" o:value="18.600000000000001" calcext:value-type="float">)"
      R"(<text:p>18.6</text:p></table:table-cell>)"
      R"(<table:table-cell o:value-type="percentage" o:value="0.391"><text:p>39%</text:p></table:table-cell>)"
      R"(<table:table-cell o:value-type="currency" o:currency="GBP" o:value="1234.5">)"
      R"(<text:p>£1,234.50</text:p></table:table-cell>)"
      R"(<table:table-cell o:value-type="date" o:date-value="2025-03-01"><text:p>Mar-25</text:p>)"
      R"(</table:table-cell>)"
      R"(<table:table-cell o:value-type="boolean" o:boolean-value="true"><text:p>TRUE</text:p>)"
      R"(</table:table-cell>)"
      R"(<table:table-cell o:value-type="time" o:time-value="PT10H30M00S"><text:p>10:30</text:p>)"
      R"(</table:table-cell>)"
      R"(<table:table-cell o:value-type="string"><o:annotation><text:p>a remark</text:p></o:annotation>)"
      R"(<text:p>one<text:s text:c="2"/><text:span>t</text:span>wo)"
      "\n  "
      R"(three</text:p><text:p>four</text:p></table:table-cell>)"
      R"(<table:table-cell table:number-columns-repeated="2"/>)"
      R"(<table:covered-table-cell o:value-type="string"><text:p>under</text:p></table:covered-table-cell>)"
      R"(<table:table-cell o:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p>)"
      R"(</table:table-cell>)"
      R"(<table:table-cell table:number-columns-repeated="16300"/>)";
  REQUIRE(read(ods_of(table(ods_row(cells)))) ==
          Lines{"1: 18.6|39.1%|1234.5|2025-03|true|10:30|one  two three\nfour||||#N/A"});
}

TEST_CASE("OpenDocument: repeated rows and cells, groups, and what is no row") {
  const std::string rows =
      R"(<table:table-column/><table:shapes><table:table><table:table-row><table:table-cell>)"
      R"(<text:p>drawn</text:p></table:table-cell></table:table-row></table:table></table:shapes>)"
      R"(<table:table-header-rows>)" +
      ods_row(ods_text("a")) +
      R"(</table:table-header-rows><table:table-row table:number-rows-repeated="3"><table:table-cell/>)"
      R"(</table:table-row>)"
      R"(<table:table-row-group><table:table-row table:number-rows-repeated="2">)"
      R"(<table:table-cell table:number-columns-repeated="2" o:value-type="float" o:value="7"/>)"
      R"(</table:table-row></table:table-row-group>)"
      R"(<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>)";
  REQUIRE(read(ods_of(table(rows))) == Lines{"1: a", "5: 7|7", "6: 7|7"});
}

TEST_CASE("OpenDocument: sheets by their names, forwards and back") {
  const std::string bytes = ods_of("<table:calculation-settings/>" + table(ods_row(ods_text("1")), "One") +
                                   table("", "None") + table(ods_row(ods_text("3")), "Three"));
  auto file = Spreadsheet::from_bytes(bytes, "f.ods");
  REQUIRE(file);
  REQUIRE(file->sheets() == Lines{"One", "None", "Three"});
  for (const std::size_t sheet : {2U, 0U, 0U, 2U}) {
    REQUIRE(file->go_to(sheet));
    REQUIRE(file->next() == Spreadsheet::Step::Row);
    REQUIRE(file->cells().front() == (sheet == 0 ? "1" : "3"));
    REQUIRE(file->place(2) == fmt::format("f.ods: sheet {}, row 1, column C", sheet == 0 ? "One" : "Three"));
  }
  REQUIRE(file->go_to(1));
  REQUIRE(file->next() == Spreadsheet::Step::End);
  REQUIRE(file->next() == Spreadsheet::Step::End);
  REQUIRE(file->digest() == sha256(bytes));
}

TEST_CASE("Excel: every kind of cell") {
  const std::string row =
      R"(<row r="2"><c r="A2"><v>18.600000000000001</v></c><c r="B2" s="1"><v>0.391</v></c>)"
      R"(<c r="C2" s="2"><v>45721</v></c>)"
      R"(<c r="D2" s="3"><v>45717</v></c><c r="E2" s="4"><v>45658</v></c><c r="F2" s="5"><v>45717.4375</v></c>)"
      R"(<c r="G2" s="6"><v>1.5</v></c><c r="H2" s="7"><v>4</v></c><c r="J2" t="s"><v>1</v></c>)"
      R"(<c r="K2" t="s"><v>0</v></c>)"
      R"(<c r="L2" t="b"><v>1</v></c><c r="M2" t="e"><v>#REF!</v></c><c r="N2" t="inlineStr"><is>)"
      R"(<t>in</t></is></c>)"
      R"(<c r="O2" t="str"><f>A2&amp;"x"</f><v>said</v></c><c r="P2"><f>1+1</f><v>2</v></c>)"
      R"(<c r="Q2" t="str"><f>""</f><v></v></c>)"
      R"(<c r="R2" s="2"/></row>)";
  REQUIRE(
      read(xlsx_of(row, {"<t>plain</t>", "<r><t>in </t></r><r><t>runs_x000D_\n2</t></r><rPh><t>sound</t></rPh>"})) ==
      Lines{"2: 18.6|39.1%|2025-03-05|2025-03|2025|2025-03-01 10:30:00|1.5|4||in runs\n2|plain|true|#REF!|in|said|2"});
}

TEST_CASE("Excel: rows and cells that do not say where they stand follow each other; the calendar of 1904") {
  const std::string rows =
      R"(<row><c><v>1</v></c><c s="2"><v>44255</v></c></row><row r="4"><c r="C4"><v>5</v></c><c><v>6</v>)"
      R"(</c></row>)";
  REQUIRE(read(xlsx_of(rows, {}, R"(<workbookPr date1904="1"/>)")) == Lines{"1: 1|2025-03-01", "4: ||5|6"});
}

TEST_CASE("Excel: what a damaged sheet says") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"(<row r="3"><c r="A3"><v>1</v></c></row><row r="3"/>)",
       "f: sheet Plan, row 3: a row numbered `3` follows row 3; the file is damaged, or no spreadsheet program wrote "
       "it: save it again"},
      {R"(<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>1</v></c></row>)",
       "f: sheet Plan, row 1, column C: a cell says it stands at `B1`; the file is damaged, or no spreadsheet program "
       "wrote it: save it again"},
      {R"(<row r="1"><c r="ZZZZ1"><v>1</v></c></row>)",
       "f: sheet Plan, row 1, column A: a cell says it stands at `ZZZZ1`; the file is damaged, or no spreadsheet "
       "program wrote it: save it again"},
      {R"(<row r="1"><c t="s"><v>5</v></c></row>)",
       "f: sheet Plan, row 1, column A: the cell asks for text 5 of 0; the file is damaged, or no spreadsheet program "
       "wrote it: save it again"},
      {R"(<row r="9"><c r="B9"><f>1+1</f><v/></c></row>)",
       "f: sheet Plan, row 9, column B: the cell holds a formula whose result was not saved; open the file in a "
       "spreadsheet program and save it"},
      {R"(<row r="1048577"/>)",
       "f: sheet Plan, row 0: the sheet has more than 1048576 rows; no spreadsheet has that many"},
      {R"(<row r="1"><c>)",
       "f: xl/worksheets/sheet1.xml, line 1: the part is no whole XML (mismatched tag); the file is damaged or cut "
       "short: fetch or save it again"},
  };
  for (const auto& [rows, fault] : cases) {
    INFO(rows);
    const Lines lines = read(xlsx_of(rows));
    REQUIRE_FALSE(lines.empty());
    REQUIRE(lines.back() == fault);
  }
}

TEST_CASE("what is no spreadsheet, or one that cannot be read, is told by its name") {
  const auto first = [](std::string bytes) { return read(std::move(bytes)).front(); };
  REQUIRE(first(zip_of({{"a.csv", "x"}})) ==
          "f: this is a zip archive, but no spreadsheet; unpack it and import what it holds");
  REQUIRE(first(zip_of({{"_rels/.rels", "x"}, {"xl/workbook.bin", ""}})) ==
          "f: this is a binary Excel workbook (.xlsb); save it as XLSX");
  REQUIRE(first(zip_of({{"_rels/.rels", "x"}, {"word/document.xml", ""}})) ==
          "f: this is a Word document; copy its table into a spreadsheet");
  REQUIRE(first("\xD0\xCF\x11\xE0 and so on") ==
          "f: this is an Excel workbook of before 2007 (.xls), or one locked by a password; save it as XLSX, without a "
          "password");
  REQUIRE(first(ods_of("")) == "f: the spreadsheet has no sheet with cells");
  Parts locked = ods_parts(table(""));
  locked.emplace_back("META-INF/manifest.xml",
                      R"(<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>)"
                      R"(<m:encryption-data/></m:file-entry></m:manifest>)");
  REQUIRE(first(zip_of(locked)) == "f: the spreadsheet is locked by a password; save a copy without one");
  Parts typed = ods_parts(table(""));
  typed[1].second.insert(typed[1].second.find("<o:doc"), R"(<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>)");
  REQUIRE(first(zip_of(typed)) ==
          "f: content.xml, line 2: the part declares a document type; no spreadsheet program writes one: do not trust "
          "the file");
}

TEST_CASE("a file that would unpack to too much is refused before it is unpacked, or as soon as it does") {
  Parts bomb = xlsx_parts("");
  bomb.back().second = std::string(20U << 20, ' ');
  REQUIRE(read(zip_of(bomb))
              .front()
              .find("would unpack to 20 MB, more than 250 times as much; no spreadsheet packs that well") !=
          std::string::npos);
  const Parts small = ods_parts(table(ods_row(ods_text("a"))));
  std::string huge = zip_of(small);
  set_declared_size(huge, 1, 0xC0000000U);
  REQUIRE(read(huge).front() ==
          "f: content.xml: it would unpack to 3072 MB, more than 2048 MB; no table of evidence is that large");
  std::string lying = zip_of(small);
  set_declared_size(lying, 1, 100);
  REQUIRE(read(lying).front().find("f: content.xml: it ") == 0);
  std::string many = R"(<table:table-row table:number-rows-repeated="1048576">)";
  many += R"(<table:table-cell table:number-columns-repeated="16384" o:value-type="float" o:value="1"/>)"
          R"(</table:table-row>)";
  auto file = Spreadsheet::from_bytes(ods_of(table(many)), "f");
  REQUIRE(file);
  REQUIRE(file->go_to(0));
  while (file->next() == Spreadsheet::Step::Row) {
  }
  REQUIRE(to_string(file->fault()).find("rows that stand for many alike give more than 10000000 cells") !=
          std::string::npos);
  REQUIRE(
      read(ods_of(table(R"(<table:table-row>)"
                        R"(<table:table-cell table:number-columns-repeated="16385" o:value-type="float" o:value="1"/>)"
                        R"(</table:table-row>)")))
          .front() ==
      "f: sheet 1, row 1: the row goes on past column XFD, or holds more than 1 MB; no table of evidence does that");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  REQUIRE(read(ods_of(deep)).front().find("elements stand within each other more than 256 deep") != std::string::npos);
}

TEST_CASE("cut short or with a byte changed, a spreadsheet ends in a fault or in what it held") {
  const Lines whole = {"1: a|b", "2: 1|2"};
  for (const bool excel : {false, true}) {
    const std::string bytes =
        excel ? xlsx_of(R"(<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c><v>1</v></c><c>)"
                        R"(<v>2</v></c></row>)",
                        {"<t>a</t>", "<t>b</t>"})
              : ods_of(table(ods_row(ods_text("a") + ods_text("b")) + ods_row(ods_text("1") + ods_text("2"))));
    REQUIRE(read(bytes) == whole);
    for (std::size_t size = 1; size + 1 < bytes.size(); size += 7) {
      INFO(size);
      REQUIRE(read(bytes.substr(0, size)).back().starts_with("f: "));
    }
    std::size_t told = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 5) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ 0x41);
      const Lines lines = read(changed);
      INFO(at);
      REQUIRE((lines == whole || lines.back().starts_with("f: ") || lines.back().starts_with("f:")));
      told += lines == whole ? 0U : 1U;
    }
    REQUIRE(told > 50);
  }
}

TEST_CASE("a workbook that another program wrote") {
  REQUIRE(read(file_of_vectors("example_plan.xlsx")) ==
          Lines{"1: Ref|Statement|Due|Reviewed|Share|Cost|Done|Score",
                "2: 1|Assessing needs\nSafeguarding|2025-03|2025-03-05|39.1%|1234.5|true|91.1",
                "3: A2| Partnerships |2025|2025-03-05 10:30:00|0.1|18.6|false|0.3", "6: Merged over three"});
  REQUIRE(read(file_of_vectors("example_plan.xlsx"), 1) == Lines{"5: |||only"});
}

TEST_CASE("the published workbook of the Adult Social Care Outcomes Framework is read whole") {
  auto file = Spreadsheet::from_bytes(file_of_vectors("ascof_2024_25_original.ods"), "ascof.ods");
  REQUIRE(file);
  REQUIRE(file->sheets().size() == 29);
  REQUIRE(file->sheets()[12] == "Table_2d(1)");
  REQUIRE(file->go_to(4));
  std::vector<std::string> tyneside;
  while (file->next() == Spreadsheet::Step::Row) {
    if (file->cells().size() > 1 && file->cells()[1] == "South Tyneside") {
      tyneside.assign(file->cells().begin(), file->cells().end());
    }
  }
  REQUIRE(tyneside.size() == 33);
  REQUIRE(tyneside[0] == "109");
  REQUIRE(tyneside[5] == "19");
  REQUIRE(tyneside[18] == "[x]");
}
