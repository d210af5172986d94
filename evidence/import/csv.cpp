// The reader of comma separated values. Lines and quotes are found by memchr, which the C library does with the
// processor's own wide instructions, commas eight bytes at a time, since cells are short; rows without a quote, nearly
// all, are never copied or looked at twice.
#include "evidence/import/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

#include "evidence/core/check.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

constexpr std::size_t kNotFound = std::string_view::npos;

char* find(char* begin, const char* end, char wanted) {
  if (begin == end) return nullptr;
  return static_cast<char*>(std::memchr(begin, wanted, static_cast<std::size_t>(end - begin)));
}

std::string_view view(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

constexpr std::size_t kWord = 8;  // bytes looked at together; as many may be read after the end

// The highest bit of each byte of the word that is the one wanted, the first byte lowest.
std::uint64_t places_of(char wanted, const char* at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kLow = 0x7f * kOnes;
  std::uint64_t word = 0;
  std::memcpy(&word, at, kWord);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  const std::uint64_t differs = word ^ (kOnes * static_cast<unsigned char>(wanted));
  return ~(((differs & kLow) + kLow) | differs | kLow);
}

// Neither a byte above 127 nor a zero.
bool is_plain(std::string_view bytes) {
  unsigned char seen = 0;
  for (const char c : bytes) seen = static_cast<unsigned char>(seen | static_cast<unsigned char>(c));
  return seen < 128 && std::memchr(bytes.data(), 0, bytes.size()) == nullptr;
}

}  // namespace

CsvReader::CsvReader(Source source, std::string name)
    : source_(std::move(source)), name_(std::move(name)), buffer_(kPiece + kRowLimit + 1 + kWord) {}

namespace {

Result<CsvReader::Source> source_of_file(const std::string& path) {
  std::shared_ptr<std::FILE> file(std::fopen(path.c_str(), "rb"), [](std::FILE* f) {
    if (f != nullptr) std::fclose(f);
  });
  if (!file) return fail(ErrorCode::NotFound, "there is no such file, or it may not be read", path);
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  return [file, path](std::span<char> room) -> Result<std::size_t> {
    const std::size_t size = std::fread(room.data(), 1, room.size(), file.get());
    if (size == 0 && std::ferror(file.get()) != 0) return fail(ErrorCode::Io, "the file could not be read", path);
    return size;
  };
}

}  // namespace

Result<CsvReader> CsvReader::open(const std::string& path) {
  auto source = source_of_file(path);
  if (!source) return tl::unexpected<Error>(source.error());
  return read_from(std::move(*source), path);
}

Result<CsvReader> CsvReader::open_plain(const std::string& path) {
  auto source = source_of_file(path);
  if (!source) return tl::unexpected<Error>(source.error());
  return read_plain_from(std::move(*source), path);
}

Result<CsvReader> CsvReader::read_from(Source source, std::string name) {
  CsvReader reader(std::move(source), std::move(name));
  if (!reader.read_start() || !reader.read_headings()) return tl::unexpected<Error>(*reader.fault_);
  return reader;
}

Result<CsvReader> CsvReader::read_plain_from(Source source, std::string name) {
  CsvReader reader(std::move(source), std::move(name));
  reader.plain_ = true;
  if (!reader.read_start()) return tl::unexpected<Error>(*reader.fault_);
  return reader;
}

bool CsvReader::read_start() {
  if (!fill()) return false;
  const std::string_view start(buffer_.data(), end_);
  if (start.starts_with("PK\x03\x04"))
    return refuse("this is a spreadsheet, not CSV", "save it as CSV UTF-8", kNotFound);
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    return refuse("the file is UTF-16", "save it as CSV UTF-8", kNotFound);
  }
  if (start.starts_with("\xEF\xBB\xBF")) begin_ = 3;
  return true;
}

bool CsvReader::read_headings() {
  bool at_end = false;
  if (!read_row(at_end)) return false;
  if (at_end) return refuse("the file is empty", "its first row names the columns", kNotFound);
  for (const std::string_view cell : cells_) headings_.emplace_back(trim(cell));
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    if (*find_heading(headings_[i]) == i) continue;
    return refuse(fmt::format("two columns are headed `{}`", headings_[i]), "give each column a heading of its own", i);
  }
  return true;
}

