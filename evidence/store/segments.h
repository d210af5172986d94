// Evidence by columns, for evaluating whole kinds at once: the segments of a field, each up to 4,096 cells sorted by
// subject, decoded into arrays. They are made of the rows and kept beside them (docs/formats/segments.md); what is
// absent or damaged is made anew from the rows, so they change how fast an answer comes and never what it is.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/import/catalogue.h"

namespace assay {

struct SegmentBounds {
  std::int64_t low = 0, high = 0;  // both met
};

// Cells of one field. All arrays have one length but those that say otherwise; they are good until consume() returns.
struct SegmentRows {
  std::span<const std::uint32_t> subject;  // the store's numbers, ascending; of one subject, rows ascending
  // By the field's storage: 0 or 1; a count of 10^-places; ImpreciseDate::stored(); the number of a label or of a text.
  // 0 where the standing has no value, and where the cell is exceptional.
  std::span<const std::int64_t> value;
  std::span<const std::uint8_t> standing;  // Standing
  // A number that is no count of the field's places: its row alone holds it. Empty when there is none such.
  std::span<const std::uint8_t> exceptional;
  std::span<const std::int32_t> valid_from, valid_to;  // ImpreciseDate::stored(); valid_to TypedRow::kNoDate when open
  std::span<const std::int32_t> recorded_on;           // days since 1970-01-01
  std::span<const std::uint32_t> source;               // the store's numbers
  std::span<const std::uint32_t> row;                  // number of the row less first_row
  std::span<const std::int64_t> supersedes;            // number of a row, 0 for none; empty when none_supersede
  std::int64_t first_row = 1;
  bool all_held = true, none_supersede = true;  // where cells are given in part, false may be of the others
  SegmentBounds subjects, values, valid_froms, valid_tos, recorded_ons, rows;  // rows: their numbers in full
  std::size_t size() const { return subject.size(); }
};

// Which cells are asked for. What was not yet put into segments may be given whole; the caller looks again.
struct SegmentFilter {
  std::uint32_t subject_low = 0, subject_high = std::numeric_limits<std::uint32_t>::max();
};

// The kinds and links of a store's subjects by number. Their codes are texts, which are read only when asked for.
struct SubjectRange {
  std::uint32_t low = 1, high = std::numeric_limits<std::uint32_t>::max();  // numbers, both met
};
struct SubjectColumns {
  std::uint32_t first = 0;          // the number that the arrays below begin with; 0 is a stand-in for "none"
  std::vector<std::string> kinds;   // [0] a stand-in
  std::vector<std::uint16_t> kind;  // into kinds
  // Of a link, else 0; where no subject is a link, empty.
  std::vector<std::uint32_t> from, to;
  std::uint32_t from_of(std::size_t i) const { return from.empty() ? 0 : from[i]; }
  std::uint32_t to_of(std::size_t i) const { return to.empty() ? 0 : to[i]; }
};

// Names of everything but subjects, by number.
struct StoredWords {
  std::vector<Catalogue::FieldEntry> fields;  // [0] a stand-in, here and below
  std::vector<Catalogue::LabelEntry> labels;
  std::vector<std::string> sources;
};

// The rows of a store at one moment: what is recorded later is not seen. May be asked from several threads at once.
class Segments {
 public:
  struct State;  // private to evidence/store
  using Consume = std::function<Result<void>(const SegmentRows&)>;
  Segments(Segments&&) noexcept;
  Segments& operator=(Segments&&) noexcept;
  ~Segments();

  // Every cell of the field, each once, in no order but that within a segment. Nothing for a field that has no rows.
  Result<void> read(std::string_view field, const SegmentFilter& filter, const Consume& consume) const;
  // Every row that corrects or withdraws another, of whatever field, with the one it does that to.
  struct Correction {
    std::int64_t row = 0, supersedes = 0;
  };
  Result<std::vector<Correction>> corrections() const;
  std::int64_t rows() const;  // there were at that moment
  // One sentence each on what was not as kept and was made anew from the rows.
  std::vector<std::string> notes() const;

 private:
  friend class Store;
  explicit Segments(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace assay
