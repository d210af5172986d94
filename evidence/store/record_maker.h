// One row as SQLite keeps it ("Database File Format", sqlite.org/fileformat2.html, section 2.1): the types of its
// columns, then their bytes. table_record.h reads what this writes. Private to evidence/store.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay {

// Most significant byte first, as everything in the format.
inline void put_number(unsigned char* at, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) at[i] = static_cast<unsigned char>(value >> (8 * (width - 1 - i)) & 0xff);
}

// Seven bits a byte, the last without its highest bit. Row numbers and lengths stay far below the ninth byte. Returns
// where it ends.
unsigned char* put_varint(unsigned char* at, std::uint64_t value);

// Columns in the order of the table, no more than some thirty. Used for one row after another, each from its begin()
// on.
class RecordMaker {
 public:
  static constexpr std::size_t kMostBytes = 65'000;  // of a text: the other columns of its row have some hundred more
  void begin() {
    type_ = types_;
    body_ = bodies_.data();
  }
  void null() { *type_++ = 0; }
  void integer(std::int64_t value) {
    if (value == 0 || value == 1) {
      *type_++ = static_cast<unsigned char>(8 + value);
      return;
    }
    static constexpr struct { int type, bytes; } kSizes[] = {{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 6}, {6, 8}};
    for (const auto& size : kSizes) {
      if (size.bytes < 8 && (value >> (8 * size.bytes - 1)) != 0 && (value >> (8 * size.bytes - 1)) != -1) continue;
      *type_++ = static_cast<unsigned char>(size.type);
      const auto width = static_cast<std::size_t>(size.bytes);
      put_number(body_, static_cast<std::uint64_t>(value), width);
      body_ += width;
      return;
    }
  }
  void integer_or_null(std::int64_t value, std::int64_t none) {
    if (value == none) return null();
    integer(value);
  }
  void text(std::string_view text) { bytes(13, text); }
  void blob(std::string_view blob) { bytes(12, blob); }

  std::size_t size() const { return head_size() + static_cast<std::size_t>(body_ - bodies_.data()); }
  unsigned char* copy_to(unsigned char* at) const {
    *at++ = static_cast<unsigned char>(head_size());
    at = std::copy(types_, static_cast<const unsigned char*>(type_), at);
    return std::copy(bodies_.data(), static_cast<const unsigned char*>(body_), at);
  }

 private:
  std::size_t head_size() const { return static_cast<std::size_t>(type_ - types_) + 1; }  // its own length is a byte
  void bytes(std::uint64_t type, std::string_view bytes);
  unsigned char types_[120];
  std::vector<unsigned char> bodies_ = std::vector<unsigned char>(kMostBytes + 400);
  unsigned char *type_ = nullptr, *body_ = nullptr;  // where the next goes
};

}  // namespace assay
