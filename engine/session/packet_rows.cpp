// Reads what evidence/trail/leaf.h writes.
#include "engine/session/packet_rows.h"

#include <map>
#include <nlohmann/json.hpp>

#include "evidence/core/imprecise_date.h"
#include "evidence/store/redaction.h"
#include "evidence/trail/merkle.h"

namespace assay {

namespace {

using nlohmann::json;

std::string text(const json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
}
std::int64_t number(const json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

// Of a row that was redacted: what is gone, the leaf as it was recorded, and what stands where something is gone.
struct Gone {
  RowParts parts;
  Digest leaf;
  std::string words, words_of_value;
};

class LeafReader {
 public:
  LeafReader(const Schema& schema, Date known_on) : schema_(schema), builder_(schema, known_on) {}
  Result<void> add(const PacketBatch& batch);
  void add_redaction(const std::string& body);
  Result<void> add(const PacketRow& row);
  Snapshot seal() { return std::move(builder_).seal(); }

 private:
  Result<SubjectId> subject(const std::string& name);
  void redact(Observation& made, const Gone& gone) const;
  Result<Value> value(const json& leaf, const FieldDef& field, const PacketRow& row) const;
  tl::unexpected<Error> unlike(std::string what) const {
    return fail(ErrorCode::BadInput, fmt::format("row {}: {}", row_, what));
  }

  const Schema& schema_;
  SnapshotBuilder builder_;
  std::map<std::int64_t, BatchId> batches_;  // by entry
  std::map<std::int64_t, Gone> gone_;        // by row
  std::int64_t row_ = 0;                     // at hand
};

Result<void> LeafReader::add(const PacketBatch& batch) {
  const json body = json::parse(batch.body, nullptr, false);
  if (!body.is_object()) return fail(ErrorCode::BadInput, fmt::format("entry {} is no batch", batch.entry));
  Batch made;
  made.number = static_cast<std::int64_t>(batches_.size()) + 1;
  made.entry = batch.entry;
  made.file = text(body, "file");
  made.file_digest = Digest::parse(text(body, "file_digest"));
  made.layout = text(body, "layout");
  made.recorded_by = text(body, "recorded_by");
  made.imported_at = text(body, "imported_at");
  batches_.emplace(batch.entry, builder_.batch(std::move(made)));
  return {};
}

// As a snapshot of the store tells it (evidence/store/snapshot.cpp): of what was redacted twice the first leaf stands,
// and the words of the act that took each part.
void LeafReader::add_redaction(const std::string& body) {
  const json object = json::parse(body, nullptr, false);
  const auto on = object.is_object() ? Date::parse(text(object, "on")) : std::nullopt;
  if (!on || !object.contains("rows") || !object["rows"].is_array()) return;
  Redaction act;
  act.by = text(object, "by");
  act.because = text(object, "because");
  act.on = *on;
  for (const json& row : object["rows"]) {
    if (!row.is_object() || !row.contains("gone") || !row["gone"].is_array()) continue;
    const Digest leaf = Digest::parse(text(row, "leaf")).value_or(Digest());
    Gone& gone = gone_.try_emplace(number(row, "row"), Gone{{}, leaf, {}, {}}).first->second;
    for (const json& part : row["gone"]) {
      if (part == "value" && !gone.parts.value) gone.words_of_value = in_words(act);
      gone.parts.value |= part == "value";
      gone.parts.note |= part == "note";
      gone.parts.place |= part == "place";
    }
    gone.words = in_words(act);
  }
}

void LeafReader::redact(Observation& made, const Gone& gone) const {
  if (gone.parts.place) made.place = "redacted";
  if (gone.parts.value && made.standing != Standing::Redacted && schema_.field(made.field).type.kind == TypeKind::Text)
    made.value = Value(gone.words_of_value);
  if (gone.parts.value)
    made.note = made.note.empty() ? gone.words_of_value : gone.words_of_value + "; " + made.note;
  else if (gone.parts.note)
    made.note = gone.words;
  made.digest = gone.leaf;
}

Result<SubjectId> LeafReader::subject(const std::string& name) {
  const auto split = split_subject(name);
  const auto kind = split ? schema_.find_kind(split->kind) : std::nullopt;
  if (!kind) return unlike(fmt::format("the rules know no subject such as `{}`", name));
  const KindDef& def = schema_.kind(*kind);
  if (!def.relation) return builder_.subject(*kind, split->code);
  const auto mark = split->code.find('>');
  if (mark == std::string::npos) return unlike(fmt::format("`{}` names no two ends", name));
  const SubjectId from = builder_.subject(def.from, split->code.substr(0, mark));
  const SubjectId to = builder_.subject(def.to, split->code.substr(mark + 1));
  return builder_.link(*kind, from, to);
}

Result<Value> LeafReader::value(const json& leaf, const FieldDef& field, const PacketRow& row) const {
  const std::string said = text(leaf, "value");
  if (field.type.kind == TypeKind::Text) {
    if (!row.text) return unlike("its text is not here");
    return Value(*row.text);
  }
  if (field.type.kind == TypeKind::Date) {
    const auto date = read_date_as_written(said);
    if (!date) return tl::unexpected(date.error());
    return date->exact() ? Value(date->first) : Value(*date);
  }
  return parse_value(said, field.type);
}

Result<void> LeafReader::add(const PacketRow& row) {
  const json leaf = json::parse(row.leaf, nullptr, false);
  if (!leaf.is_object()) return unlike("it is no leaf");
  Observation made;
  made.row = row_ = number(leaf, "row");
  const auto field = schema_.find_field(text(leaf, "field"));
  if (!field || schema_.field(*field).name != text(leaf, "field"))
    return unlike(fmt::format("the rules know no evidence `{}`", text(leaf, "field")));
  made.field = *field;
  auto who = subject(text(leaf, "subject"));
  if (!who) return tl::unexpected(who.error());
  made.subject = *who;
  made.standing = static_cast<Standing>(number(leaf, "standing"));
  const auto gone = gone_.find(made.row);
  if (leaf.contains("value") && (gone == gone_.end() || !gone->second.parts.value)) {
    auto held = value(leaf, schema_.field(*field), row);
    if (!held) return tl::unexpected(held.error());
    made.value = std::move(*held);
  }
  const auto from = read_date_as_written(text(leaf, "valid_from"));
  const auto recorded = Date::parse(text(leaf, "recorded_on"));
  const auto batch = batches_.find(row.entry);
  if (!from || !recorded || batch == batches_.end()) return unlike("it is no leaf of a row");
  made.valid_from = from->first;
  made.from_known_to = from->known_to;
  if (leaf.contains("valid_to")) {
    const auto to = read_date_as_written(text(leaf, "valid_to"));
    if (!to) return unlike("it is no leaf of a row");
    made.valid_to = to->last();
    made.to_known_to = to->known_to;
  }
  made.source = builder_.source(text(leaf, "source"));
  made.recorded_on = *recorded;
  made.batch = batch->second;
  made.document = text(leaf, "document");
  made.place = text(leaf, "place");
  made.note = row.note.value_or("");
  made.supersedes = number(leaf, "supersedes");
  made.digest = merkle_leaf(row.leaf);
  if (gone != gone_.end()) redact(made, gone->second);
  builder_.add(std::move(made));
  return {};
}

}  // namespace

Result<Snapshot> snapshot_of(const Schema& schema, const OutcomeInputs& inputs) {
  LeafReader reader(schema, inputs.known_on);
  for (const PacketBatch& batch : inputs.batches)
    if (auto added = reader.add(batch); !added) return tl::unexpected(added.error());
  for (const std::string& body : inputs.redactions) reader.add_redaction(body);
  for (const PacketRow& row : inputs.rows)
    if (auto added = reader.add(row); !added) return tl::unexpected(added.error());
  return reader.seal();
}

Result<DerivedOne> derive_from(const OutcomeInputs& inputs) {
  const LoadedRules rules = load_rules(inputs.texts);
  if (rules.sink.has_errors())
    return fail(ErrorCode::BadInput, "the rules in the packet do not check with this program", {},
                "use the program of that time");
  auto snapshot = snapshot_of(rules.rulebook.schema, inputs);
  if (!snapshot) return tl::unexpected(snapshot.error());
  const auto rule = rules.rulebook.find_rule(inputs.rule);
  const auto name = split_subject(inputs.subject);
  const auto kind = name ? rules.rulebook.schema.find_kind(name->kind) : std::nullopt;
  const auto subject = kind ? snapshot->find(*kind, name->code) : std::nullopt;
  if (!rule || !subject)
    return fail(ErrorCode::BadInput,
                fmt::format("the packet has nothing of `{}` for `{}`", inputs.rule, inputs.subject));
  Evaluation evaluation(rules.rulebook, *snapshot);
  return derive_one(evaluation, evaluation.on(*rule, inputs.as_at), *subject, inputs.as_at);
}

}  // namespace assay
