// OSCAL assessment results: a row of evidence is an observation, a flag is a finding. A finding can only be satisfied
// or not, so what is undetermined is `not-satisfied` with the reason `other` and says so: unknown never reads as clear.
#include <map>
#include <nlohmann/json.hpp>

#include "apps/cli/export_oscal.h"

namespace assay::cli {

using nlohmann::json;

namespace {

json property(std::string_view name, std::string_view value) { return json::parse(oscal_property(name, value)); }
json metadata(const Exported& exported, std::string_view title) { return json::parse(oscal_metadata(exported, title)); }

std::string row_uuid(const EvidenceLeaf& leaf) { return oscal_uuid("row " + leaf.digest.to_string()); }

json observation_of(const EvidenceLeaf& leaf) {
  json observation{{"uuid", row_uuid(leaf)},
                   {"title", fmt::format("{} of {}", leaf.title, leaf.subject_name)},
                   {"description", fmt::format("{} of {}: {}", leaf.title, leaf.subject_name, leaf.value)},
                   {"methods", json::array({"EXAMINE"})},
                   {"types", json::array({"control-objective"})},
                   {"collected", oscal_moment(leaf.recorded_on)}};
  observation["subjects"] = json::array({{{"subject-uuid", oscal_uuid("subject " + leaf.subject)},
                                          {"type", "party"},
                                          {"title", leaf.subject_name.empty() ? leaf.subject : leaf.subject_name}}});
  const std::string place = leaf.place.empty() ? "" : ", " + leaf.place;
  observation["relevant-evidence"] = json::array({{{"description", leaf.document + place}}});
  observation["props"] =
      json::array({property("row", std::to_string(leaf.row)), property("leaf", leaf.digest.to_string()),
                   property("evidence", leaf.field), property("source", leaf.source)});
  return observation;
}

bool is_finding(const Exported& exported, const ExportedOutcome& outcome) {
  const auto* flag = std::get_if<FlagRule>(&exported.book.rule(outcome.outcome.rule).body);
  return flag != nullptr && flag->severity != ast::FlagSeverity::Commend;
}

json status_of(const ExportedOutcome& outcome) {
  switch (outcome.outcome.status) {
    case Status::Raised:
      return {{"state", "not-satisfied"}, {"reason", "fail"}};
    case Status::Clear:
      if (outcome.outcome.applies) return {{"state", "satisfied"}, {"reason", "pass"}};
      return {{"state", "satisfied"}, {"reason", "other"}, {"remarks", "It does not apply."}};
    case Status::Undetermined:
    case Status::Unknown:
    case Status::NotApplicable:
    case Status::Known:
      break;
  }
  return {{"state", "not-satisfied"},
          {"reason", "other"},
          {"remarks", "Undetermined, which is neither raised nor clear: " + outcome.wanting}};
}

json finding_of(const ExportedOutcome& outcome) {
  json finding{{"uuid", oscal_uuid("finding " + outcome.rule + " " + outcome.subject)},
               {"title", fmt::format("{}: {}, {}", outcome.name, outcome.title, outcome.status)},
               {"description",
                outcome.sentence.empty() ? fmt::format("{}: {}", outcome.title, outcome.result) : outcome.sentence}};
  finding["target"] = {{"type", "objective-id"},
                       {"target-id", oscal_token(outcome.rule) + "_smt"},
                       {"title", outcome.title},
                       {"status", status_of(outcome)}};
  json props = json::array(
      {property("rule", outcome.rule), property("subject", outcome.subject), property("status", outcome.status)});
  if (!outcome.basis.empty()) props.push_back(property("basis", outcome.basis));
  for (const std::string& mark : outcome.marks) props.push_back(property("mark", mark));
  finding["props"] = std::move(props);
  for (const EvidenceLeaf& leaf : outcome.rests_on)
    finding["related-observations"].push_back({{"observation-uuid", row_uuid(leaf)}});
  return finding;
}

}  // namespace

std::string to_oscal_results(const Exported& exported) {
  std::map<std::int64_t, json> observations;  // by row
  std::map<std::string, json> controls;
  json findings = json::array();
  for (const ExportedOutcome& outcome : exported.outcomes) {
    if (!is_finding(exported, outcome)) continue;
    controls.try_emplace(outcome.rule, json{{"control-id", oscal_token(outcome.rule)}});
    findings.push_back(finding_of(outcome));
    for (const EvidenceLeaf& leaf : outcome.rests_on) observations.try_emplace(leaf.row, observation_of(leaf));
  }
  json result{{"uuid", oscal_uuid("result of " + exported.head.root.to_string() + exported.as_at.to_string())},
              {"title", fmt::format("Flags as at {}", exported.as_at.to_long_string())},
              {"description", fmt::format("Every flag of every body, as at {}, from what was known on {}.",
                                          exported.as_at.to_long_string(), exported.known_on.to_long_string())},
              {"start", exported.run ? exported.run->run_at : exported.made_at}};
  if (exported.run)
    result["props"] =
        json::array({property("run", std::to_string(exported.run->number)), property("run-by", exported.run->run_by),
                     property("official", exported.run->official ? "yes" : "no")});
  json selection = json::object();
  for (const auto& [rule, control] : controls) selection["include-controls"].push_back(control);
  if (controls.empty()) selection["description"] = "No rule in force is a flag.";
  result["reviewed-controls"] = {{"control-selections", json::array({std::move(selection)})}};
  for (const auto& [row, observation] : observations) result["observations"].push_back(observation);
  if (!findings.empty()) result["findings"] = std::move(findings);
  const json whole{
      {"assessment-results",
       {{"uuid", oscal_uuid("assessment results of " + exported.head.root.to_string() + exported.as_at.to_string())},
        {"metadata", metadata(exported, "Outcomes of assurance rules")},
        {"import-ap", {{"href", "#rules"}, {"remarks", "There is no plan apart from the rules: see the catalog."}}},
        {"results", json::array({std::move(result)})}}}};
  return whole.dump(2);
}

}  // namespace assay::cli
