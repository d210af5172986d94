// Looks at bytes once: nearly all cells are numbers and codes, and are left as soon as they can be neither.
#include "evidence/import/personal_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "evidence/core/text.h"

namespace assay {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); }
char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
// Part of a longer code or number, so that what is beside it does not stand alone.
bool continues(char c) {
  return is_digit(c) || is_letter(c) || c == '_' || c == '.' || c == ',' || c == '-' || c == '/' || c == '=' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Where a thing that begins at `begin` and ends before `end` stands alone: a full stop or comma after it ends a
// sentence.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0 && continues(text[begin - 1])) return false;
  if (end == text.size() || !continues(text[end])) return true;
  const bool ends_clause = text[end] == '.' || text[end] == ',';
  return ends_clause && (end + 1 == text.size() || !continues(text[end + 1]));
}

// Ten digits, together or as 3, 3 and 4 with one blank or hyphen between: where they end, or 0.
std::size_t end_of_ten(std::string_view text, std::size_t at, std::array<int, 10>& digits) {
  std::size_t count = 0;
  char between = '\0';
  for (; at < text.size() && count < 10; ++at) {
    if (is_digit(text[at])) {
      digits[count++] = text[at] - '0';
      continue;
    }
    const bool gap = (text[at] == ' ' || text[at] == '-') && (count == 3 || count == 6);
    if (!gap || (count == 3 && between != '\0') || (count == 6 && between != text[at])) return 0;
    between = text[at];
  }
  return count == 10 ? at : 0;
}

// The NHS Data Model and Dictionary: the tenth digit is 11 less the weighted sum of the nine modulo 11. Numbers given
// out begin with 4, 6 or 7 in England and Wales, 0 to 3 in Scotland and Northern Ireland, 999 in tests.
bool is_nhs_number(const std::array<int, 10>& digits) {
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += digits[i] * (10 - static_cast<int>(i));
  const int check = (11 - sum % 11) % 11;
  if (check != digits[9]) return false;
  if (std::all_of(digits.begin(), digits.end(), [&](int digit) { return digit == digits[0]; })) return false;
  return digits[0] <= 4 || digits[0] == 6 || digits[0] == 7 || (digits[0] == 9 && digits[1] == 9 && digits[2] == 9);
}

// The letters with which postcodes begin (Royal Mail): with them 1A1AA of some other code is none.
constexpr std::string_view kAreas =
    " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G "
    "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC "
    "WD "
    "WF WN WR WS WV YO ZE ";

bool is_area(std::string_view text, std::size_t begin, std::size_t end) {
  std::string area = " ";
  for (std::size_t i = begin; i < end; ++i) area += capital(text[i]);
  area += ' ';
  return kAreas.find(area) != std::string_view::npos;
}

// The digit of an inner half, such as that of 1AA, stands at `at`: is there a whole postcode around it?
bool is_postcode(std::string_view text, std::size_t at) {
  constexpr std::string_view kNeverInside = "CIKMOV";
  for (const std::size_t i : {at + 1, at + 2})
    if (!is_letter(text[i]) || kNeverInside.find(capital(text[i])) != std::string_view::npos) return false;
  const bool apart = at > 0 && text[at - 1] == ' ';
  const std::size_t end = apart ? at - 1 : at;  // of the outer half
  std::size_t begin = end;
  while (begin > 0 && end - begin < 5 && (is_letter(text[begin - 1]) || is_digit(text[begin - 1]))) --begin;
  // One or two letters, a digit, and perhaps a digit or letter.
  std::size_t letters = 0;
  while (begin + letters < end && letters < 2 && is_letter(text[begin + letters])) ++letters;
  const std::size_t rest = end - begin - letters;
  if (letters == 0 || rest < 1 || rest > 2 || !is_digit(text[begin + letters])) return false;
  if (!is_area(text, begin, begin + letters) || !stands_alone(text, begin, at + 3)) return false;
  return apart || std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                              text.begin() + static_cast<std::ptrdiff_t>(at + 3),
                              [](char c) { return is_digit(c) || is_capital(c); });
}

