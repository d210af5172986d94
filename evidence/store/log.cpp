// An append goes by the last head: the tree itself is never loaded.
#include "evidence/store/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "evidence/store/entries.h"

namespace assay {
namespace {

constexpr std::string_view kLastHead = "SELECT size, root, edge FROM log_head ORDER BY size DESC LIMIT 1";

// Of the entries that the last head covers.
Result<MerkleEdge> kept_edge(const Database& database) {
  Statement last = database.prepare(kLastHead, "the heads of the trail");
  std::uint64_t size = 0;
  std::vector<Digest> hashes;
  if (last.next()) {
    size = static_cast<std::uint64_t>(last.integer(0, 1));
    const std::string_view bytes = last.blob(2);
    hashes.resize(static_cast<std::size_t>(std::popcount(size)));
    if (bytes.size() == hashes.size() * sizeof(Digest::bytes)) {
      for (std::size_t i = 0; i < hashes.size(); ++i) {
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest::bytes)), sizeof(Digest::bytes),
                    hashes[i].bytes.begin());
      }
    } else {
      last.refuse(fmt::format("the head of size {} has an edge of {} bytes", size, bytes.size()));
    }
  }
  if (auto done = last.end(); !done) return tl::unexpected(done.error());
  return MerkleEdge(size, std::move(hashes));
}

Result<void> insert(Statement& head, const MerkleEdge& edge) {
  const std::string hashes = edge_bytes(edge);
  const Digest root = edge.root();
  return head.with(static_cast<std::int64_t>(edge.size()), root, Bytes{hashes}).run();
}

}  // namespace

Result<LogHead> read_head(const Database& database) {
  const auto end = read_trail_end(database);
  if (!end) return tl::unexpected(end.error());
  return LogHead{static_cast<std::int64_t>(end->edge.size()), end->edge.root()};
}

Result<TrailEnd> read_trail_end(const Database& database) {
  auto kept = kept_edge(database);
  if (!kept) return tl::unexpected(kept.error());
  TrailEnd end{*kept, {}, *kept};
  EntryWalk entry(database, static_cast<std::int64_t>(kept->size()));
  while (entry.next()) {
    if (entry.number() != static_cast<std::int64_t>(end.edge.size())) entry.refuse("one of them is missing");
    end.wanting.push_back(entry.leaf());
    end.edge.append(entry.leaf());
  }
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  return end;
}

Result<std::int64_t> append_entry(const Database& database, std::string_view body) {
  auto end = read_trail_end(database);
  if (!end) return tl::unexpected(end.error());
  return append_entry(database, body, *end, Heads::Now);
}

Result<std::int64_t> append_entry(const Database& database, std::string_view body, TrailEnd& end, Heads heads) {
  const Digest leaf = merkle_leaf(body);
  const auto number = static_cast<std::int64_t>(end.edge.size());
  auto entry = database.prepare("INSERT INTO log_entry VALUES(?, ?, ?)", "the entries of the trail");
  auto done = entry.with(number, body, leaf).run();
  if (done) done = count_entry(database, leaf, end, heads);
  if (!done) return tl::unexpected(done.error());
  return number;
}

Result<void> count_entry(const Database& database, const Digest& leaf, TrailEnd& end, Heads heads) {
  end.edge.append(leaf);
  end.wanting.push_back(leaf);
  if (heads == Heads::Later && end.wanting.size() <= kMostWanting) return {};
  return keep_heads(database, end);
}

Result<void> keep_heads(const Database& database, TrailEnd& end) {
  auto head = database.prepare("INSERT INTO log_head VALUES(?, ?, ?)", "the heads of the trail");
  for (const Digest& leaf : std::exchange(end.wanting, {})) {
    end.kept.append(leaf);
    if (auto done = insert(head, end.kept); !done) return done;
  }
  return {};
}

// Batches and runs are numbered without a gap, and the first entry is that of the store itself.
Result<bool> has_other_acts(const Database& database) {
  Statement more = database.prepare(
      "SELECT max((SELECT coalesce(max(number), 0) FROM log_entry), coalesce((SELECT entry FROM batch ORDER BY id DESC "
      "LIMIT 1), 0)) <> (SELECT coalesce(max(id), 0) FROM batch) + (SELECT coalesce(max(number), 0) FROM run)",
      "the entries of the trail");
  const bool found = !more.next() || more.integer(0, 0, 1) != 0;
  if (auto done = more.end(); !done) return tl::unexpected(done.error());
  return found;
}

std::string entries_of(std::initializer_list<std::string_view> sorts) {
  std::string sql =
      "SELECT number, body FROM log_entry WHERE number NOT IN (SELECT entry FROM batch UNION ALL SELECT entry FROM "
      "run) "
      "AND (0";
  // No text within the body can look so: its quotes are escaped.
  for (const std::string_view sort : sorts) sql += fmt::format(" OR instr(body, '\"entry\":\"{}\"') > 0", sort);
  return sql + ") ORDER BY number";
}

std::string edge_bytes(const MerkleEdge& edge) {
  std::string bytes;
  for (const Digest& hash : edge.edge()) bytes.append(hash.bytes.begin(), hash.bytes.end());
  return bytes;
}

}  // namespace assay
