// Reading by columns. A segment's digest is compared before any cell of it is given out; one that differs is left out,
// and its cells are found again as those rows of the field that stand in no other.
#include "evidence/store/segments.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "evidence/core/check.h"
#include "evidence/store/segment_builder.h"
#include "evidence/store/segment_list.h"
#include "evidence/store/segment_table.h"
#include "evidence/store/segment_writing.h"
#include "evidence/store/state.h"

namespace assay {

struct Segments::State {
  // A decoder keeps its arrays, which cost as much to make as one segment to decode.
  struct Reader {
    Database database;
    SegmentDecoder decoder;
  };
  std::string path;
  Access access = Access::Read;
  std::map<std::string, std::uint32_t, std::less<>> fields;
  std::int64_t rows = 0;                                     // at the moment of opening
  SegmentCover cover;                                        // likewise
  std::map<std::uint32_t, std::vector<SegmentEntry>> loose;  // by field: of the rows after those covered

  // The store's own connection, for the thread that has it.
  const Database* own = nullptr;
  SegmentDecoder own_decoder;
  std::thread::id owner;
  bool own_in_use = false;

  std::mutex mutex;  // of what follows
  std::vector<Reader> idle;
  std::vector<std::string> notes;

  // A connection and a decoder that no other thread uses meanwhile.
  using Work = std::function<Result<void>(const Database&, SegmentDecoder&)>;
  Result<void> with_connection(const Work& work);
  Result<Reader> borrow();
  void give_back(Reader reader);
  void note(std::string what);
};

namespace {

constexpr std::string_view kWhat = "the segments";

// One field, read once by one thread.
class FieldReading {
 public:
  FieldReading(Segments::State& of, const Database& database, SegmentDecoder& decoder, std::uint32_t field,
               std::string_view name, const SegmentFilter& filter, const Segments::Consume& consume)
      : of_(of),
        database_(database),
        decoder_(decoder),
        field_(field),
        name_(name),
        filter_(filter),
        consume_(consume) {}
  Result<void> run();

 private:
  Result<void> from_table();
  Result<void> from_entries(const std::vector<SegmentEntry>& entries);
  Result<void> from_rows();
  Result<void> around_damage();
  void put_back(const std::vector<std::int64_t>& damaged, const std::vector<SegmentEntry>& anew) const;
  Result<std::vector<SegmentEntry>> made_of_rows(std::int64_t last, const std::vector<bool>& seen) const;
  bool wanted(std::uint32_t low, std::uint32_t high) const {
    return low <= filter_.subject_high && high >= filter_.subject_low;
  }

