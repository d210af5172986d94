// What changed as canonical JSON, keys ascending (docs/formats/changed.md).
#include "engine/history/changed.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.text(text);
  out.end_array();
}

void write_input(JsonWriter& out, const InputMoved& input) {
  out.begin_object();
  out.field("name", input.name);
  out.field("now", input.now);
  out.field("title", input.title);
  if (!input.turn.empty()) out.field("turn", input.turn);
  out.field("was", input.was);
  out.end_object();
}

void write_row(JsonWriter& out, const RowBehind& row) {
  out.begin_object();
  out.field("cause", to_string(row.cause));
  out.field("document", row.document);
  out.field("field", row.title);
  out.field("place", row.place);
  out.key("read_before").boolean(row.read_before);
  out.field("recorded_by", row.recorded_by);
  out.field("recorded_on", row.recorded_on.to_string());
  out.key("row").number(row.row);
  out.field("says", row.says);
  out.field("subject", row.subject_name);
  out.field("valid_from", row.valid_from.to_string());
  if (row.valid_to) out.field("valid_to", row.valid_to->to_string());
  out.end_object();
}

void write_change(JsonWriter& out, const Change& change, const Behind& behind) {
  out.begin_object();
  out.key("causes").begin_array();
  for (const Cause cause : change.causes) out.text(to_string(cause));
  out.end_array();
  out.key("inputs").begin_array();
  for (const InputMoved& input : behind.inputs) write_input(out, input);
  out.end_array();
  out.field("name", change.name);
  out.field("now", change.now);
  out.key("rows").begin_array();
  for (const RowBehind& row : behind.rows) write_row(out, row);
  out.end_array();
  out.field("rule", change.rule);
  write_texts(out, "rules", behind.rules);
  out.field("subject", change.subject);
  write_texts(out, "wanting", behind.wanting);
  out.field("was", change.was);
  out.end_object();
}

void write_bodies(JsonWriter& out, std::string_view key, const std::vector<MapBody>& bodies) {
  out.key(key).begin_array();
  for (const MapBody& body : bodies) {
    out.begin_object();
    out.field("name", body.name);
    out.field("subject", body.subject);
    out.end_object();
  }
  out.end_array();
}

void write_relation(JsonWriter& out, const RelationChanged& relation, const Schema& schema) {
  out.begin_object();
  out.key("begun").number(static_cast<std::int64_t>(relation.begun));
  write_texts(out, "documents", relation.documents);
  out.key("ended").number(static_cast<std::int64_t>(relation.ended));
  out.key("links").begin_array();
  for (const LinksOf& links : relation.links) {
    out.begin_object();
    out.field("name", links.name);
    out.key("now").number(static_cast<std::int64_t>(links.now));
    out.field("subject", links.subject);
    out.key("was").number(static_cast<std::int64_t>(links.was));
    out.end_object();
  }
  out.end_array();
  out.field("relation", schema.kind(relation.relation).name);
  out.key("several_now").number(static_cast<std::int64_t>(relation.several_now));
  out.key("several_was").number(static_cast<std::int64_t>(relation.several_was));
  out.end_object();
}

void write_map(JsonWriter& out, const MapChanges& map, const Schema& schema) {
  out.key("map").begin_object();
  out.key("bodies").begin_array();
  for (const KindChanged& kind : map.kinds) {
    out.begin_object();
    write_bodies(out, "begun", kind.begun);
    write_bodies(out, "ended", kind.ended);
    out.field("kind", schema.kind(kind.kind).name);
    out.end_object();
  }
  out.end_array();
  out.key("relations").begin_array();
  for (const RelationChanged& relation : map.relations) write_relation(out, relation, schema);
  out.end_array();
  out.end_object();
}

}  // namespace

std::string to_json(const Changed& changed, Evaluation& was, Evaluation& now) {
  JsonWriter out;
  out.begin_object();
  out.field("as_at", changed.between.as_at.to_string());
  out.key("asked").number(static_cast<std::int64_t>(changed.asked));
  out.key("changes").begin_array();
  for (const Change& change : changed.changes) write_change(out, change, behind(was, now, changed.between, change));
  out.end_array();
  out.field("format", "assay.changed/1");
  out.field("known_on", changed.between.known_on.to_string());
  write_map(out, changed.map, now.snapshot().schema());
  out.field("was_as_at", changed.between.was_as_at.to_string());
  out.field("was_known_on", changed.between.was_known_on.to_string());
  out.end_object();
  return out.take();
}

}  // namespace assay
