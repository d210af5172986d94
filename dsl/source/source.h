// The text of rulesets, and places in it: byte spans everywhere, line and column only when something is printed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/id.h"

namespace assay {

using FileId = Id<struct FileTag>;

// Bytes begin to end (not included) of one file.
struct Span {
  FileId file;
  std::uint32_t begin = 0, end = 0;
  friend auto operator<=>(Span, Span) = default;
};

// 1-based; columns count characters (code points), as an editor shows them.
struct LineColumn { std::uint32_t line = 1, column = 1; };

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);
  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }
  LineColumn position(std::uint32_t offset) const;
  std::string_view line(std::uint32_t number) const;  // without its end; 1-based
  std::uint32_t line_begin(std::uint32_t number) const;
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_begins_.size()); }

 private:
  std::string path_, text_;
  std::vector<std::uint32_t> line_begins_;
};

// Every file read together; spans point into it.
class Sources {
 public:
  FileId add(std::string path, std::string text);
  const SourceFile& file(FileId id) const { return files_[id.index]; }
  std::size_t size() const { return files_.size(); }
  std::string_view text(Span span) const;
  // The text on one line: runs of white space and comments become one space.
  std::string words(Span span) const;
  // "rulesets/cqc/local_authority/rules.assay:41:3".
  std::string place(Span span) const;

 private:
  std::vector<SourceFile> files_;
};

}  // namespace assay
