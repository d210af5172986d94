// OSCAL 1.2.1 as its JSON schemas have it: the catalog of rules, and what the three documents share.
#include "apps/cli/export_oscal.h"

#include <nlohmann/json.hpp>

#include "apps/cli/lines.h"
#include "engine/explain/words.h"
#include "engine/plan/plan.h"
#include "engine/survey/items.h"
#include "evidence/core/digest.h"

namespace assay::cli {

using nlohmann::json;

namespace {

json property(std::string_view name, std::string_view value) { return json::parse(oscal_property(name, value)); }
json metadata(const Exported& exported, std::string_view title) { return json::parse(oscal_metadata(exported, title)); }

constexpr std::string_view kOscalVersion = "1.2.1", kNamespace = "https://assay.example/ns/oscal";

std::string_view sort_of(const Rule& rule) {
  struct Namer {
    std::string_view operator()(const DefineRule&) const { return "definition"; }
    std::string_view operator()(const RatingRule&) const { return "rating"; }
    std::string_view operator()(const TableRule&) const { return "table"; }
    std::string_view operator()(const FlagRule&) const { return "flag"; }
    std::string_view operator()(const InteractionRule&) const { return "interaction"; }
    std::string_view operator()(const StageRule&) const { return "stage"; }
    std::string_view operator()(const EnterRule&) const { return "criterion"; }
    std::string_view operator()(const ExitRule&) const { return "criterion"; }
    std::string_view operator()(const UnsupportedRule&) const { return "criterion"; }
  };
  return std::visit(Namer(), rule.body);
}

json control_of(const Rulebook& book, const Rule& rule) {
  json control{{"id", oscal_token(rule.name)}, {"class", sort_of(rule)}, {"title", rule.title}};
  json props = json::array({property("rule", rule.name), property("of", book.schema.kind(rule.kind).title)});
  if (rule.grounds.basis) props.push_back(property("basis", to_string(*rule.grounds.basis)));
  if (!rule.grounds.remark.empty()) props.push_back(property("basis-remark", rule.grounds.remark));
  control["props"] = std::move(props);
  control["parts"] = json::array({{{"id", oscal_token(rule.name) + "_smt"},
                                   {"name", "statement"},
                                   {"prose", std::string(book.sources.words(rule.span))}}});
  for (const Citation& cite : rule.grounds.cites)
    control["parts"].push_back({{"name", "reference"}, {"prose", cite_in_words(book, cite)}});
  return control;
}

}  // namespace

std::string oscal_uuid(std::string_view name) {
  std::string hex = sha256(name).to_hex().substr(0, 32);
  hex[12] = '5';
  constexpr std::string_view kVariant = "89ab";
  hex[16] = kVariant[static_cast<std::size_t>(hex[16]) % kVariant.size()];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20));
}

std::string oscal_token(std::string_view name) {
  std::string token;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    token += plain || c == '.' || c == '-' || c == '_' ? c : '_';
  }
  return token.empty() || (token[0] >= '0' && token[0] <= '9') || token[0] == '.' || token[0] == '-' ? "_" + token
                                                                                                     : token;
}

std::string oscal_moment(Date date) { return date.to_string() + "T00:00:00Z"; }

std::string oscal_property(std::string_view name, std::string_view value) {
  return json::object({{"name", name}, {"ns", kNamespace}, {"value", value}}).dump();
}

std::string oscal_metadata(const Exported& exported, std::string_view title) {
  return json::object({{"title", title},
                       {"last-modified", exported.made_at},
                       {"version", fmt::format("as at {}, known on {}", exported.as_at.to_string(),
                                               exported.known_on.to_string())},
                       {"oscal-version", kOscalVersion},
                       {"props", json::array({property("as-at", exported.as_at.to_string()),
                                              property("known-on", exported.known_on.to_string()),
                                              property("trail-size", std::to_string(exported.head.size)),
                                              property("trail-root", exported.head.root.to_string())})}})
      .dump();
}

std::string to_oscal_catalog(const Exported& exported) {
  const Rulebook& book = exported.book;
  json groups = json::array();
  std::optional<RulesetId> last;
  for (const RuleId id : plan(book, {exported.as_at, exported.known_on}).rules) {
    const Rule& rule = book.rule(id);
    const Ruleset& ruleset = book.ruleset(rule.ruleset);
    if (!last || !(*last == rule.ruleset)) {
      groups.push_back({{"id", oscal_token(ruleset.name)}, {"title", title_of(ruleset)}, {"controls", json::array()}});
      groups.back()["props"] = json::array({property("owner", ruleset.owner.empty() ? "not stated" : ruleset.owner)});
      if (!ruleset.edition.empty()) groups.back()["props"].push_back(property("edition", ruleset.edition));
      last = rule.ruleset;
    }
    groups.back()["controls"].push_back(control_of(book, rule));
  }
  json catalog{{"uuid", oscal_uuid("catalog of " + exported.head.root.to_string() + exported.as_at.to_string())},
               {"metadata", metadata(exported, "Rules in force")}};
  if (!groups.empty()) catalog["groups"] = std::move(groups);
  return json::object({{"catalog", std::move(catalog)}}).dump(2);
}

}  // namespace assay::cli
