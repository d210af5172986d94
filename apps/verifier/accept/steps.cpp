// The form of an explanation: canonical bytes, numbered steps, no circle, and an end to every path.
#include "apps/verifier/accept/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay::verifier {
namespace {

using Json = nlohmann::json;

Members members_of(const Json& object) {
  Members found;
  for (const auto& [key, value] : object.items()) {
    if (value.is_string()) found[key] = value.get<std::string>();
    if (value.is_number_integer()) found[key] = std::to_string(value.get<std::int64_t>());
  }
  return found;
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
  std::vector<std::string> found;
  if (object.contains(key) && object[key].is_array())
    for (const Json& each : object[key])
      if (each.is_string()) found.push_back(each.get<std::string>());
  return found;
}

// What no step has: it would be read by nobody.
std::optional<std::string> strange(const Json& object, std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : object.items())
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) return key;
  return std::nullopt;
}

std::optional<std::string> wanting_in(const Json& json) {
  const std::pair<const char*, std::vector<const char*>> due[] = {
      {"leaf", {"field", "part", "recorded_on", "valid_from", "value"}},
      {"absence", {"field", "on", "reason", "subject"}},
      {"parameter", {"from", "name"}}};
  for (const auto& [key, members] : due) {
    if (!json.contains(key)) continue;
    for (const char* member : members)
      if (!json[key].is_object() || !json[key].contains(member) || !json[key][member].is_string())
        return fmt::format("its {} has no `{}`", key, member);
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_keys(const Json& json) {
  const auto of = [&](const char* key, std::initializer_list<std::string_view> keys) {
    return json.contains(key) ? strange(json[key], keys) : std::nullopt;
  };
  for (const auto& key :
       {strange(json, {"absence", "action",       "aims",  "answers_to", "basis",  "children", "cites",
                       "edition", "id",           "kind",  "leaf",       "marks",  "note",     "on",
                       "place",   "parameter",    "proof", "remark",     "result", "rule",     "sentence",
                       "subject", "subject_name", "title", "words"}),
        of("leaf", {"digest", "document", "field", "part", "place", "recorded_by", "recorded_on", "row", "source",
                    "valid_from", "valid_to", "value"}),
        of("absence", {"detail", "field", "on", "reason", "subject"}),
        of("parameter", {"basis", "cites", "from", "name", "remark", "to"})})
    if (key) return fmt::format("`{}` is no part of a step", *key);
  return std::nullopt;
}

std::optional<std::string> read_step(const Json& json, std::size_t number, std::size_t count, ExplainedStep& step) {
  if (!json.is_object()) return fmt::format("step {} is no object", number);
  step.said = members_of(json);
  if (step.text("id") != std::to_string(number)) return fmt::format("step {}: its `id` is not its place", number);
  if (auto fault = wanting_in(json)) return fmt::format("step {}: {}", number, *fault);
  if (auto fault = fault_of_keys(json)) return fmt::format("step {}: {}", number, *fault);
  step.cites = texts_of(json, "cites");
  step.marks = texts_of(json, "marks");
  step.answers_to = texts_of(json, "answers_to");
  step.aims = texts_of(json, "aims");
  if (json.contains("parameter")) step.parameter_cites = texts_of(json["parameter"], "cites");
  if (json.contains("children")) {
    for (const Json& child : json["children"]) {
      if (!child.is_number_unsigned() || child.get<std::size_t>() >= count)
        return fmt::format("step {}: a child is no step", number);
      step.children.push_back(child.get<std::size_t>());
    }
  }
  for (const auto& [key, place] :
       {std::pair("leaf", &step.leaf), std::pair("absence", &step.absence), std::pair("parameter", &step.parameter)})
    if (json.contains(key)) *place = members_of(json[key]);
  const bool ends = step.leaf || step.absence || step.parameter || !step.text("proof").empty();
  // What is worked out from numbers in the text alone, or from nobody, rests on the text.
  const bool of_text = !step.text("words").empty() || !step.text("note").empty();
  if (step.children.empty() && !ends && !of_text)
    return fmt::format("step {} rests on nothing: no row, parameter, absence or digest", number);
  return std::nullopt;
}

// Whose and when, from the step that it is part of; each is reached, and none from itself.
std::optional<std::string> reach(ReadExplanation& into, std::size_t at, std::string subject, std::vector<int>& state) {
  ExplainedStep& step = into.steps[at];
  if (state[at] == 1) return fmt::format("step {} rests on itself", at);
  if (state[at] == 2) return std::nullopt;
  state[at] = 1;
  // What is of somebody says of whom, unless it is of whom the outcome is; the rest is of whom the step above is.
  constexpr std::string_view kOfSomebody[] = {"rule", "stage", "evidence", "absence", "row"};
  const bool member = step.text("kind") == "member" && step.text("words").empty();
  if (member || std::find(std::begin(kOfSomebody), std::end(kOfSomebody), step.text("kind")) != std::end(kOfSomebody))
    subject = into.steps.front().text("subject");
  if (!step.text("subject").empty()) subject = step.text("subject");
  step.subject = subject;
  step.on = Date::parse(step.text("on")).value_or(into.as_at);
  for (const std::size_t child : step.children)
    if (auto fault = reach(into, child, subject, state)) return fault;
  state[at] = 2;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> read_explanation(std::string_view text, ReadExplanation& into) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return "it is no JSON object";
  if (json.dump() != text) return "its bytes are not canonical";
  const Members whole = members_of(json);
  const auto said = [&](const char* key) { return whole.contains(key) ? whole.at(key) : std::string(); };
  if (const auto key = strange(json, {"approval", "as_at", "format", "known_on", "root", "steps"}))
    return fmt::format("`{}` is no part of an explanation", *key);
  if (said("approval") != "not part of this") return "it speaks of approval, which stands in the trail";
  if (said("format") != "assay.explanation/1") return "its format is not assay.explanation/1";
  const auto as_at = Date::parse(said("as_at")), known_on = Date::parse(said("known_on"));
  if (!as_at || !known_on || said("root") != "0") return "it does not say of when it is, or which step is its root";
  into.as_at = *as_at;
  into.known_on = *known_on;
  if (!json.contains("steps") || !json["steps"].is_array() || json["steps"].empty()) return "it has no steps";
  for (std::size_t i = 0; i < json["steps"].size(); ++i) {
    ExplainedStep step;
    if (auto fault = read_step(json["steps"][i], i, json["steps"].size(), step)) return fault;
    into.steps.push_back(std::move(step));
  }
  std::vector<int> state(into.steps.size(), 0);
  if (auto fault = reach(into, 0, "", state)) return fault;
  for (std::size_t i = 0; i < state.size(); ++i)
    if (state[i] == 0) return fmt::format("step {} is part of nothing", i);
  return std::nullopt;
}

}  // namespace assay::verifier
