// Segments against the rows they are made of: every cell once and as it was recorded, whatever has become of what is
// kept. The rows put in are the oracle; nothing is compared with the segments themselves.
#include "evidence/store/segments.h"

#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "evidence/store/database.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr std::size_t kManyRows = 20'000;  // more than are left outside segments

// Two fields of some thousand councils, out of order, every seventh row out of the ordinary.
std::vector<TypedRow> many_rows(Catalogue& catalogue, std::size_t count, std::size_t seed = 0) {
  RowMaker make(catalogue);
  std::vector<TypedRow> rows;
  std::uint64_t random = 12345 + seed;
  while (rows.size() < count) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    const std::size_t i = rows.size();
    const std::string council = fmt::format("council:C{}", (random >> 33) % 3000);
    TypedRow row = i % 2 == 0 ? make.cell(council, "t.score", 1 + static_cast<std::int64_t>(random >> 40) % 4)
                              : make.cell(council, "t.rate", static_cast<std::int64_t>(random >> 20) % 100'000'000);
    row.valid_from += static_cast<std::int32_t>((random >> 25) % 800);
    row.recorded_on += static_cast<std::int32_t>((random >> 50) % 30);
    if (i % 7 == 1) row.standing = Standing::NotAvailable;
    if (i % 14 == 3 && row.standing == Standing::Held) row.has_text = true, row.text = "0.123456789";
    if (i % 21 == 2) row.valid_to = row.valid_from + 90;
    if (i % 35 == 4) row.supersedes = static_cast<std::int64_t>(i) - 3;
    if (i % 2 == 0 && row.has_text) row.has_text = false;
    rows.push_back(row);
  }
  return rows;
}

struct Cell {
  std::int64_t row = 0, value = 0, supersedes = 0;
  std::uint32_t subject = 0, source = 0;
  int standing = 0;
  bool exceptional = false;
  std::int32_t valid_from = 0, valid_to = 0, recorded_on = 0;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

// What was put in as the rows from `first` on.
std::vector<Cell> cells_of(std::span<const TypedRow> rows, std::uint32_t field, std::int64_t first = 1) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const TypedRow& row = rows[i];
    if (row.field != field) continue;
    const bool held = row.standing == Standing::Held;
    cells.push_back({.row = first + static_cast<std::int64_t>(i),
                     .value = held && !row.has_text ? row.number : 0,
                     .supersedes = row.supersedes,
                     .subject = row.subject,
                     .source = row.source,
                     .standing = static_cast<int>(row.standing),
                     .exceptional = held && row.has_text,
                     .valid_from = row.valid_from,
                     .valid_to = row.valid_to,
                     .recorded_on = row.recorded_on});
  }
  return cells;
}

// What is read, by row; fails where a segment is not in its order or says less than it holds.
std::vector<Cell> read_cells(const Segments& segments, std::string_view field, const SegmentFilter& filter = {}) {
  std::vector<Cell> cells;
  const auto done = segments.read(field, filter, [&](const SegmentRows& rows) {
    REQUIRE(rows.size() > 0);
    REQUIRE(rows.size() <= 4096);
    REQUIRE(std::is_sorted(rows.subject.begin(), rows.subject.end()));
    bool all_held = true, none_supersede = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Cell cell{.row = rows.first_row + rows.row[i],
                .value = rows.value[i],
                .supersedes = rows.none_supersede ? 0 : rows.supersedes[i],
                .subject = rows.subject[i],
                .source = rows.source[i],
                .standing = rows.standing[i],
                .exceptional = !rows.exceptional.empty() && rows.exceptional[i] != 0,
                .valid_from = rows.valid_from[i],
                .valid_to = rows.valid_to[i],
                .recorded_on = rows.recorded_on[i]};
      all_held = all_held && cell.standing == 0;
      none_supersede = none_supersede && cell.supersedes == 0;
      REQUIRE((rows.rows.low <= cell.row && cell.row <= rows.rows.high));
      REQUIRE((rows.values.low <= cell.value && cell.value <= rows.values.high));
      REQUIRE((rows.recorded_ons.low <= cell.recorded_on && cell.recorded_on <= rows.recorded_ons.high));
      REQUIRE((rows.valid_froms.low <= cell.valid_from && cell.valid_from <= rows.valid_froms.high));
      REQUIRE((rows.valid_tos.low <= cell.valid_to && cell.valid_to <= rows.valid_tos.high));
      cells.push_back(cell);
    }
    // Of a segment given in part they may be those of the whole.
    const bool whole = filter.subject_low == 0 && filter.subject_high == SegmentFilter().subject_high;
    REQUIRE((all_held == rows.all_held || (!whole && all_held)));
    REQUIRE((none_supersede == rows.none_supersede || (!whole && none_supersede)));
    return Result<void>();
  });
  REQUIRE(done);
  std::sort(cells.begin(), cells.end());
  return cells;
}

