// Rows into a snapshot: one pass in the order of recording; texts are fetched and leaves made for kept rows only.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "evidence/store/batch_row.h"
#include "evidence/store/leaf_maker.h"
#include "evidence/store/redaction_act.h"
#include "evidence/store/some_names.h"
#include "evidence/store/state.h"
#include "evidence/store/stored_row.h"

namespace assay {
namespace {

// A field of the store as the schema sees it.
struct FieldView {
  FieldId id;
  const ValueType* type = nullptr;
  std::unordered_map<std::uint32_t, std::uint16_t> labels;  // of the store to places in the type
};

class SnapshotReader {
 public:
  SnapshotReader(const Database& database, const Catalogue& catalogue, const Schema& schema, Date known_on,
                 std::optional<std::int64_t> before_entry)
      : database_(database),
        catalogue_(catalogue),
        schema_(schema),
        known_on_(known_on),
        before_entry_(before_entry),
        builder_(schema, known_on),
        leaves_(catalogue),
        text_(database.prepare("SELECT content, digest FROM text_value WHERE id = ?", "the texts")) {}

  Result<Snapshot> read();
  // Only these rows, ascending; with `some`, whose catalogue it then is, their subjects are found there.
  Result<Snapshot> read(std::span<const std::int64_t> rows, SomeNames* some);

 private:
  struct Text {
    std::optional<std::string> content;  // none once it is redacted
    Digest digest;
  };
  struct KnownBatch {
    BatchRow row;
    BatchId id;
  };

  Result<void> choose_fields();
  Result<void> read_batches();
  Result<void> read_rows();
  Result<void> read_salts();  // of rows that hold data about persons
  void redact(Observation& made, const FieldDef& field, const Redactions::Row& gone) const;
  Result<void> read_rows(std::span<const std::int64_t> numbers, SomeNames* some);
  Result<void> begin();
  Result<void> keep(const StoredRow& row, const FieldView& field, const KnownBatch& batch);
  Result<Value> value_of(const StoredRow& row, FieldView const& field, const std::optional<Text>& text) const;
  Result<Text> text(std::int64_t number);
  Result<SubjectId> subject(std::uint32_t number);
  bool joins_as_declared(const Catalogue::SubjectEntry& entry, const KindDef& kind) const;
  SourceId source(std::uint32_t number);
  tl::unexpected<Error> unlike(const StoredRow& row, std::string what) const;