// The words of a heading: `Client_Name`, `ClientName` and `CLIENT NAME` are all "client" and "name".
std::vector<std::string> words_of(std::string_view heading) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const bool turn = i > 0 && is_capital(heading[i]) && is_letter(heading[i - 1]) && !is_capital(heading[i - 1]);
    if (turn || !is_letter(heading[i])) words.emplace_back();
    if (is_letter(heading[i])) words.back() += lower_case(heading.substr(i, 1));
  }
  words.erase(std::remove(words.begin(), words.end(), std::string()), words.end());
  return words;
}

bool has(const std::vector<std::string>& words, std::initializer_list<std::string_view> any) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return std::find(any.begin(), any.end(), word) != any.end(); });
}

}  // namespace

std::optional<Personal> personal_by_heading(std::string_view heading) {
  const std::vector<std::string> words = words_of(heading);
  if (has(words, {"dob", "dateofbirth", "birthdate", "birthday", "born"}) ||
      (has(words, {"birth"}) && has(words, {"date", "day"})) || words == std::vector<std::string>{"d", "o", "b"})
    return Personal::DateOfBirth;
  if (has(words, {"forename", "forenames", "surname", "surnames", "firstname", "lastname", "fullname", "initials"}))
    return Personal::Name;
  if (!has(words, {"name", "names"})) return std::nullopt;
  const bool alone = words.size() == 1;
  const bool part = has(words, {"first", "last", "full", "family", "given", "middle", "maiden", "preferred", "fore"});
  const bool persons = has(words, {"person", "persons",  "people",   "client",     "clients", "patient",     "patients",
                                   "user",   "users",    "resident", "residents",  "carer",   "carers",      "adult",
                                   "child",  "customer", "citizen",  "individual", "worker",  "staff",       "relative",
                                   "kin",    "contact",  "next",     "guardian",   "tenant",  "practitioner"});
  if (alone || part || persons) return Personal::Name;
  return std::nullopt;
}

TenDigits ten_digit_numbers(std::string_view text) {
  TenDigits found;
  std::array<int, 10> digits{};
  for (std::size_t at = 0; at + 10 <= text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    const std::size_t end = end_of_ten(text, at, digits);
    if (end != 0 && stands_alone(text, at, end)) {
      ++found.all;
      found.valid += is_nhs_number(digits) ? 1U : 0U;
      at = end - 1;
      continue;
    }
    while (at + 1 < text.size() && is_digit(text[at + 1])) ++at;
  }
  return found;
}

std::uint64_t postcodes(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t at = 2; at + 3 <= text.size(); ++at)
    if (is_digit(text[at]) && is_letter(text[at + 1]) && is_postcode(text, at)) ++count;
  return count;
}

void PersonalDataWatch::begin(std::span<const std::string> headings, std::span<const std::string> published) {
  columns_.clear();
  for (const std::string& heading : headings) {
    Column column{.heading = heading, .by_heading = personal_by_heading(heading), .numbers = {}};
    column.published = std::find(published.begin(), published.end(), heading) != published.end();
    // A table without headings has values in their place.
    column.postcodes = postcodes(heading);
    column.numbers = ten_digit_numbers(heading);
    if (column.postcodes + column.numbers.valid > 0) column.heading = std::to_string(columns_.size() + 1);
    columns_.push_back(std::move(column));
  }
}

namespace {

// 2025-03-05: its hyphens leave room for neither thing, whatever stands between them.
bool looks_like_a_date(std::string_view cell) { return cell.size() == 10 && cell[4] == '-' && cell[7] == '-'; }

// Eight bytes at a time, the first in the lowest place; each answers in its own highest bit.
constexpr std::uint64_t kEach = 0x0101010101010101, kHighest = 0x80 * kEach;

constexpr std::uint64_t between(std::uint64_t bytes, char first, char last) {
  const std::uint64_t low = bytes & ~kHighest;
  const auto from = [low](int c) { return low + static_cast<std::uint64_t>(0x80 - c) * kEach; };
  return from(first) & ~from(last + 1) & ~bytes & kHighest;
}

std::uint64_t bytes_at(const char* begin, std::size_t size) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, begin, size);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  return bytes;
}

