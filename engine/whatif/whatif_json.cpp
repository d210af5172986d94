// What if, as canonical JSON, keys ascending (docs/formats/whatif.md).
#include "engine/explain/words.h"
#include "engine/whatif/beside.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

void write_stated(JsonWriter& out, const StatedInWords& one) {
  out.begin_object();
  out.field("field", one.field);
  out.field("now", one.now);
  out.field("subject", one.subject);
  out.field("was", one.was);
  out.end_object();
}

void write_way(JsonWriter& out, const Way& way) {
  out.begin_object();
  out.field("gives", way.gives);
  out.key("items").begin_array();
  for (const ItemChanged& item : way.items) {
    out.begin_object();
    out.field("field", item.field);
    out.field("name", item.subject_name);
    out.field("now", item.now);
    out.field("was", item.was);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

}  // namespace

std::string to_json(const Beside& beside) {
  JsonWriter out;
  out.begin_object();
  out.field("as_at", beside.as_at.to_string());
  out.field("as_it_stands", beside.as_it_stands);
  out.field("because", beside.because);
  out.field("format", "assay.whatif/1");
  out.field("known_on", beside.known_on.to_string());
  out.field("name", beside.name);
  out.key("others").begin_array();
  for (const OtherMoved& one : beside.others) {
    out.begin_object();
    out.field("name", one.name);
    out.field("now", one.now);
    out.field("rule", one.rule);
    out.field("subject", one.subject);
    out.field("was", one.was);
    out.end_object();
  }
  out.end_array();
  out.field("rule", beside.rule);
  out.key("stated").begin_array();
  for (const StatedInWords& one : beside.stated) write_stated(out, one);
  out.end_array();
  out.field("subject", beside.subject);
  out.field("with_it", beside.with_it);
  out.end_object();
  return out.take();
}

std::string to_json(const LeastChange& least, Evaluation& evaluation, const Outcome& stands) {
  const Rulebook& book = evaluation.rulebook();
  JsonWriter out;
  out.begin_object();
  out.field("as_at", stands.as_at.to_string());
  out.field("as_it_stands", in_words(stands, book));
  out.key("cut").boolean(least.cut);
  out.field("format", "assay.least_change/1");
  out.field("known_on", evaluation.snapshot().known_on().to_string());
  out.field("name", name_on(evaluation.snapshot(), stands.subject, stands.as_at));
  out.key("not_tried").begin_array();
  for (const std::string& title : least.not_tried) out.text(title);
  out.end_array();
  out.field("rule", book.rule(stands.rule).name);
  out.field("subject", subject_text(evaluation.snapshot(), stands.subject));
  out.key("tried").number(static_cast<std::int64_t>(least.tried));
  out.field("wanted", least.wanted);
  out.key("ways").begin_array();
  for (const Way& way : least.ways) write_way(out, way);
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace assay
