// A row of a sheet on its way out of a spreadsheet: its cells as text, kept together and used again for the next.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class SheetRow {
 public:
  static constexpr std::size_t kMostColumns = 16'384;    // both formats end there
  static constexpr std::uint64_t kMostRows = 1'048'576;  // and there
  static constexpr std::size_t kTextLimit = 1 << 20;     // bytes of one row, as of CSV

  void clear() {
    text_.clear();
    ends_.clear();
    cells_.clear();
  }
  // Puts the text in the column; empty cells up to it are added. False when the row is past its limits, or when the
  // column stands before one already filled.
  bool put(std::size_t column, std::string_view text) {
    if (column < ends_.size() || column >= kMostColumns || text_.size() + text.size() > kTextLimit) return false;
    ends_.resize(column, text_.size());
    text_ += text;
    ends_.push_back(text_.size());
    return true;
  }
  bool empty() const { return ends_.empty(); }
  std::size_t size() const { return ends_.size(); }
  // Good until the row changes.
  std::span<const std::string_view> cells() {
    cells_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      cells_.push_back(std::string_view(text_).substr(begin, end - begin));
      begin = end;
    }
    return cells_;
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
  std::vector<std::string_view> cells_;
};

enum class SheetStep : std::uint8_t { Row, End, Fault };

}  // namespace assay
