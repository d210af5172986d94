// One import under way: hands a layout its lines, takes back rows, types them, and keeps the count, the notes and the
// faults. A layout only says what each cell means.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "evidence/import/import.h"
#include "evidence/import/layout.h"
#include "evidence/import/personal_data.h"
#include "evidence/import/table.h"
#include "evidence/import/type_row.h"

namespace assay {

// A row of evidence that a layout makes from one cell of a published table.
struct PublishedCell {
  std::string_view heading;  // of the cell, for its place and for faults
  std::string_view subject, field, value;
  std::string_view valid_from, valid_to;
  std::string_view source;  // where it is not the layout's
  std::string_view document, note;
  std::optional<Standing> standing;  // what the table's marker means, where it has one
  std::uint64_t row = 0;             // its row, where that is not the present one
};

class TableReading {
 public:
  static constexpr std::size_t kBlock = 4096;  // rows handed on at a time
  static constexpr std::size_t kMostFaults = 20;

  TableReading(const ImportRequest& request, const Schema& schema, Catalogue& catalogue, Table& table,
               const RowSink& sink, const Layout& layout);

  // The next line; false at the end, and when there is no use in going on.
  bool next_line();
  std::string_view cell(std::string_view heading) const;  // empty when there is no such column
  std::span<const std::string_view> cells() const { return table_->cells(); }
  const Table& table() const { return *table_; }
  // Of a workbook: goes on to the next sheet that has these headings, which every sheet whose name begins with `needed`
  // must. False when there is none, or when there is no use in going on.
  bool next_sheet(std::span<const std::string_view> headings, std::string_view needed);
  const Schema& schema() const { return *schema_; }
  const Catalogue& catalogue() const { return *catalogue_; }
  bool source_given() const { return source_given_; }
  std::string_view recorded_on() const { return recorded_on_; }  // of the import, as 2025-12-05

  // Which heading of this table holds what tidy calls `column`, for faults.
  void name_column(Column column, std::string_view heading);
  // A tidy row.
  void add(const RowText& text);
  // A cell of another layout. Passed over, and counted, when the rules have no such field. Of a tolerant table, what
  // says the same of the same evidence again is passed over, and what says something else is refused.
  void add(const PublishedCell& cell);
  // Counts one cell of a measure that no rule asks for, by its code.
  void pass_over_measure(std::string_view code);
  // Counts one cell or line that makes no row, and why.
  void pass_over(std::string_view why);
  // A sentence for the report.
  void tell(std::string note);
  void refuse(std::string_view heading, std::string message, std::string help = {});
  void refuse_at(std::uint64_t row, std::string_view heading, std::string message, std::string help = {});

  // The report, or the faults. Hands on the last rows. Once, after next_line() was false.
  tl::expected<ImportReport, ImportFaults> finish();

 private:
  using Counts = std::vector<std::pair<std::string, std::uint64_t>>;
  // What a row of a tolerant table is evidence of, and what it said.
  using OfWhat = std::tuple<std::uint32_t, std::uint32_t, std::int32_t, std::int32_t>;
  struct Said {
    Standing standing;
    std::int64_t number;
    std::string text, place;
  };

  // Looks for data about persons in the table at hand, from here on.
  void begin_watch();
  void end_watch();
  bool is_note();
  bool is_new(const TypedRow& row, std::string_view value, std::uint64_t at);
  void keep(const RowText& text, std::uint64_t row, bool numbered_place, bool once);
  void note_unasked();
  void hand_on();

  const Schema* schema_;
  Catalogue* catalogue_;
  Table* table_;
  const Layout* layout_;
  const RowSink* sink_;
  std::function<void(std::uint64_t, std::uint64_t)> progress_;
  RowTyper typer_;
  PersonalDataWatch watch_;
  std::vector<PersonalDataWatch::Found> personal_;  // that has been found
  bool personal_allowed_, source_given_;
  std::string recorded_on_;
  std::array<std::string, kColumns> headings_;
  std::vector<TypedRow> rows_;  // used again for every block
  std::vector<std::string> published_;
  std::size_t held_ = 0;  // of them in this block
  Counts passed_over_;
  Counts unasked_;  // by code
  std::map<OfWhat, Said> said_;
  ImportReport report_;
  ImportFaults faults_;
  std::optional<Error> refused_by_store_;  // it takes no more
};

}  // namespace assay