  const Database& database_;
  const Catalogue& catalogue_;
  const Schema& schema_;
  Date known_on_;
  std::optional<std::int64_t> before_entry_;
  SnapshotBuilder builder_;
  LeafMaker leaves_;
  Statement text_;
  std::vector<std::optional<FieldView>> fields_;
  std::vector<KnownBatch> batches_;
  Redactions redactions_;
  std::unordered_map<std::int64_t, std::string> salts_;    // by row
  std::unordered_map<std::uint32_t, SubjectId> subjects_;  // those met
  std::vector<std::optional<SourceId>> sources_;
};

Result<void> SnapshotReader::begin() {
  auto redactions = Redactions::load(database_);
  if (!redactions) return tl::unexpected(redactions.error());
  redactions_ = std::move(*redactions);
  sources_.resize(catalogue_.sources().size());
  auto done = choose_fields();
  if (done) done = read_batches();
  return done ? read_salts() : done;
}

Result<Snapshot> SnapshotReader::read() {
  auto done = begin();
  if (done) done = read_rows();
  if (!done) return tl::unexpected(done.error());
  return std::move(builder_).seal();
}

Result<Snapshot> SnapshotReader::read(std::span<const std::int64_t> rows, SomeNames* some) {
  auto done = begin();
  if (done) done = read_rows(rows, some);
  if (!done) return tl::unexpected(done.error());
  return std::move(builder_).seal();
}

Result<void> SnapshotReader::choose_fields() {
  fields_.resize(catalogue_.fields().size());
  for (std::uint32_t i = 0; i < schema_.fields().size(); ++i) {
    const FieldDef& def = schema_.fields()[i];
    const std::uint32_t number = catalogue_.find_field(def.name);
    if (number == 0) continue;  // nothing recorded of it
    const Catalogue::FieldEntry& held = catalogue_.fields()[number];
    if (held.kind != schema_.kind(def.kind).name || held.storage != storage_of(def.type.kind)) {
      return fail(ErrorCode::BadInput,
                  fmt::format("the store holds `{}` of {} as another type than the rules declare, which is {} of {}",
                              def.name, held.kind, describe(def.type), schema_.kind(def.kind).name),
                  database_.path(), "give the evidence in the rules another name");
    }
    FieldView view{.id = FieldId{i}, .type = &def.type};
    for (std::uint32_t label = 1; label < catalogue_.labels().size(); ++label) {
      if (catalogue_.labels()[label].field != number) continue;
      const auto found = std::find_if(def.type.labels.begin(), def.type.labels.end(), [&](const LabelDef& known) {
        return known.name == catalogue_.labels()[label].name;
      });
      if (found != def.type.labels.end()) {
        view.labels.emplace(label, static_cast<std::uint16_t>(found - def.type.labels.begin()));
      }
    }
    fields_[number] = std::move(view);
  }
  return {};
}

Result<void> SnapshotReader::read_batches() {
  Statement batch =
      database_.prepare(fmt::format("SELECT {} FROM batch ORDER BY id", batch_columns(database_)), "the batches");
  while (batch.next()) {
    BatchRow row = read_batch(batch);
    if (!batch.sound()) break;
    if (before_entry_ && row.batch.entry >= *before_entry_) break;  // entries ascend with batches
    const BatchId id = builder_.batch(row.batch);
    batches_.push_back({std::move(row), id});
  }
  return batch.end();
}

Result<void> SnapshotReader::read_salts() {
  Statement holds = database_.prepare("SELECT EXISTS(SELECT 1 FROM log_entry WHERE body LIKE '%\"personal_data\":{%')",
                                      "the entries of the trail");
  const bool any = holds.next() && holds.integer(0, 0, 1) == 1;
  if (auto done = holds.end(); !done || !any) return done;
  Statement salt = database_.prepare(
      "SELECT observation, salt FROM text_value WHERE content IS NULL AND salt IS NOT NULL", "the texts");
  while (salt.next()) salts_.emplace(salt.integer(0, 1), salt.blob(1));
  return salt.end();
}

Result<void> SnapshotReader::read_rows() {
  Statement rows =
      database_.prepare(fmt::format("SELECT {} FROM observation ORDER BY id", kRowColumns), "the rows of evidence");
  auto batch = batches_.begin();
  while (rows.next()) {
    const StoredRow row = read_row(rows, catalogue_);
    if (!rows.sound()) break;
    while (batch != batches_.end() && row.row >= batch->row.first_row + batch->row.rows) ++batch;
    if (batch == batches_.end()) {
      if (!before_entry_) rows.refuse(fmt::format("row {} belongs to no batch", row.row));
      break;
    }
    const std::optional<FieldView>& field = fields_[row.field];
    if (!field || row.recorded_on > known_on_.days) continue;
    if (auto kept = keep(row, *field, *batch); !kept) return kept;
  }
  return rows.end();
}

Result<void> SnapshotReader::read_rows(std::span<const std::int64_t> numbers, SomeNames* some) {
  Statement one =
      database_.prepare(fmt::format("SELECT {} FROM observation WHERE id = ?", kRowColumns), "the rows of evidence");
  auto batch = batches_.begin();
  for (const std::int64_t number : numbers) {
    if (!one.with(number).next()) {
      one.refuse(fmt::format("row {} is missing", number));
      break;
    }
    StoredRow row = some != nullptr ? read_row(one, catalogue_, some->last_subject()) : read_row(one, catalogue_);
    if (!one.sound()) break;
    while (batch != batches_.end() && row.row >= batch->row.first_row + batch->row.rows) ++batch;
    if (batch == batches_.end()) break;  // recorded after the entry asked about
    const std::optional<FieldView>& field = fields_[row.field];
    if (!field || row.recorded_on > known_on_.days) continue;
    if (some != nullptr) {
      const auto found = some->subject(row.subject);
      if (!found) return tl::unexpected(found.error());
      row.subject = *found;
    }
    if (auto kept = keep(row, *field, *batch); !kept) return kept;
  }
  return one.end();
}

Result<void> SnapshotReader::keep(const StoredRow& row, const FieldView& field, const KnownBatch& batch) {
  const auto of = subject(row.subject);
  if (!of) return tl::unexpected(of.error());
  std::optional<Text> content, note;
  LeafMaker::Context context{.file = batch.row.batch.file, .first_row = batch.row.first_row};
  if (row.form == StoredRow::Form::Number && catalogue_.fields()[row.field].storage == Storage::Text) {
    auto found = text(row.number);
    if (!found) return tl::unexpected(found.error());
    context.value = &content.emplace(std::move(*found)).digest;
  }
  if (row.note != 0) {
    auto found = text(row.note);
    if (!found) return tl::unexpected(found.error());
    context.note = &note.emplace(std::move(*found)).digest;
  }
  if (const auto salt = salts_.find(row.row); salt != salts_.end()) context.salt = salt->second;
  Observation made{.row = row.row,
                   .subject = *of,
                   .field = field.id,
                   .standing = row.standing,
                   .source = source(row.source),
                   .supersedes = row.supersedes};
  const bool value_gone = row.standing == Standing::Redacted;
  if (row.form != StoredRow::Form::None && !value_gone) {
    auto value = value_of(row, field, content);
    if (!value) return tl::unexpected(value.error());
    made.value = std::move(*value);
  }
  const auto from = *ImpreciseDate::from_stored(row.valid_from);
  made.valid_from = from.first;
  made.from_known_to = from.known_to;
  if (row.valid_to != TypedRow::kNoDate) {
    const auto to = *ImpreciseDate::from_stored(row.valid_to);
    made.valid_to = to.last();
    made.to_known_to = to.known_to;
  }
  made.recorded_on = Date{row.recorded_on};
  made.batch = batch.id;
  made.document = row.document == 0 ? batch.row.batch.file : catalogue_.documents()[row.document];
  made.place = row.place.empty() ? default_place(row.row, batch.row.first_row) : std::string(row.place);
  if (note) made.note = std::move(note->content).value_or(std::string());
  if (const Redactions::Row* const gone = redactions_.row(row.row)) {
    redact(made, schema_.field(field.id), *gone);
    made.digest = gone->leaf;
  } else {
    made.digest = leaves_.digest(row, context);
  }
  builder_.add(std::move(made));
  return {};
}

// What is gone says so in its place, wherever the row is shown.
void SnapshotReader::redact(Observation& made, const FieldDef& field, const Redactions::Row& gone) const {
  const std::string of_value = gone.gone.value ? redactions_.words_of_value(gone) : std::string();
  if (gone.gone.place) made.place = "redacted";
  if (made.standing != Standing::Redacted && gone.gone.value && field.type.kind == TypeKind::Text)
    made.value = Value(of_value);
  if (gone.gone.value)
    made.note = made.note.empty() ? of_value : of_value + "; " + made.note;
  else if (gone.gone.note)
    made.note = redactions_.words(gone);
}

Result<Value> SnapshotReader::value_of(const StoredRow& row, const FieldView& field,
                                       const std::optional<Text>& text) const {
  const Catalogue::FieldEntry& held = catalogue_.fields()[row.field];
  switch (held.storage) {
    case Storage::YesNo:
      return Value(row.number != 0);
    case Storage::Date:
      if (const auto date = ImpreciseDate::from_stored(static_cast<std::int32_t>(row.number)); !date->exact())
        return Value(*date);
      return Value(Date{static_cast<std::int32_t>(row.number)});
    case Storage::Text:
      return Value(text->content.value_or(std::string()));  // of one that is redacted redact() says so
    case Storage::Label: {
      const auto found = field.labels.find(static_cast<std::uint32_t>(row.number));
      if (found != field.labels.end()) return Value(Label{found->second});
      return unlike(row, fmt::format("`{}`, which is no value of `{}` in the rules",
                                     catalogue_.labels()[static_cast<std::size_t>(row.number)].name, held.name));
    }
    case Storage::Number:
      break;
  }
  const auto number =
      row.form == StoredRow::Form::Decimal ? Decimal::parse(row.decimal) : Decimal::scaled(row.number, held.places);
  if (!number) return unlike(row, fmt::format("a number of `{}` beyond what rules reckon with", held.name));
  // The rules may have changed since: reckoning relies on the range they state.
  const ValueType& type = *field.type;
  if ((type.low && number->compare(*type.low) < 0) || (type.high && number->compare(*type.high) > 0)) {
    return unlike(
        row, fmt::format("{} for `{}`, which the rules declare as {}", number->to_string(), held.name, describe(type)));
  }
  return Value(*number);
}

tl::unexpected<Error> SnapshotReader::unlike(const StoredRow& row, std::string what) const {
  return fail(ErrorCode::BadInput, fmt::format("row {} holds {}", row.row, what), database_.path(),
              "change the rules, or correct the row");
}

Result<SnapshotReader::Text> SnapshotReader::text(std::int64_t number) {
  std::optional<Text> found;
  if (text_.with(number).next()) {
    found = Text{std::nullopt, text_.digest(1)};
    if (!text_.is_null(0)) found->content = std::string(text_.text(0));
  }
  if (auto done = text_.end(); !done) return tl::unexpected(done.error());
  if (found) return std::move(*found);
  return fail(ErrorCode::Corruption, fmt::format("the store is damaged in the texts: text {} is missing", number),
              database_.path(), "restore the store from a copy, then verify it");
}

Result<SubjectId> SnapshotReader::subject(std::uint32_t number) {
  if (const auto known = subjects_.find(number); known != subjects_.end()) return known->second;
  const Catalogue::SubjectEntry& entry = catalogue_.subjects()[number];
  const auto kind = schema_.find_kind(entry.kind);
  if (!kind || !joins_as_declared(entry, schema_.kind(*kind))) {
    return fail(ErrorCode::BadInput,
                fmt::format("the store holds `{}:{}`, which is no kind of the rules", entry.kind, entry.code),
                database_.path(), "declare the kind as it was when the evidence was recorded");
  }
  if (!schema_.kind(*kind).relation)
    return subjects_.emplace(number, builder_.subject(*kind, entry.code)).first->second;
  const auto from = subject(entry.from);
  if (!from) return from;
  const auto to = subject(entry.to);
  if (!to) return to;
  return subjects_.emplace(number, builder_.link(*kind, *from, *to)).first->second;
}

bool SnapshotReader::joins_as_declared(const Catalogue::SubjectEntry& entry, const KindDef& kind) const {
  if (!kind.relation) return entry.from == 0 && entry.to == 0;
  return catalogue_.subjects()[entry.from].kind == schema_.kind(kind.from).name &&
         catalogue_.subjects()[entry.to].kind == schema_.kind(kind.to).name;
}

SourceId SnapshotReader::source(std::uint32_t number) {
  std::optional<SourceId>& known = sources_[number];
  if (!known) known = builder_.source(catalogue_.sources()[number]);
  return *known;
}

}  // namespace

Result<Snapshot> Store::snapshot(const Schema& schema, Date known_on, std::optional<std::int64_t> before_entry) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  if (auto fresh = state_->refresh_names(); !fresh) return tl::unexpected(fresh.error());
  return SnapshotReader(state_->database, state_->names.catalogue, schema, known_on, before_entry).read();
}

