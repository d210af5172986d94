// A history as canonical JSON, keys ascending (docs/formats/timeline.md).
#include "engine/explain/words.h"
#include "engine/history/history.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

void write_row(JsonWriter& out, const EvidenceLeaf& row) {
  out.begin_object();
  out.field("digest", row.digest.to_string());
  out.field("document", row.document);
  out.field("field", row.field);
  out.field("imported_at", row.imported_at);
  out.field("part", to_string(row.part));
  out.field("place", row.place);
  out.field("recorded_by", row.recorded_by);
  out.field("recorded_on", row.recorded_on.to_string());
  out.key("row").number(row.row);
  out.field("subject", row.subject);
  out.field("valid_from", row.valid_from.to_string());
  if (row.valid_to) out.field("valid_to", row.valid_to->to_string());
  out.field("value", row.value);
  out.end_object();
}

void write_wanting(JsonWriter& out, const Wanting& wanting) {
  out.begin_object();
  out.field("detail", wanting.detail);
  out.field("detail_at_end", wanting.detail_at_end);
  out.field("evidence", wanting.field);
  out.field("reason", to_string(wanting.kind));
  out.field("subject", wanting.subject);
  out.end_object();
}

void write_span(JsonWriter& out, const TimelineSpan& span) {
  out.begin_object();
  out.field("because", span.because);
  out.key("days").number(span.days());
  out.field("from", span.from.to_string());
  out.key("rows").begin_array();
  for (const EvidenceLeaf& row : span.rows) write_row(out, row);
  out.end_array();
  out.field("state", to_string(span.state));
  out.field("to", span.to.to_string());
  out.key("waivers").begin_array();
  for (const std::string& waiver : span.waivers) out.text(waiver);
  out.end_array();
  out.key("wanting").begin_array();
  for (const Wanting& wanting : span.wanting) write_wanting(out, wanting);
  out.end_array();
  out.field("words", span.words);
  out.end_object();
}

void write_asked(JsonWriter& out, const AskedThen& asked) {
  out.begin_object();
  out.field("as_at", asked.as_at.to_string());
  out.field("known_on", asked.known_on.to_string());
  out.field("now", asked.now);
  out.key("run").number(asked.run);
  out.field("run_at", asked.run_at);
  out.field("run_by", asked.run_by);
  out.field("said", asked.said);
  out.end_object();
}

void write_days(JsonWriter& out, const History& history) {
  out.key("days").begin_object();
  for (const DayState state : {DayState::Clear, DayState::Known, DayState::NotApplicable, DayState::NotEvaluated,
                               DayState::Raised, DayState::Undetermined, DayState::Unknown, DayState::Waived})
    out.key(to_string(state)).number(history.days(state));
  out.end_object();
}

}  // namespace

std::string to_json(const History& history) {
  JsonWriter out;
  out.begin_object();
  out.key("asked").begin_array();
  for (const AskedThen& asked : history.asked) write_asked(out, asked);
  out.end_array();
  write_days(out, history);
  if (history.first_knowable) out.field("first_knowable", history.first_knowable->to_string());
  if (history.first_known) {
    out.key("first_known").begin_object();
    out.field("about", history.first_known->about.to_string());
    out.field("on", history.first_known->on.to_string());
    if (history.first_known->until) out.field("until", history.first_known->until->to_string());
    out.end_object();
  }
  out.field("format", "assay.timeline/1");
  out.field("from", history.question.from.to_string());
  out.field("known_on", history.known_on.to_string());
  out.field("name", history.subject_name);
  out.field("rule", history.question.rule);
  out.key("spans").begin_array();
  for (const TimelineSpan& span : history.spans) write_span(out, span);
  out.end_array();
  out.field("subject", history.subject);
  out.field("to", history.question.to.to_string());
  out.end_object();
  return out.take();
}

}  // namespace assay
