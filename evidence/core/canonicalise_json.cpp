// Any JSON text rewritten canonically (RFC 8785): nlohmann/json reads, and each value is kept in its final form.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"
#include "evidence/core/text.h"
#include "evidence/core/utf16_order.h"

namespace assay {
namespace {

constexpr std::size_t kMaxLevels = 64;
constexpr std::size_t kShownBytes = 40;  // of what was found, in a message

// As ECMAScript's Number::toString prints it (ECMA-262, 6.1.6.1.20), from the shortest digits that read back the same.
std::string ecmascript_number(double value) {
  if (value == 0) return "0";  // -0 too
  std::array<char, 32> buffer{};
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value), std::chars_format::scientific);
  CHECK(written.ec == std::errc());
  const std::string_view shortest(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = shortest.find('e');
  std::string digits;
  for (const char c : shortest.substr(0, e)) {
    if (c != '.') digits += c;
  }
  std::string_view exponent_text = shortest.substr(e + 1);
  if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  int exponent = 0;
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);

  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // digits before the decimal point
  std::string text;
  if (point > 21 || point <= -6) {
    text = digits.substr(0, 1);
    if (count > 1) text.append(1, '.').append(digits, 1);
    text += fmt::format("e{}{}", exponent < 0 ? '-' : '+', std::abs(exponent));
  } else if (point >= count) {
    text = digits.append(static_cast<std::size_t>(point - count), '0');
  } else if (point > 0) {
    text = digits.insert(static_cast<std::size_t>(point), 1, '.');
  } else {
    text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  }
  return value < 0 ? '-' + text : text;
}

// Takes nlohmann's events and keeps, for each open array or object, its members already in canonical form.
class Rewriter : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Rewriter(std::string_view source) : source_(source) {}

  bool null() override { return value("null"); }
  bool boolean(bool yes) override { return value(yes ? "true" : "false"); }
  bool number_integer(number_integer_t number) override {
    return value(ecmascript_number(static_cast<double>(number)));
  }
  bool number_unsigned(number_unsigned_t number) override {
    return value(ecmascript_number(static_cast<double>(number)));
  }
  bool number_float(number_float_t number, const string_t&) override { return value(ecmascript_number(number)); }
  bool string(string_t& text) override {
    std::string quoted;
    append_json_text(quoted, text);
    return value(std::move(quoted));
  }
  bool binary(binary_t&) override { return false; }  // not in JSON text
  bool start_object(std::size_t) override { return open(); }
  bool key(string_t& name) override {
    levels_.back().push_back({name, {}});
    return true;
  }
  bool end_object() override {
    std::vector<Member> members = close();
    std::sort(members.begin(), members.end(),
              [](const Member& a, const Member& b) { return utf16_less(a.key, b.key); });
    std::string text = "{";
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0 && members[i].key == members[i - 1].key) {
        error_ = Error{ErrorCode::BadInput, fmt::format("the key `{}` stands twice in one object", members[i].key)};
        return false;
      }
      if (i > 0) text += ',';
      append_json_text(text, members[i].key);
      text.append(1, ':').append(members[i].value);
    }
    return value(text += '}');
  }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override {
    std::string text = "[";
    const std::vector<Member> members = close();
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) text += ',';
      text += members[i].value;
    }
    return value(text += ']');
  }
  bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::json::exception&) override {
    const std::string found =
        last_token.empty() || last_token.size() > kShownBytes ? "" : fmt::format(" at `{}`", last_token);
    error_ = Error{ErrorCode::BadInput, "this is not JSON" + found, place_of(position)};
    return false;
  }

  Result<std::string> take() {
    if (error_) return tl::unexpected(*error_);
    return std::move(done_);
  }

 private:
  struct Member {
    std::string key, value;
  };

  bool open() {
    if (levels_.size() == kMaxLevels) {
      error_ = Error{ErrorCode::BadInput, fmt::format("this JSON is more than {} levels deep", kMaxLevels)};
      return false;
    }
    levels_.push_back({});
    return true;
  }
  // "line 2, column 7" of the last of the bytes read so far, columns counted in bytes.
  std::string place_of(std::size_t bytes_read) const {
    const std::string_view before = source_.substr(0, bytes_read == 0 ? 0 : bytes_read - 1);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    return fmt::format("line {}, column {}", line, before.size() - line_start + 1);
  }
  std::vector<Member> close() {
    std::vector<Member> members = std::move(levels_.back());
    levels_.pop_back();
    return members;
  }
  bool value(std::string text) {
    if (levels_.empty()) {
      done_ = std::move(text);
    } else if (!levels_.back().empty() && levels_.back().back().value.empty()) {
      levels_.back().back().value = std::move(text);  // its key came before
    } else {
      levels_.back().push_back({{}, std::move(text)});
    }
    return true;
  }

  std::string_view source_;
  std::vector<std::vector<Member>> levels_;
  std::string done_;
  std::optional<Error> error_;
};

}  // namespace

Result<std::string> canonicalise_json(std::string_view json) {
  if (const auto bad = first_bad_utf8(json)) {
    return fail(ErrorCode::BadInput, "this JSON is not UTF-8", fmt::format("byte {}", *bad + 1));
  }
  Rewriter rewriter(json);
  nlohmann::json::sax_parse(json, &rewriter);
  return rewriter.take();
}

}  // namespace assay
