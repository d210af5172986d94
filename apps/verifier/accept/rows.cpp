// Words to values.
#include "apps/verifier/accept/rows.h"

#include <fmt/format.h>

#include <array>

namespace assay::verifier {
namespace {

struct Standings {
  std::string_view words;
  Standing standing;
};
constexpr std::array kStandings = {
    Standings{"not available", Standing::NotAvailable},
    Standings{"suppressed", Standing::Suppressed},
    Standings{"does not apply", Standing::NotApplicable},
    Standings{"complete: every record of this period is held", Standing::Complete},
    Standings{"withdrawn", Standing::Withdrawn},
    Standings{"redacted", Standing::Redacted},
    Standings{"ended, with nothing in its place", Standing::Ended},
};

// "October to December 2024": a date that is known only so far, as it is said.
std::optional<ImpreciseDate> date_in_words(const std::string& words) {
  for (int year = 1970; year < 2100; ++year) {
    if (words.find(std::to_string(year)) == std::string::npos) continue;
    for (int month = 1; month <= 12; ++month) {
      for (const Step step : {Step::Day, Step::Month, Step::Quarter, Step::Year, Step::FinancialYear}) {
        const Date first = *Date::from_ymd(year, month, 1);
        for (int day = 0; day < (step == Step::Day ? 31 : 1); ++day) {
          const ImpreciseDate date =
              step == Step::Day ? ImpreciseDate(Date{first.days + day}) : ImpreciseDate(first, step);
          if (date.to_long_string() == words) return date;
        }
      }
    }
  }
  return std::nullopt;
}

std::string said(const Members& leaf, const char* key) {
  const auto found = leaf.find(key);
  return found == leaf.end() ? std::string() : found->second;
}

}  // namespace

tl::expected<Observation, std::string> row_of(const Members& leaf, const Rulebook& book) {
  const auto field = book.schema.find_field(said(leaf, "field"));
  if (!field) return tl::unexpected(fmt::format("no evidence is called `{}`", said(leaf, "field")));
  Observation row;
  row.field = *field;
  const auto from = read_date_as_written(said(leaf, "valid_from"));
  const auto recorded = Date::parse(said(leaf, "recorded_on"));
  if (!from || !recorded)
    return tl::unexpected(std::string("the row does not say from when it is, or when it was recorded"));
  row.valid_from = from->first;
  row.from_known_to = from->known_to;
  row.recorded_on = *recorded;
  if (const auto to = read_date_as_written(said(leaf, "valid_to"))) {
    row.valid_to = to->last();
    row.to_known_to = to->known_to;
  }
  const std::string value = said(leaf, "value");
  for (const Standings& each : kStandings)
    if (value == each.words) row.standing = each.standing;
  if (value.starts_with("minded to")) row.standing = Standing::MindedTo;
  if (row.standing != Standing::Held) return row;
  const ValueType& type = book.schema.field(*field).type;
  if (type.kind == TypeKind::Event) {
    if (value != "happened") return tl::unexpected(fmt::format("`{}` is said of an event", value));
    row.value = true;
    return row;
  }
  auto read = parse_value(value, type);
  if (const auto date = type.kind == TypeKind::Date && !read ? date_in_words(value) : std::nullopt) {
    row.value = *date;
    return row;
  }
  if (!read) return tl::unexpected(fmt::format("`{}` is no value of `{}`", value, said(leaf, "field")));
  row.value = std::move(*read);
  return row;
}

}  // namespace assay::verifier
