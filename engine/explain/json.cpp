// The machine form of an explanation: canonical JSON, each step once, keys ascending (docs/formats/explanation.md). The
// bytes are hashed: what is in them and how it is written changes only with the version. What a clock wrote, and free
// notes that may be redacted, stay out.
#include "engine/explain/explanation.h"
#include "evidence/core/canonical_json.h"

#include "engine/explain/words.h"

namespace assay {

namespace {

constexpr std::string_view kFormat = "assay.explanation/1";

std::string_view to_string(ProofStep::Kind kind) {
  switch (kind) {
    case ProofStep::Kind::Rule:
      return "rule";
    case ProofStep::Kind::Condition:
      return "condition";
    case ProofStep::Kind::Comparison:
      return "comparison";
    case ProofStep::Kind::Aggregate:
      return "aggregate";
    case ProofStep::Kind::Member:
      return "member";
    case ProofStep::Kind::Consecutive:
      return "consecutive";
    case ProofStep::Kind::Exception:
      return "exception";
    case ProofStep::Kind::Criterion:
      return "criterion";
    case ProofStep::Kind::Stage:
      return "stage";
    case ProofStep::Kind::Evidence:
      return "evidence";
    case ProofStep::Kind::Absence:
      return "absence";
    case ProofStep::Kind::Parameter:
      return "parameter";
    case ProofStep::Kind::Amount:
      return "amount";
  }
  return {};
}

// Empty members are left out.
void field(JsonWriter& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out.field(key, value);
}

void texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  out.key(key).begin_array();
  for (const std::string& value : values) out.text(value);
  out.end_array();
}

void write(JsonWriter& out, const Absence& absence) {
  out.key("absence").begin_object();
  field(out, "detail", absence.detail);
  field(out, "field", absence.field);
  out.field("on", absence.on.to_string());
  out.field("reason", to_string(absence.kind));
  field(out, "subject", absence.subject);
  field(out, "subject_name", absence.subject_name);
  field(out, "title", absence.title);
  out.end_object();
}

void write(JsonWriter& out, const EvidenceLeaf& leaf) {
  out.key("leaf").begin_object();
  if (leaf.row != 0) out.field("digest", leaf.digest.to_string());
  field(out, "document", leaf.document);
  out.field("field", leaf.field);
  out.field("part", to_string(leaf.part));
  field(out, "place", leaf.place);
  field(out, "recorded_by", leaf.recorded_by);
  out.field("recorded_on", leaf.recorded_on.to_string());
  if (leaf.row != 0) out.key("row").number(leaf.row);
  field(out, "source", leaf.source);
  field(out, "subject", leaf.subject);
  field(out, "subject_name", leaf.subject_name);
  field(out, "title", leaf.title);
  out.field("valid_from", leaf.valid_from.to_string());
  if (leaf.valid_to) out.field("valid_to", leaf.valid_to->to_string());
  out.field("value", leaf.value);
  out.end_object();
}

void write(JsonWriter& out, const ParameterLeaf& parameter) {
  out.key("parameter").begin_object();
  field(out, "basis", parameter.basis);
  texts(out, "cites", parameter.cites);
  out.field("from", parameter.from.to_string());
  out.field("name", parameter.name);
  field(out, "remark", parameter.remark);
  field(out, "title", parameter.title);
  if (parameter.to) out.field("to", parameter.to->to_string());
  out.field("value", parameter.value);
  out.end_object();
}

void write(JsonWriter& out, const ProofStep& step, std::size_t id) {
  out.begin_object();
  if (step.absence) write(out, *step.absence);
  field(out, "action", step.action);
  field(out, "basis", step.basis);
  if (!step.children.empty()) {
    out.key("children").begin_array();
    for (StepId child : step.children) out.number(child.index);
    out.end_array();
  }
  texts(out, "cites", step.cites);
  field(out, "edition", step.edition);
  out.key("id").number(static_cast<std::int64_t>(id));
  out.field("kind", to_string(step.kind));
  if (step.leaf) write(out, *step.leaf);
  texts(out, "marks", step.marks);
  field(out, "note", step.note);
  out.field("on", step.on.to_string());
  if (step.parameter) write(out, *step.parameter);
  field(out, "place", step.place);
  if (step.proof) out.field("proof", step.proof->to_string());
  field(out, "remark", step.remark);
  field(out, "result", step.result);
  field(out, "rule", step.rule);
  field(out, "sentence", step.sentence);
  field(out, "subject", step.subject);
  field(out, "subject_name", step.subject_name);
  field(out, "title", step.title);
  field(out, "words", step.words);
  out.end_object();
}

}  // namespace

std::string to_json(const Explanation& explanation) {
  JsonWriter out;
  out.begin_object();
  // No record of approval exists yet; saying nothing would read as approved.
  out.field("approval", "none recorded");
  out.field("as_at", explanation.as_at.to_string());
  out.field("format", kFormat);
  out.field("known_on", explanation.known_on.to_string());
  out.key("root").number(explanation.root.index);
  out.key("steps").begin_array();
  for (std::size_t id = 0; id < explanation.steps.size(); ++id) write(out, explanation.steps[id], id);
  out.end_array().end_object();
  return out.take();
}

Digest digest_of(const Explanation& explanation) { return sha256(to_json(explanation)); }

}  // namespace assay