struct Made {
  TemporaryFolder folder;
  std::string path = folder / "s";
  std::vector<TypedRow> rows;
  std::uint32_t score = 0, rate = 0;

  explicit Made(std::size_t count = kManyRows) {
    Store store = std::move(*Store::create(path, "2025-07-01T09:00:00Z"));
    Catalogue& catalogue = **store.catalogue();
    rows = many_rows(catalogue, count);
    score = catalogue.find_field("t.score");
    rate = catalogue.find_field("t.rate");
    REQUIRE(record(store, "many.csv", rows));
  }
  void change(const std::string& sql) const {
    auto database = Database::open(path, Database::Mode::Write);
    REQUIRE(database);
    REQUIRE(database->execute(sql, "a change"));
  }
  std::int64_t ask(const std::string& sql) const {
    auto database = Database::open(path, Database::Mode::Read);
    REQUIRE(database);
    Statement row = database->prepare(sql, "a question");
    REQUIRE(row.next());
    return row.integer(0);
  }
  // Opens, and finds every cell as recorded; how many notes there were.
  std::size_t hold(Access access) const {
    Store store = std::move(*Store::open(path, access));
    const auto segments = store.segments();
    REQUIRE(segments);
    CHECK(segments->rows() == static_cast<std::int64_t>(rows.size()));
    CHECK(read_cells(*segments, "t.score") == cells_of(rows, score));
    CHECK(read_cells(*segments, "t.rate") == cells_of(rows, rate));
    CHECK(read_cells(*segments, "t.agreed").empty());
    CHECK(read_cells(*segments, "no.such_field").empty());
    return segments->notes().size();
  }
};

}  // namespace

TEST_CASE("an import leaves segments, and they hold every cell once") {
  const Made made;
  CHECK(made.ask("SELECT sum(cells) FROM segment") == static_cast<std::int64_t>(kManyRows));
  CHECK(made.hold(Access::Read) == 0);
  CHECK(made.hold(Access::Write) == 0);
}

