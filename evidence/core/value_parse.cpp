// Values read from text: the plain form, and what people write in a spreadsheet cell.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "evidence/core/text.h"
#include "evidence/core/value.h"

namespace assay {
namespace {

enum class Unit { None, Percent, Points, Pounds, Days, Months };

struct Amount {
  Decimal number;
  Unit unit = Unit::None;
};

struct UnitWord {
  std::string_view word;
  Unit unit;
  std::int64_t times;
};

constexpr std::array kUnitWords = {
    UnitWord{"%", Unit::Percent, 1},
    UnitWord{"percent", Unit::Percent, 1},
    UnitWord{"per cent", Unit::Percent, 1},
    UnitWord{"point", Unit::Points, 1},
    UnitWord{"points", Unit::Points, 1},
    UnitWord{"percentage point", Unit::Points, 1},
    UnitWord{"percentage points", Unit::Points, 1},
    UnitWord{"day", Unit::Days, 1},
    UnitWord{"days", Unit::Days, 1},
    UnitWord{"week", Unit::Days, 7},
    UnitWord{"weeks", Unit::Days, 7},
    UnitWord{"month", Unit::Months, 1},
    UnitWord{"months", Unit::Months, 1},
    UnitWord{"quarter", Unit::Months, 3},
    UnitWord{"quarters", Unit::Months, 3},
    UnitWord{"year", Unit::Months, 12},
    UnitWord{"years", Unit::Months, 12},
};

constexpr std::array kPoundWords = {
    UnitWord{"", Unit::Pounds, 1},
    UnitWord{"k", Unit::Pounds, 1'000},
    UnitWord{"m", Unit::Pounds, 1'000'000},
    UnitWord{"bn", Unit::Pounds, 1'000'000'000},
};

Unit unit_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::Percent:
      return Unit::Percent;
    case TypeKind::Points:
      return Unit::Points;
    case TypeKind::Money:
      return Unit::Pounds;
    case TypeKind::Days:
      return Unit::Days;
    case TypeKind::Months:
      return Unit::Months;
    default:
      return Unit::None;
  }
}

std::string_view in_words(Unit unit) {
  switch (unit) {
    case Unit::None:
      return "a number without a unit";
    case Unit::Percent:
      return "a percent";
    case Unit::Points:
      return "a number of percentage points";
    case Unit::Pounds:
      return "an amount of money";
    case Unit::Days:
      return "a duration in days";
    case Unit::Months:
      return "a duration in months";
  }
  return "";
}

// The digits without their thousands commas; nothing where a comma stands elsewhere than before each three digits.
std::optional<std::string> without_commas(std::string_view digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  if (digits.find(',') == std::string_view::npos) return std::string(digits);
  std::string plain;
  std::size_t next = digits.find(',');
  if (next == 0 || next > 3) return std::nullopt;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != ',') {
      plain += digits[i];
    } else if (i != next || i > point) {
      return std::nullopt;
    } else {
      next += 4;
    }
  }
  if (next != point) return std::nullopt;
  return plain;
}

// A number with at most one unit, before (£) or after it. Nothing when it reads as no number at all.
std::optional<Amount> read_amount(std::string_view text) {
  bool negative = false, money = false;
  for (;;) {  // "-£3" and "£-3"
    if (!negative && text.starts_with('-')) {
      negative = true;
      text.remove_prefix(1);
    } else if (!money && text.starts_with("£")) {
      money = true;
      text.remove_prefix(std::string_view("£").size());
    } else {
      break;
    }
  }
  const std::size_t end = std::min(text.find_first_not_of("0123456789.,"), text.size());
  const auto digits = without_commas(text.substr(0, end));
  const auto number = digits ? Decimal::parse(*digits) : std::nullopt;
  if (!number) return std::nullopt;
  const std::string word = lower_case(trim(text.substr(end)));

  const std::span<const UnitWord> words = money ? std::span<const UnitWord>(kPoundWords) : kUnitWords;
  Amount amount{negative ? number->negated() : *number, Unit::None};
  if (word.empty() && !money) return amount;
  for (const UnitWord& known : words) {
    if (known.word != word) continue;
    const auto product = Decimal::multiply_divide(std::array{amount.number, Decimal::from_int(known.times)}, {});
    if (!product) return std::nullopt;
    return Amount{*product, known.unit};
  }
  return std::nullopt;
}