std::optional<std::size_t> CsvReader::find_heading(std::string_view heading) const {
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    if (headings_[i] == heading) return i;
  }
  return std::nullopt;
}

CsvReader::Step CsvReader::next() {
  if (fault_) return Step::Fault;
  bool at_end = false;
  if (!read_row(at_end)) return Step::Fault;
  if (at_end) return Step::End;
  return plain_ || check_width() ? Step::Row : Step::Fault;
}

bool CsvReader::read_row(bool& at_end) {
  for (;;) {
    const std::size_t found = find_row_end();
    if (fault_) return false;
    if (begin_ == end_) {
      at_end = true;
      return true;
    }
    char* const begin = buffer_.data() + begin_;
    ended_without_line_end_ = found == kNotFound;
    char* end = buffer_.data() + (ended_without_line_end_ ? end_ : found);
    begin_ = ended_without_line_end_ ? end_ : found + 1;
    ++row_;
    if (end != begin && end[-1] == '\r') --end;
    if (end == begin) continue;  // an empty row
    if (static_cast<std::size_t>(end - begin) > kRowLimit) return refuse_long_row(begin, end);
    return split(begin, end) && (!doubtful_ || check_bytes(view(begin, end)));
  }
}

// Where the line break that ends the row stands: the first that is not within quotes. Reads on as needed; nothing at
// the end of the file.
std::size_t CsvReader::find_row_end() {
  std::size_t at = begin_;
  bool quoted = false;
  for (;;) {
    char* const from = buffer_.data() + at;
    char* const line_end = find(from, buffer_.data() + end_, '\n');
    char* const stop = line_end != nullptr ? line_end : buffer_.data() + end_;
    for (char* quote = quotes_ ? find(from, stop, '"') : nullptr; quote != nullptr; quote = find(quote + 1, stop, '"'))
      quoted = !quoted;
    if (line_end != nullptr && !quoted) return static_cast<std::size_t>(line_end - buffer_.data());
    if (line_end != nullptr) {
      at = static_cast<std::size_t>(line_end - buffer_.data()) + 1;
      continue;
    }
    if (no_more_) return kNotFound;
    if (end_ - begin_ > kRowLimit) {
      ++row_;
      refuse_long_row(buffer_.data() + begin_, buffer_.data() + end_);
      return kNotFound;
    }
    if (!fill()) return kNotFound;
    at = begin_;
    quoted = false;
  }
}

bool CsvReader::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  const std::span<char> room(buffer_.data() + end_, std::min(kPiece, buffer_.size() - kWord - end_));
  const Result<std::size_t> size = source_.read(room);
  if (!size) {
    fault_ = size.error();
    return false;
  }
  end_ += *size;
  no_more_ = *size == 0;
  const std::string_view held(buffer_.data(), end_);
  doubtful_ = !is_plain(held);
  quotes_ = held.find('"') != kNotFound;
  returns_ = held.find('\r') != kNotFound;
  return true;
}

bool CsvReader::split(char* begin, char* end) {
  cells_.clear();
  if (quotes_ && find(begin, end, '"') != nullptr) return split_quoted(begin, end);
  if (returns_ && find(begin, end, '\r') != nullptr) return refuse_carriage_return(kNotFound);
  const char* cell = begin;
  for (const char* at = begin; at < end; at += kWord) {
    for (std::uint64_t commas = places_of(',', at); commas != 0; commas &= commas - 1) {
      const char* const comma = at + std::countr_zero(commas) / 8;
      if (comma >= end) break;
      cells_.push_back(view(cell, comma));
      cell = comma + 1;
    }
  }
  cells_.push_back(view(cell, end));
  return true;
}