  Segments::State& of_;
  const Database& database_;
  SegmentDecoder& decoder_;
  std::uint32_t field_;
  std::string_view name_;
  const SegmentFilter& filter_;
  const Segments::Consume& consume_;
  std::vector<std::int64_t> given_;  // ids of segments
  bool damaged_ = false;
};

Result<void> FieldReading::run() {
  auto transaction = Transaction::begin(database_, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  if (of_.cover.rows > 0) {
    Statement cover = database_.prepare("SELECT rows FROM segment_cover", kWhat);
    const bool as_opened = cover.next() && cover.integer(0) == of_.cover.rows && cover.sound();
    // Another program has put more rows into segments meanwhile, or has dropped them.
    if (!as_opened) return from_rows();
    if (auto done = from_table(); !done) return done;
    if (damaged_) {
      if (auto done = around_damage(); !done) return done;
    }
  }
  const auto loose = of_.loose.find(field_);
  return loose == of_.loose.end() ? Result<void>() : from_entries(loose->second);
}

Result<void> FieldReading::from_table() {
  const auto list = read_segment_list(database_, field_);
  damaged_ = !list;
  if (damaged_) return {};
  Statement one =
      database_.prepare(fmt::format("SELECT {} FROM segment WHERE id = ? AND field = ?", kSegmentColumns), kWhat);
  for (const ListedSegment& listed : *list) {
    if (listed.subject_low > filter_.subject_high) break;
    if (!wanted(listed.subject_low, listed.subject_high)) continue;
    damaged_ = !one.with(listed.id, field_).next() || !decode_segment(one, decoder_, filter_);
    if (damaged_) return {};
    given_.push_back(listed.id);
    if (decoder_.rows().size() == 0) continue;
    if (auto done = consume_(decoder_.rows()); !done) return done;
  }
  return {};
}

Result<void> FieldReading::from_entries(const std::vector<SegmentEntry>& entries) {
  for (const SegmentEntry& entry : entries) {
    if (!wanted(entry.subject_low, entry.subject_high)) continue;
    CHECK(decoder_.decode(entry.bytes, entry.cells, entry.first_row));
    if (auto done = consume_(decoder_.rows()); !done) return done;
  }
  return {};
}

Result<void> FieldReading::from_rows() {
  const auto entries = made_of_rows(of_.rows, {});
  if (!entries) return tl::unexpected(entries.error());
  return from_entries(*entries);
}

// Rows of the field numbered up to `last`, but those seen.
Result<std::vector<SegmentEntry>> FieldReading::made_of_rows(std::int64_t last, const std::vector<bool>& seen) const {
  SegmentBuilder builder;
  Statement row =
      database_.prepare(fmt::format("SELECT {} FROM observation WHERE id <= ? AND field = ?", kSegmentRowColumns),
                        "the rows of evidence");
  row.with(last, field_);
  while (row.next()) {
    const SegmentCell cell = read_cell(row);
    if (!row.sound()) break;
    const auto at = static_cast<std::size_t>(cell.row);
    if (at >= seen.size() || !seen[at]) builder.add(cell);
  }
  if (auto done = row.end(); !done) return tl::unexpected(done.error());
  return builder.finish();
}

// Gives out what the first pass has not, damaged segments excepted, and then what only the rows can tell.
Result<void> FieldReading::around_damage() {
  std::sort(given_.begin(), given_.end());
  std::vector<bool> seen(static_cast<std::size_t>(of_.cover.rows) + 1);
  std::vector<std::int64_t> ids, damaged;
  Statement listed = database_.prepare("SELECT id FROM segment WHERE field = ?", kWhat);
  for (listed.with(field_); listed.next();) ids.push_back(listed.integer(0));
  std::sort(ids.begin(), ids.end());
  // What the list knows and the table does not have, or has for another field.
  for (const ListedSegment& known : read_segment_list(database_, field_).value_or(std::vector<ListedSegment>()))
    if (!std::binary_search(ids.begin(), ids.end(), known.id)) damaged.push_back(known.id);
  Statement one = database_.prepare(fmt::format("SELECT {} FROM segment WHERE id = ?", kSegmentColumns), kWhat);
  for (const std::int64_t id : ids) {
    const bool given = std::binary_search(given_.begin(), given_.end(), id);
    if (!one.with(id).next() || !decode_segment(one, decoder_)) {
      if (given) return fail(ErrorCode::Io, "the store changes while it is read", database_.path(), "try again");
      damaged.push_back(id);
      // A fault sticks to its statement.
      one = database_.prepare(fmt::format("SELECT {} FROM segment WHERE id = ?", kSegmentColumns), kWhat);
      continue;
    }
    const SegmentRows& rows = decoder_.rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto at = static_cast<std::size_t>(rows.first_row + rows.row[i]);
      if (at < seen.size()) seen[at] = true;
    }
    if (given || !wanted(rows.subject.front(), rows.subject.back())) continue;
    if (auto done = consume_(rows); !done) return done;
  }
  const auto anew = made_of_rows(of_.cover.rows, seen);
  if (!anew) return tl::unexpected(anew.error());
  of_.note(fmt::format("{} segment(s) of `{}` were not as kept, and were made anew from the rows",
                       std::max<std::size_t>(damaged.size(), 1), name_));
  put_back(damaged, *anew);
  return from_entries(*anew);
}

// As far as the store lets us: the next reading says so again otherwise.
void FieldReading::put_back(const std::vector<std::int64_t>& damaged, const std::vector<SegmentEntry>& anew) const {
  if (of_.access != Access::Write) return;
  const auto database = Database::open(of_.path, Database::Mode::Write);
  if (!database) return;
  auto transaction = Transaction::begin(*database, Transaction::Kind::Write);
  if (!transaction) return;
  Result<void> done;
  Statement remove = database->prepare("DELETE FROM segment WHERE id = ?", kWhat);
  for (const std::int64_t id : damaged) {
    if (done) done = remove.with(id).run();
  }
  for (const SegmentEntry& entry : anew) {
    if (done) done = insert_segment(*database, entry);
  }
  if (done) done = write_segment_lists(*database);
  if (!done) return;
  // Not when another thread has done it already.
  const auto cover = read_segment_cover(*database);
  if (cover && *cover == std::optional(of_.cover)) static_cast<void>(transaction->commit());
}

}  // namespace

Result<Segments::State::Reader> Segments::State::borrow() {
  {
    const std::scoped_lock lock(mutex);
    if (!idle.empty()) {
      Reader reader = std::move(idle.back());
      idle.pop_back();
      return reader;
    }
  }
  auto database = open_to_read(path);
  if (!database) return tl::unexpected(database.error());
  return Reader{std::move(*database), {}};
}

void Segments::State::give_back(Reader reader) {
  const std::scoped_lock lock(mutex);
  idle.push_back(std::move(reader));
}

Result<void> Segments::State::with_connection(const Work& work) {
  if (std::this_thread::get_id() == owner && !own_in_use) {
    own_in_use = true;
    auto done = work(*own, own_decoder);
    own_in_use = false;
    return done;
  }
  auto reader = borrow();
  if (!reader) return tl::unexpected(reader.error());
  auto done = work(reader->database, reader->decoder);
  give_back(std::move(*reader));
  return done;
}

void Segments::State::note(std::string what) {
  const std::scoped_lock lock(mutex);
  notes.push_back(std::move(what));
}

Segments::Segments(std::unique_ptr<State> state) : state_(std::move(state)) {}
Segments::Segments(Segments&&) noexcept = default;
Segments& Segments::operator=(Segments&&) noexcept = default;
Segments::~Segments() = default;

std::int64_t Segments::rows() const { return state_->rows; }

std::vector<std::string> Segments::notes() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->notes;
}

