// Appends straight into the caller's kept string: a JSON object of a general library costs twenty times as much.
#include "evidence/trail/leaf.h"

#include <charconv>

#include "evidence/core/canonical_json.h"

namespace assay {
namespace {

class LeafWriter {
 public:
  explicit LeafWriter(std::string& out) : out_(out) { out_ += '{'; }
  ~LeafWriter() { out_ += '}'; }
  LeafWriter(const LeafWriter&) = delete;
  LeafWriter& operator=(const LeafWriter&) = delete;

  // `key` comes with its quotes and colon.
  void text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    begin(key);
    append_json_text(out_, value);
  }
  void number(std::string_view key, std::int64_t value) {
    begin(key);
    char digits[20];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }

 private:
  void begin(std::string_view key) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += key;
  }
  std::string& out_;
  bool first_ = true;
};

}  // namespace

void append_leaf(std::string& out, const LeafText& leaf) {
  LeafWriter writer(out);
  writer.text("\"document\":", leaf.document);
  writer.text("\"field\":", leaf.field);
  writer.text("\"note\":", leaf.note);
  writer.text("\"place\":", leaf.place);
  writer.text("\"recorded_on\":", leaf.recorded_on);
  writer.number("\"row\":", leaf.row);
  writer.text("\"salt\":", leaf.salt);
  writer.text("\"source\":", leaf.source);
  if (leaf.standing != 0) writer.number("\"standing\":", leaf.standing);
  writer.text("\"subject\":", leaf.subject);
  if (leaf.supersedes != 0) writer.number("\"supersedes\":", leaf.supersedes);
  writer.text("\"valid_from\":", leaf.valid_from);
  writer.text("\"valid_to\":", leaf.valid_to);
  writer.text("\"value\":", leaf.value);
}

Digest text_digest(std::string_view salt, std::string_view text) {
  thread_local Sha256 sha;
  sha.add(salt);
  sha.add(text);
  return sha.finish();
}

}  // namespace assay
