// RFC 8785 (JSON Canonicalization Scheme): the writer, and any JSON text rewritten so.
#include "evidence/core/canonical_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "evidence/core/check.h"

namespace assay {
namespace {

constexpr std::size_t kMaxLevels = 64;

// Order by UTF-16 code unit (RFC 8785, 3.2.3) of two UTF-8 texts. It is the order of bytes, save that what needs a
// surrogate pair (first byte 0xF0 and up) comes before U+E000 to U+FFFF (first byte 0xEE or 0xEF).
bool utf16_less(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (at_b == b.end()) return false;
  if (at_a == a.end()) return true;
  const auto byte_a = static_cast<unsigned char>(*at_a), byte_b = static_cast<unsigned char>(*at_b);
  const bool high_a = byte_a >= 0xEE, high_b = byte_b >= 0xEE;
  if (high_a && high_b && (byte_a >= 0xF0) != (byte_b >= 0xF0)) return byte_a >= 0xF0;
  return byte_a < byte_b;
}

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
    error_ =
        Error{ErrorCode::BadInput, fmt::format("this is not JSON: what ends with `{}` cannot stand here", last_token),
              fmt::format("byte {}", position)};
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

  std::vector<std::vector<Member>> levels_;
  std::string done_;
  std::optional<Error> error_;
};

}  // namespace

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  levels_.push_back({.object = true, .first = true, .last_key = {}});
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  CHECK(!levels_.empty() && levels_.back().object && out_.back() != ':');
  levels_.pop_back();
  out_ += '}';
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  levels_.push_back({.object = false, .first = true, .last_key = {}});
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  CHECK(!levels_.empty() && !levels_.back().object);
  levels_.pop_back();
  out_ += ']';
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  CHECK(!levels_.empty() && levels_.back().object && out_.back() != ':');
  Level& level = levels_.back();
  CHECK(level.first || utf16_less(level.last_key, name));
  if (!level.first) out_ += ',';
  level.first = false;
  level.last_key.assign(name);
  append_json_text(out_, name);
  out_ += ':';
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_json_text(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

std::string JsonWriter::take() {
  CHECK(levels_.empty());
  return std::exchange(out_, {});
}

// Before each value: what has to stand between it and what came before. A value never ends with a colon, so a colon at
// the end always means a key that waits for its value.
void JsonWriter::separate() {
  if (levels_.empty()) {
    CHECK(out_.empty());
  } else if (levels_.back().object) {
    CHECK(out_.back() == ':');
  } else if (!std::exchange(levels_.back().first, false)) {
    out_ += ',';
  }
}

void append_json_text(std::string& out, std::string_view value) {
  out += '"';
  std::size_t from = 0;  // start of the run that needs no escape
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(value, from, i - from);
    from = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    }
  }
  out.append(value, from);
  out += '"';
}

Result<std::string> canonicalise_json(std::string_view json) {
  Rewriter rewriter;
  nlohmann::json::sax_parse(json, &rewriter);
  return rewriter.take();
}

}  // namespace assay
