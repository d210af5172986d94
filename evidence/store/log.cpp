// An append reads one head and writes one: the tree itself is never loaded.
#include "evidence/store/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <vector>

namespace assay {
namespace {

constexpr std::string_view kLastHead = "SELECT size, root, edge FROM log_head ORDER BY size DESC LIMIT 1";

}  // namespace

Result<MerkleEdge> read_edge(const Database& database) {
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

Result<LogHead> read_head(const Database& database) {
  Statement last = database.prepare(kLastHead, "the heads of the trail");
  std::optional<LogHead> head;
  if (last.next()) head = {last.integer(0, 1), last.digest(1)};
  if (auto done = last.end(); !done) return tl::unexpected(done.error());
  return head ? *head : LogHead{0, merkle_empty_root()};
}

Result<std::int64_t> append_entry(const Database& database, std::string_view body) {
  auto edge = read_edge(database);
  if (!edge) return tl::unexpected(edge.error());
  return append_entry(database, body, *edge);
}

Result<std::int64_t> append_entry(const Database& database, std::string_view body, MerkleEdge& edge) {
  const Digest leaf = merkle_leaf(body);
  const auto number = static_cast<std::int64_t>(edge.size());
  edge.append(leaf);

  auto entry = database.prepare("INSERT INTO log_entry VALUES(?, ?, ?)", "the entries of the trail");
  if (auto done = entry.with(number, body, leaf).run(); !done) return tl::unexpected(done.error());
  const std::string hashes = edge_bytes(edge);
  const Digest root = edge.root();
  auto head = database.prepare("INSERT INTO log_head VALUES(?, ?, ?)", "the heads of the trail");
  if (auto done = head.with(number + 1, root, Bytes{hashes}).run(); !done) return tl::unexpected(done.error());
  return number;
}

// Batches and runs are numbered without a gap, and the first entry is that of the store itself.
Result<bool> has_other_acts(const Database& database) {
  Statement more = database.prepare(
      "SELECT (SELECT coalesce(max(size), 0) FROM log_head) <> 1 + (SELECT coalesce(max(id), 0) FROM batch) + "
      "(SELECT coalesce(max(number), 0) FROM run)",
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
