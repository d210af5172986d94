// A calendar as canonical JSON, keys ascending (docs/formats/calendar.md).
#include "engine/calendar/calendar.h"
#include "engine/explain/words.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

class Writer {
 public:
  Writer(JsonWriter& out, const Calendar& calendar, const Evaluation& evaluation)
      : out_(out), calendar_(calendar), evaluation_(evaluation) {}

  void entries() {
    out_.key("entries").begin_array();
    for (const CalendarEntry& entry : calendar_.entries) {
      out_.begin_object();
      if (!entry.document.empty()) out_.field("document", entry.document);
      out_.key("exact").boolean(entry.exact);
      out_.key("fields").begin_array();
      for (const std::string& field : entry.fields) out_.text(field);
      out_.end_array();
      out_.field("from", entry.from.to_string());
      out_.field("kind", to_string(entry.kind));
      if (!entry.note.empty()) out_.field("note", entry.note);
      if (entry.of > 0) out_.key("of").number(static_cast<std::int64_t>(entry.of));
      out_.key("subjects").begin_array();
      for (const SubjectId subject : entry.subjects) out_.text(text(subject));
      out_.end_array();
      out_.field("title", entry.title);
      out_.field("to", entry.to.to_string());
      out_.end_object();
    }
    out_.end_array();
  }

  void clashes() {
    out_.key("clashes").begin_array();
    for (const CalendarClash& clash : calendar_.clashes) {
      out_.begin_object();
      out_.key("days").number(clash.days);
      out_.key("entries").begin_array();
      out_.number(static_cast<std::int64_t>(clash.first)).number(static_cast<std::int64_t>(clash.second));
      out_.end_array();
      out_.end_object();
    }
    out_.end_array();
  }

  void moves() {
    out_.key("moves").begin_array();
    for (const CalendarMove& move : calendar_.moves) {
      const EffectNow& effect = move.effect;
      out_.begin_object();
      out_.field("by", effect.by);
      if (!effect.decided_by.empty()) out_.field("decided_by", effect.decided_by);
      out_.field("field", effect.what);
      if (effect.from) out_.field("from", effect.from->to_string());
      out_.field("interaction", evaluation_.rulebook().rule(move.interaction).name);
      out_.field("link", text(move.link));
      out_.field("move", to_string(effect.kind));
      if (effect.to) out_.field("to", effect.to->to_string());
      out_.field("whose", effect.whose);
      out_.end_object();
    }
    out_.end_array();
  }

  void demands() {
    out_.key("demand").begin_array();
    for (const Demand& demand : calendar_.demands) {
      out_.begin_object();
      out_.field("flag", evaluation_.rulebook().rule(demand.flag).name);
      out_.key("months").begin_array();
      for (const MonthOfDemand& month : demand.months) months(demand, month);
      out_.end_array();
      out_.field("subject", text(demand.subject));
      out_.field("there", evaluation_.rulebook().schema.field(demand.there).name);
      out_.field("wanted", evaluation_.rulebook().rule(demand.wanted).name);
      out_.end_object();
    }
    out_.end_array();
  }

 private:
  std::string text(SubjectId subject) const { return subject_text(evaluation_.snapshot(), subject); }

  void months(const Demand& demand, const MonthOfDemand& month) {
    const Rulebook& book = evaluation_.rulebook();
    const ValueType& wanted = book.type(book.rule(demand.wanted).type);
    out_.begin_object();
    out_.key("competing").begin_array();
    for (const auto& one : month.competing) {
      out_.begin_object();
      out_.field("subject", text(one.subject));
      out_.field("wanted", cell_in_words(one.wanted, wanted));
      out_.end_object();
    }
    out_.end_array();
    out_.field("end", month.end.to_string());
    out_.field("status", to_string(month.status));
    out_.field("there", cell_in_words(month.there, book.schema.field(demand.there).type));
    out_.field("wanted", cell_in_words(month.wanted, wanted));
    out_.end_object();
  }

  JsonWriter& out_;
  const Calendar& calendar_;
  const Evaluation& evaluation_;
};

}  // namespace

std::string to_json(const Calendar& calendar, const Evaluation& evaluation) {
  JsonWriter out;
  Writer writer(out, calendar, evaluation);
  out.begin_object();
  writer.clashes();
  writer.demands();
  writer.entries();
  out.field("format", "assay.calendar/1");
  out.field("from", calendar.question.from.to_string());
  out.field("known_on", calendar.known_on.to_string());
  writer.moves();
  out.key("not_known").begin_array();
  for (const std::string& date : calendar.not_known) out.text(date);
  out.end_array();
  out.field("to", calendar.question.to.to_string());
  out.key("within_days").number(calendar.question.within_days);
  out.end_object();
  return out.take();
}

}  // namespace assay
