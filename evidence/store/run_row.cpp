// Binding the caller's words about a run to what is stored of it.
#include "evidence/store/run_row.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "evidence/core/canonical_json.h"
#include "evidence/core/digest_many.h"
#include "evidence/trail/merkle.h"

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
  row.first_block = row.record.kept_from = statement.integer(6, 1);
  row.blocks = statement.integer(7, 0);
  row.first_explanation = statement.integer(8, 1);
  row.explanations = statement.integer(9, 0);
  return row;
}

Result<RunRow> find_run(const Database& database, std::int64_t number) {
  Statement run = database.prepare(fmt::format("SELECT {} FROM run WHERE number = ?", kRunColumns), "the runs");
  std::optional<RunRow> found;
  if (run.with(number).next()) found = read_run(run);
  if (auto done = run.end(); !done) return tl::unexpected(done.error());
  if (found) return *found;
  return fail(ErrorCode::NotFound, fmt::format("there is no run {}", number), database.path(),
              "`assay runs` lists them");
}

std::int64_t based_on(std::string_view body) {
  // No text within the body can look so: its quotes are escaped.
  if (body.find("\"based_on\":") == std::string_view::npos) return 0;
  const auto object = nlohmann::json::parse(body, nullptr, false);
  if (!object.is_object()) return 0;
  const auto said = object.find("based_on");
  return said != object.end() && said->is_number_integer() ? said->get<std::int64_t>() : 0;
}

namespace {

// Canonical JSON, joined by hand: a run over millions has thousands. `rule` as JSON has it, with its quotes.
std::string outcome_text(std::string_view rule, std::int64_t block, const Digest& bytes) {
  return fmt::format(R"({{"block":{},"digest":"{}","rule":{}}})", block, bytes.to_string(), rule);
}

std::string in_json(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

}  // namespace

std::vector<Digest> block_leaves(const std::vector<BlockDigest>& blocks) {
  std::vector<std::string> texts;
  texts.reserve(blocks.size());
  std::string rule;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i == 0 || blocks[i].rule != blocks[i - 1].rule) rule = in_json(blocks[i].rule.text());
    texts.push_back(outcome_text(rule, blocks[i].block, blocks[i].recorded));
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<Digest> digests(blocks.size());
  sha256_each(views, digests);
  return leaves_of_digests(digests);
}

Digest block_leaf(const BlockDigest& block) {
  return leaves_of_digests({{outcome_digest(block.rule.text(), block.block, block.recorded)}}).front();
}

Digest outcome_digest(std::string_view rule, std::int64_t block, const Digest& bytes) {
  return sha256(std::string_view(outcome_text(in_json(rule), block, bytes)));
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
  if (keys.based_on != 0)
    object["based_on"] = keys.based_on;
  else
    object.erase("based_on");
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
