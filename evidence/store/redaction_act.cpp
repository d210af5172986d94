// Redactions written into the body of their entry and read back from it.
#include "evidence/store/redaction_act.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "evidence/core/canonical_json.h"
#include "evidence/store/log.h"

namespace assay {
namespace {

using nlohmann::json;

struct Part {
  bool RowParts::*is;
  std::string_view name;
};
constexpr Part kParts[] = {{&RowParts::value, "value"}, {&RowParts::note, "note"}, {&RowParts::place, "place"}};

void write_derived(JsonWriter& body, std::string_view key, const std::vector<Redaction::Derived>& derived) {
  body.key(key).begin_array();
  for (const Redaction::Derived& one : derived) {
    body.begin_object().field("digest", one.digest.to_string()).field("left", one.left.to_string());
    body.key("number").number(one.number).end_object();
  }
  body.end_array();
}

std::string text_in(const json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
}
std::int64_t number_in(const json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}
Digest digest_in(const json& of, const char* key) { return Digest::parse(text_in(of, key)).value_or(Digest()); }

std::vector<Redaction::Derived> derived_in(const json& of, const char* key) {
  std::vector<Redaction::Derived> derived;
  const auto found = of.find(key);
  if (found == of.end() || !found->is_array()) return derived;
  for (const json& one : *found)
    if (one.is_object())
      derived.push_back({number_in(one, "number"), digest_in(one, "digest"), digest_in(one, "left")});
  return derived;
}

}  // namespace

std::string in_words(RowParts parts) {
  std::vector<std::string> words;
  for (const Part& part : kParts)
    if (parts.*part.is) words.emplace_back(part.name);
  if (words.size() == 3) return "value, note and place";
  return words.empty() ? "nothing" : words.size() == 1 ? words[0] : words[0] + " and " + words[1];
}

std::string in_words(const Redaction& redaction) {
  return fmt::format("redacted on {} by {} because {}", redaction.on.to_long_string(), redaction.by, redaction.because);
}

std::string redaction_body(const Redaction& redaction) {
  JsonWriter body;
  body.begin_object().field("because", redaction.because).field("by", redaction.by).field("entry", "redaction");
  write_derived(body, "explanations", redaction.explanations);
  body.field("on", redaction.on.to_string());
  write_derived(body, "outcomes", redaction.outcomes);
  body.field("recorded_at", redaction.recorded_at).key("rows").begin_array();
  for (const Redaction::Row& row : redaction.rows) {
    body.begin_object().key("gone").begin_array();
    for (const Part& part : kParts)
      if (row.gone.*part.is) body.text(part.name);
    body.end_array().field("leaf", row.leaf.to_string()).field("left", row.left.to_string());
    body.key("row").number(row.row).end_object();
  }
  body.end_array().end_object();
  return body.take();
}

std::optional<Redaction> read_redaction(std::string_view body) {
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object() || text_in(object, "entry") != "redaction") return std::nullopt;
  Redaction redaction;
  redaction.because = text_in(object, "because");
  redaction.by = text_in(object, "by");
  redaction.recorded_at = text_in(object, "recorded_at");
  const auto on = Date::parse(text_in(object, "on"));
  if (!on) return std::nullopt;
  redaction.on = *on;
  redaction.outcomes = derived_in(object, "outcomes");
  redaction.explanations = derived_in(object, "explanations");
  const auto rows = object.find("rows");
  if (rows == object.end() || !rows->is_array()) return std::nullopt;
  for (const json& one : *rows) {
    if (!one.is_object()) return std::nullopt;
    Redaction::Row row{number_in(one, "row"), {}, digest_in(one, "leaf"), digest_in(one, "left")};
    if (const auto gone = one.find("gone"); gone != one.end() && gone->is_array())
      for (const Part& part : kParts)
        row.gone.*part.is = std::find(gone->begin(), gone->end(), part.name) != gone->end();
    redaction.rows.push_back(row);
  }
  if (redaction_body(redaction) != body) return std::nullopt;
  return redaction;
}

void Redactions::add(Redaction redaction) {
  // Of what was redacted twice, what was recorded stays and what is left is the later act's.
  for (const Redaction::Row& row : redaction.rows) {
    Row& kept = rows_.try_emplace(row.row, Row{{}, row.leaf, {}, 0, 0}).first->second;
    if (row.gone.value && !kept.gone.value) kept.by_value = all_.size();
    kept.gone = row.gone;
    kept.left = row.left;
    kept.by = all_.size();
  }
  for (const auto& [from, into] :
       {std::pair{&redaction.outcomes, &outcomes_}, std::pair{&redaction.explanations, &explanations_}})
    for (const Redaction::Derived& one : *from)
      into->try_emplace(one.number, Derived{one.digest, {}}).first->second.left = one.left;
  all_.push_back(std::move(redaction));
}

Result<Redactions> Redactions::load(const Database& database) {
  Redactions made;
  const auto any = has_other_acts(database);
  if (!any) return tl::unexpected(any.error());
  if (!*any) return made;
  Statement entry = database.prepare(entries_of({"redaction"}), "the entries of the trail");
  while (entry.next()) {
    auto redaction = read_redaction(entry.text(1));
    if (!redaction) {
      entry.refuse("it is no redaction as one is written");
      break;
    }
    redaction->entry = entry.integer(0, 1);
    made.add(std::move(*redaction));
  }
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  return made;
}

}  // namespace assay
