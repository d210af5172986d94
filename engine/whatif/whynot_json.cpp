// Why not, as canonical JSON, keys ascending (docs/formats/whynot.md).
#include "engine/whatif/whynot.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

std::string_view state_of(const Gap& gap) {
  if (gap.answered) return "answered";
  return gap.truth == Truth::Yes ? "met" : gap.truth == Truth::Unknown ? "undetermined" : "not_met";
}

void write_gaps(JsonWriter& out, std::string_view key, const std::vector<Gap>& gaps) {
  out.key(key).begin_array();
  for (const Gap& gap : gaps) {
    out.begin_object();
    out.field("found", gap.found);
    write_gaps(out, "parts", gap.parts);
    out.field("state", state_of(gap));
    if (!gap.title.empty()) out.field("title", gap.title);
    out.field("words", gap.words);
    out.end_object();
  }
  out.end_array();
}

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.text(text);
  out.end_array();
}

}  // namespace

std::string to_json(const std::vector<WhyNot>& answers) {
  JsonWriter out;
  out.begin_object();
  out.key("answers").begin_array();
  for (const WhyNot& one : answers) {
    out.begin_object();
    out.field("as_at", one.as_at.to_string());
    out.field("basis", one.basis);
    write_texts(out, "cites", one.cites);
    write_gaps(out, "failed", one.gaps);
    out.field("known_on", one.known_on.to_string());
    out.field("name", one.subject_name);
    if (!one.needed.empty()) out.field("needed", one.needed);
    write_texts(out, "parameters", one.parameters);
    out.field("rule", one.name);
    out.field("says", one.says);
    if (!one.stage.empty()) out.field("stage", one.stage);
    out.field("subject", one.subject);
    out.end_object();
  }
  out.end_array();
  out.field("format", "assay.whynot/1");
  out.end_object();
  return out.take();
}

}  // namespace assay
