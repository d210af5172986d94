// Where every path of an explanation ends: rows of evidence, named absences, dated parameters.
#include <algorithm>

#include <fmt/format.h>

#include "engine/explain/proof.h"
#include "engine/explain/words.h"

namespace assay {

namespace {

// A register's row is what says that a body or link is in being.
std::string title_of(const Schema& schema, FieldId id) {
  const FieldDef& field = schema.field(id);
  const KindDef& kind = schema.kind(field.kind);
  if (kind.register_field == id) return fmt::format("Register of {}", kind.plural.empty() ? kind.name : kind.plural);
  if (field.is_stage) return "Decision recorded";
  return field.title.empty() ? field.name : field.title;
}

const std::string& title_of(const Ruleset& ruleset) { return ruleset.title.empty() ? ruleset.name : ruleset.title; }

// What became of a value that an overlay sets, beside the national one.
std::string set_in_words(const Parameter& parameter, bool answers) {
  if (parameter.tighter == Direction::None) return "used in place of the national value";
  const std::string_view better =
      parameter.tighter == Direction::LowerIsBetter ? "lower is better" : "higher is better";
  return answers ? fmt::format("used, being at least as strict as the national value: {}", better)
                 : fmt::format("not used: the national value is stricter, and {}", better);
}

// The rows worth showing, the answer first. Of those put aside by time only the latest, and of a series or state none
// of another time, which goes without saying; of those corrected only what was corrected into a row that is shown. The
// rest are counted.
std::vector<RowPart> shown_rows(const std::vector<RowPart>& rows, bool events, std::size_t& hidden) {
  std::vector<RowPart> shown;
  const RowPart* older = nullptr;
  hidden = 0;
  for (const RowPart& row : rows) {
    if (row.part == Part::OtherTime && !events) continue;
    if (row.part == Part::Superseded || row.part == Part::OtherTime || row.part == Part::Older) {
      ++hidden;
      if (row.part != Part::Superseded && (!older || row.row->valid_from >= older->row->valid_from)) older = &row;
    } else {
      shown.push_back(row);
    }
  }
  if (older) shown.push_back(*older), --hidden;
  // A correction may itself have been corrected: go on until nothing is added.
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const std::int64_t corrected = shown[at].row->supersedes;
    if (corrected == 0) continue;
    for (const RowPart& row : rows) {
      if (row.part == Part::Superseded && row.row->row == corrected) shown.push_back(row), --hidden;
    }
  }
  return shown;
}

}  // namespace

EvidenceLeaf Proof::leaf(const RowPart& part, FieldId field, Date asked) {
  const Observation& row = *part.row;
  const FieldDef& def = snapshot().schema().field(field);
  const ProofShared::Who& who = shared_.who(row.subject, asked);
  EvidenceLeaf leaf;
  leaf.subject = who.text;
  leaf.subject_name = who.name;
  leaf.field = def.name;
  leaf.title = title_of(snapshot().schema(), field);
  leaf.value = row_in_words(row, def.type);
  leaf.row = row.row;
  leaf.valid_from = row.from();
  leaf.valid_to = row.to();
  leaf.source = snapshot().source_name(row.source);
  leaf.document = row.document;
  leaf.place = row.place;
  leaf.note = row.note;
  leaf.recorded_on = row.recorded_on;
  const Batch& batch = snapshot().batch(row.batch);
  leaf.recorded_by = batch.recorded_by;
  leaf.imported_at = batch.imported_at;
  leaf.digest = row.digest;
  leaf.part = part.part;
  return leaf;
}

StepId Proof::evidence(FieldId field, SubjectId subject, const Moment& moment) {
  const StepKey key{StepKey::What::Field, field.index, subject, moment};
  if (const auto found = made_.find(key); found != made_.end()) return found->second;
  return reading(key, evaluation().read(field, subject, moment), field, snapshot().schema().field(field).type);
}

