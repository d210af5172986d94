// Binding the caller's words about a run to what is stored of it.
#include "evidence/store/run_row.h"

#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"

namespace assay {

RunRow read_run(Statement& statement) {
  constexpr std::int64_t kFirstDay = -719162, kLastDay = 2932896;  // 0001-01-01 and 9999-12-31
  RunRow row;
  row.record.number = statement.integer(0, 1);
  row.record.entry = statement.integer(1, 1);
  row.record.as_at = Date{static_cast<std::int32_t>(statement.integer(2, kFirstDay, kLastDay))};
  row.record.known_on = Date{static_cast<std::int32_t>(statement.integer(3, kFirstDay, kLastDay))};
  row.record.run_by = statement.text(4);
  row.record.run_at = statement.text(5);
  row.first_block = statement.integer(6, 1);
  row.blocks = statement.integer(7, 0);
  row.first_explanation = statement.integer(8, 1);
  row.explanations = statement.integer(9, 0);
  return row;
}

Digest outcome_digest(std::string_view rule, std::int64_t block, const Digest& bytes) {
  JsonWriter json;
  json.begin_object().key("block").number(block).field("digest", bytes.to_string()).field("rule", rule).end_object();
  return sha256(std::string_view(json.str()));
}

Digest explanation_digest(std::string_view rule, std::string_view subject, const Digest& json_digest) {
  JsonWriter json;
  json.begin_object()
      .field("digest", json_digest.to_string())
      .field("rule", rule)
      .field("subject", subject)
      .end_object();
  return sha256(std::string_view(json.str()));
}

Result<std::string> bind_body(std::string_view body, const RunKeys& keys) {
  using nlohmann::json;
  const auto not_usable = [] {
    return fail(ErrorCode::WrongUse, "what a run says of itself is not a JSON object in UTF-8", {},
                "give an object, even an empty one");
  };
  json object = json::parse(body, nullptr, false);
  if (!object.is_object()) return not_usable();
  json rulesets = json::array();
  for (const RulesetName& used : keys.rulesets) {
    rulesets.push_back(
        {{"digest", used.digest.to_string()}, {"edition", used.edition}, {"file", used.file}, {"name", used.name}});
  }
  object["as_at"] = keys.as_at.to_string();
  object["entry"] = "run";
  object["explanations"] = keys.explanations.to_string();
  object["known_on"] = keys.known_on.to_string();
  object["outcomes"] = keys.outcomes.to_string();
  object["rulesets"] = std::move(rulesets);
  object["run_at"] = keys.run_at;
  object["run_by"] = keys.run_by;
  // Text that is not UTF-8 makes the library throw; canonicalising then finds the replaced bytes no fault, so refuse.
  try {
    return canonicalise_json(object.dump());
  } catch (const json::exception&) {
    return not_usable();
  }
}

}  // namespace assay