Result<void> Segments::read(std::string_view field, const SegmentFilter& filter, const Consume& consume) const {
  const auto number = state_->fields.find(field);
  if (number == state_->fields.end()) return {};
  return state_->with_connection([&](const Database& database, SegmentDecoder& decoder) {
    return FieldReading(*state_, database, decoder, number->second, field, filter, consume).run();
  });
}

namespace {

void add_corrections(const SegmentRows& rows, std::vector<Segments::Correction>& found) {
  for (std::size_t i = 0; i < rows.supersedes.size(); ++i) {
    if (rows.supersedes[i] != 0) found.push_back({rows.first_row + rows.row[i], rows.supersedes[i]});
  }
}

// False when a segment is damaged, or there are others than when the store was opened.
bool corrections_in_table(const Database& database, const SegmentCover& cover,
                          std::vector<Segments::Correction>& found) {
  Statement now = database.prepare("SELECT rows FROM segment_cover", kWhat);
  if (!now.next() || now.integer(0) != cover.rows || !now.sound()) return false;
  Statement each = database.prepare(
      fmt::format("SELECT {} FROM segment WHERE id IN (SELECT id FROM segment WHERE corrections > 0)", kSegmentColumns),
      kWhat);
  SegmentDecoder decoder;
  while (each.next()) {
    if (!decode_segment(each, decoder)) return false;
    add_corrections(decoder.rows(), found);
  }
  return each.end().has_value();
}

Result<std::vector<Segments::Correction>> corrections_in_rows(const Database& database, std::int64_t last) {
  std::vector<Segments::Correction> found;
  Statement row = database.prepare("SELECT id, supersedes FROM observation WHERE supersedes IS NOT NULL AND id <= ?",
                                   "the rows of evidence");
  for (row.with(last); row.next();) found.push_back({row.integer(0, 1), row.integer(1, 1)});
  if (auto done = row.end(); !done) return tl::unexpected(done.error());
  return found;
}

}  // namespace

Result<std::vector<Segments::Correction>> Segments::corrections() const {
  std::vector<Correction> found;
  bool of_rows = false;  // they were found in the rows, those of loose segments among them
  auto done = !state_->cover.corrections
                  ? Result<void>()
                  : state_->with_connection([&](const Database& database, SegmentDecoder&) -> Result<void> {
                      auto transaction = Transaction::begin(database, Transaction::Kind::Read);
                      if (!transaction) return tl::unexpected(transaction.error());
                      if (corrections_in_table(database, state_->cover, found)) return {};
                      of_rows = true;
                      auto all = corrections_in_rows(database, state_->rows);
                      if (!all) return tl::unexpected(all.error());
                      found = std::move(*all);
                      return {};
                    });
  if (!done) return tl::unexpected(done.error());
  if (of_rows) return found;
  SegmentDecoder decoder;
  for (const auto& [field, entries] : state_->loose) {
    for (const SegmentEntry& entry : entries) {
      if (entry.corrections == 0) continue;
      CHECK(decoder.decode(entry.bytes, entry.cells, entry.first_row));
      add_corrections(decoder.rows(), found);
    }
  }
  return found;
}

Result<Segments> Store::segments() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const Database& database = state_->database;
  auto made = std::make_unique<Segments::State>();
  made->path = database.path();
  made->access = state_->access;
  made->own = &database;
  made->owner = std::this_thread::get_id();
  for (bool again = true;; again = false) {
    auto transaction = Transaction::begin(database, Transaction::Kind::Read);
    if (!transaction) return tl::unexpected(transaction.error());
    const auto last = last_row(database);
    if (!last) return tl::unexpected(last.error());
    const auto cover = read_segment_cover(database);
    if (!cover) return tl::unexpected(cover.error());
    made->rows = *last;
    made->cover = cover->value_or(SegmentCover());
    if (again && !*cover && segments_left_over(database)) {
      made->notes.emplace_back("the segments were not of the rows that the store holds, and were made anew");
    }
    if (again && state_->access == Access::Write && made->rows - made->cover.rows >= kRowsWorthSegments) {
      if (auto ended = transaction->commit(); !ended) return tl::unexpected(ended.error());
      if (write_segments(database)) continue;  // else somebody else writes, or there is no room: do without
      again = false;
      continue;
    }
    Statement field = database.prepare("SELECT id, name FROM field", "the fields");
    while (field.next()) {
      made->fields.emplace(field.text(1), static_cast<std::uint32_t>(field.integer(0, 1, UINT32_MAX)));
    }
    if (auto done = field.end(); !done) return tl::unexpected(done.error());
    SegmentBuilder builder;
    const auto keep = [&made](std::vector<SegmentEntry> entries) {
      for (SegmentEntry& entry : entries) made->loose[entry.field].push_back(std::move(entry));
      return Result<void>();
    };
    auto done = add_stored_rows(database, made->cover.rows + 1, made->rows, builder, keep);
    if (done) done = keep(builder.finish());
    if (!done) return tl::unexpected(done.error());
    return Segments(std::move(made));
  }
}

}  // namespace assay