Result<Snapshot> Store::snapshot(const Schema& schema, Date known_on, const Part& part,
                                 std::optional<std::int64_t> before_entry) {
  const auto columns = segments();
  if (!columns) return tl::unexpected(columns.error());
  std::vector<std::string> fields = part.fields;
  if (fields.empty()) {
    for (const FieldDef& field : schema.fields()) fields.push_back(field.name);
  }
  std::vector<std::int64_t> rows;
  for (const std::string& field : fields) {
    for (const std::uint32_t subject : part.subjects) {
      const auto note = [&rows, subject](const SegmentRows& found) {
        const auto [first, last] = std::equal_range(found.subject.begin(), found.subject.end(), subject);
        for (auto at = first; at != last; ++at)
          rows.push_back(found.first_row + found.row[static_cast<std::size_t>(at - found.subject.begin())]);
        return Result<void>();
      };
      if (auto read = columns->read(field, {subject, subject}, note); !read) return tl::unexpected(read.error());
    }
  }
  std::sort(rows.begin(), rows.end());
  // What corrects a row mostly stands beside it, but need not.
  const auto corrections = columns->corrections();
  if (!corrections) return tl::unexpected(corrections.error());
  const std::size_t named = rows.size();
  for (const Segments::Correction& one : *corrections) {
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(named);
    if (std::binary_search(rows.begin(), end, one.supersedes) && !std::binary_search(rows.begin(), end, one.row))
      rows.push_back(one.row);
  }
  std::sort(rows.begin(), rows.end());
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  if (state_->names_as_of) {  // then they are at hand, or all but those that are new
    if (auto fresh = state_->refresh_names(); !fresh) return tl::unexpected(fresh.error());
    return SnapshotReader(state_->database, state_->names.catalogue, schema, known_on, before_entry)
        .read(rows, nullptr);
  }
  auto some = SomeNames::load(state_->database);
  if (!some) return tl::unexpected(some.error());
  return SnapshotReader(state_->database, some->catalogue(), schema, known_on, before_entry).read(rows, &*some);
}

}  // namespace assay
