// What is known: subjects, links and every row recorded on or before one date. Immutable once sealed, held in memory,
// made by the store, by a scenario's givens or by a packet; the engine reads nothing else. It answers with rows, never
// with a verdict on them: which row answers on a date is engine/eval/reading.h.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/schema.h"

namespace assay {

using SubjectId = Id<struct SubjectTag>;  // dense within one snapshot, sorted by kind as declared, then by code
using SourceId = Id<struct SourceTag>;
using BatchId = Id<struct BatchTag>;

// DO NOT CHANGE THE NUMBERS: they stand in stores (docs/formats/store.md).
enum class Standing : std::uint8_t {
  Held = 0,          // a value
  NotAvailable = 1,  // recorded as not available; the note says why
  Suppressed = 2,    // published as suppressed
  NotApplicable = 3,
  Complete = 4,   // every record of this field in the period is held
  Withdrawn = 5,  // leaves a hole where its row stood
  Redacted = 6,
  MindedTo = 7,  // a decision announced, not made: kept, moves nothing
  Ended = 8,     // the state ended on valid_from with nothing in its place
};
std::string_view to_string(Standing standing);

// One row of evidence as recorded; never changed afterwards.
struct Observation {
  std::int64_t row = 0;  // in its store, from 1; 0 in a scenario
  SubjectId subject;
  FieldId field;
  Standing standing = Standing::Held;
  // How far the two dates below are known: to the day, or only to the step that holds them.
  Step from_known_to = Step::Day, to_known_to = Step::Day;
  Value value;                   // of the field's type where standing is Held
  Date valid_from;               // the earliest day it may be
  std::optional<Date> valid_to;  // included; the latest day it may be
  SourceId source;
  Date recorded_on;
  BatchId batch;
  std::string document;  // title or file it stands in
  std::string place;     // page, sheet, row
  std::string note;
  std::int64_t supersedes = 0;  // row it corrects or withdraws; 0 for none
  // Known by then, but no longer counting: a later row known by then supersedes it.
  bool superseded = false;
  Digest digest;  // of its canonical leaf (evidence/trail/leaf.h)

  ImpreciseDate from() const { return {valid_from, from_known_to}; }
  std::optional<ImpreciseDate> to() const {
    return valid_to ? std::optional(ImpreciseDate(*valid_to, to_known_to)) : std::nullopt;
  }
  bool exact() const { return from_known_to == Step::Day && to_known_to == Step::Day; }
};

// The act that recorded a run of rows: a file imported, a decision recorded.
struct Batch {
  std::int64_t number = 0;  // in its store, from 1
  std::string file;         // name of the file, or "record"
  std::optional<Digest> file_digest;
  std::string layout;  // tidy, cqc_assessments ...
  std::string recorded_by;
  std::string imported_at;  // UTC moment, RFC 3339
  std::int64_t entry = 0;   // its entry in the trail, from 0
};

struct Subject {
  KindId kind;
  std::string code;
  std::optional<SubjectId> from, to;  // of a link
};

class Snapshot {
 public:
  const Schema& schema() const { return *schema_; }
  Date known_on() const { return known_on_; }

  const std::vector<Subject>& subjects() const { return subjects_; }
  const Subject& subject(SubjectId id) const { return subjects_[id.index]; }
  std::span<const SubjectId> of_kind(KindId kind) const;                    // by code, in being or not
  std::optional<SubjectId> find(KindId kind, std::string_view code) const;  // by code only
  // Links of a relation that start from, or end at, a subject; in the order of the other end.
  std::span<const SubjectId> links_from(KindId relation, SubjectId from) const;
  std::span<const SubjectId> links_to(KindId relation, SubjectId to) const;

  // All rows of a cell, by valid_from, recorded_on, row; superseded ones among them, marked.
  std::span<const Observation> rows(FieldId field, SubjectId subject) const;
  // While set, rows() notes every cell it is asked for: what a derivation read. Only for use by one thread.
  using CellsRead = std::set<std::pair<FieldId, SubjectId>>;
  void note_reads(CellsRead* into) { cells_read_ = into; }
  // Every row, ordered by field, subject, valid_from, recorded_on, row.
  std::span<const Observation> all_rows() const { return rows_; }
  std::string_view source_name(SourceId id) const { return sources_[id.index]; }
  std::optional<SourceId> find_source(std::string_view name) const;
  const Batch& batch(BatchId id) const { return batches_[id.index]; }

 private:
  friend class SnapshotBuilder;
  const Schema* schema_ = nullptr;
  Date known_on_;
  std::vector<Subject> subjects_;
  std::vector<SubjectId> by_kind_;
  std::vector<std::uint32_t> kind_begin_;         // into by_kind_, one more than kinds
  std::vector<SubjectId> links_from_, links_to_;  // sorted by (relation, end, other end)
  std::vector<Observation> rows_;
  std::vector<std::uint32_t> field_begin_;  // into rows_, one more than fields
  std::vector<std::string> sources_;
  std::vector<Batch> batches_;
  CellsRead* cells_read_ = nullptr;
};

// Gathers in any order, then seals. The schema must outlive the snapshot.
class SnapshotBuilder {
 public:
  SnapshotBuilder(const Schema& schema, Date known_on);
  // Handles are good for add() only: sealing renumbers subjects into their order. The same (kind, code) gives the same
  // handle.
  SubjectId subject(KindId kind, std::string_view code);
  SubjectId link(KindId relation, SubjectId from, SubjectId to);
  SourceId source(std::string_view name);
  BatchId batch(Batch batch);
  // Rows recorded after known_on are dropped; a row superseded by one that is kept is marked.
  void add(Observation row);
  Snapshot seal() &&;

 private:
  // Found by a view, without making a string of it.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  template <class T>
  using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

  void order_subjects();
  void order_links();
  void mark_superseded();
  void order_rows();

  Snapshot made_;
  std::vector<ByText<SubjectId>> subject_index_;  // by kind
  ByText<SourceId> source_index_;
};

}  // namespace assay
