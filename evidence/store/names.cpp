// Numbers are dense and in the order of being added, so a name's place in the catalogue is its number in the file.
#include "evidence/store/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "evidence/core/canonical_json.h"
#include "evidence/store/block_table.h"
#include "evidence/store/row_walk.h"

namespace assay {
namespace {

// Refuses the row unless the name just added got the number that the file gives it.
template <class Row>
void expect_number(Row& row, std::int64_t added) {
  if (row.integer(0) != added)
    row.refuse(fmt::format("number {} is out of order or names what another does", row.integer(0)));
}

template <class Row>
std::uint32_t number(Row& row, int column, std::size_t known) {
  return static_cast<std::uint32_t>(row.integer(column, 1, static_cast<std::int64_t>(known)));
}
template <class Row>
std::uint32_t number_or_none(Row& row, int column, std::size_t known) {
  return row.is_null(column) ? 0 : number(row, column, known);
}

Result<void> load_subjects(const Database& database, const std::vector<std::string>& kinds, Catalogue& catalogue) {
  // There may be millions.
  RowWalk walk(database, "id, kind, code, from_subject, to_subject", "subject", "the subjects");
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  return walk.run(-kMost - 1, kMost, [&](WalkedRow& row) {
    const std::size_t known = catalogue.subjects().size();
    const std::uint32_t kind = number(row, 1, kinds.size());
    // The ends of a link are added before it.
    const std::uint32_t from = number_or_none(row, 3, known - 1), to = number_or_none(row, 4, known - 1);
    if (!row.sound()) return false;
    const std::uint32_t added = catalogue.add_subject(kinds[kind - 1], row.text(2), from, to);
    expect_number(row, added == known ? added : 0);
    return row.sound();
  });
}

Result<void> load_fields(const Database& database, const std::vector<std::string>& kinds, Catalogue& catalogue) {
  Statement row = database.prepare("SELECT id, name, kind, storage, places FROM field ORDER BY id", "the fields");
  while (row.next()) {
    const std::uint32_t kind = number(row, 2, kinds.size());
    const auto storage = static_cast<Storage>(row.integer(3, 0, static_cast<std::int64_t>(Storage::Text)));
    const auto places = static_cast<std::uint8_t>(row.integer(4, 0, 18));
    if (kind == 0 || kind > kinds.size()) break;
    const bool known = catalogue.find_field(row.text(1)) != 0;
    const std::uint32_t added = catalogue.load_field({std::string(row.text(1)), kinds[kind - 1], storage, places});
    expect_number(row, known ? 0 : added);
  }
  return row.end();
}

Result<void> load_labels(const Database& database, Catalogue& catalogue) {
  Statement row = database.prepare("SELECT id, field, name FROM label ORDER BY id", "the labels");
  while (row.next()) {
    const std::size_t known = catalogue.labels().size();
    const std::uint32_t added = catalogue.label(number(row, 1, catalogue.fields().size() - 1), row.text(2));
    expect_number(row, added == known ? added : 0);
  }
  return row.end();
}

// Texts that name a subject; only they are read, not the rows of evidence.
Result<void> load_aliases(const Database& database, Catalogue& catalogue) {
  std::vector<bool> names_subject(catalogue.fields().size());
  for (std::size_t i = 1; i < names_subject.size(); ++i) {
    const std::string& name = catalogue.fields()[i].name;
    names_subject[i] = name.ends_with(".register") || name.ends_with(".alias");
  }
  Statement row = database.prepare(
      "SELECT o.field, o.subject, t.content FROM text_value t JOIN observation o ON o.id = t.observation "
      "WHERE t.salt IS NULL AND t.content IS NOT NULL AND o.value = t.id AND o.standing IS NULL ORDER BY t.id",
      "the names of subjects");
  while (row.next()) {
    const std::uint32_t field = number(row, 0, catalogue.fields().size() - 1);
    const std::uint32_t subject = number(row, 1, catalogue.subjects().size() - 1);
    if (field < names_subject.size() && names_subject[field]) {
      const std::string_view content = row.text(2);
      if (subject < catalogue.subjects().size()) catalogue.add_alias(subject, content);
    }
  }
  return row.end();
}

// ["subject",3,"membership","E06000009>QE1",1,2] and the like.
class NameLines {
 public:
  template <class... Values>
  void add(std::string_view table, std::int64_t number, const Values&... values) {
    constexpr std::size_t kHashedAtOnce = 64 * 1024;
    lines_ += '[';
    append_json_text(lines_, table);
    append(number);
    (append(values), ...);
    lines_ += "]\n";
    if (lines_.size() < kHashedAtOnce) return;
    sha_.add(std::string_view(lines_));
    lines_.clear();
  }
  Digest finish() {
    sha_.add(std::string_view(lines_));
    return sha_.finish();
  }

