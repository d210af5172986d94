// What several layouts share: financial years, and shares as percents.
#include "evidence/import/layouts/layouts.h"

#include <fmt/format.h>

#include <array>

#include "evidence/core/date.h"
#include "evidence/core/decimal.h"

namespace assay {

std::optional<FinancialYear> financial_year(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto first = Date::parse(fmt::format("{}-04-01", text.substr(0, 4)));
  if (!first || fmt::format("{:02}", (first->ymd().year + 1) % 100) != text.substr(5)) return std::nullopt;
  return FinancialYear{first->to_string(), step_end(*first, Step::FinancialYear).to_string()};
}

std::optional<std::string> share_as_percent(std::string_view share) {
  const auto number = Decimal::parse(share);
  if (!number) return std::nullopt;
  const auto percent = Decimal::multiply_divide(std::array{*number, Decimal::from_int(100)}, {});
  if (!percent) return std::nullopt;
  return percent->to_string();
}

void add_share(TableReading& in, PublishedCell cell) {
  const std::string_view share = in.cell(cell.heading);
  if (share.empty()) return;
  const auto percent = share_as_percent(share);
  if (!percent) {
    in.refuse(cell.heading, fmt::format("`{}` is not a share", shown_text(share)), "write it as 0.75848");
    return;
  }
  cell.value = *percent;
  in.add(cell);
}

}  // namespace assay