tl::unexpected<Error> unread(std::string_view text, const ValueType& type, std::string help = {}) {
  return fail(ErrorCode::BadInput, fmt::format("`{}` cannot be read as {}", text, describe(type)), {}, std::move(help));
}

Result<Value> read_number(std::string_view text, const ValueType& type) {
  const auto amount = read_amount(text);
  if (!amount) return unread(text, type);
  if (amount->unit != Unit::None && amount->unit != unit_of(type.kind)) {
    return fail(ErrorCode::BadInput, fmt::format("`{}` is {}, where {} belongs", text, in_words(amount->unit),
                                                 in_words(unit_of(type.kind))));
  }
  if (type.kind == TypeKind::Whole && !amount->number.is_whole()) {
    return fail(ErrorCode::BadInput, fmt::format("`{}` is not a whole number", text));
  }
  const bool below = type.low && amount->number.compare(*type.low) < 0;
  const bool above = type.high && amount->number.compare(*type.high) > 0;
  if (below || above) return fail(ErrorCode::BadInput, fmt::format("`{}` is outside {}", text, describe(type)));
  return Value(amount->number);
}

Result<Value> read_yes_no(std::string_view text, const ValueType& type) {
  const std::string lower = lower_case(text);
  if (lower == "yes" || lower == "y" || lower == "true" || lower == "1") return Value(true);
  if (lower == "no" || lower == "n" || lower == "false" || lower == "0") return Value(false);
  return unread(text, type, "write yes or no");
}

// Case, spaces, hyphens and underscores set aside.
std::string label_key(std::string_view text) {
  std::string key = lower_case(text);
  std::erase_if(key, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  return key;
}

Result<Value> read_label(std::string_view text, const ValueType& type) {
  const std::string wanted = label_key(text);
  std::optional<Label> loose;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < type.labels.size(); ++i) {
    const LabelDef& label = type.labels[i];
    const Label place{static_cast<std::uint16_t>(i)};
    if (label.name == text) return Value(place);
    if (!loose && (label_key(label.name) == wanted || label_key(label.title) == wanted)) loose = place;
    names.push_back(label.name);
  }
  if (loose) return Value(*loose);
  std::string spelt = lower_case(text);
  std::replace(spelt.begin(), spelt.end(), ' ', '_');
  std::string help;
  if (const auto near = near_name(spelt, names)) {
    help = fmt::format("did you mean `{}`?", *near);
  } else if (!type.name.empty() && names.size() <= 12) {
    help = fmt::format("it takes {}", join_words(names, "or"));
  }
  return fail(ErrorCode::BadInput, fmt::format("`{}` is not {}", text, describe(type)), {}, std::move(help));
}

}  // namespace

Result<Value> parse_value(std::string_view text, const ValueType& type) {
  if (first_bad_utf8(text)) return fail(ErrorCode::BadInput, "this text is not UTF-8", {}, "save the file as UTF-8");
  text = trim(text);
  if (text.empty())
    return fail(ErrorCode::BadInput, "the value is empty", {}, fmt::format("it should be {}", describe(type)));
  if (is_numeric(type.kind)) return read_number(text, type);
  switch (type.kind) {
    case TypeKind::YesNo:
    case TypeKind::Event:
      return read_yes_no(text, type);
    case TypeKind::Text:
      return Value(to_nfc(text));
    case TypeKind::Choice:
    case TypeKind::Scale:
      return read_label(text, type);
    default:
      break;
  }
  const auto date = read_date_as_written(text);
  if (!date) return tl::unexpected(date.error());
  return date->exact() ? Value(date->first) : Value(*date);
}

}  // namespace assay
