// The reader of comma separated values: what it reads, and what it refuses with which place.
#include "evidence/import/csv.h"

#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>

#include "import_support.h"

using namespace assay;

namespace {

using Rows = std::vector<std::vector<std::string>>;

// A source that hands out at most `most` bytes at a time.
CsvReader::Source source_of(std::string text, std::size_t most = CsvReader::kPiece) {
  auto at = std::make_shared<std::size_t>(0);
  return [text = std::move(text), at, most](std::span<char> room) -> Result<std::size_t> {
    const std::size_t size = std::min({most, room.size(), text.size() - *at});
    std::copy_n(text.data() + *at, size, room.data());
    *at += size;
    return size;
  };
}

// Headings first. A fault becomes a last row of its place and message.
Rows read(std::string text, std::size_t most = CsvReader::kPiece) {
  auto reader = CsvReader::read_from(source_of(std::move(text), most), "f");
  if (!reader) return {{reader.error().place, reader.error().message}};
  Rows rows{reader->headings()};
  for (;;) {
    switch (reader->next()) {
      case CsvReader::Step::Row:
        rows.emplace_back(reader->cells().begin(), reader->cells().end());
        break;
      case CsvReader::Step::End:
        return rows;
      case CsvReader::Step::Fault:
        rows.push_back({reader->fault().place, reader->fault().message});
        return rows;
    }
  }
}

}  // namespace

TEST_CASE("rows end with a line feed, with or without a carriage return, the last with neither") {
  const Rows expected{{"a", "b"}, {"1", "2"}, {"3", ""}};
  REQUIRE(read("a,b\n1,2\n3,\n") == expected);
  REQUIRE(read("a,b\r\n1,2\r\n3,\r\n") == expected);
  REQUIRE(read("a,b\n1,2\n3,") == expected);
  REQUIRE(read("\xEF\xBB\xBF"
               "a,b\n1,2\n3,\n") == expected);
  REQUIRE(read(" a ,b\n\n1,2\n\r\n3,\n\n") == expected);  // empty rows are no rows
}