// Doubled quotes are made single where they stand, in the buffer.
bool CsvReader::split_quoted(char* begin, char* end) {
  char* at = begin;
  for (;;) {
    const std::size_t column = cells_.size();
    if (at == end || *at != '"') {
      char* const comma = find(at, end, ',');
      char* const stop = comma != nullptr ? comma : end;
      if (find(at, stop, '"') != nullptr) {
        return refuse("a quote stands inside a cell that does not begin with one",
                      "put the whole cell in quotes and double the quotes in it", column);
      }
      if (find(at, stop, '\r') != nullptr) return refuse_carriage_return(column);
      cells_.push_back(view(at, stop));
      if (comma == nullptr) return true;
      at = comma + 1;
      continue;
    }
    char* const cell = ++at;
    char* out = cell;
    for (;;) {
      char* const quote = find(at, end, '"');
      if (quote == nullptr) {
        return refuse("a quote is opened and never closed", "the file is cut short, or the quote is stray", column);
      }
      if (out != at) std::memmove(out, at, static_cast<std::size_t>(quote - at));
      out += quote - at;
      at = quote + 1;
      if (at == end || *at != '"') break;
      *out++ = '"';
      ++at;
    }
    cells_.push_back(view(cell, out));
    if (at == end) return true;
    if (*at != ',') return refuse("text follows the closing quote", "double the quotes inside a cell", column);
    ++at;
  }
}

// The buffer holds something other than plain text: does this row?
bool CsvReader::check_bytes(std::string_view row) {
  if (is_plain(row)) return true;
  converted_.clear();
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const auto bad = first_bad_utf8(cells_[i]);
    if (bad && plain_) {
      if (!read_as_windows_1252(i)) return false;
    } else if (bad) {
      return refuse(fmt::format("byte {} of the cell is not UTF-8", *bad + 1), "save the file as CSV UTF-8", i);
    }
    if (cells_[i].find('\0') != kNotFound) {
      return refuse("the cell holds a zero byte", "this is not a file of text; save it as CSV UTF-8", i);
    }
  }
  return true;
}

bool CsvReader::read_as_windows_1252(std::size_t cell) {
  const auto text = utf8_of_windows_1252(cells_[cell]);
  if (!text) {
    return refuse("the cell is neither UTF-8 nor Windows-1252", "save the file as CSV UTF-8", cell);
  }
  cells_[cell] = converted_.emplace_back(*text);
  ++cells_of_windows_1252_;
  return true;
}

bool CsvReader::check_width() {
  if (cells_.size() == headings_.size()) return true;
  if (ended_without_line_end_ && cells_.size() < headings_.size()) {
    return refuse(
        fmt::format("the file ends in the middle of a row, after {} of {} cells", cells_.size(), headings_.size()),
        "it is cut short; fetch or export it again", kNotFound);
  }
  if (cells_.size() < headings_.size()) {
    return refuse(fmt::format("the row has {} of {} cells", cells_.size(), headings_.size()),
                  "an empty cell still needs its comma", kNotFound);
  }
  return refuse(fmt::format("the row has {} cells, the headings {}", cells_.size(), headings_.size()),
                "a comma inside a cell needs quotes around the cell", kNotFound);
}

bool CsvReader::refuse(std::string message, std::string help, std::size_t column) {
  const std::string at = column == kNotFound ? std::string() : column_name(column);
  fault_ = Error{ErrorCode::BadInput, std::move(message), row_ == 0 ? name_ : place(at), std::move(help)};
  return false;
}

bool CsvReader::refuse_carriage_return(std::size_t column) {
  return refuse("a carriage return stands without a line feed", "save the file with ordinary line ends", column);
}

// A quote left open swallows the rows after it: say so rather than speak of a long row.
bool CsvReader::refuse_long_row(char* begin, char* end) {
  cells_.clear();
  if (find(begin, end, '"') != nullptr && !split_quoted(begin, end)) {
    fault_->message += ", and the row goes on for more than 1 MB";
    return false;
  }
  return refuse("the row is longer than 1 MB", "this is not a table of evidence, or its line breaks are missing",
                kNotFound);
}

std::string CsvReader::column_name(std::size_t column) const {
  return row_ > 1 && column < headings_.size() ? headings_[column] : std::to_string(column + 1);
}

std::string CsvReader::place(std::string_view column, std::uint64_t row) const {
  if (column.empty()) return fmt::format("{}: row {}", name_, row);
  return fmt::format("{}: row {}, column {}", name_, row, column);
}

Digest CsvReader::digest() {
  CHECK(no_more_ && begin_ == end_);
  return source_.digest();
}

}  // namespace assay
