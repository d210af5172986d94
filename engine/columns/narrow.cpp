// Where a number comes from is known by its register.
#include "engine/columns/narrow.h"

#include <map>

namespace assay::columns {

namespace {

constexpr std::size_t kNarrowBytes = 4;

class Narrowing {
 public:
  Narrowing(const std::vector<Column>& columns) : columns_(columns) {}

  void run(Step& step) {
    if (const auto* load = std::get_if<LoadNumber>(&step)) {
      if (!load->through && is_narrow(load->column)) from_[load->out] = load->column;
    } else if (const auto* least = std::get_if<AtLeast>(&step)) {
      if (const auto found = from_.find(least->a); found != from_.end())
        step = AtLeastInColumn{found->second, least->constant, least->out};
    } else if (const auto* equal = std::get_if<EqualTo>(&step)) {
      if (const auto found = from_.find(equal->a); found != from_.end() && equal->ordered)
        step = EqualInColumn{found->second, equal->constant, equal->out};
    } else if (const auto* sum = std::get_if<SumOf>(&step)) {
      if (auto made = sum_of_columns(*sum)) step = std::move(*made);
    }
  }

 private:
  bool is_narrow(ColumnId id) const {
    const auto& column = std::get<NumberColumn>(columns_[id]);
    return column.low.width <= kNarrowBytes && column.low.width == column.high.width &&
           column.low.base == column.high.base && column.low.base <= column.least;
  }
  std::optional<SumOfColumns> sum_of_columns(const SumOf& sum) const {
    SumOfColumns made{{}, 2, sum.out};
    std::uint64_t most = 0;
    for (const Reg member : sum.members) {
      const auto found = from_.find(member);
      if (found == from_.end()) return std::nullopt;
      made.members.push_back(found->second);
      const auto& column = std::get<NumberColumn>(columns_[found->second]);
      most += static_cast<std::uint64_t>(column.greatest) - static_cast<std::uint64_t>(column.low.base);
    }
    if (most > 0xffff) made.bytes = 4;
    return most > 0xffff'ffff ? std::nullopt : std::optional(std::move(made));
  }

  const std::vector<Column>& columns_;
  std::map<Reg, ColumnId> from_;
};

}  // namespace

void narrow(Blocks& blocks, const std::vector<Column>& columns) {
  Narrowing narrowing(columns);
  for (Step& step : blocks.steps) narrowing.run(step);
}

}  // namespace assay::columns
