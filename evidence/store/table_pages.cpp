// A table is a tree of pages: those within lead to others by ascending id, and the leaves hold the rows.
#include "evidence/store/table_pages.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "evidence/store/table_record.h"

namespace assay {
namespace {

constexpr std::uint8_t kWithin = 0x05, kLeaf = 0x0D;  // kinds of page
constexpr std::size_t kWithinHeader = 12, kLeafHeader = 8;
constexpr int kDeepest = 20;  // a tree of SQLite's own is no deeper (its BTCURSOR_MAX_DEPTH)
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// Its first page; 0 where it has other columns.
std::uint32_t root_of(const Database& database, std::string_view table, std::string_view columns) {
  Statement root = database.prepare(
      "SELECT rootpage, (SELECT group_concat(name, ', ') FROM pragma_table_info(?)) FROM main.sqlite_schema "
      "WHERE type = 'table' AND name = ?",
      "the list of its tables");
  if (!root.with(table, table).next() || root.text(1) != columns) return 0;
  return static_cast<std::uint32_t>(root.integer(0, 2, std::numeric_limits<std::uint32_t>::max()));
}

std::uint8_t kind_of(std::string_view page) { return static_cast<std::uint8_t>(page.front()); }

// What the numbers after the header of a page point to; empty where that is no place in it.
std::string_view cell_of(std::string_view page, std::size_t header, std::size_t place) {
  const std::size_t at = read_number<2>(page.data() + header + 2 * place);
  return at < page.size() ? page.substr(at) : std::string_view();
}

// How many cells a page has; more than it has room for is none.
std::size_t cells_of(std::string_view page, std::size_t header) {
  const std::size_t cells = read_number<2>(page.data() + 3);
  return header + 2 * cells <= page.size() ? cells : 0;
}

struct Child {
  std::uint32_t page = 0;
  std::int64_t last = 0;  // no id in it is beyond
};

// All of a page within the tree; none where it is not as it should be.
std::vector<Child> children_of(std::string_view page) {
  std::vector<Child> children(cells_of(page, kWithinHeader));
  for (std::size_t i = 0; i < children.size(); ++i) {
    std::string_view cell = cell_of(page, kWithinHeader, i);
    if (cell.size() < 4) return {};
    children[i].page = static_cast<std::uint32_t>(read_number<4>(cell.data()));
    cell.remove_prefix(4);
    std::uint64_t last = 0;
    if (!take_varint(cell, last)) return {};
    children[i].last = static_cast<std::int64_t>(last);
  }
  constexpr std::size_t kRightmost = 8;
  children.push_back({static_cast<std::uint32_t>(read_number<4>(page.data() + kRightmost)), kMost});
  return children;
}

}  // namespace

struct TablePages::Walk {
  std::int64_t& low;
  std::int64_t high;
  std::size_t columns;
  WalkedRow& row;
  const See& see;
  std::optional<std::int64_t> before = {};  // the id come by last, seen or not
};

std::optional<TablePages> TablePages::open(const Database& database, std::string_view table, std::string_view columns) {
  auto pages = FilePages::open(database);
  const std::uint32_t root = pages ? root_of(database, table, columns) : 0;
  if (root == 0) return std::nullopt;
  return TablePages(std::move(*pages), root,
                    static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) + 1);
}

TablePages::Ended TablePages::walk(std::int64_t& low, std::int64_t high, WalkedRow& row, const See& see) {
  Walk walk{low, high, columns_, row, see};
  return visit(walk, root_, 0);
}

TablePages::Ended TablePages::visit(Walk& walk, std::uint32_t number, int depth) {
  const std::string_view bytes = pages_.page(number);
  if (bytes.empty() || depth > kDeepest) return Ended::Unclear;
  if (kind_of(bytes) == kLeaf) return visit_leaf(walk, bytes);
  if (kind_of(bytes) != kWithin) return Ended::Unclear;
  const std::vector<Child> children = children_of(bytes);
  if (children.empty()) return Ended::Unclear;
  for (const Child& child : children) {
    if (child.last < walk.low) continue;
    if (const Ended ended = visit(walk, child.page, depth + 1); ended != Ended::Seen) return ended;
    if (child.last >= walk.high) return Ended::Seen;
  }
  return Ended::Seen;
}

TablePages::Ended TablePages::visit_leaf(Walk& walk, std::string_view page) {
  const std::size_t most = page.size() - 35;  // a longer record goes on in other pages
  const std::size_t cells = cells_of(page, kLeafHeader);
  if (cells == 0) return Ended::Unclear;
  for (std::size_t i = 0; i < cells; ++i) {
    std::string_view cell = cell_of(page, kLeafHeader, i);
    std::uint64_t size = 0, id = 0;
    if (!take_varint(cell, size) || !take_varint(cell, id)) return Ended::Unclear;
    const auto number = static_cast<std::int64_t>(id);
    if (number == kMost || (walk.before && number <= *walk.before)) return Ended::Unclear;
    walk.before = number;
    if (number < walk.low) continue;
    if (number > walk.high) return Ended::Seen;
    if (size > most || size > cell.size() || !read_record(cell.substr(0, size), number, walk.columns, walk.row))
      return Ended::Unclear;
    if (!walk.see(walk.row) || !walk.row.sound()) return Ended::Stopped;
    walk.low = number + 1;
  }
  return Ended::Seen;
}

}  // namespace assay
