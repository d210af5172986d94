// Pages of 64 KB, so that a block needs few and no row is longer than one. Page 1 holds the definitions and stays as
// SQLite made it; the roots of the tables are next, and leaves follow.
#include "evidence/store/table_image.h"

#include <sqlite3.h>

#include <cstring>
#include <memory>

#include "evidence/store/database.h"
#include "evidence/store/tables_at_end.h"

namespace assay {
namespace {

constexpr std::size_t kPage = 65536;
constexpr std::size_t kFirstRoot = 2;
constexpr std::size_t kLeafHead = 8, kRootHead = 12;

// `low`: where the lowest cell begins; 65,536 is written 0.
void put_leaf_head(unsigned char* leaf, std::size_t cells, std::size_t low) {
  std::memset(leaf, 0, kLeafHead);
  leaf[0] = 0x0d;  // a leaf of a table
  put_number(leaf + 3, cells, 2);
  put_number(leaf + 5, low, 2);
}

}  // namespace

Result<TableImage> TableImage::make(std::span<const std::string_view> tables) {
  auto model = Database::open(":memory:", Database::Mode::Create);
  if (!model) return tl::unexpected(model.error());
  std::string sql = "PRAGMA page_size=65536;";
  for (const std::string_view table : tables) sql += definition_at_end(table) + ";";
  auto made = model->execute(sql, "tables in memory");
  if (!made) return tl::unexpected(made.error());
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(sqlite3_serialize(model->handle(), "main", &size, 0),
                                                              sqlite3_free);
  const std::size_t pages = 1 + tables.size();
  if (!bytes || size != static_cast<sqlite3_int64>(pages * kPage)) {
    return fail(ErrorCode::Io, "SQLite has no memory left to take rows in");
  }
  TableImage image;
  image.image_.assign(reinterpret_cast<const char*>(bytes.get()), pages * kPage);
  image.tables_ = tables.size();
  return image;
}

unsigned char* TableImage::page(std::size_t number) {
  if (image_.size() < number * kPage) image_.resize(number * kPage);
  return reinterpret_cast<unsigned char*>(image_.data()) + (number - 1) * kPage;
}

void TableImage::begin() {
  pages_ = 1 + tables_;
  for (std::size_t table = 0; table < tables_; ++table) put_leaf_head(page(kFirstRoot + table), 0, kPage);
}

void TableImage::begin_table(std::size_t table) {
  root_ = kFirstRoot + table;
  first_leaf_ = pages_ + 1;
  last_ids_.clear();
  begin_leaf();
}

void TableImage::begin_leaf() {
  ++pages_;
  cells_ = 0;
  low_ = kPage;
}

void TableImage::add(std::int64_t id, const RecordMaker& record) {
  unsigned char head[18];
  unsigned char* end = put_varint(head, record.size());
  end = put_varint(end, static_cast<std::uint64_t>(id));
  const auto head_size = static_cast<std::size_t>(end - head);
  const std::size_t size = head_size + record.size();
  if (low_ < kLeafHead + 2 * (cells_ + 1) + size) {
    end_leaf();
    begin_leaf();
  }
  low_ -= size;
  unsigned char* const leaf = page(pages_);
  record.copy_to(std::copy(head, head + head_size, leaf + low_));
  put_number(leaf + kLeafHead + 2 * cells_, low_, 2);
  ++cells_;
  last_id_ = id;
}

void TableImage::end_leaf() {
  put_leaf_head(page(pages_), cells_, low_);
  last_ids_.push_back(last_id_);
}

void TableImage::end_table() {
  end_leaf();
  write_root(last_ids_.size());
}

void TableImage::write_root(std::size_t leaves) {
  unsigned char* const root = page(root_);
  if (leaves == 1) {  // which is then the root itself
    std::memcpy(root, page(pages_), kPage);
    --pages_;
    return;
  }
  std::memset(root, 0, kRootHead);
  root[0] = 0x05;  // an inner page of a table
  put_number(root + 3, leaves - 1, 2);
  std::size_t low = kPage;
  for (std::size_t i = 0; i + 1 < leaves; ++i) {
    unsigned char cell[13];
    put_number(cell, first_leaf_ + i, 4);
    const auto size = static_cast<std::size_t>(put_varint(cell + 4, static_cast<std::uint64_t>(last_ids_[i])) - cell);
    low -= size;
    std::copy(cell, cell + size, root + low);
    put_number(root + kRootHead + 2 * i, low, 2);
  }
  put_number(root + 5, low, 2);
  put_number(root + 8, first_leaf_ + leaves - 1, 4);
}

std::span<char> TableImage::finish() {
  put_number(page(1) + 28, pages_, 4);  // the size of the database in pages
  return {image_.data(), pages_ * kPage};
}

}  // namespace assay
