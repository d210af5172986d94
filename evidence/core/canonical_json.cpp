// The writer of canonical JSON (RFC 8785).
#include "evidence/core/canonical_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

#include "evidence/core/check.h"
#include "evidence/core/utf16_order.h"

namespace assay {

// The order by UTF-16 code unit is the order of bytes, save that what needs a
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

// Eight bytes at once: is none of them a control character, a quote or a backslash? (Bytes above 0x7f stand as they
// are; one may make this say no, which only costs the slow look.)
static bool plain_eight(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHigh = 0x8080808080808080u;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const auto has_zero = [](std::uint64_t x) { return (x - kOnes) & ~x & kHigh; };
  const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHigh;
  return (control | has_zero(word ^ (kOnes * '"')) | has_zero(word ^ (kOnes * '\\'))) == 0;
}

void append_json_text(std::string& out, std::string_view value) {
  out += '"';
  std::size_t from = 0;  // start of the run that needs no escape
  for (std::size_t i = 0; i < value.size(); ++i) {
    while (i + 8 <= value.size() && plain_eight(value.data() + i)) i += 8;
    if (i == value.size()) break;
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

}  // namespace assay