 private:
  void append(std::string_view text) {
    lines_ += ',';
    append_json_text(lines_, text);
  }
  void append(std::int64_t value) {
    char digits[20];
    lines_ += ',';
    lines_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  void append(std::uint32_t value) { append(std::int64_t{value}); }
  void append(std::uint8_t value) { append(std::int64_t{value}); }

  Sha256 sha_;
  std::string lines_;  // not yet hashed
};

}  // namespace

Result<void> Names::load(const Database& database) {
  auto done = load_without_spellings(database);
  if (done) done = load_aliases(database, catalogue);
  mark_saved();
  return done;
}

Result<void> Names::load_without_spellings(const Database& database) {
  auto done = load_kinds(database);
  if (done) done = load_subjects(database, kinds_, catalogue);
  return done ? load_rest(database) : done;
}

Result<void> Names::load_words(const Database& database) {
  auto done = load_kinds(database);
  return done ? load_rest(database) : done;
}

Result<void> Names::load_kinds(const Database& database) {
  catalogue = Catalogue();
  kinds_.clear();
  Statement kind = database.prepare("SELECT id, name FROM kind ORDER BY id", "the kinds");
  while (kind.next()) {
    const bool known = kind_number(kind.text(1)) != 0;
    kinds_.emplace_back(kind.text(1));
    expect_number(kind, known ? 0 : static_cast<std::int64_t>(kinds_.size()));
  }
  return kind.end();
}

Result<void> Names::load_rest(const Database& database) {
  auto done = load_fields(database, kinds_, catalogue);
  if (done) done = load_labels(database, catalogue);
  Statement source = database.prepare("SELECT id, name FROM source ORDER BY id", "the sources");
  while (done && source.next()) {
    const std::size_t known = catalogue.sources().size();
    const std::uint32_t added = catalogue.source(source.text(1));
    expect_number(source, added == known ? added : 0);
  }
  if (done) done = source.end();
  Statement document = database.prepare("SELECT id, title FROM document ORDER BY id", "the documents");
  while (done && document.next()) {
    const std::size_t known = catalogue.documents().size();
    const std::uint32_t added = catalogue.document(document.text(1));
    expect_number(document, added == known ? added : 0);
  }
  return done ? document.end() : done;
}

std::int64_t Names::kind_number(std::string_view name) const {
  const auto found = std::find(kinds_.begin(), kinds_.end(), name);
  return found == kinds_.end() ? 0 : found - kinds_.begin() + 1;
}

void Names::number_kinds() {
  const auto number = [this](std::string_view kind) {
    if (kind_number(kind) == 0) kinds_.emplace_back(kind);
  };
  for (auto i = static_cast<std::size_t>(saved_.subjects) + 1; i < catalogue.subjects().size(); ++i) {
    number(catalogue.subjects()[i].kind);
  }
  for (auto i = static_cast<std::size_t>(saved_.fields) + 1; i < catalogue.fields().size(); ++i) {
    number(catalogue.fields()[i].kind);
  }
}

NameCounts Names::counts() const {
  // The catalogue's tables begin with a stand-in for "none".
  const auto count = [](const auto& table) { return static_cast<std::int64_t>(table.size()) - 1; };
  return {static_cast<std::int64_t>(kinds_.size()),
          count(catalogue.subjects()),
          count(catalogue.fields()),
          count(catalogue.labels()),
          count(catalogue.sources()),
          count(catalogue.documents())};
}

Digest Names::digest(const NameCounts& before, const NameCounts& after) const {
  static const Digest kOfNone = NameLines().finish();
  if (before == after) return kOfNone;
  NameLines lines;
  const auto each = [](std::int64_t from, std::int64_t to, auto&& line) {
    for (std::int64_t i = from + 1; i <= to; ++i) line(i, static_cast<std::size_t>(i));
  };
  each(before.kinds, after.kinds, [&](auto id, auto i) { lines.add("kind", id, kinds_[i - 1]); });
  each(before.subjects, after.subjects, [&](auto id, auto i) {
    const auto& subject = catalogue.subjects()[i];
    if (subject.from == 0 && subject.to == 0) {
      lines.add("subject", id, subject.kind, subject.code);
    } else {
      lines.add("subject", id, subject.kind, subject.code, subject.from, subject.to);
    }
  });
  each(before.fields, after.fields, [&](auto id, auto i) {
    const auto& field = catalogue.fields()[i];
    lines.add("field", id, field.name, field.kind, static_cast<std::int64_t>(field.storage), field.places);
  });
  each(before.labels, after.labels,
       [&](auto id, auto i) { lines.add("label", id, catalogue.labels()[i].field, catalogue.labels()[i].name); });
  each(before.sources, after.sources, [&](auto id, auto i) { lines.add("source", id, catalogue.sources()[i]); });
  each(before.documents, after.documents,
       [&](auto id, auto i) { lines.add("document", id, catalogue.documents()[i]); });
  return lines.finish();
}

Result<void> Names::save_subjects(BlockTable& table, std::int64_t after, std::int64_t last) const {
  std::vector<SubjectRow> rows;
  Result<void> done;
  for (std::int64_t i = after + 1; done && i <= last; ++i) {
    const auto& subject = catalogue.subjects()[static_cast<std::size_t>(i)];
    rows.push_back({i, kind_number(subject.kind), subject.code, subject.from, subject.to});
    if (i != last && rows.size() != kBlockRows) continue;
    done = table.insert(rows);
    rows.clear();
  }
  return done;
}

Result<void> Names::save(const Database& database, BlockTable& subjects) {
  const NameCounts now = counts();
  Result<void> done;
  const auto insert = [&](const char* sql, const char* what, std::int64_t from, std::int64_t to, auto&& values) {
    if (!done || from == to) return;
    Statement row = database.prepare(sql, what);
    for (std::int64_t i = from + 1; done && i <= to; ++i) {
      values(row, i, static_cast<std::size_t>(i));
      done = row.run();
    }
  };
  insert("INSERT INTO kind VALUES(?, ?)", "the kinds", saved_.kinds, now.kinds,
         [&](Statement& row, auto id, auto i) { row.with(id, kinds_[i - 1]); });
  if (done) done = save_subjects(subjects, saved_.subjects, now.subjects);
  insert("INSERT INTO field VALUES(?, ?, ?, ?, ?)", "the fields", saved_.fields, now.fields,
         [&](Statement& row, auto id, auto i) {
           const auto& field = catalogue.fields()[i];
           row.with(id, field.name, kind_number(field.kind), static_cast<int>(field.storage), int{field.places});
         });
  insert(
      "INSERT INTO label VALUES(?, ?, ?)", "the labels", saved_.labels, now.labels,
      [&](Statement& row, auto id, auto i) { row.with(id, catalogue.labels()[i].field, catalogue.labels()[i].name); });
  insert("INSERT INTO source VALUES(?, ?)", "the sources", saved_.sources, now.sources,
         [&](Statement& row, auto id, auto i) { row.with(id, catalogue.sources()[i]); });
  insert("INSERT INTO document VALUES(?, ?)", "the documents", saved_.documents, now.documents,
         [&](Statement& row, auto id, auto i) { row.with(id, catalogue.documents()[i]); });
  return done;
}

void Names::roll_back() {
  catalogue.roll_back(mark_);
  kinds_.resize(static_cast<std::size_t>(saved_.kinds));
}

void Names::mark_saved() {
  saved_ = counts();
  mark_ = catalogue.mark();
}

}  // namespace assay