// The row that answers is the step's own; the others that bear on it are its children.
StepId Proof::reading(const StepKey& key, const Reading& reading, FieldId field, const ValueType& shown_as) {
  const StepId id = add(key);
  const FieldDef& def = snapshot().schema().field(field);
  ProofStep step;
  step.kind = reading.cell.unknown() ? ProofStep::Kind::Absence : ProofStep::Kind::Evidence;
  put_who(step, key.subject, key.moment.date());
  step.title = title_of(snapshot().schema(), field);
  step.result = cell_in_words(reading.cell, shown_as);
  for (const Mark& mark : reading.cell.marks) step.marks.push_back(mark_in_words(mark));
  if (reading.step) step.note = fmt::format("for {}", step_name(*reading.step->to, *def.every));
  if (reading.cell.unknown()) {
    Absence absence{step.subject, step.subject_name, def.name, step.title, "not held", step.on, ReasonKind::Missing};
    if (!reading.cell.why.empty()) {
      absence.kind = reading.cell.why.front().kind;
      absence.detail = reading.cell.why.front().detail;
    }
    step.absence = std::make_shared<Absence>(std::move(absence));
  }
  if (reading.across) {
    for (const Citation& cite : rulebook().evidence[field.index].breaks[*reading.across].cites)
      step.cites.push_back(cite_in_words(rulebook(), cite));
  }
  std::size_t hidden = 0;
  for (const RowPart& row : shown_rows(reading.rows, def.occurrence == Occurrence::Event, hidden)) {
    if (row.part == Part::Answers && !step.leaf) {
      step.leaf = std::make_shared<EvidenceLeaf>(leaf(row, field, key.moment.date()));
      continue;
    }
    const StepId other = add();
    ProofStep child;
    child.kind = ProofStep::Kind::Row;
    child.leaf = std::make_shared<EvidenceLeaf>(leaf(row, field, key.moment.date()));
    child.on = step.on;
    child.title = step.title;
    child.subject = step.subject;
    child.subject_name = step.subject_name;
    child.result = child.leaf->value;
    child.note = row.part == Part::Answers ? "says the same" : part_in_words(row.part);
    steps_[other.index] = std::move(child);
    step.children.push_back(other);
  }
  // What it waits for beside itself: the event from which it is counted when it may be judged by.
  for (const Reason& why : reading.cell.why)
    if (why.field != field) step.children.push_back(named_absence(why));
  if (hidden > 0) {
    step.note +=
        fmt::format("{}{} earlier row{} not shown", step.note.empty() ? "" : "; ", hidden, hidden == 1 ? "" : "s");
  }
  steps_[id.index] = std::move(step);
  return id;
}

StepId Proof::named_absence(const Reason& reason, std::string title, std::string_view wanting) {
  const StepId id = add();
  ProofStep step;
  step.kind = ProofStep::Kind::Absence;
  put_who(step, reason.subject, reason.on);
  step.result = "unknown";
  if (title.empty()) title = title_of(snapshot().schema(), reason.field);
  step.title = title;
  if (wanting.empty()) wanting = snapshot().schema().field(reason.field).name;
  step.absence = std::make_shared<Absence>(Absence{step.subject, step.subject_name, std::string(wanting),
                                                   std::move(title), reason.detail, reason.on, reason.kind});
  steps_[id.index] = std::move(step);
  return id;
}

StepId Proof::none_in_register(const KindDef& kind, SubjectId whose, Date on) {
  const StepId id = named_absence({whose, kind.register_field, on, ReasonKind::Missing,
                                   "none in the register on this date, and a register is complete"},
                                  kind.title);
  steps_[id.index].result = "none";
  return id;
}

StepId Proof::parameter(ParameterId parameter, const Moment& moment) {
  // However often it is asked, one dated value is one step.
  const Parameter::Dated* dated = evaluation().parameter_row(parameter, moment);
  const Parameter& def = rulebook().parameters[parameter.index];
  const bool local = !def.local_of.empty();
  const StepKey key{.what = StepKey::What::Parameter,
                    .index = parameter.index,
                    .moment = dated && !local ? Moment{dated->from} : moment};
  if (const auto found = made_.find(key); found != made_.end()) return found->second;
  const StepId id = add(key);
  const Authored::GroundsText& grounds = shared_.authored.of(parameter);
  const bool answers = !local || evaluation().local_answers(parameter, moment);
  const Cell cell = answers || !dated ? evaluation().parameter(parameter, moment) : Cell::of(dated->value);
  ProofStep step;
  step.kind = ProofStep::Kind::Parameter;
  step.on = moment.date();
  step.title = def.title.empty() ? def.name : def.title;
  if (local) step.title = fmt::format("{} ({})", step.title, title_of(rulebook().ruleset(def.ruleset)));
  step.result = cell_in_words(cell, rulebook().type(def.type));
  step.place = shared_.authored.at(def.span).place;
  ParameterLeaf leaf;
  leaf.name = def.name;
  leaf.title = step.title;
  leaf.value = step.result;
  leaf.basis = grounds.basis;
  leaf.remark = grounds.remark;
  leaf.cites = grounds.cites;
  if (dated) {
    step.on = dated->from;
    leaf.from = dated->from;
    leaf.to = dated->to;
    step.place = shared_.authored.at(dated->span).place;
  } else {
    leaf.from = step.on;
    step.note = cell.known() ? "given in place of the value in the rules"
                             : fmt::format("no value in force on {}", step.on.to_long_string());
  }
  if (local && dated)
    step.note =
        fmt::format("{}, {}; {}", period_in_words(dated->from, dated->to), step.place, set_in_words(def, answers));
  step.parameter = std::make_shared<ParameterLeaf>(std::move(leaf));
  steps_[id.index] = std::move(step);
  return id;
}

}  // namespace assay