TEST_CASE("few rows are read as they stand") {
  const Made made(300);
  CHECK(made.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'segment'") == 0);
  CHECK(made.hold(Access::Read) == 0);
  CHECK(made.hold(Access::Write) == 0);
}

TEST_CASE("a store without the tables answers the same, and makes them where it can be written") {
  const Made made;
  made.change("DROP TABLE segment; DROP TABLE segment_cover");
  CHECK(made.hold(Access::Read) == 0);
  CHECK(made.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'segment'") == 0);
  CHECK(made.hold(Access::Write) == 0);
  CHECK(made.ask("SELECT sum(cells) FROM segment") == static_cast<std::int64_t>(kManyRows));
}

TEST_CASE("verification takes a store with segments and one without") {
  const Made made;
  CHECK(Store::open(made.path, Access::Read)->verify());
  made.change("DROP TABLE segment; DROP TABLE segment_cover");
  CHECK(Store::open(made.path, Access::Read)->verify());
  // Something else of that name is not ours.
  made.change("CREATE TABLE segment(x)");
  CHECK_FALSE(Store::open(made.path, Access::Read)->verify());
}

TEST_CASE("what is damaged is made anew from the rows, and said") {
  const char* const damages[] = {
      "UPDATE segment SET bytes = zeroblob(length(bytes)) WHERE id = 2",
      "UPDATE segment SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE id = 3",
      "UPDATE segment SET digest = zeroblob(32)",
      "UPDATE segment SET digest = x'00' WHERE id = 1",
      "UPDATE segment SET first_row = first_row + 1, digest = zeroblob(32) WHERE id = 1",
      "DELETE FROM segment WHERE id = 2",
      "UPDATE segment SET cells = cells - 1 WHERE id = 2",
      "DELETE FROM segment_list",
      "DELETE FROM segment_list WHERE field = (SELECT max(field) FROM segment_list)",
      "UPDATE segment_list SET bytes = zeroblob(length(bytes))",
      "UPDATE segment_list SET digest = x'00'",
      "UPDATE segment_list SET segments = segments + 1",
      "UPDATE segment_list SET segments = 4000000000",
      "UPDATE segment_list SET cells = cells - 1",
      "UPDATE segment_list SET field = 0 - field",
      "DROP TABLE segment_list",
      "UPDATE segment SET field = 3 - field WHERE id = 2",
      "UPDATE segment SET id = id + 1000",
      "UPDATE segment_cover SET root = zeroblob(32)",
      "UPDATE segment_cover SET format = 2",
      "UPDATE segment_cover SET rows = rows - 1",
      "DELETE FROM segment_cover",
  };
  for (const char* const damage : damages) {
    CAPTURE(damage);
    const Made made;
    made.change(damage);
    CHECK(made.hold(Access::Read) > 0);
    CHECK(made.hold(Access::Read) > 0);  // reading changes nothing
    CHECK(made.hold(Access::Write) > 0);
    CHECK(made.hold(Access::Read) == 0);
    CHECK(made.ask("SELECT sum(cells) FROM segment") == static_cast<std::int64_t>(kManyRows));
  }
}

TEST_CASE("many small imports come together in few segments") {
  TemporaryFolder folder;
  const std::string path = folder / "s";
  REQUIRE(Store::create(path, "2025-07-01T09:00:00Z"));
  std::vector<TypedRow> rows;
  std::uint32_t score = 0;
  for (std::size_t batch = 0; batch < 60; ++batch) {
    Store store = std::move(*Store::open(path, Access::Write));
    Catalogue& catalogue = **store.catalogue();
    const auto more = many_rows(catalogue, 1000, batch);
    score = catalogue.find_field("t.score");
    rows.insert(rows.end(), more.begin(), more.end());
    REQUIRE(record(store, fmt::format("{}.csv", batch), more));
  }
  Store store = std::move(*Store::open(path, Access::Write));
  const auto segments = store.segments();
  REQUIRE(segments);
  CHECK(segments->notes().empty());
  std::vector<Cell> expected;
  for (std::size_t at = 0; at < rows.size(); at += 1000) {
    const auto some = cells_of(std::span(rows).subspan(at, 1000), score, static_cast<std::int64_t>(at) + 1);
    expected.insert(expected.end(), some.begin(), some.end());
  }
  // In each batch `supersedes` counts from one, so it is another row that is meant; what counts is that it is kept.
  CHECK(read_cells(*segments, "t.score") == expected);
  std::size_t given = 0;
  const auto counted = [&given](const SegmentRows&) { return ++given, Result<void>(); };
  REQUIRE(segments->read("t.score", {}, counted));
  CHECK(given <= 30'000 / 4096 + 9);
}

TEST_CASE("small segments are merged") {
  const Made made;
  // As nine imports of one field and then some of another would leave them.
  made.change("DELETE FROM segment; DELETE FROM segment_cover");
  made.change("DROP TABLE segment; DROP TABLE segment_cover");
  Store store = std::move(*Store::open(made.path, Access::Write));
  REQUIRE(store.segments());
  CHECK(made.ask("SELECT count(*) FROM segment") <= 2 * (10'000 / 4096 + 1));
}

TEST_CASE("what is recorded after opening is not seen") {
  const Made made;
  Store reader = std::move(*Store::open(made.path, Access::Read));
  const auto segments = reader.segments();
  REQUIRE(segments);
  {
    Store writer = std::move(*Store::open(made.path, Access::Write));
    const auto more = many_rows(**writer.catalogue(), kManyRows, 5);
    REQUIRE(record(writer, "more.csv", more));
  }
  CHECK(read_cells(*segments, "t.score") == cells_of(made.rows, made.score));
  CHECK(read_cells(*segments, "t.rate") == cells_of(made.rows, made.rate));
}

TEST_CASE("two threads read two fields at once") {
  const Made made;
  Store store = std::move(*Store::open(made.path, Access::Read));
  const auto segments = store.segments();
  REQUIRE(segments);
  for (int round = 0; round < 20; ++round) {
    std::vector<Cell> rates;
    std::int64_t scores = 0;
    std::thread other([&] {
      const auto count = [&scores](const SegmentRows& rows) {
        scores += static_cast<std::int64_t>(rows.size());
        return Result<void>();
      };
      if (!segments->read("t.score", {}, count)) scores = -1;
    });
    rates = read_cells(*segments, "t.rate");
    other.join();
    REQUIRE(scores == static_cast<std::int64_t>(cells_of(made.rows, made.score).size()));
    REQUIRE(rates == cells_of(made.rows, made.rate));
  }
}

TEST_CASE("a range of subjects needs few segments and misses none of its cells") {
  const Made made;
  Store store = std::move(*Store::open(made.path, Access::Read));
  const auto segments = store.segments();
  REQUIRE(segments);
  const SegmentFilter filter{40, 47};
  const auto within = [&](std::vector<Cell> cells) {
    std::erase_if(cells, [&](const Cell& cell) {
      return cell.subject < filter.subject_low || cell.subject > filter.subject_high;
    });
    return cells;
  };
  const auto found = read_cells(*segments, "t.score", filter);
  CHECK(found.size() < cells_of(made.rows, made.score).size() / 2);
  CHECK(within(found) == within(cells_of(made.rows, made.score)));
  // Damage elsewhere and here alike.
  made.change("UPDATE segment SET digest = zeroblob(32)");
  CHECK(within(read_cells(*segments, "t.score", filter)) == within(cells_of(made.rows, made.score)));
}

TEST_CASE("a consumer that has had enough ends the reading") {
  const Made made;
  Store store = std::move(*Store::open(made.path, Access::Read));
  const auto segments = store.segments();
  REQUIRE(segments);
  std::size_t given = 0;
  const auto done = segments->read("t.score", {}, [&given](const SegmentRows&) -> Result<void> {
    ++given;
    return fail(ErrorCode::WrongUse, "enough");
  });
  CHECK(given == 1);
  CHECK(done.error().message == "enough");
}

TEST_CASE("a part of a snapshot is what the whole one says of it") {
  const Made made;
  Store store = std::move(*Store::open(made.path, Access::Read));
  const Schema schema = sample_schema();
  const Date known_on{days("2025-07-15")};
  const Snapshot whole = std::move(*store.snapshot(schema, known_on));
  const auto names = store.catalogue();
  REQUIRE(names);
  const std::uint32_t c5 = (*names)->find_subject("council:C5"), c7 = (*names)->find_subject("council:C7");
  const auto part = store.snapshot(schema, known_on, Store::Part{{c7, c5}, {"t.score"}});
  REQUIRE(part);
  std::size_t rows = 0;
  const KindId council = schema.find_kind("council").value();
  const FieldId score = schema.find_field("t.score").value();
  for (const char* const code : {"C5", "C7"}) {
    const auto expected = whole.rows(score, whole.find(council, code).value());
    const auto found = part->rows(score, part->find(council, code).value());
    REQUIRE(found.size() == expected.size());
    rows += found.size();
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].row == expected[i].row);
      CHECK(found[i].digest == expected[i].digest);
      CHECK(found[i].superseded == expected[i].superseded);
    }
  }
  CHECK(rows > 0);
  CHECK(part->all_rows().size() < rows + 10);
}

TEST_CASE("corrections are found wherever they stand") {
  const Made made;
  std::size_t expected = 0;
  for (const TypedRow& row : made.rows) expected += row.supersedes != 0 ? 1U : 0U;
  REQUIRE(expected > 100);
  const auto count = [&made](Access access) {
    Store store = std::move(*Store::open(made.path, access));
    const auto segments = store.segments();
    REQUIRE(segments);
    const auto found = segments->corrections();
    REQUIRE(found);
    for (const Segments::Correction& one : *found)
      REQUIRE(made.rows[static_cast<std::size_t>(one.row) - 1].supersedes == one.supersedes);
    return found->size();
  };
  CHECK(count(Access::Read) == expected);
  made.change("UPDATE segment SET digest = zeroblob(32) WHERE id = 3");
  CHECK(count(Access::Read) == expected);
  made.change("DROP TABLE segment; DROP TABLE segment_cover");
  CHECK(count(Access::Read) == expected);
}

TEST_CASE("numbers of subjects, and their codes when asked for") {
  TemporaryFolder folder;
  make_sample_store(folder / "s");
  Store store = std::move(*Store::open(folder / "s", Access::Read));
  const auto columns = store.subject_columns();
  REQUIRE(columns);
  const Catalogue& names = **store.catalogue();
  REQUIRE(columns->kind.size() == names.subjects().size());
  for (std::size_t i = 1; i < names.subjects().size(); ++i) {
    CHECK(columns->kinds[columns->kind[i]] == names.subjects()[i].kind);
    CHECK(columns->from_of(i) == names.subjects()[i].from);
    CHECK(columns->to_of(i) == names.subjects()[i].to);
  }
  const std::uint32_t asked[] = {2, 1};
  CHECK(store.subject_codes(asked).value() ==
        std::vector<std::string>{std::string(names.subjects()[2].code), std::string(names.subjects()[1].code)});
  const std::uint32_t missing[] = {99};
  CHECK(store.subject_codes(missing).error().code == ErrorCode::Corruption);
  const auto words = store.stored_words();
  REQUIRE(words);
  REQUIRE(words->fields.size() == names.fields().size());
  CHECK(words->fields[2].name == names.fields()[2].name);
  CHECK(words->labels.size() == names.labels().size());
  CHECK(words->sources == names.sources());
}
