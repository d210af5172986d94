// Lines and columns of a text, and the words between two places of it.
#include "dsl/source/source.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "evidence/core/check.h"

namespace assay {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A byte that begins a character; the others (10xxxxxx) carry one on.
bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }

}  // namespace

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  CHECK(text_.size() < std::size_t{1} << 32);  // spans hold 32 bits; the readers of files stop far below
  line_begins_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_begins_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

LineColumn SourceFile::position(std::uint32_t offset) const {
  const auto end = std::min<std::size_t>(offset, text_.size());
  const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), static_cast<std::uint32_t>(end));
  const auto line = static_cast<std::uint32_t>(after - line_begins_.begin());
  const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(line_begins_[line - 1]);
  const auto characters = std::count_if(begin, text_.begin() + static_cast<std::ptrdiff_t>(end), begins_character);
  return {line, static_cast<std::uint32_t>(characters) + 1};
}

std::uint32_t SourceFile::line_begin(std::uint32_t number) const {
  CHECK(number >= 1 && number <= line_count());
  return line_begins_[number - 1];
}

std::string_view SourceFile::line(std::uint32_t number) const {
  const std::size_t begin = line_begin(number);
  std::size_t end = number < line_count() ? line_begins_[number] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

FileId Sources::add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

std::string_view Sources::text(Span span) const {
  const std::string_view all = file(span.file).text();
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  return all.substr(begin, std::max(span.begin, span.end) - begin);
}

std::string Sources::words(Span span) const {
  const std::string_view all = text(span);
  std::string out;
  bool in_text = false, gap = false;
  for (std::size_t at = 0; at < all.size(); ++at) {
    const char c = all[at];
    if (c == '#' && !in_text) {
      at = std::min(all.find('\n', at), all.size());
      gap = true;
    } else if (is_blank(c)) {
      gap = true;
    } else {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      if (c == '"') in_text = !in_text;
      out += c;
    }
  }
  return out;
}

std::string Sources::place(Span span) const {
  const SourceFile& in = file(span.file);
  const LineColumn at = in.position(span.begin);
  return fmt::format("{}:{}:{}", in.path(), at.line, at.column);
}

}  // namespace assay
