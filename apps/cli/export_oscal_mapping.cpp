// OSCAL mapping: what one framework's interactions read across to another, evidence as controls of either side.
#include <map>
#include <nlohmann/json.hpp>

#include "apps/cli/export_oscal.h"
#include "engine/survey/read_across.h"

namespace assay::cli {

using nlohmann::json;

namespace {

json property(std::string_view name, std::string_view value) { return json::parse(oscal_property(name, value)); }
json metadata(const Exported& exported, std::string_view title) { return json::parse(oscal_metadata(exported, title)); }

// A side's evidence; where none is named, what is assured as a whole.
json items_of(const Rulebook& book, const ThemeSide& side) {
  json items = json::array();
  for (const FieldId field : side.evidence)
    items.push_back({{"type", "control"}, {"id-ref", oscal_token(book.schema.field(field).name)}});
  if (items.empty()) items.push_back({{"type", "control"}, {"id-ref", oscal_token(side.kind)}});
  return items;
}

std::string resource_of(const ThemeSide& side) { return side.framework.empty() ? side.kind : side.framework; }

json reference_to(const std::string& resource) {
  return {{"type", "catalog"}, {"href", "#" + oscal_token(resource)}, {"remarks", resource}};
}

json map_of(const Rulebook& book, const ReadAcrossCell& cell) {
  const Rule& rule = book.rule(cell.interaction);
  json map{{"uuid", oscal_uuid(fmt::format("map {} {} {} {} {}", rule.name, cell.from.framework, cell.from.theme,
                                           cell.to.framework, cell.to.theme))},
           {"relationship", cell.shared.empty() ? "bears-on" : "intersects-with"},
           {"sources", items_of(book, cell.from)},
           {"targets", items_of(book, cell.to)}};
  json props = json::array({property("interaction", rule.name)});
  if (!cell.from.theme.empty()) props.push_back(property("from-theme", cell.from.theme));
  if (!cell.to.theme.empty()) props.push_back(property("to-theme", cell.to.theme));
  if (rule.grounds.basis) props.push_back(property("basis", to_string(*rule.grounds.basis)));
  map["props"] = std::move(props);
  map["remarks"] = rule.title;
  return map;
}

}  // namespace

std::string to_oscal_mapping(const Exported& exported) {
  const ReadAcross matrix = read_across_of(exported.book, {exported.as_at, exported.known_on});
  std::map<std::pair<std::string, std::string>, json> mappings;  // by the two frameworks
  for (const ReadAcrossCell& cell : matrix.cells) {
    const std::string from = resource_of(cell.from), to = resource_of(cell.to);
    json& mapping = mappings[{from, to}];
    if (mapping.is_null())
      mapping = {{"uuid", oscal_uuid("mapping " + from + " to " + to)},
                 {"source-resource", reference_to(from)},
                 {"target-resource", reference_to(to)},
                 {"maps", json::array()}};
    mapping["maps"].push_back(map_of(exported.book, cell));
  }
  json all = json::array();
  for (auto& [ends, mapping] : mappings) all.push_back(std::move(mapping));
  if (all.empty()) return {};
  const json whole{
      {"mapping-collection",
       {{"uuid", oscal_uuid("mappings as at " + exported.as_at.to_string())},
        {"metadata", metadata(exported, "What is read across frameworks")},
        {"provenance",
         {{"method", "human"},
          {"matching-rationale", "functional"},
          {"status", "not-complete"},
          {"mapping-description",
           "Drawn from the interactions that the rules declare: where assurance of one body bears on another. Each "
           "was written by a person, with the basis that it states."}}},
        {"mappings", std::move(all)}}}};
  return whole.dump(2);
}

}  // namespace assay::cli
