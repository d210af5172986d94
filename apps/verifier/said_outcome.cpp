// From canonical JSON, from a derivation, and the one against the other.
#include "apps/verifier/said_outcome.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

namespace assay::verifier {

namespace {

using nlohmann::json;

std::string text(const json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The objects of a list; none where there is no such list.
std::vector<json> objects(const json& of, const char* key) {
  std::vector<json> all;
  if (of.contains(key) && of[key].is_array())
    for (const json& each : of[key])
      if (each.is_object()) all.push_back(each);
  return all;
}

std::string reason_in_words(std::string_view field, std::string_view subject, std::string_view on) {
  return fmt::format("{} of {} on {}", field, subject, on);
}

std::string joined(const std::set<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all.empty() ? "none" : all;
}

}  // namespace

std::optional<SaidOutcome> read_outcome(std::string_view row) {
  const json object = json::parse(row, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  SaidOutcome said;
  said.status = text(object, "status");
  said.value = text(object, "value");
  said.edition = text(object, "edition");
  said.applies = !object.contains("applies") || object["applies"] != false;
  if (const auto range = object.find("range"); range != object.end() && range->is_array() && range->size() == 2 &&
                                               (*range)[0].is_string() && (*range)[1].is_string()) {
    said.low = (*range)[0].get<std::string>();
    said.high = (*range)[1].get<std::string>();
  }
  for (const json& why : objects(object, "because"))
    said.because.insert(reason_in_words(text(why, "evidence"), text(why, "subject"), text(why, "on")));
  if (object.contains("marks") && object["marks"].is_array())
    for (const json& mark : object["marks"])
      if (mark.is_string()) said.marks.insert(mark.get<std::string>());
  for (const json& reason : objects(object, "reasons")) said.reasons.push_back(text(reason, "state"));
  if (object.contains("waiver")) said.waived_until = text(object["waiver"], "until");
  return said;
}

SaidOutcome say_outcome(const Derivation& derivation, RuleId id, const Verdict& verdict) {
  constexpr std::array kStatuses = {"known", "unknown", "not_applicable", "raised", "clear", "undetermined"};
  constexpr std::array kMarks = {"proposed", "inferred",         "local", "estimate",   "judgement",
                                 "waived",   "no_decision_held", "draft", "superseded", "not_in_force",
                                 "proxy",    "not_released"};
  constexpr std::array kReasons = {"met", "not_met", "undetermined", "answered"};
  const Rulebook& book = derivation.rulebook();
  const Snapshot& snapshot = derivation.evidence().snapshot();
  const Rule& rule = book.rule(id);
  const ValueType& type = book.type(rule.type);
  const Answer& answer = verdict.answer;
  SaidOutcome said;
  said.status = kStatuses.at(static_cast<std::size_t>(verdict.status));
  said.applies = verdict.applies;
  said.edition = book.ruleset(rule.ruleset).edition;
  if (!is_trigger(rule) && answer.known()) said.value = to_plain(*answer.low, type);
  if (!is_trigger(rule) && answer.unknown() && type.kind != TypeKind::YesNo && answer.low && answer.high) {
    said.low = to_plain(*answer.low, type);
    said.high = to_plain(*answer.high, type);
  }
  if (answer.unknown())
    for (const Reason& why : answer.why) {
      const Subject& whose = snapshot.subject(why.subject);
      said.because.insert(reason_in_words(snapshot.schema().field(why.field).name,
                                          snapshot.schema().kind(whose.kind).name + ":" + whose.code,
                                          why.on.to_string()));
    }
  for (const Mark& mark : answer.marks) said.marks.insert(kMarks.at(static_cast<std::size_t>(mark.of)));
  for (const ReasonIs is : verdict.reasons) said.reasons.emplace_back(kReasons.at(static_cast<std::size_t>(is)));
  if (verdict.waiver && verdict.waiver->valid_to) said.waived_until = verdict.waiver->valid_to->to_string();
  return said;
}

std::string in_words(const SaidOutcome& outcome) {
  if (!outcome.value.empty()) return outcome.value;
  std::string words = outcome.status == "not_applicable" ? "does not apply" : outcome.status;
  if (!outcome.applies) words += ", since it does not apply";
  if (!outcome.low.empty() || !outcome.high.empty()) words += fmt::format(", {} to {}", outcome.low, outcome.high);
  return words;
}

std::string difference(const SaidOutcome& derived, const SaidOutcome& recorded) {
  if (const std::string one = in_words(derived), other = in_words(recorded); one != other)
    return fmt::format("the rows and rules of the packet give {}, the packet says {}", one, other);
  const auto unlike = [](std::string_view what, const std::string& one, const std::string& other) {
    return fmt::format("the rows and rules of the packet give other {} ({}) than the packet says ({})", what, one,
                       other);
  };
  if (derived.because != recorded.because)
    return unlike("evidence that would settle it", joined(derived.because), joined(recorded.because));
  if (derived.marks != recorded.marks) return unlike("marks", joined(derived.marks), joined(recorded.marks));
  if (derived.reasons != recorded.reasons)
    return unlike("reasons", fmt::format("{}", fmt::join(derived.reasons, ", ")),
                  fmt::format("{}", fmt::join(recorded.reasons, ", ")));
  if (derived.waived_until != recorded.waived_until)
    return unlike("waivers", derived.waived_until.value_or("none"), recorded.waived_until.value_or("none"));
  if (derived.edition != recorded.edition) return unlike("editions of the rules", derived.edition, recorded.edition);
  return {};
}

}  // namespace assay::verifier
