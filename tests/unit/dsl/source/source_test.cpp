// Lines, columns, places and words of a text.
#include "dsl/source/source.h"

#include <catch2/catch.hpp>

namespace assay {

namespace {

LineColumn at(const SourceFile& file, std::uint32_t offset) { return file.position(offset); }
bool same(LineColumn a, LineColumn b) { return a.line == b.line && a.column == b.column; }

}  // namespace

TEST_CASE("columns count characters, not bytes") {
  const SourceFile file("a.assay", "£3m is\nŷ£x\n");
  CHECK(same(at(file, 0), {1, 1}));
  CHECK(same(at(file, 2), {1, 2}));  // £ is two bytes
  CHECK(same(at(file, 5), {1, 5}));
  CHECK(same(at(file, 8), {2, 1}));
  CHECK(same(at(file, 12), {2, 3}));
}

TEST_CASE("lines end with a line feed, with or without a carriage return") {
  const SourceFile file("a.assay", "one\r\ntwo\n\nfour");
  CHECK(file.line_count() == 4);
  CHECK(file.line(1) == "one");
  CHECK(file.line(2) == "two");
  CHECK(file.line(3).empty());
  CHECK(file.line(4) == "four");
  CHECK(file.line_begin(4) == 10);
  CHECK(same(at(file, 9), {3, 1}));
}

TEST_CASE("a place beyond the end is the end") {
  const SourceFile file("a.assay", "ab");
  CHECK(same(at(file, 99), {1, 3}));
  const SourceFile empty("b.assay", "");
  CHECK(empty.line_count() == 1);
  CHECK(empty.line(1).empty());
  CHECK(same(at(empty, 0), {1, 1}));
}

TEST_CASE("bytes that are no character still have a place") {
  const SourceFile file("a.assay", "\xA3\xA3x\ny");
  CHECK(same(at(file, 4), {2, 1}));
  CHECK(at(file, 2).line == 1);
}

TEST_CASE("sources know their files, places and texts") {
  Sources sources;
  const FileId first = sources.add("rules.assay", "theme a \"A\"\n");
  const FileId second = sources.add("more.assay", "\ntheme b \"B\"\n");
  CHECK(sources.size() == 2);
  CHECK(sources.text({first, 6, 7}) == "a");
  CHECK(sources.place({second, 7, 8}) == "more.assay:2:7");
}

TEST_CASE("words leave comments and line breaks out, but not what stands in a text") {
  Sources sources;
  const std::string text = "  x is   at # comment \"y\n   least\t3 \"a # b\"  ";
  const FileId file = sources.add("a.assay", text);
  const auto end = static_cast<std::uint32_t>(text.size());
  CHECK(sources.words({file, 0, end}) == "x is at least 3 \"a # b\"");
  CHECK(sources.words({file, 3, 3}).empty());
}

}  // namespace assay
