// Verify makes the body anew from the table and compares it with the entry, which covers every column named there.
#include "evidence/store/batch_row.h"

#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"
#include "evidence/store/layout.h"

namespace assay {

BatchRow read_batch(Statement& statement) {
  BatchRow row;
  row.batch.number = statement.integer(0, 1);
  row.batch.entry = statement.integer(1, 1);
  row.first_row = statement.integer(2, 1);
  row.rows = statement.integer(3, 0);
  row.root = statement.digest(4);
  if (!statement.is_null(5)) {
    row.last_recorded = static_cast<std::int32_t>(
        statement.integer(5, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
  }
  row.batch.file = statement.text(6);
  if (!statement.is_null(7)) row.batch.file_digest = statement.digest(7);
  row.batch.layout = statement.text(8);
  row.batch.recorded_by = statement.text(9);
  row.batch.imported_at = statement.text(10);
  row.known = {statement.integer(11, 0), statement.integer(12, 0), statement.integer(13, 0),
               statement.integer(14, 0), statement.integer(15, 0), statement.integer(16, 0)};
  row.texts = statement.integer(17, 0);
  row.names = statement.digest(18);
  if (!statement.is_null(19)) row.leaf = statement.digest(19);
  return row;
}

std::string batch_columns(const Database& database) {
  constexpr std::string_view kAlways =
      "id, entry, first_row, row_count, root, last_recorded, file, file_digest, layout, recorded_by, imported_at, "
      "kinds, subjects, fields, labels, sources, documents, texts, names, ";
  return std::string(kAlways).append(format_of(database) == kFormat ? "leaf" : "NULL");
}

Result<void> insert_batch(const Database& database, const BatchRow& row, std::int64_t format) {
  constexpr std::string_view kNow =
      "INSERT INTO batch VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  constexpr std::string_view kBefore =
      "INSERT INTO batch SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ? IS NULL";
  CHECK(format == kFormat || !row.leaf);
  Statement insert = database.prepare(format == kFormat ? kNow : kBefore, "the batches");
  std::optional<std::int64_t> last_recorded = row.last_recorded;
  return insert
      .with(row.batch.number, row.batch.entry, row.first_row, row.rows, row.root, last_recorded, row.batch.file,
            row.batch.file_digest, row.batch.layout, row.batch.recorded_by, row.batch.imported_at, row.known.kinds,
            row.known.subjects, row.known.fields, row.known.labels, row.known.sources, row.known.documents, row.texts,
            row.names, row.leaf)
      .run();
}

bool says_all(const BatchRow& row) { return !row.personal && row.published.empty() && !row.salted; }

std::string batch_body(const BatchRow& row) {
  JsonWriter body;
  body.begin_object().field("entry", "batch").field("file", row.batch.file);
  if (row.batch.file_digest) body.field("file_digest", row.batch.file_digest->to_string());
  body.key("first_row").number(row.first_row);
  body.field("imported_at", row.batch.imported_at).field("layout", row.batch.layout);
  body.key("names").begin_object().field("digest", row.names.to_string());
  body.key("documents").number(row.known.documents);
  body.key("fields").number(row.known.fields);
  body.key("kinds").number(row.known.kinds);
  body.key("labels").number(row.known.labels);
  body.key("sources").number(row.known.sources);
  body.key("subjects").number(row.known.subjects);
  body.key("texts").number(row.texts).end_object();
  if (row.personal) {
    body.key("personal_data").begin_object().field("destroy_on", row.personal->destroy_on.to_string());
    body.field("purpose", row.personal->purpose).end_object();
  }
  if (!row.published.empty()) {
    body.key("published").begin_array();
    for (const std::string& column : row.published) body.text(column);
    body.end_array();
  }
  body.field("recorded_by", row.batch.recorded_by).field("root", row.root.to_string());
  body.key("rows").number(row.rows);
  if (row.salted) body.key("salted").boolean(true);
  body.end_object();
  return body.take();
}

void read_said(std::string_view body, BatchRow& row) {
  using nlohmann::json;
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object()) return;
  if (const auto said = object.find("personal_data"); said != object.end() && said->is_object()) {
    const auto on = Date::parse(said->value("destroy_on", json()).is_string() ? said->value("destroy_on", "") : "");
    const json purpose = said->value("purpose", json());
    if (on && purpose.is_string()) row.personal = PersonalData{purpose.get<std::string>(), *on};
  }
  if (const auto salted = object.find("salted"); salted != object.end() && salted->is_boolean())
    row.salted = salted->get<bool>();
  if (const auto columns = object.find("published"); columns != object.end() && columns->is_array())
    for (const json& column : *columns)
      if (column.is_string()) row.published.push_back(column.get<std::string>());
}

}  // namespace assay
