// What a run says of itself, in one canonical object.
#include "engine/session/run_body.h"

#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

std::string file_name(const std::string& path) {
  const auto slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace

std::vector<RulesetText> texts_of(const Rulebook& rulebook) {
  std::vector<RulesetText> out;
  for (std::uint32_t file = 0; file < rulebook.sources.size(); ++file) {
    const SourceFile& source = rulebook.sources.file({file});
    RulesetText text{sha256(source.text()), "", "", file_name(source.path()), source.text()};
    for (const Ruleset& ruleset : rulebook.rulesets) {
      for (FileId held : ruleset.files)
        if (held.index == file) text.name = ruleset.name, text.edition = ruleset.edition;
    }
    out.push_back(std::move(text));
  }
  return out;
}

namespace {

// The keys that bind the run are the store's to set: RunWriter does, whatever stands there.
std::string body(const LogHead& read, bool official, const PackedSaid* packed) {
  JsonWriter json;
  json.begin_object();
  if (packed) {
    json.key("all_known").boolean(packed->all_known);
    json.key("counts").begin_array();
    for (const auto& [rule, fell] : packed->counts) {
      json.begin_object().key("known").number(fell.known).key("not_applicable").number(fell.not_applicable);
      json.key("raised").number(fell.raised).field("rule", rule).key("unknown").number(fell.unknown).end_object();
    }
    json.end_array();
    json.key("left_out").begin_array();
    for (const std::string& rule : packed->left_out) json.text(rule);
    json.end_array();
  }
  json.field("log_root", read.root.to_string());
  json.key("log_size").number(read.size);
  if (official) json.key("official").boolean(true);
  if (packed) json.key("packed").boolean(true);
  json.end_object();
  return json.take();
}

}  // namespace

std::string run_body(const LogHead& read, bool official) { return body(read, official, nullptr); }

std::string packed_run_body(const LogHead& read, bool official, const PackedSaid& said) {
  return body(read, official, &said);
}

std::optional<PackedSaid> read_packed_body(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  try {
    PackedSaid out;
    if (!json.value("packed", false)) return std::nullopt;
    out.all_known = json.value("all_known", false);
    out.based_on = json.value("based_on", std::int64_t{0});
    out.left_out = json.at("left_out").get<std::vector<std::string>>();
    for (const auto& one : json.at("counts"))
      out.counts.push_back({one.at("rule").get<std::string>(),
                            {one.at("known").get<std::int64_t>(), one.at("unknown").get<std::int64_t>(),
                             one.at("not_applicable").get<std::int64_t>(), one.at("raised").get<std::int64_t>()}});
    return out;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace assay
