// Looks for a case that no row covers, input by input; the rows still open after the first inputs decide what is left
// to look at, so that each set of them is looked at once an input.
#include "dsl/check/table_cover.h"

#include <set>

namespace assay::checking {
namespace {

constexpr std::size_t kLookedAtMax = 100'000;

class Search {
 public:
  Search(const TableCover& cover, std::size_t count, bool surely, std::optional<std::size_t> within)
      : cover_(cover), count_(count), surely_(surely), within_(within), seen_(cover.regions.size()) {}

  TableCover::Found run() {
    TableCover::Found found;
    if (look(std::vector<bool>(count_, true))) found.example = case_;
    found.too_large = looked_at_ > kLookedAtMax;
    return found;
  }

 private:
  // Is there a case that begins with case_ and that none of the open rows covers?
  bool look(const std::vector<bool>& open) {
    const std::size_t input = case_.size();
    if (none(open)) return complete(input);
    if (input == cover_.regions.size() || ++looked_at_ > kLookedAtMax) return false;
    if (!seen_[input].insert(open).second) return false;
    for (std::size_t region = 0; region < cover_.regions[input]; ++region) {
      if (within_ && !cover_.rows[*within_].may[input][region]) continue;
      std::vector<bool> left = open;
      for (std::size_t row = 0; row < count_; ++row) {
        const TableCover::Row& of = cover_.rows[row];
        left[row] = open[row] && (surely_ ? of.surely : of.may)[input][region];
      }
      case_.push_back(region);
      if (look(left)) return true;
      case_.pop_back();
    }
    return false;
  }

  // No row is left: any value of the inputs that follow will do.
  bool complete(std::size_t input) {
    for (; input < cover_.regions.size(); ++input) {
      std::size_t region = 0;
      while (within_ && region < cover_.regions[input] && !cover_.rows[*within_].may[input][region]) ++region;
      if (region == cover_.regions[input]) return false;
      case_.push_back(region);
    }
    return true;
  }

  static bool none(const std::vector<bool>& open) {
    for (const bool each : open)
      if (each) return false;
    return true;
  }

  const TableCover& cover_;
  std::size_t count_;
  bool surely_;
  std::optional<std::size_t> within_;
  std::vector<std::set<std::vector<bool>>> seen_;  // by input: the open rows from which nothing was found
  TableCase case_;
  std::size_t looked_at_ = 0;
};

}  // namespace

TableCover::Found TableCover::uncovered(std::size_t count, bool surely, std::optional<std::size_t> within) const {
  return Search(*this, count, surely, within).run();
}

std::optional<TableCase> TableCover::shared(std::size_t a, std::size_t b) const {
  TableCase found;
  for (std::size_t input = 0; input < regions.size(); ++input) {
    std::size_t region = 0;
    while (region < regions[input] && !(rows[a].surely[input][region] && rows[b].surely[input][region])) ++region;
    if (region == regions[input]) return std::nullopt;
    found.push_back(region);
  }
  return found;
}

}  // namespace assay::checking
