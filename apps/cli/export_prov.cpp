// W3C PROV-JSON: rows, ruleset texts and outcomes are entities; imports, acts on rules and the run are activities;
// everybody who did one is an agent.
#include "apps/cli/export.h"

#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

namespace assay::cli {

using nlohmann::json;

namespace {

class Provenance {
 public:
  explicit Provenance(const Exported& exported) : exported_(exported) {
    for (const Observation& row : exported.snapshot.all_rows())
      entries_.emplace(row.row, exported.snapshot.batch(row.batch).entry);
  }
  json make();

 private:
  std::string person(const std::string& name);
  void relate(const char* relation, const char* from_key, const std::string& from, const char* to_key,
              const std::string& to);
  void batches();
  void rulesets();
  void acts();
  std::string run();
  void outcomes(const std::string& run);
  void row(const EvidenceLeaf& leaf);

  const Exported& exported_;
  json document_ = json::object();
  std::int64_t relations_ = 0;
  std::set<std::int64_t> rows_;                             // made already
  std::unordered_map<std::int64_t, std::int64_t> entries_;  // by which each row was recorded
};

// Two people of one name cannot be told apart here: a store holds names.
std::string Provenance::person(const std::string& name) {
  const std::string id = "assay:person/" + name;
  document_["agent"][id] = {{"prov:type", {{"$", "prov:Person"}, {"type", "prov:QUALIFIED_NAME"}}},
                            {"prov:label", name}};
  return id;
}

void Provenance::relate(const char* relation, const char* from_key, const std::string& from, const char* to_key,
                        const std::string& to) {
  document_[relation][fmt::format("_:r{}", ++relations_)] = {{from_key, from}, {to_key, to}};
}

void Provenance::batches() {
  for (const Batch& batch : exported_.batches) {
    const std::string act = fmt::format("assay:entry/{}", batch.entry),
                      file = fmt::format("assay:file/{}", batch.entry);
    document_["activity"][act] = {{"prov:label", fmt::format("recorded {}", batch.file)},
                                  {"prov:startTime", batch.imported_at},
                                  {"prov:endTime", batch.imported_at}};
    document_["entity"][file] = {{"prov:label", batch.file}};
    if (batch.file_digest) document_["entity"][file]["assay:digest"] = batch.file_digest->to_string();
    relate("used", "prov:activity", act, "prov:entity", file);
    relate("wasAssociatedWith", "prov:activity", act, "prov:agent", person(batch.recorded_by));
  }
}

void Provenance::rulesets() {
  for (const Ruleset& ruleset : exported_.book.rulesets)
    for (const FileId file : ruleset.files) {
      const Digest digest = sha256(std::string_view(exported_.book.sources.file(file).text()));
      document_["entity"]["assay:ruleset/" + digest.to_hex()] = {
          {"prov:label", ruleset.edition.empty() ? ruleset.name : ruleset.name + " edition " + ruleset.edition},
          {"assay:digest", digest.to_string()}};
    }
}

void Provenance::acts() {
  for (const RulesetAct& act : exported_.acts) {
    const std::string id = fmt::format("assay:entry/{}", act.entry);
    const bool proposal = act.kind == RulesetAct::Kind::Proposal;
    document_["activity"][id] = {{"prov:label", fmt::format("{} {}", proposal ? "proposed" : "approved", act.ruleset)},
                                 {"prov:startTime", act.recorded_at},
                                 {"prov:endTime", act.recorded_at}};
    relate("wasAssociatedWith", "prov:activity", id, "prov:agent", person(act.by));
    for (const RulesetText& text : act.texts) {
      const std::string entity = "assay:ruleset/" + text.digest.to_hex();
      document_["entity"].emplace(entity, json{{"prov:label", text.name}, {"assay:digest", text.digest.to_string()}});
      relate("used", "prov:activity", id, "prov:entity", entity);
    }
  }
}

std::string Provenance::run() {
  const auto& recorded = exported_.run;
  const std::string id = recorded ? fmt::format("assay:entry/{}", recorded->entry) : "assay:evaluation";
  const std::string moment = recorded ? recorded->run_at : exported_.made_at;
  document_["activity"][id] = {
      {"prov:label", recorded ? fmt::format("run {}{}", recorded->number, recorded->official ? ", official" : "")
                              : "evaluation, not recorded"},
      {"prov:startTime", moment},
      {"prov:endTime", moment},
      {"assay:asAt", exported_.as_at.to_string()},
      {"assay:knownOn", exported_.known_on.to_string()}};
  document_["agent"]["assay:program"] = {{"prov:type", {{"$", "prov:SoftwareAgent"}, {"type", "prov:QUALIFIED_NAME"}}},
                                         {"prov:label", "Assay"}};
  relate("wasAssociatedWith", "prov:activity", id, "prov:agent", "assay:program");
  if (recorded) relate("wasAssociatedWith", "prov:activity", id, "prov:agent", person(recorded->run_by));
  if (!recorded) return id;
  for (const Digest& digest : recorded->rulesets)
    relate("used", "prov:activity", id, "prov:entity", "assay:ruleset/" + digest.to_hex());
  return id;
}

void Provenance::row(const EvidenceLeaf& leaf) {
  if (!rows_.insert(leaf.row).second) return;
  const std::string id = fmt::format("assay:row/{}", leaf.row);
  document_["entity"][id] = {{"prov:label", fmt::format("{} of {}: {}", leaf.title, leaf.subject_name, leaf.value)},
                             {"assay:digest", leaf.digest.to_string()},
                             {"assay:document", leaf.document},
                             {"assay:place", leaf.place},
                             {"assay:recordedOn", leaf.recorded_on.to_string()}};
  relate("wasAttributedTo", "prov:entity", id, "prov:agent", person(leaf.recorded_by));
  relate("wasGeneratedBy", "prov:entity", id, "prov:activity", fmt::format("assay:entry/{}", entries_.at(leaf.row)));
}

void Provenance::outcomes(const std::string& run_id) {
  for (const ExportedOutcome& outcome : exported_.outcomes) {
    const std::string id = fmt::format("assay:outcome/{}/{}", outcome.rule, outcome.subject);
    document_["entity"][id] = {{"prov:label", fmt::format("{}: {}, {}", outcome.name, outcome.title, outcome.result)},
                               {"assay:status", outcome.status}};
    if (!outcome.basis.empty()) document_["entity"][id]["assay:basis"] = outcome.basis;
    relate("wasGeneratedBy", "prov:entity", id, "prov:activity", run_id);
    for (const EvidenceLeaf& leaf : outcome.rests_on) {
      row(leaf);
      relate("wasDerivedFrom", "prov:generatedEntity", id, "prov:usedEntity", fmt::format("assay:row/{}", leaf.row));
    }
  }
}

json Provenance::make() {
  document_["prefix"] = {{"assay", "https://assay.example/ns/"}, {"prov", "http://www.w3.org/ns/prov#"}};
  batches();
  rulesets();
  acts();
  outcomes(run());
  return std::move(document_);
}

}  // namespace

std::string to_prov(const Exported& exported) { return Provenance(exported).make().dump(2); }

}  // namespace assay::cli
