// Writer of canonical JSON (RFC 8785): the bytes that are hashed. Appends to one string; the caller gives keys in order
// and the writer CHECKs that they ascend (by UTF-16 code unit, as the RFC sorts them).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"

namespace assay {

class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& raw(std::string_view json);  // canonical JSON made elsewhere
  // key and text at once, the common case
  JsonWriter& field(std::string_view name, std::string_view value) { return key(name).text(value); }
  const std::string& str() const { return out_; }
  std::string take();

 private:
  void separate();
  std::string out_;
  struct Level {
    bool object;
    bool first;
    std::string last_key;
  };
  std::vector<Level> levels_;
};

void append_json_text(std::string& out, std::string_view value);  // quoted and escaped as RFC 8785 says
// Any JSON text (UTF-8, at most 64 levels, no key twice in an object) rewritten canonically; BadInput otherwise.
// Numbers as ECMAScript prints them.
Result<std::string> canonicalise_json(std::string_view json);

}  // namespace assay
