// Cells of one field: the short way must say what parse_value says.
#include "evidence/import/read_value.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "import_support.h"

using namespace assay;

namespace {

ValueType of(TypeKind kind) {
  ValueType type;
  type.kind = kind;
  return type;
}

struct Reader {
  explicit Reader(ValueType field_type) : type(std::move(field_type)), values(type, 1, names) {}
  Result<TypedRow> read(std::string_view text) {
    TypedRow row;
    const Result<void> read = values.read(text, row);
    if (!read) return tl::unexpected<Error>(read.error());
    return row;
  }
  std::int64_t number(std::string_view text) { return read(text).value().number; }

  Catalogue names;
  ValueType type;
  ValueReader values;
};

}  // namespace

TEST_CASE("numbers are kept as counts of the places of their type") {
  REQUIRE(Reader(of(TypeKind::Score)).number("3") == 3);
  REQUIRE(Reader(of(TypeKind::Percent)).number("66.7") == 66'700'000);
  REQUIRE(Reader(of(TypeKind::Percent)).number("39%") == 39'000'000);
  REQUIRE(Reader(of(TypeKind::Money)).number("£2.5m") == 2'500'000'000'000);
  REQUIRE(Reader(of(TypeKind::Days)).number("4 weeks") == 28);
  REQUIRE(Reader(of(TypeKind::Months)).number("1 year") == 12);
  REQUIRE(Reader(of(TypeKind::Points)).number("-0.5") == -500'000);
  REQUIRE(Reader(of(TypeKind::Whole)).number("1,057") == 1057);
  REQUIRE(Reader(of(TypeKind::Date)).number("1970-02-01") == 31);
  REQUIRE(Reader(of(TypeKind::YesNo)).number("yes") == 1);
  REQUIRE(Reader(of(TypeKind::Event)).number("No") == 0);
}

TEST_CASE("a number with more places than are kept is held as text") {
  Reader percent(of(TypeKind::Percent));
  const TypedRow fine = percent.read("58.8618993418278").value();
  REQUIRE(fine.has_text);
  REQUIRE(fine.text == "58.8618993418278");
  REQUIRE_FALSE(percent.read("58.861899").value().has_text);
  const TypedRow huge = percent.read("99999999999999").value();  // 10^14 - 1, at six places beyond 64 bits
  REQUIRE(huge.has_text);
  REQUIRE(huge.text == "99999999999999");
}

TEST_CASE("the short way and parse_value agree") {
  ValueType type = of(TypeKind::Percent);
  type.low = Decimal::from_int(0);
  type.high = Decimal::parse("99.95").value();
  Reader reader(type);
  const std::string digits = "0059.-% ";
  // Every text of up to four of these characters.
  std::size_t good = 0;
  for (std::size_t length = 1, all = 1; length <= 4; ++length) {
    all *= digits.size();
    for (std::size_t i = 0; i < all; ++i) {
      std::string text;
      for (std::size_t left = i, n = 0; n < length; ++n, left /= digits.size()) text += digits[left % digits.size()];
      const Result<Value> slow = parse_value(text, type);
      const Result<TypedRow> fast = reader.read(text);
      CAPTURE(text);
      REQUIRE(slow.has_value() == fast.has_value());
      if (!slow) continue;
      ++good;
      REQUIRE(std::get<Decimal>(*slow).to_scaled(6) == fast->number);
    }
  }
  REQUIRE(good > 100);
}

TEST_CASE("labels are numbered once, by name or by title") {
  ValueType rating = of(TypeKind::Scale);
  rating.name = "cqc_rating";
  rating.labels = {{"inadequate", "Inadequate"}, {"requires_improvement", "Requires improvement"}, {"good", "Good"}};
  Reader reader(rating);
  REQUIRE(reader.number("good") == 1);
  REQUIRE(reader.number("Requires improvement") == 2);
  REQUIRE(reader.number("requires_improvement") == 2);
  REQUIRE(reader.number("Good") == 1);
  REQUIRE(reader.names.labels().size() == 3);
  REQUIRE(reader.read("goood").error().help == "did you mean `good`?");
}

TEST_CASE("values outside the type are refused") {
  ValueType score = of(TypeKind::Score);
  score.low = Decimal::from_int(1);
  score.high = Decimal::from_int(4);
  Reader reader(score);
  for (const char* text : {"5", "0", "-1", "3.0000001", "2.5", "3%", "good", "1e1", "."}) {
    CAPTURE(text);
    REQUIRE_FALSE(reader.read(text));
  }
  REQUIRE(reader.read("2.5").error().message == "`2.5` is not a whole score");
  REQUIRE(reader.read(std::string(5000, '9')).error().message.size() < 200);
}

TEST_CASE("text in a message is cut between characters") {
  REQUIRE(shown_text("short") == "short");
  REQUIRE(shown_text(std::string(59, 'x') + "\xC3\xA9") == std::string(59, 'x') + "...");
}
