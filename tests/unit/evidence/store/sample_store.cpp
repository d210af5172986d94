// Typed rows by hand: the importer is tested elsewhere.
#include "tests/unit/evidence/store/sample_store.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>

#include "evidence/store/database.h"

namespace assay::test {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
  return std::move(*result);
}

KindId add_kind(Schema& schema, const char* name, const char* plural) {
  return schema.add_kind({.name = name, .plural = plural, .title = name});
}

void add_field(Schema& schema, const char* name, KindId kind, ValueType type) {
  schema.add_field({.name = name, .kind = kind, .type = std::move(type), .title = name});
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  // In memory where there is such a place: a store waits for the disk at each act, and these need not outlive the test.
  std::error_code none;
  const std::filesystem::path memory = "/dev/shm";
  const auto parent = std::filesystem::is_directory(memory, none) ? memory : std::filesystem::temp_directory_path();
  std::string pattern = (parent / "assay-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Schema sample_schema() {
  Schema schema;
  const KindId council = add_kind(schema, "council", "councils");
  const KindId ics = add_kind(schema, "ics", "systems");
  const KindId membership =
      schema.add_kind({.name = "membership", .plural = "memberships", .relation = true, .from = council, .to = ics});
  add_field(schema, "t.score", council,
            {.kind = TypeKind::Score, .low = Decimal::from_int(1), .high = Decimal::from_int(4)});
  add_field(schema, "t.rate", council, {.kind = TypeKind::Percent});
  add_field(schema, "t.published", council, {.kind = TypeKind::Date});
  add_field(schema, "t.agreed", council, {.kind = TypeKind::YesNo});
  add_field(schema, "t.rating", council,
            {.kind = TypeKind::Scale, .labels = {{"inadequate", "Inadequate"}, {"good", "Good"}}, .name = "rating"});
  add_field(schema, "t.comment", council, {.kind = TypeKind::Text});
  add_field(schema, "t.share", membership, {.kind = TypeKind::Percent});
  return schema;
}

std::int32_t days(std::string_view iso) { return Date::parse(iso).value().days; }

std::uint32_t RowMaker::subject(std::string_view name) {
  const auto parts = split_subject(name).value();
  const std::size_t arrow = parts.code.find('>');
  if (arrow == std::string::npos) return catalogue_->add_subject(parts.kind, parts.code);
  const std::uint32_t from = catalogue_->add_subject("council", parts.code.substr(0, arrow));
  const std::uint32_t to = catalogue_->add_subject("ics", parts.code.substr(arrow + 1));
  return catalogue_->add_subject(parts.kind, parts.code, from, to);
}

std::uint32_t RowMaker::field(std::string_view name) {
  return must(catalogue_->field(schema_.field(schema_.find_field(name).value()), schema_));
}

TypedRow RowMaker::cell(std::string_view of, std::string_view name, std::int64_t number, std::string_view from) {
  TypedRow row;
  row.subject = subject(of);
  row.field = field(name);
  row.number = number;
  row.valid_from = days(from);
  row.source = catalogue_->source("returns");
  row.recorded_on = days("2025-07-01");
  return row;
}

TypedRow RowMaker::text(std::string_view of, std::string_view name, std::string_view text, std::string_view from) {
  TypedRow row = cell(of, name, 0, from);
  row.has_text = true;
  row.text = text;
  return row;
}

TypedRow RowMaker::label(std::string_view of, std::string_view name, std::string_view label, std::string_view from) {
  return cell(of, name, catalogue_->label(field(name), label), from);
}

std::vector<TypedRow> sample_rows(Catalogue& catalogue) {
  RowMaker make(catalogue);
  std::vector<TypedRow> rows = {make.text("council:A", "council.register", "Ashby"),
                                make.text("council:A", "council.alias", "00AA"),
                                make.text("council:B", "council.register", "Borley"),
                                make.cell("council:A", "t.score", 3),
                                make.cell("council:B", "t.score", 4),
                                make.cell("council:A", "t.rate", -12500000),  // -12.5
                                make.text("council:B", "t.rate", "0.123456789"),
                                make.cell("council:A", "t.published", days("2025-06-30")),
                                make.cell("council:A", "t.agreed", 1),
                                make.label("council:A", "t.rating", "good"),
                                make.text("council:B", "t.comment", "caf\xc3\xa9 \"quoted\""),
                                make.cell("membership:A>X", "t.share", 75800000),
                                make.cell("council:B", "t.agreed", 0)};
  rows[4].standing = Standing::NotAvailable;
  rows[4].note = "the return came late";
  rows[5].valid_to = days("2026-03-31");
  rows[6].document = catalogue.document("annex.pdf");
  rows[6].place = "page 7";
  rows[12].standing = Standing::Complete;
  rows[12].valid_to = days("2025-06-30");
  return rows;
}

BatchInfo batch_info(std::string file) {
  return {.file = std::move(file),
          .file_digest = sha256(std::string_view("the bytes of the file")),
          .layout = "tidy",
          .recorded_by = "R. Keeper",
          .imported_at = "2025-07-01T09:00:00Z",
          .bytes = 1000};
}

Result<Batch> record(Store& store, std::string file, const std::vector<TypedRow>& rows) {
  auto writer = store.begin_batch(batch_info(std::move(file)));
  if (!writer) return tl::unexpected(writer.error());
  if (auto added = writer->add(rows); !added) return tl::unexpected(added.error());
  return writer->commit();
}

Store::NewRun sample_run() {
  const auto ruleset = [](const char* name) {
    const std::string text = fmt::format("ruleset {}\n", name);
    return RulesetText{sha256(std::string_view(text)), name, "2025", fmt::format("{}.assay", name), text};
  };
  const auto explanation = [](const char* rule, const char* subject) {
    const std::string json = fmt::format("{{\"rule\":\"{}\"}}", rule);
    return KeptExplanation{rule, subject, sha256(std::string_view(json)), json};
  };
  return {.as_at = Date{days("2025-09-30")},
          .known_on = Date{days("2025-08-31")},
          .run_by = "R. Keeper",
          .run_at = "2025-10-01T10:00:00Z",
          .body = R"({"plan":"sha256:00","read":{"size":3}})",
          .rulesets = {ruleset("first"), ruleset("second")},
          .blocks = {{"t.flag", 0, std::string("\0\1\2", 3)}, {"t.flag", 1, "more"}},
          .explanations = {explanation("t.flag", "council:A"), explanation("t.other", "council:B")}};
}

void make_sample_store(const std::string& path) {
  Store store = must(Store::create(path, "2025-06-01T08:00:00Z"));
  Catalogue& catalogue = *must(store.catalogue());
  must(record(store, "returns.csv", sample_rows(catalogue)));
  std::vector<TypedRow> correction = {RowMaker(catalogue).cell("council:A", "t.score", 2)};
  correction[0].supersedes = 4;
  correction[0].recorded_on = days("2025-08-01");
  correction[0].note = "misread";
  must(record(store, "record", correction));
  must(store.record_run(sample_run()));
  Store::NewRun second = sample_run();
  second.rulesets.pop_back();
  second.blocks.resize(1);
  second.explanations.clear();
  must(store.record_run(second));
}

void change_behind(const std::string& path, const std::string& sql) {
  const auto database = must(Database::open(path, Database::Mode::Write));
  std::string drop, restore;
  Statement trigger =
      database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid", "triggers");
  while (trigger.next()) {
    drop += fmt::format("DROP TRIGGER {};", trigger.text(0));
    restore += fmt::format("{};", trigger.text(1));
  }
  for (const std::string& one : {drop, sql, restore})
    if (auto done = database.execute(one, "the damage"); !done) throw std::runtime_error(to_string(done.error()));
}

std::string dump(const std::string& path) {
  auto database = Database::open(path, Database::Mode::ReadUnchanging);
  if (!database) return to_string(database.error());
  std::string out;
  std::vector<std::string> tables;
  Statement schema = database->prepare(
      "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, ''), iif(type = 'table', name, '') "
      "FROM sqlite_schema ORDER BY rowid",
      "the tables");
  while (schema.next()) {
    out += fmt::format("{}\n", schema.text(0));
    if (!schema.text(1).empty()) tables.emplace_back(schema.text(1));
  }
  if (auto done = schema.end(); !done) return to_string(done.error());
  for (const std::string& table : tables) {
    std::string columns;
    Statement info = database->prepare(fmt::format("SELECT name FROM pragma_table_info('{}')", table), "the columns");
    while (info.next()) columns += fmt::format("{}quote({})", columns.empty() ? "" : " || ',' || ", info.text(0));
    if (auto done = info.end(); !done) return to_string(done.error());
    Statement rows = database->prepare(fmt::format("SELECT {} FROM {}", columns, table), table);
    while (rows.next()) out += fmt::format("{}: {}\n", table, rows.text(0));
    if (auto done = rows.end(); !done) return to_string(done.error());
  }
  return out;
}

}  // namespace assay::test
