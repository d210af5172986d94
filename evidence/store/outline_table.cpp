// A run that is based on no other has its blocks in one piece, each rule's numbered from 0: only the digests are kept
// of them, and the nodes of the tree.
#include "evidence/store/outline_table.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/core/digest_many.h"

namespace assay {
namespace {

constexpr DerivedDefinition kDefinition = {
    "run_outline",
    "CREATE TABLE run_outline(run INTEGER PRIMARY KEY, rules TEXT NOT NULL, digest BLOB NOT NULL,\n"
    "  bytes BLOB NOT NULL) STRICT"};
constexpr std::string_view kWhat = "the outlines of runs";
constexpr std::size_t kBlocksWorthIt = 256;

// Of the bytes the digests of their pieces, which are made several at a time.
Digest digest_of(std::string_view rules, std::string_view bytes) {
  constexpr std::size_t kPiece = 2048;
  std::vector<std::string_view> pieces;
  for (; !bytes.empty(); bytes.remove_prefix(pieces.back().size())) pieces.push_back(bytes.substr(0, kPiece));
  std::vector<Digest> digests(pieces.size());
  sha256_each(pieces, digests);
  Sha256 sha;
  sha.add(rules);
  for (const Digest& digest : digests) sha.add(digest.bytes);
  return sha.finish();
}

void append_digest(std::string& bytes, const Digest& digest) { bytes.append(digest.bytes.begin(), digest.bytes.end()); }

Digest take_digest(std::string_view& bytes) {
  Digest digest;
  std::memcpy(digest.bytes.data(), bytes.data(), digest.bytes.size());
  bytes.remove_prefix(digest.bytes.size());
  return digest;
}

// The blocks of each rule as [["rule",12],...]; nothing where they are not in one piece.
std::optional<std::string> rules_of(const RunRow& run, const std::vector<BlockDigest>& blocks) {
  JsonWriter rules;
  rules.begin_array();
  for (std::size_t begin = 0, end = 0; begin < blocks.size(); begin = end) {
    for (; end < blocks.size() && blocks[end].rule == blocks[begin].rule; ++end) {
      const bool in_order = blocks[end].block == static_cast<std::int64_t>(end - begin) &&
                            blocks[end].kept == run.first_block + static_cast<std::int64_t>(end);
      if (!in_order) return std::nullopt;
    }
    rules.begin_array().text(blocks[begin].rule.text()).number(static_cast<std::int64_t>(end - begin)).end_array();
  }
  rules.end_array();
  return rules.take();
}

// Without their digests; all that the run has, or none.
std::vector<BlockDigest> blocks_of(const RunRow& run, std::string_view rules) {
  const auto said = nlohmann::json::parse(rules, nullptr, false);
  std::vector<BlockDigest> blocks;
  if (!said.is_array()) return blocks;
  blocks.reserve(static_cast<std::size_t>(run.blocks));  // no more than there are digests
  for (const auto& rule : said) {
    if (!rule.is_array() || rule.size() != 2 || !rule[0].is_string() || !rule[1].is_number_integer()) return {};
    const SharedText name = rule[0].get<std::string>();
    const auto count = rule[1].get<std::int64_t>(), left = run.blocks - static_cast<std::int64_t>(blocks.size());
    if (count < 0 || count > left) return {};
    for (std::int64_t i = 0; i < count; ++i)
      blocks.push_back({name, i, {}, run.first_block + static_cast<std::int64_t>(blocks.size())});
  }
  return static_cast<std::int64_t>(blocks.size()) == run.blocks ? blocks : std::vector<BlockDigest>();
}

Result<void> make_table(const Database& database) {
  Statement held = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'run_outline'", kWhat);
  if (held.next() && !held.is_null(0) && held.text(0) == kDefinition.sql) return held.end();
  if (auto done = held.end(); !done) return done;
  auto done = database.execute("DROP TABLE IF EXISTS run_outline", kWhat);
  return done ? database.execute(std::string(kDefinition.sql), kWhat) : done;
}

}  // namespace

const DerivedDefinition& outline_definition() { return kDefinition; }

std::optional<RunOutline> read_outline(const Database& database, const RunRow& run) {
  Statement kept = database.prepare("SELECT rules, digest, bytes FROM run_outline WHERE run = ?", kWhat);
  if (!kept.with(run.record.number).next()) return std::nullopt;
  const std::string_view rules = kept.text(0);
  std::string_view bytes = kept.blob(2);
  const Digest digest = kept.digest(1);
  const auto most = static_cast<std::int64_t>(bytes.size() / sizeof(Digest::bytes));  // blocks that it could be of
  if (!kept.sound() || run.blocks > most || digest_of(rules, bytes) != digest) return std::nullopt;
  std::vector<BlockDigest> blocks = blocks_of(run, rules);
  std::vector<Digest> nodes(MerkleTree::nodes_over(blocks.size()));
  if (blocks.empty() || bytes.size() != (blocks.size() + nodes.size()) * sizeof(Digest::bytes)) return std::nullopt;
  for (BlockDigest& block : blocks) block.recorded = take_digest(bytes);
  for (Digest& node : nodes) node = take_digest(bytes);
  const std::size_t leaves = blocks.size();
  return RunOutline(std::move(blocks), MerkleTree(leaves, std::move(nodes)));
}

Result<void> keep_outline(const Database& database, const RunRow& run, const RunOutline& outline) {
  if (outline.blocks().size() < kBlocksWorthIt) return {};
  const auto rules = rules_of(run, outline.blocks());
  if (!rules) return {};
  std::string bytes;
  for (const BlockDigest& block : outline.blocks()) append_digest(bytes, block.recorded);
  for (const Digest& node : outline.tree().nodes()) append_digest(bytes, node);
  if (auto done = make_table(database); !done) return done;
  Statement insert = database.prepare("INSERT OR REPLACE INTO run_outline VALUES(?, ?, ?, ?)", kWhat);
  return insert.with(run.record.number, *rules, digest_of(*rules, bytes), Bytes{bytes}).run();
}

}  // namespace assay
