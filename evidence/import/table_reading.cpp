// One import under way.
#include "evidence/import/table_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace assay {

namespace {

RowDefaults defaults_of(const ImportRequest& request, std::string_view layout_source) {
  return {request.source.empty() ? std::string(layout_source) : request.source,
          std::filesystem::path(request.path).filename().string(), request.recorded_on};
}

}  // namespace

TableReading::TableReading(const ImportRequest& request, const Schema& schema, Catalogue& catalogue, CsvReader& csv,
                           const RowSink& sink, const Layout& layout)
    : schema_(&schema),
      catalogue_(&catalogue),
      csv_(&csv),
      sink_(&sink),
      typer_(schema, catalogue, defaults_of(request, layout.source)),
      personal_allowed_(request.personal_allowed),
      source_given_(!request.source.empty()),
      recorded_on_(request.recorded_on.to_string()),
      rows_(kBlock) {
  if (personal_allowed_) return;
  std::vector<std::string> published = request.published;
  published.insert(published.end(), layout.published.begin(), layout.published.end());
  watch_.begin(csv.headings(), published);
}

bool TableReading::next_line() {
  if (refused_by_store_ || faults_.size() >= kMostFaults) return false;
  switch (csv_->next()) {
    case CsvReader::Step::Row:
      ++report_.lines;
      watch_.look(csv_->cells());
      return true;
    case CsvReader::Step::Fault:
      faults_.push_back(csv_->fault());
      return false;
    case CsvReader::Step::End:
      break;
  }
  return false;
}

std::string_view TableReading::cell(std::string_view heading) const {
  const auto column = csv_->find_heading(heading);
  return column ? trimmed(csv_->cells()[*column]) : std::string_view();
}

void TableReading::name_column(Column column, std::string_view heading) {
  headings_[static_cast<std::size_t>(column)] = heading;
}

void TableReading::add(const RowText& text) { keep(text, csv_->row(), true); }

void TableReading::add(const PublishedCell& cell) {
  if (!schema_->find_field(cell.field)) {
    pass_over(fmt::format("the rules have no field `{}`", cell.field));
    return;
  }
  const std::uint64_t row = cell.row != 0 ? cell.row : csv_->row();
  const std::string place = fmt::format("row {}, column {}", row, cell.heading);
  name_column(Column::Content, cell.heading);
  RowText text;
  text[Column::Subject] = cell.subject;
  text[Column::Field] = cell.field;
  text[Column::Content] = cell.value;
  text[Column::ValidFrom] = cell.valid_from;
  text[Column::ValidTo] = cell.valid_to;
  text[Column::Source] = cell.source;
  text[Column::Document] = cell.document;
  text[Column::Place] = place;
  text[Column::Note] = cell.note;
  text.standing = cell.standing;
  keep(text, row, false);
}

void TableReading::keep(const RowText& text, std::uint64_t at, bool numbered_place) {
  TypedRow& row = rows_[held_];
  if (!typer_.type(text, row)) {
    Error fault = typer_.fault();
    fault.place = csv_->place(headings_[static_cast<std::size_t>(typer_.fault_column())], at);
    if (faults_.size() < kMostFaults) faults_.push_back(std::move(fault));
    return;
  }
  // A row without a place stands in the line that follows from its number; where empty lines came between, say which.
  if (numbered_place && row.place.empty() && at != report_.rows + 2) row.place = fmt::format("row {}", at);
  ++report_.rows;
  ++held_;
  if (held_ == rows_.size()) hand_on();
}

void TableReading::hand_on() {
  const std::size_t count = std::exchange(held_, 0);
  if (refused_by_store_ || !faults_.empty() || count == 0) return;
  const Result<void> taken = (*sink_)(std::span<const TypedRow>(rows_.data(), count));
  if (!taken) refused_by_store_ = taken.error();
}

void TableReading::pass_over(std::string_view why) {
  ++report_.passed_over;
  const auto known =
      std::find_if(passed_over_.begin(), passed_over_.end(), [why](const auto& p) { return p.first == why; });
  if (known != passed_over_.end()) {
    ++known->second;
  } else {
    passed_over_.emplace_back(why, 1);
  }
}

void TableReading::refuse(std::string_view heading, std::string message, std::string help) {
  if (faults_.size() >= kMostFaults) return;
  faults_.push_back({ErrorCode::BadInput, std::move(message), csv_->place(heading), std::move(help)});
}

tl::expected<ImportReport, ImportFaults> TableReading::finish(std::string_view layout) {
  hand_on();
  // Before all else, and alone: another fault might repeat what a cell says of a person.
  if (!watch_.found().empty())  // the rest of the file is counted too
    while (csv_->next() == CsvReader::Step::Row) watch_.look(csv_->cells());
  if (const auto found = watch_.found(); !found.empty())
    return tl::unexpected<ImportFaults>(personal_data_faults(found, csv_->name()));
  if (refused_by_store_) faults_ = {*refused_by_store_};
  if (!faults_.empty()) return tl::unexpected<ImportFaults>(std::move(faults_));
  for (const auto& [why, count] : passed_over_) report_.notes.push_back(fmt::format("{} passed over: {}", count, why));
  for (std::string& note : typer_.notes()) report_.notes.push_back(std::move(note));
  report_.layout = layout;
  report_.file_digest = csv_->digest();
  return std::move(report_);
}

}  // namespace assay
