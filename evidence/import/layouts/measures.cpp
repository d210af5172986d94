// Measures by published code.
#include "evidence/import/layouts/measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "evidence/core/imprecise_date.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

std::string_view suffix_of(std::string_view kind) {
  if (kind == "country") return " England";
  if (kind == "ics") return " ICB";
  if (kind == "trust") return " trust";
  return {};
}

// The field by code, if it is of this kind.
const FieldDef* field_of_kind(const Schema& schema, std::string_view kind, std::string_view code) {
  const auto id = schema.find_field(code);
  if (!id || schema.kind(schema.field(*id).kind).name != kind) return nullptr;
  return &schema.field(*id);
}

Days days_of(const ImpreciseDate& date) { return {date.first.to_string(), date.last().to_string()}; }

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "2021-01-01/P3Y".
std::optional<Days> iso_duration(std::string_view start, std::string_view length) {
  const auto first = Date::parse(start);
  if (!first || length.size() < 3 || length.front() != 'P') return std::nullopt;
  std::int32_t count = 0;
  const char* const end = length.data() + length.size() - 1;
  if (std::from_chars(length.data() + 1, end, count).ptr != end || count < 1 || count > 1200) return std::nullopt;
  if (length.back() != 'Y' && length.back() != 'M') return std::nullopt;
  const Date after = add(*first, {Duration::Unit::Months, length.back() == 'Y' ? 12 * count : count});
  return Days{first->to_string(), Date{after.days - 1}.to_string()};
}

// "Jul 24" as "Jul-24", which cannot be a day of a month.
std::string month_and_year(std::string_view text) {
  std::string month(text);
  if (const std::size_t blank = month.find(' '); blank != std::string::npos) month[blank] = '-';
  return month;
}

// "Jul 24 - Jun 25", "2001 - 03".
std::optional<Days> from_to(std::string_view from, std::string_view to) {
  std::string last(to);
  if (is_digits(from) && is_digits(to) && from.size() == 4 && to.size() == 2)
    last = fmt::format("{}{}", from.substr(0, 2), to);
  const auto first_part = read_date_as_written(month_and_year(from));
  const auto last_part = read_date_as_written(month_and_year(last));
  if (!first_part || !last_part || last_part->last() < first_part->first) return std::nullopt;
  return Days{first_part->first.to_string(), last_part->last().to_string()};
}

bool is_total(std::string_view text) {
  const std::string words = lower_case(text);
  return words.starts_with("total") || words.starts_with("grand total") || words == "england" ||
         words == "england total";
}

// Three to six capitals and digits, a capital or a digit first, and at least one capital.
bool is_ods_code(std::string_view code) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return code.size() >= 3 && code.size() <= 6 && std::any_of(code.begin(), code.end(), capital) &&
         std::all_of(code.begin(), code.end(), [&](char c) { return capital(c) || digit(c); });
}

}  // namespace

std::optional<Days> published_period(std::string_view text) {
  std::string plain(text);
  if (plain.size() == 7 && plain[4] == '/') plain[4] = '-';
  if (const auto year = financial_year(plain)) return year;
  if (const std::size_t to = plain.find(" to "); to == 4 && plain.size() == 12) {
    const auto year = financial_year(fmt::format("{}-{}", plain.substr(0, 4), plain.substr(10)));
    if (year && year->last.substr(0, 4) == plain.substr(8)) return year;
    return std::nullopt;
  }
  if (const std::size_t slash = plain.find("/P"); slash != std::string::npos) {
    return iso_duration(std::string_view(plain).substr(0, slash), std::string_view(plain).substr(slash + 1));
  }
  if (const std::size_t dash = plain.find(" - "); dash != std::string::npos) {
    return from_to(trimmed(std::string_view(plain).substr(0, dash)), trimmed(std::string_view(plain).substr(dash + 3)));
  }
  const auto date = read_date_as_written(text);
  if (!date || (date->exact() && is_digits(text))) return std::nullopt;
  return days_of(*date);
}

std::optional<Days> period_of(TableReading& in, std::string_view heading) {
  const auto period = published_period(in.cell(heading));
  if (!period) {
    in.refuse(heading, fmt::format("`{}` is not a period", shown_text(in.cell(heading))),
              "write it as 2024-25, Nov 2023 or Q1 2025/26");
  }
  return period;
}

std::optional<Body> body_of_area(std::string_view code) {
  constexpr std::array<std::string_view, 4> kCouncils = {"E06", "E08", "E09", "E10"};
  const std::string_view start = code.substr(0, 3);
  if (start == "E92") return Body{"country", code, {}, "England"};
  if (start == "E54") return Body{"ics", code, {}, {}};
  for (const std::string_view council : kCouncils) {
    if (start == council) return Body{"council", code, {}, {}};
  }
  return std::nullopt;
}

std::optional<Body> organisation_in(TableReading& in, std::string_view kind, std::string_view code_heading,
                                    std::string_view name_heading) {
  const std::string_view code = in.cell(code_heading);
  const std::string_view name = name_heading.empty() ? std::string_view() : in.cell(name_heading);
  if (is_total(code) || ((code.empty() || code == "-") && is_total(name))) {
    in.pass_over("totals of other rows");
    return std::nullopt;
  }
  if (!is_ods_code(code)) {
    in.refuse(code_heading, fmt::format("`{}` is no code of an organisation", shown_text(code)),
              "the Organisation Data Service's codes are like R0A or QE1");
    return std::nullopt;
  }
  return Body{kind, code, name_heading, name};
}

const FieldDef* find_measure(const Schema& schema, std::string_view kind, std::span<const std::string> codes) {
  for (const std::string& code : codes) {
    if (const FieldDef* field = field_of_kind(schema, kind, code)) return field;
    const std::string_view suffix = suffix_of(kind);
    if (suffix.empty()) continue;
    if (const FieldDef* field = field_of_kind(schema, kind, code + std::string(suffix))) return field;
  }
  return nullptr;
}

void add_measure(TableReading& in, const Body& body, std::span<const std::string> codes, PublishedCell cell) {
  const FieldDef* const field = find_measure(in.schema(), body.kind, codes);
  if (field == nullptr) {
    // The plain code would do, unless another kind has it.
    const bool taken = body.kind == "country" || in.schema().find_field(codes.back());
    return in.pass_over_measure(codes.back() + std::string(taken ? suffix_of(body.kind) : ""));
  }
  const std::string subject = fmt::format("{}:{}", body.kind, body.code);
  if (!body.name.empty() && in.catalogue().find_subject(subject) == 0) {
    const std::string registered = fmt::format("{}.register", body.kind);
    in.add(PublishedCell{.heading = body.heading.empty() ? cell.heading : body.heading,
                         .subject = subject,
                         .field = registered,
                         .value = body.name,
                         .valid_from = kFirstDay,
                         .note = "the table gives no start date",
                         .row = cell.row});
  }
  cell.subject = subject;
  cell.field = field->name;
  in.add(cell);
}

void add_area_measure(TableReading& in, std::string_view area_heading, std::span<const std::string> codes,
                      const PublishedCell& cell) {
  const auto body = body_of_area(in.cell(area_heading));
  if (body) return add_measure(in, *body, codes, cell);
  in.pass_over("rows of areas that are no council with social services, no system and not England");
}

void set_missing(PublishedCell& cell, std::string_view published) {
  cell.standing = Standing::NotAvailable;
  cell.note = published.empty() ? "blank in the published table" : published;
}

}  // namespace assay