// The eight from `at`, or what is left there of a text that has at least four.
std::uint64_t next_bytes(std::string_view text, std::size_t at) {
  const std::size_t left = text.size() - at;
  if (left >= 8) return bytes_at(text.data() + at, 8);
  if (text.size() >= 8) return bytes_at(text.data() + text.size() - 8, 8) >> 8 * (8 - left);
  return bytes_at(text.data(), 4) | bytes_at(text.data() + text.size() - 4, 4) >> 8 * (8 - left) << 32;
}

// Ten digits, or a digit and a letter after it as postcodes have: without them a cell holds neither thing. Of at least
// four bytes.
bool may_hold_either(std::string_view cell) {
  std::uint64_t digits = 0, inner = 0, carried = 0;
  for (std::size_t at = 0; at < cell.size(); at += 8) {
    const std::uint64_t bytes = next_bytes(cell, at);
    const std::uint64_t digit = between(bytes, '0', '9');
    inner |= (digit << 8 | carried) & between(bytes | 0x20 * kEach, 'a', 'z');
    carried = digit >> 56;
    digits += (digit >> 7) * kEach >> 56;
  }
  return inner != 0 || digits >= 10;
}

}  // namespace

void PersonalDataWatch::look(std::span<const std::string_view> cells) {
  constexpr std::size_t kShortest = 5;  // of a postcode, M11AA; an NHS number is longer
  constexpr std::size_t kLong = 9;      // from here on comparing costs less than looking
  const std::size_t count = std::min(cells.size(), columns_.size());
  for (std::size_t i = 0; i < count; ++i) {
    Column& column = columns_[i];
    const std::string_view cell = cells[i];
    if (cell.empty() || column.published) continue;
    if (column.by_heading && !trim(cell).empty()) ++column.filled;
    if (cell.size() < kShortest || looks_like_a_date(cell) || cell == column.plain) continue;
    if (!may_hold_either(cell)) {
      if (cell.size() >= kLong) column.plain = cell;
      continue;
    }
    column.postcodes += postcodes(cell);
    const TenDigits numbers = ten_digit_numbers(cell);
    column.numbers.all += numbers.all;
    column.numbers.valid += numbers.valid;
  }
}

std::vector<PersonalDataWatch::Found> PersonalDataWatch::found() const {
  std::vector<Found> found;
  for (const Column& column : columns_) {
    if (column.numbers.valid * 2 > column.numbers.all)
      found.push_back({Personal::NhsNumber, column.heading, column.numbers.valid});
    if (column.by_heading == Personal::DateOfBirth && column.filled > 0)
      found.push_back({Personal::DateOfBirth, column.heading, column.filled});
    if (column.postcodes > 0) found.push_back({Personal::Postcode, column.heading, column.postcodes});
    if (column.by_heading == Personal::Name && column.filled > 0)
      found.push_back({Personal::Name, column.heading, column.filled});
  }
  return found;
}

std::vector<Error> personal_data_faults(std::span<const PersonalDataWatch::Found> found, std::string_view file) {
  std::vector<Error> faults;
  for (const PersonalDataWatch::Found& one : found) {
    const bool several = one.count != 1;
    std::string message;
    switch (one.what) {
      case Personal::NhsNumber:
        message = fmt::format("{} value{} like {}", one.count, several ? "s look" : " looks",
                              several ? "NHS numbers: ten digits, the last of them the right check digit"
                                      : "an NHS number: ten digits, the last of them the right check digit");
        break;
      case Personal::DateOfBirth:
        message = fmt::format("{} {} of birth, by the heading", one.count, several ? "dates" : "date");
        break;
      case Personal::Postcode:
        message = fmt::format("{} full postcode{}", one.count, several ? "s" : "");
        break;
      case Personal::Name:
        message = fmt::format("{} {}, by the heading", one.count, several ? "names of persons" : "name of a person");
        break;
    }
    faults.push_back({ErrorCode::BadInput,
                      std::move(message),
                      fmt::format("{}: {}column {}", file,
                                  one.sheet.empty() ? "" : fmt::format("sheet {}, ", one.sheet), one.heading),
                      {}});
  }
  if (faults.empty()) return faults;
  faults.push_back({ErrorCode::BadInput, "this looks like data about persons, of which nothing is repeated here",
                    std::string(file),
                    "take it out, or say why it is kept and until when with --personal-data-for and --destroy-on; "
                    "what is published of a body is let in with --published COLUMN"});
  return faults;
}

}  // namespace assay