TEST_CASE("a quoted cell may hold commas, quotes and line breaks") {
  REQUIRE(read("a,b\n\"x,y\",\"say \"\"so\"\"\"\n") == Rows{{"a", "b"}, {"x,y", "say \"so\""}});
  REQUIRE(read("a,b\n\"one\r\ntwo\n\",\"\"\n\"\"\"\",z\n") == Rows{{"a", "b"}, {"one\r\ntwo\n", ""}, {"\"", "z"}});
  REQUIRE(read("\"a\",\"b\"\n1,\"2\"") == Rows{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("rows come out the same however the file is cut into pieces") {
  std::string text = "a,b\n";
  for (int i = 0; i < 200; ++i) text += fmt::format("{},\"line {}\nof \"\"two\"\"\"\r\n", i, i);
  const Rows whole = read(text);
  REQUIRE(whole.size() == 201);
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U}) REQUIRE(read(text, piece) == whole);
}

TEST_CASE("rows are numbered as a spreadsheet does") {
  auto reader = CsvReader::read_from(source_of("a,b\n\n\"x\ny\",1\n\n2,3\n"), "f.csv").value();
  REQUIRE(reader.next() == CsvReader::Step::Row);
  REQUIRE(reader.row() == 3);
  REQUIRE(reader.next() == CsvReader::Step::Row);
  REQUIRE(reader.row() == 5);
  REQUIRE(reader.place("b") == "f.csv: row 5, column b");
  REQUIRE(reader.next() == CsvReader::Step::End);
}

TEST_CASE("the digest is the file's, byte order mark and all") {
  const std::string text =
      "\xEF\xBB\xBF"
      "a,b\n1,\"2\"\n\n";
  auto reader = CsvReader::read_from(source_of(text, 3), "f").value();
  while (reader.next() == CsvReader::Step::Row) {
  }
  REQUIRE(reader.digest() == sha256(text));
}

TEST_CASE("what is not a table is refused with its place") {
  REQUIRE(read("") == Rows{{"f", "the file is empty"}});
  REQUIRE(read("\n\r\n") == Rows{{"f: row 2", "the file is empty"}});
  REQUIRE(read("a,b,a\n1,2,3\n") == Rows{{"f: row 1, column 3", "two columns are headed `a`"}});
  REQUIRE(read("a,b\n1,2\n1,2,3\n").back() == Rows::value_type{"f: row 3", "the row has 3 cells, the headings 2"});
  REQUIRE(read("a,b\n1\n2,3\n").back() == Rows::value_type{"f: row 2", "the row has 1 of 2 cells"});
  REQUIRE(read("PK\x03\x04rest") == Rows{{"f", "this is a spreadsheet, not CSV"}});
  REQUIRE(read(std::string("\xFF\xFE"
                           "a\0,\0",
                           6)) == Rows{{"f", "the file is UTF-16"}});
}

TEST_CASE("a file cut short is refused") {
  REQUIRE(read("a,b,c\n1,2,3\n4,5").back() ==
          Rows::value_type{"f: row 3", "the file ends in the middle of a row, after 2 of 3 cells"});
  REQUIRE(read("a,b\n1,2\n3,\"unfinished\n4,5\n").back() ==
          Rows::value_type{"f: row 3, column b", "a quote is opened and never closed"});
}

TEST_CASE("stray quotes and carriage returns are refused with their column") {
  REQUIRE(read("a,b\n1,x\"y\n2,3\n").back() ==
          Rows::value_type{"f: row 2, column b", "a quote stands inside a cell that does not begin with one"});
  REQUIRE(read("a,b\n\"x\"y,1\n").back() == Rows::value_type{"f: row 2, column a", "text follows the closing quote"});
  REQUIRE(read("a,b\r1,2\r").back() == Rows::value_type{"f: row 1", "a carriage return stands without a line feed"});
  REQUIRE(read("a,b\n\"q\",1\r2\n").back() ==
          Rows::value_type{"f: row 2, column b", "a carriage return stands without a line feed"});
}

TEST_CASE("what is not UTF-8 is refused with row and column") {
  REQUIRE(read("a,b\nx,caf\xC3\xA9\ny,caf\xE9\n").back() ==
          Rows::value_type{"f: row 3, column b", "byte 4 of the cell is not UTF-8"});
  REQUIRE(read("a,b\nx,\"caf\xC3\"\n").back() ==
          Rows::value_type{"f: row 2, column b", "byte 4 of the cell is not UTF-8"});
  REQUIRE(read(std::string("a,b\nx,y\0z\n", 10)).back() ==
          Rows::value_type{"f: row 2, column b", "the cell holds a zero byte"});
  REQUIRE(read("a,caf\xE9\n1,2\n") == Rows{{"f: row 1, column 2", "byte 4 of the cell is not UTF-8"}});
}

TEST_CASE("a row of 1 MB is read and a longer one refused") {
  const std::string fits(CsvReader::kRowLimit - 2, 'x');
  REQUIRE(read("a,b\n1," + fits + "\n2,3\n").size() == 3);
  REQUIRE(read("a,b\n1,x" + fits + "\n2,3\n").back() == Rows::value_type{"f: row 2", "the row is longer than 1 MB"});
  const std::string swallowed = read("a,b\n1,\"open" + std::string(CsvReader::kRowLimit, 'x') + "\n").back()[1];
  REQUIRE(swallowed == "a quote is opened and never closed, and the row goes on for more than 1 MB");
}

TEST_CASE("a line of 100 MB is refused after reading little of it") {
  std::atomic<std::size_t> given = 0;  // the pieces ahead are read by another thread
  auto reader = CsvReader::read_from(
      [&given](std::span<char> room) -> Result<std::size_t> {
        constexpr std::string_view kHead = "a,b\n1,";
        std::fill(room.begin(), room.end(), 'x');
        if (given == 0) std::copy(kHead.begin(), kHead.end(), room.begin());
        given += room.size();
        return given > 100'000'000 ? 0 : room.size();
      },
      "f");
  REQUIRE(reader);
  REQUIRE(reader->next() == CsvReader::Step::Fault);
  REQUIRE(reader->fault().place == "f: row 2");
  REQUIRE(reader->fault().message == "the row is longer than 1 MB");
  REQUIRE(given <= 5 * CsvReader::kPiece);
}

TEST_CASE("files that are not there or cannot be read say so") {
  REQUIRE(CsvReader::open("/nowhere/at/all.csv").error().code == ErrorCode::NotFound);
  REQUIRE(CsvReader::open(std::filesystem::temp_directory_path().string()).error().code == ErrorCode::Io);
}
