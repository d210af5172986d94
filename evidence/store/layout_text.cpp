// The text of the tables is part of the format: verify compares it word for word.
#include "evidence/store/layout_text.h"

#include <fmt/format.h>

#include <array>

#include "evidence/core/check.h"

namespace assay {
namespace {

// Small integers and NULL for what is absent keep a row near 30 bytes. Foreign keys are declared for the reader and for
// verify; enforcing them would double the time of an import. The rows of evidence have no index on purpose.
constexpr std::string_view kTables = R"(
CREATE TABLE kind(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE subject(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL REFERENCES kind, code TEXT NOT NULL,
  from_subject INTEGER REFERENCES subject, to_subject INTEGER REFERENCES subject) STRICT;
CREATE TABLE field(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL REFERENCES kind,
  storage INTEGER NOT NULL, places INTEGER NOT NULL) STRICT;
CREATE TABLE label(id INTEGER PRIMARY KEY, field INTEGER NOT NULL REFERENCES field, name TEXT NOT NULL) STRICT;
CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE document(id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;
CREATE TABLE observation(id INTEGER PRIMARY KEY, subject INTEGER NOT NULL REFERENCES subject,
  field INTEGER NOT NULL REFERENCES field, value ANY, standing INTEGER, valid_from INTEGER NOT NULL, valid_to INTEGER,
  source INTEGER NOT NULL REFERENCES source, recorded_on INTEGER NOT NULL, document INTEGER REFERENCES document,
  place TEXT, note INTEGER REFERENCES text_value, supersedes INTEGER REFERENCES observation) STRICT;
CREATE TABLE text_value(id INTEGER PRIMARY KEY, observation INTEGER NOT NULL REFERENCES observation, salt BLOB,
  content TEXT, digest BLOB NOT NULL) STRICT;
CREATE TABLE batch(id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, first_row INTEGER NOT NULL,
  row_count INTEGER NOT NULL, root BLOB NOT NULL, last_recorded INTEGER, file TEXT NOT NULL, file_digest BLOB,
  layout TEXT NOT NULL, recorded_by TEXT NOT NULL, imported_at TEXT NOT NULL, kinds INTEGER NOT NULL,
  subjects INTEGER NOT NULL, fields INTEGER NOT NULL, labels INTEGER NOT NULL, sources INTEGER NOT NULL,
  documents INTEGER NOT NULL, texts INTEGER NOT NULL, names BLOB NOT NULL, leaf BLOB) STRICT;
CREATE TABLE batch_node(batch INTEGER NOT NULL REFERENCES batch, position INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY(batch, position)) STRICT, WITHOUT ROWID;
CREATE TABLE log_entry(number INTEGER PRIMARY KEY, body TEXT NOT NULL, leaf BLOB NOT NULL) STRICT;
CREATE TABLE log_head(size INTEGER PRIMARY KEY, root BLOB NOT NULL, edge BLOB NOT NULL) STRICT;
CREATE TABLE ruleset_text(id INTEGER PRIMARY KEY, digest BLOB NOT NULL, name TEXT NOT NULL, edition TEXT NOT NULL,
  file TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE run(number INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES log_entry, as_at INTEGER NOT NULL,
  known_on INTEGER NOT NULL, run_by TEXT NOT NULL, run_at TEXT NOT NULL, first_block INTEGER NOT NULL,
  blocks INTEGER NOT NULL, first_explanation INTEGER NOT NULL, explanations INTEGER NOT NULL) STRICT;
CREATE TABLE run_ruleset(run INTEGER NOT NULL REFERENCES run, position INTEGER NOT NULL,
  ruleset INTEGER NOT NULL REFERENCES ruleset_text, PRIMARY KEY(run, position)) STRICT, WITHOUT ROWID;
CREATE TABLE outcome_block(id INTEGER PRIMARY KEY, rule TEXT NOT NULL, block INTEGER NOT NULL, digest BLOB NOT NULL,
  bytes BLOB NOT NULL) STRICT;
CREATE TABLE explanation(id INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, digest BLOB NOT NULL,
  json TEXT NOT NULL) STRICT;
)";

constexpr std::array<std::string_view, 17> kTableNames = {
    "kind",         "subject",    "field",       "label",         "source",     "document",
    "observation",  "text_value", "batch",       "batch_node",    "log_entry",  "log_head",
    "ruleset_text", "run",        "run_ruleset", "outcome_block", "explanation"};

// For people with any SQLite tool; the program never reads them. DATE(x) stands for the SQL that shows a date.
constexpr std::string_view kViews = R"(
CREATE VIEW evidence_readable AS SELECT o.id AS row, k.name || ':' || s.code AS subject, f.name AS field,
  CASE coalesce(o.standing, 0) WHEN 0 THEN 'held' WHEN 1 THEN 'not available' WHEN 2 THEN 'suppressed'
    WHEN 3 THEN 'not applicable' WHEN 4 THEN 'complete' WHEN 5 THEN 'withdrawn' WHEN 6 THEN 'redacted'
    WHEN 7 THEN 'minded to' WHEN 8 THEN 'ended' END AS standing,
  CASE WHEN o.value IS NULL THEN NULL WHEN typeof(o.value) = 'text' THEN o.value
    WHEN f.storage = 0 THEN iif(o.value, 'yes', 'no')
    WHEN f.storage = 1 AND f.places = 0 THEN CAST(o.value AS TEXT)
    WHEN f.storage = 1 THEN (SELECT iif(o.value < 0, '-', '') || rtrim(rtrim(
      substr(d, 1, length(d) - f.places) || '.' || substr(d, -f.places), '0'), '.')
      FROM (SELECT format('%0*d', f.places + 1, abs(o.value)) AS d))
    WHEN f.storage = 2 THEN DATE(o.value)
    WHEN f.storage = 3 THEN (SELECT name FROM label WHERE id = o.value)
    ELSE (SELECT content FROM text_value WHERE id = o.value) END AS value,
  DATE(o.valid_from) AS valid_from, DATE(o.valid_to) AS valid_to,
  src.name AS source, date(o.recorded_on * 86400, 'unixepoch') AS recorded_on,
  coalesce((SELECT title FROM document WHERE id = o.document), b.file) AS document,
  coalesce(o.place, 'row ' || (o.id - b.first_row + 2)) AS place,
  (SELECT content FROM text_value WHERE id = o.note) AS note, o.supersedes, b.id AS batch, b.recorded_by, b.imported_at
FROM observation o JOIN subject s ON s.id = o.subject JOIN kind k ON k.id = s.kind JOIN field f ON f.id = o.field
  JOIN source src ON src.id = o.source
  JOIN batch b ON b.id = (SELECT max(id) FROM batch WHERE first_row <= o.id AND row_count > 0);
CREATE VIEW batch_readable AS SELECT id AS batch, entry, file, lower(hex(file_digest)) AS file_digest, layout,
  first_row, row_count, recorded_by, imported_at, lower(hex(root)) AS root FROM batch;
CREATE VIEW run_readable AS SELECT number AS run, entry, date(as_at * 86400, 'unixepoch') AS as_at,
  date(known_on * 86400, 'unixepoch') AS known_on, run_by, run_at,
  (SELECT group_concat(t.name || ' ' || t.edition, ', ')
  FROM run_ruleset r JOIN ruleset_text t ON t.id = r.ruleset WHERE r.run = run.number) AS rulesets FROM run;
CREATE VIEW explanation_readable AS SELECT r.number AS run, e.rule, e.subject, lower(hex(e.digest)) AS digest, e.json
  FROM explanation e JOIN run r ON e.id >= r.first_explanation AND e.id < r.first_explanation + r.explanations;
)";

// The entry of a batch that its row stands for is put together as batch_body does.
constexpr std::string_view kTrailView = R"(
CREATE VIEW trail_readable AS SELECT e.number AS entry, e.body, lower(hex(e.leaf)) AS leaf, lower(hex(h.root)) AS root
  FROM (SELECT number, body, leaf FROM log_entry UNION ALL SELECT entry, '{"entry":"batch","file":' || json_quote(file)
    || iif(file_digest IS NULL, '', ',"file_digest":"sha256:' || lower(hex(file_digest)) || '"')
    || ',"first_row":' || first_row
    || ',"imported_at":' || json_quote(imported_at) || ',"layout":' || json_quote(layout)
    || ',"names":{"digest":"sha256:' || lower(hex(names)) || '","documents":' || documents || ',"fields":' || fields
    || ',"kinds":' || kinds || ',"labels":' || labels || ',"sources":' || sources || ',"subjects":' || subjects
    || ',"texts":' || texts || '},"recorded_by":' || json_quote(recorded_by)
    || ',"root":"sha256:' || lower(hex(root)) || '","rows":' || row_count || '}', leaf
    FROM batch WHERE leaf IS NOT NULL) e JOIN log_head h ON h.size = e.number + 1 ORDER BY e.number;
)";

std::string tables(Made made) {
  std::string sql(kTables);
  if (made == Made::Now) return sql;
  const auto replace = [&sql](std::string_view now, std::string_view then) {
    const std::size_t at = sql.find(now);
    CHECK(at != std::string::npos);
    sql.replace(at, now.size(), then);
  };
  replace("TABLE batch(id INTEGER PRIMARY KEY, entry INTEGER NOT NULL,",
          "TABLE batch(id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES log_entry,");
  replace("names BLOB NOT NULL, leaf BLOB)", "names BLOB NOT NULL)");
  return sql;
}

std::string trail_view(Made made) {
  if (made == Made::Now) return std::string(kTrailView);
  return R"(
CREATE VIEW trail_readable AS SELECT e.number AS entry, e.body, lower(hex(e.leaf)) AS leaf, lower(hex(h.root)) AS root
  FROM log_entry e JOIN log_head h ON h.size = e.number + 1;
)";
}

std::string shown_date(std::string_view column, Made made) {
  if (made == Made::WithExactDates) return fmt::format("date({} * 86400, 'unixepoch')", column);
  // The numbers are those of ImpreciseDate::stored().
  const std::string step = fmt::format("(({} + 5000000) / 10000000)", column);
  const std::string day = fmt::format("({} - {} * 10000000) * 86400, 'unixepoch'", column, step);
  const std::string year = fmt::format("strftime('%Y', {})", day);
  return fmt::format(
      "CASE {0} WHEN 0 THEN date({1}) WHEN 2 THEN strftime('%Y-%m', {1})\n"
      "    WHEN 3 THEN {2} || '-Q' || ((strftime('%m', {1}) + 2) / 3) WHEN 4 THEN {2}\n"
      "    WHEN 5 THEN {2} || '/' || substr(101 + {2} % 100, -2) END",
      step, day, year);
}

std::string views(Made made) {
  constexpr std::string_view kOpens = "DATE(";
  std::string sql;
  std::string_view rest = kViews;
  for (std::size_t at = rest.find(kOpens); at != std::string_view::npos; at = rest.find(kOpens)) {
    const std::size_t closes = rest.find(')', at);
    sql += rest.substr(0, at);
    sql += shown_date(rest.substr(at + kOpens.size(), closes - at - kOpens.size()), made);
    rest.remove_prefix(closes + 1);
  }
  return sql.append(rest).append(trail_view(made));
}

// INSERT OR REPLACE in another program deletes without these; verify finds what it did.
std::string triggers() {
  std::string sql;
  for (const std::string_view table : kTableNames) {
    for (const std::string_view act : {"update", "delete"}) {
      sql += fmt::format(
          "CREATE TRIGGER {0}_no_{1} BEFORE {1} ON {0} BEGIN SELECT RAISE(ABORT, 'a store is only added to'); END;\n",
          table, act);
    }
  }
  return sql;
}

}  // namespace

std::string layout_text(Made made) { return tables(made) + views(made) + triggers(); }

std::string table_definition(std::string_view table) {
  const std::size_t begin = kTables.find(fmt::format("CREATE TABLE {}(", table));
  CHECK(begin != std::string_view::npos);
  return std::string(kTables.substr(begin, kTables.find(';', begin) + 1 - begin));
}

}  // namespace assay
