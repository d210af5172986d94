// A block in the place of another costs its path in the tree; one more moves all behind it, and the tree is made anew.
#include "evidence/store/run_outline.h"

#include <algorithm>
#include <map>
#include <set>

#include "evidence/core/check.h"
#include "evidence/store/run_row.h"
#include "evidence/trail/merkle.h"

namespace assay {
namespace {

std::optional<std::vector<BlockDigest>> put_in_place(const std::vector<BlockDigest>& of_base,
                                                     const std::vector<BlockDigest>& own) {
  std::map<std::pair<std::string_view, std::int64_t>, const BlockDigest*> left;
  for (const BlockDigest& block : own)
    left.emplace(std::pair(std::string_view(block.rule.text()), block.block), &block);
  if (left.size() != own.size()) return std::nullopt;
  std::vector<BlockDigest> all;
  all.reserve(of_base.size() + own.size());
  for (std::size_t i = 0; i < of_base.size(); ++i) {
    const BlockDigest& of = of_base[i];
    const auto mine = left.find({of.rule.text(), of.block});
    all.push_back(mine == left.end() ? of_base[i] : *mine->second);
    if (mine != left.end()) left.erase(mine);
    if (i + 1 < of_base.size() && of_base[i + 1].rule == of.rule) continue;
    for (std::int64_t next = of.block + 1;; ++next) {
      const auto more = left.find({of.rule.text(), next});
      if (more == left.end()) break;
      all.push_back(*more->second);
      left.erase(more);
    }
  }
  return left.empty() ? std::optional(std::move(all)) : std::nullopt;
}

}  // namespace

RunOutline::RunOutline(std::vector<BlockDigest> blocks) : blocks_(std::move(blocks)), tree_(block_leaves(blocks_)) {
  find_rules();
}

RunOutline::RunOutline(std::vector<BlockDigest> blocks, MerkleTree tree)
    : blocks_(std::move(blocks)), tree_(std::move(tree)) {
  CHECK(tree_.leaves() == blocks_.size());
  find_rules();
}

void RunOutline::find_rules() {
  for (std::size_t begin = 0, end = 0; begin < blocks_.size(); begin = end) {
    while (end < blocks_.size() && blocks_[end].rule == blocks_[begin].rule) ++end;
    rules_.emplace_back(begin, end);
  }
}

std::span<const BlockDigest> RunOutline::of_rule(std::string_view rule) const {
  for (const auto& [begin, end] : rules_)
    if (blocks_[begin].rule == rule) return std::span(blocks_).subspan(begin, end - begin);
  return {};
}

std::optional<std::size_t> RunOutline::place_of(const BlockDigest& block) const {
  const auto blocks = of_rule(block.rule.text());
  const auto found = std::ranges::lower_bound(blocks, block.block, {}, &BlockDigest::block);
  if (found == blocks.end() || found->block != block.block) return std::nullopt;
  return static_cast<std::size_t>(&*found - blocks_.data());
}

std::optional<std::vector<std::size_t>> RunOutline::places_of(const std::vector<BlockDigest>& own) const {
  std::vector<std::size_t> places;
  std::set<std::size_t> taken;
  for (const BlockDigest& block : own) {
    const auto place = place_of(block);
    if (!place || !taken.insert(*place).second) return std::nullopt;
    places.push_back(*place);
  }
  return places;
}

std::optional<RunOutline> RunOutline::with(const std::vector<BlockDigest>& own) const {
  const auto places = places_of(own);
  if (!places) {
    auto all = put_in_place(blocks_, own);
    return all ? std::optional<RunOutline>(std::move(*all)) : std::nullopt;
  }
  RunOutline out = *this;
  for (std::size_t i = 0; i < own.size(); ++i) {
    out.blocks_[(*places)[i]] = own[i];
    out.tree_.exchange((*places)[i], block_leaf(own[i]));
  }
  return out;
}

std::optional<Digest> RunOutline::root_with(const std::vector<BlockDigest>& own) const {
  const auto places = places_of(own);
  if (!places) {
    const auto all = with(own);
    return all ? std::optional(all->root()) : std::nullopt;
  }
  MerkleTree tree = tree_;
  for (std::size_t i = 0; i < own.size(); ++i) tree.exchange((*places)[i], block_leaf(own[i]));
  return tree.root();
}

}  // namespace assay
