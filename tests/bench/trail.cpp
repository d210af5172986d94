// The trail's own costs, each beside the same work without it, printed as seconds for tests/bench/run to compare:
//   trail append STORE PLAIN COUNT           single rows, each acknowledged before the next: ours, then the plain
//   side's trail import ours|plain STORE FILE       a file of tidy evidence, with its leaves and without any trail
//   verify STORE                       seconds, rows, and the mean bytes of a leaf
// The plain sides write the same columns into the same tables and read the same file with the same reader.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "engine/session/rules.h"
#include "evidence/import/import.h"
#include "evidence/store/batch_segments.h"
#include "evidence/store/block.h"
#include "evidence/store/block_table.h"
#include "evidence/store/block_worker.h"
#include "evidence/store/database.h"
#include "evidence/store/layout.h"
#include "evidence/store/store.h"
#include "tests/bench/measuring.h"

using namespace assay;

namespace {

class Stopwatch {
 public:
  ~Stopwatch() {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun_;
    fmt::print("{:.4f}\n", took.count());
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

constexpr std::int32_t kDay = 20454;  // 1 January 2026: no row is of a later day

TypedRow row_of(Catalogue& catalogue, const Schema& schema, int number) {
  TypedRow row;
  row.subject = catalogue.add_subject("council", fmt::format("X{:05}", number % 1000));
  row.field = must(catalogue.field(schema.fields().back(), schema));
  row.number = 1 + number % 4;
  row.valid_from = row.recorded_on = kDay;
  row.source = catalogue.source("example");
  return row;
}

Schema one_field() {
  Schema schema;
  const KindId council = schema.add_kind({.name = "council", .plural = "councils"});
  schema.add_field({.name = "example.score", .kind = council, .type = {.kind = TypeKind::Score}});
  return schema;
}

class OurAppends {
 public:
  explicit OurAppends(const std::string& path)
      : store_(must(Store::create(path, "2026-01-05T09:00:00Z"))), catalogue_(must(store_.catalogue())) {
    // The names first, on either side: what is measured is a row.
    std::vector<TypedRow> names;
    for (int i = 0; i < 1000; ++i) names.push_back(row(i));
    record(names);
  }
  TypedRow row(int number) { return row_of(*catalogue_, schema_, number); }
  void record(std::span<const TypedRow> rows) {
    auto writer = must(store_.begin_batch({"record", std::nullopt, "record", "example", "2026-01-05T09:30:00Z"}));
    must(writer.add(rows));
    must(writer.commit());
  }

 private:
  Store store_;
  Schema schema_ = one_field();
  Catalogue* catalogue_;
};

// A batch and its row, as anybody would keep them who had no trail: the same tables, journal and durability.
class PlainAppends {
 public:
  explicit PlainAppends(const std::string& path) : database_(must(Database::open(path, Database::Mode::Create))) {
    must(database_.execute("PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", "a peer"));
    must(make_layout(database_));
    row_.emplace(database_.prepare(
        "INSERT INTO observation VALUES(?, ?, 1, ?, NULL, ?, NULL, 1, ?, NULL, NULL, NULL, NULL)", "the rows"));
    batch_.emplace(
        database_.prepare("INSERT INTO batch VALUES(?, ?, ?, 1, zeroblob(0), ?, 'record', NULL, 'record', 'example', "
                          "'2026-01-05T09:30:00Z', 1, 1000, 1, 0, 1, 0, 0, zeroblob(0), NULL)",
                          "the batches"));
  }
  void record(int number) {
    auto transaction = must(Transaction::begin(database_, Transaction::Kind::Write));
    must(row_->with(number, 1 + number % 1000, 1 + number % 4, kDay, kDay).run());
    must(batch_->with(number, number, number, kDay).run());
    must(transaction.commit());
  }

 private:
  Database database_;
  std::optional<Statement> row_, batch_;
};

// A few hundred of each in turn, so that a disk or processor that is slower for a while is so for both.
void append(const std::string& ours_path, const std::string& plain_path, int count) {
  OurAppends ours(ours_path);
  PlainAppends plain(plain_path);
  constexpr int kTurn = 250;
  std::chrono::duration<double> ours_took{0}, plain_took{0};
  std::vector<TypedRow> rows;
  for (int first = 1; first <= count; first += kTurn) {
    const int end = std::min(first + kTurn, count + 1);
    rows.clear();
    for (int i = first; i < end; ++i) rows.push_back(ours.row(i));
    const auto begun = std::chrono::steady_clock::now();
    for (const TypedRow& row : rows) ours.record({&row, 1});
    const auto between = std::chrono::steady_clock::now();
    for (int i = first; i < end; ++i) plain.record(i);
    plain_took += std::chrono::steady_clock::now() - between;
    ours_took += between - begun;
  }
  fmt::print("{:.4f} {:.4f}\n", ours_took.count(), plain_took.count());
}

void read_file(const std::string& file, const Schema& schema, Catalogue& catalogue, const RowSink& sink) {
  const auto report = import_file({file, "tidy", "", Date{kDay}, {}, false}, schema, catalogue, sink);
  if (report) return;
  fmt::print(stderr, "trail: {}\n", to_string(report.error().front()));
  std::_Exit(1);
}

void import_ours(const std::string& path, const std::string& file, const Schema& schema) {
  Store store = must(Store::create(path, "2026-01-05T09:00:00Z"));
  Catalogue& catalogue = *must(store.catalogue());
  const Stopwatch stopwatch;
  // Not as large as it is, which would have the file written without the journal that the plain side has.
  BatchInfo info{"rows.csv", std::nullopt, "tidy", "example", "2026-01-05T09:30:00Z"};
  info.bytes = 1 << 20;
  auto writer = must(store.begin_batch(std::move(info)));
  read_file(file, schema, catalogue, [&](std::span<const TypedRow> rows) { return writer.add(rows); });
  must(writer.commit());
}

StoredRow plain_row(const TypedRow& typed, std::int64_t number) {
  StoredRow row;
  row.row = number;
  row.subject = typed.subject;
  row.field = typed.field;
  row.form = StoredRow::Form::Number;
  row.number = typed.number;
  row.valid_from = typed.valid_from;
  row.valid_to = typed.valid_to;
  row.source = typed.source;
  row.recorded_on = typed.recorded_on;
  row.document = typed.document;
  return row;
}

// The same reader, the same second thread that inserts, the same columns beside the rows; no leaf is made and no hash
// taken.
void import_plain(const std::string& path, const std::string& file, const Schema& schema) {
  auto database = must(Database::open(path, Database::Mode::Create));
  must(
      database.execute("PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                       "PRAGMA cache_size=-32768;",
                       "a peer"));
  must(make_layout(database));
  auto table = must(BlockTable::attach(database));
  Catalogue catalogue;
  const Stopwatch stopwatch;
  auto transaction = must(Transaction::begin(database, Transaction::Kind::Write));
  must(table.begin());
  BatchSegments columns(database, 1);
  BlockWorker inserter([&](const Block& full) {
    columns.add(full);
    auto done = table.insert(full);
    return done ? columns.write_many() : done;
  });
  Block block;
  std::int64_t number = 0, text = 0;
  read_file(file, schema, catalogue, [&](std::span<const TypedRow> rows) -> Result<void> {
    for (const TypedRow& typed : rows) {
      block.rows.push_back(plain_row(typed, ++number));
      if (typed.has_text) {
        block.rows.back().number = ++text;
        block.texts.push_back({text, number, {}, std::string(typed.text), {}});
      }
      if (!typed.place.empty()) block.rows.back().place = block.kept.keep(typed.place);
      if (block.rows.size() < kBlockRows) continue;
      if (auto pushed = inserter.push(std::make_shared<const Block>(std::exchange(block, {}))); !pushed) return pushed;
    }
    return {};
  });
  must(inserter.push(std::make_shared<const Block>(std::move(block))));
  must(inserter.finish());
  std::vector<SubjectRow> subjects;
  for (std::size_t i = 1; i < catalogue.subjects().size(); ++i)
    subjects.push_back({static_cast<std::int64_t>(i), 1, catalogue.subjects()[i].code, 0, 0});
  must(table.insert(subjects));
  must(columns.finish());
  must(transaction.commit());
  table.end();
}

// What hashing alone has to take in of a row, and the byte before it: the mean of two hundred drawn by a fixed seed.
std::size_t mean_leaf(Store& store, std::int64_t rows) {
  std::mt19937_64 dice(22);
  std::vector<std::int64_t> numbers;
  for (int i = 0; i < 200; ++i) numbers.push_back(std::uniform_int_distribution<std::int64_t>(1, rows)(dice));
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::size_t bytes = 0;
  for (const ProvenRow& row : must(store.prove_rows(numbers))) bytes += 1 + row.leaf.size();
  return bytes / numbers.size();
}

void verify(const std::string& path) {
  Store store = must(Store::open(path, Access::Read));
  const auto begun = std::chrono::steady_clock::now();
  const VerifyReport report = must(store.verify());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  fmt::print("{:.4f} {} {}\n", took.count(), report.rows, mean_leaf(store, report.rows));
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string_view> words(arguments + 1, arguments + count);
  if (words.size() == 2 && words[0] == "verify") return verify(std::string(words[1])), 0;
  if (words.size() != 4) {
    fmt::print(stderr, "trail: append STORE PLAIN COUNT, import ours|plain STORE FILE, or verify STORE\n");
    return 2;
  }
  const std::string path(words[2]), last(words[3]);
  if (words[0] == "append") return append(std::string(words[1]), path, std::atoi(last.c_str())), 0;
  const bool ours = words[1] == "ours";
  const LoadedRules rules = must(load_rules({"rulesets"}, "rulesets"));
  const Schema& schema = rules.rulebook.schema;
  ours ? import_ours(path, last, schema) : import_plain(path, last, schema);
  return 0;
}
