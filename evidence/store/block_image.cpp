// Pages of 64 KB, so that a block needs few and no row is longer than one. Page 1 holds the definition and stays as
// SQLite made it; page 2 is the table's root, and leaves follow.
#include "evidence/store/block_image.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "evidence/core/check.h"
#include "evidence/store/database.h"
#include "evidence/store/layout.h"

namespace assay {
namespace {

constexpr std::size_t kPage = 65536;
constexpr std::size_t kRoot = 2, kFirstLeaf = 3;
constexpr std::size_t kLeafHead = 8, kRootHead = 12;
constexpr std::size_t kLongestRecord = 8192;

// Most significant byte first, as everything in the format.
void put(unsigned char* at, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) at[i] = static_cast<unsigned char>(value >> (8 * (width - 1 - i)) & 0xff);
}

// Seven bits a byte, the last without its highest bit. Row numbers and lengths stay far below the ninth byte.
unsigned char* put_varint(unsigned char* at, std::uint64_t value) {
  int bytes = 1;
  while (bytes < 8 && value >> (7 * bytes) != 0) ++bytes;
  CHECK(value >> (7 * bytes) == 0);
  for (int i = bytes - 1; i >= 0; --i)
    *at++ = static_cast<unsigned char>((value >> (7 * i) & 0x7f) | (i > 0 ? 0x80 : 0));
  return at;
}

// The record of a row: the types of its columns, then their bytes.
class Record {
 public:
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
      put(body_, static_cast<std::uint64_t>(value), width);
      body_ += width;
      return;
    }
  }
  void integer_or_null(std::int64_t value, std::int64_t none) {
    if (value == none) return null();
    integer(value);
  }
  void text(std::string_view text) {
    type_ = put_varint(type_, 13 + 2 * text.size());
    CHECK(text.size() < static_cast<std::size_t>(bodies_ + sizeof bodies_ - body_));
    std::memcpy(body_, text.data(), text.size());
    body_ += text.size();
  }
  std::size_t head_size() const { return static_cast<std::size_t>(type_ - types_) + 1; }  // its own length is a byte
  std::size_t size() const { return head_size() + static_cast<std::size_t>(body_ - bodies_); }
  unsigned char* copy_to(unsigned char* at) const {
    *at++ = static_cast<unsigned char>(head_size());
    at = std::copy(types_, static_cast<const unsigned char*>(type_), at);
    return std::copy(bodies_, static_cast<const unsigned char*>(body_), at);
  }

 private:
  unsigned char types_[64], bodies_[kLongestRecord];
  unsigned char *type_ = types_, *body_ = bodies_;
};

// In the order of the table.
void fill(Record& record, const StoredRow& row) {
  record.null();  // the row's number stands outside
  record.integer(row.subject);
  record.integer(row.field);
  if (row.form == StoredRow::Form::None) record.null();
  if (row.form == StoredRow::Form::Number) record.integer(row.number);
  if (row.form == StoredRow::Form::Decimal) record.text(row.decimal);
  record.integer_or_null(static_cast<int>(row.standing), 0);
  record.integer(row.valid_from);
  record.integer_or_null(row.valid_to, TypedRow::kNoDate);
  record.integer(row.source);
  record.integer(row.recorded_on);
  record.integer_or_null(row.document, 0);
  if (row.place.empty()) {
    record.null();
  } else {
    record.text(row.place);
  }
  record.integer_or_null(row.note, 0);
  record.integer_or_null(row.supersedes, 0);
}

}  // namespace

Result<BlockImage> BlockImage::make() {
  auto model = Database::open(":memory:", Database::Mode::Create);
  if (!model) return tl::unexpected(model.error());
  auto made = model->execute("PRAGMA page_size=65536;" + observation_definition(), "a table in memory");
  if (!made) return tl::unexpected(made.error());
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(sqlite3_serialize(model->handle(), "main", &size, 0),
                                                              sqlite3_free);
  if (!bytes || size != static_cast<sqlite3_int64>(kRoot * kPage)) {
    return fail(ErrorCode::Io, "SQLite has no memory left to take rows in");
  }
  BlockImage image;
  image.image_.assign(reinterpret_cast<const char*>(bytes.get()), kRoot * kPage);
  return image;
}

unsigned char* BlockImage::page(std::size_t number) {
  if (image_.size() < number * kPage) image_.resize(number * kPage);
  return reinterpret_cast<unsigned char*>(image_.data()) + (number - 1) * kPage;
}

void BlockImage::begin_leaf() {
  ++pages_;
  cells_ = 0;
  low_ = kPage;
}

void BlockImage::add_cell(const StoredRow& row) {
  Record record;
  fill(record, row);
  unsigned char head[18];
  unsigned char* end = put_varint(head, record.size());
  end = put_varint(end, static_cast<std::uint64_t>(row.row));
  const auto head_size = static_cast<std::size_t>(end - head);
  const std::size_t size = head_size + record.size();
  if (low_ < kLeafHead + 2 * (cells_ + 1) + size) {
    end_leaf(row.row - 1);
    begin_leaf();
  }
  low_ -= size;
  unsigned char* const leaf = page(pages_);
  record.copy_to(std::copy(head, head + head_size, leaf + low_));
  put(leaf + kLeafHead + 2 * cells_, low_, 2);
  ++cells_;
}

void BlockImage::end_leaf(std::int64_t last_row) {
  unsigned char* const leaf = page(pages_);
  std::memset(leaf, 0, kLeafHead);
  leaf[0] = 0x0d;  // a leaf of a table
  put(leaf + 3, cells_, 2);
  put(leaf + 5, low_, 2);
  last_rows_.push_back(last_row);
}

void BlockImage::write_root(std::size_t leaves) {
  unsigned char* const root = page(kRoot);
  if (leaves == 1) {  // which is then the root itself
    std::memcpy(root, page(kFirstLeaf), kPage);
    pages_ = kRoot;
    return;
  }
  std::memset(root, 0, kRootHead);
  root[0] = 0x05;  // an inner page of a table
  put(root + 3, leaves - 1, 2);
  std::size_t low = kPage;
  for (std::size_t i = 0; i + 1 < leaves; ++i) {
    unsigned char cell[13];
    put(cell, kFirstLeaf + i, 4);
    const auto size = static_cast<std::size_t>(put_varint(cell + 4, static_cast<std::uint64_t>(last_rows_[i])) - cell);
    low -= size;
    std::copy(cell, cell + size, root + low);
    put(root + kRootHead + 2 * i, low, 2);
  }
  put(root + 5, low, 2);  // 65,536 is written 0
  put(root + 8, kFirstLeaf + leaves - 1, 4);
}

std::string& BlockImage::build(const Block& block) {
  last_rows_.clear();
  pages_ = kFirstLeaf - 1;
  begin_leaf();
  for (const StoredRow& row : block.rows) add_cell(row);
  end_leaf(block.rows.empty() ? 0 : block.rows.back().row);
  write_root(last_rows_.size());
  image_.resize(pages_ * kPage);
  put(page(1) + 28, pages_, 4);  // the size of the database in pages
  return image_;
}

}  // namespace assay
