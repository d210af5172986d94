// Mappings: written into the body of their entry, read back from it, and asked for.
#include "evidence/store/mapping_act.h"

#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/core/text.h"
#include "evidence/store/log.h"
#include "evidence/store/state.h"

namespace assay {

std::string mapping_body(const KeptMapping& kept) {
  JsonWriter body;
  body.begin_object().field("by", kept.by).key("columns").begin_array();
  for (const MappedColumn& column : kept.mapping.columns) {
    body.begin_object().field("column", column.column).field("heading", column.heading).field("means", column.means);
    if (column.published) body.key("published").boolean(true);
    body.end_object();
  }
  body.end_array().field("entry", "mapping").field("file", kept.file).field("kind", kept.mapping.kind);
  body.field("name", kept.mapping.name).field("recorded_at", kept.recorded_at).field("sheet", kept.mapping.sheet);
  body.field("whose", kept.mapping.whose).end_object();
  return body.take();
}

std::optional<KeptMapping> read_mapping(std::string_view body) {
  using nlohmann::json;
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object() || !object.contains("columns") || !object["columns"].is_array()) return std::nullopt;
  const auto text = [](const json& of, const char* key) {
    const auto found = of.find(key);
    return found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  KeptMapping kept;
  kept.by = text(object, "by");
  kept.file = text(object, "file");
  kept.recorded_at = text(object, "recorded_at");
  kept.mapping = {text(object, "name"), text(object, "kind"), text(object, "whose"), text(object, "sheet"), {}};
  for (const json& one : object["columns"]) {
    if (!one.is_object()) return std::nullopt;
    kept.mapping.columns.push_back(
        {text(one, "heading"), text(one, "column"), text(one, "means"), one.contains("published")});
  }
  if (mapping_body(kept) != body) return std::nullopt;
  return kept;
}

Result<std::int64_t> Store::keep_mapping(const KeptMapping& kept) {
  if (auto able = state_->expect_writable(); !able) return tl::unexpected(able.error());
  const std::string body = mapping_body(kept);
  if (first_bad_utf8(body))
    return fail(ErrorCode::WrongUse, "a name, a heading or who keeps the mapping is not UTF-8", {},
                "give another name");
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto head = read_head(state_->database);
  if (!head) return tl::unexpected(head.error());
  const auto entry = append_entry(state_->database, body);
  if (!entry) return entry;
  if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
  // It adds no name.
  if (state_->names_as_of == head->size) state_->names_as_of = head->size + 1;
  return entry;
}

Result<std::vector<KeptMapping>> Store::mappings() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::vector<KeptMapping> all;
  Statement entry = state_->database.prepare(entries_of({"mapping"}), "the entries of the trail");
  while (entry.next()) {
    auto kept = read_mapping(entry.text(1));
    if (!kept) {
      entry.refuse("it is no mapping as one is written");
      break;
    }
    kept->entry = entry.integer(0, 1);
    all.push_back(std::move(*kept));
  }
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  return all;
}

}  // namespace assay
