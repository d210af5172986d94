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

void count(std::vector<std::pair<std::string, std::uint64_t>>& counts, std::string_view what) {
  const auto known =
      std::find_if(counts.begin(), counts.end(), [what](const auto& pair) { return pair.first == what; });
  if (known != counts.end()) {
    ++known->second;
  } else {
    counts.emplace_back(what, 1);
  }
}

}  // namespace

TableReading::TableReading(const ImportRequest& request, const Schema& schema, Catalogue& catalogue, Table& table,
                           const RowSink& sink, const Layout& layout)
    : schema_(&schema),
      catalogue_(&catalogue),
      table_(&table),
      layout_(&layout),
      sink_(&sink),
      progress_(request.progress),
      typer_(schema, catalogue, defaults_of(request, layout.source)),
      personal_allowed_(request.personal_allowed),
      source_given_(!request.source.empty()),
      recorded_on_(request.recorded_on.to_string()),
      rows_(kBlock),
      published_(request.published) {
  std::copy(kColumnNames.begin(), kColumnNames.end(), headings_.begin());
  published_.insert(published_.end(), layout.published.begin(), layout.published.end());
  begin_watch();
}

bool TableReading::next_line() {
  if (refused_by_store_ || faults_.size() >= kMostFaults) return false;
  for (;;) {
    switch (table_->next()) {
      case Table::Step::Row:
        ++report_.lines;
        watch_.look(table_->cells());
        if (is_note()) break;
        return true;
      case Table::Step::Fault:
        faults_.push_back(table_->fault());
        return false;
      case Table::Step::End:
        return false;
    }
  }
}

// Tables that others publish have sentences below them, each in one cell.
bool TableReading::is_note() {
  if (!table_->is_tolerant() || table_->headings().size() < 3) return false;
  const auto cells = table_->cells();
  const auto filled = std::count_if(cells.begin(), cells.end(), [](auto cell) { return !trimmed(cell).empty(); });
  if (filled != 1 || trimmed(cells.front()).empty()) return false;
  pass_over("lines of one cell, which are notes to the table");
  return true;
}

void TableReading::begin_watch() {
  if (!personal_allowed_) watch_.begin(table_->headings(), published_);
}

// What has been found in the table, to which the rest of it is added.
void TableReading::end_watch() {
  if (!watch_.found().empty()) {
    while (table_->next() == Table::Step::Row) watch_.look(table_->cells());
  }
  for (PersonalDataWatch::Found& found : watch_.found()) {
    found.sheet = table_->sheet();
    personal_.push_back(std::move(found));
  }
  watch_ = PersonalDataWatch();
}

bool TableReading::next_sheet(std::span<const std::string_view> headings, std::string_view needed) {
  if (refused_by_store_ || faults_.size() >= kMostFaults || table_->faulty()) return false;
  const auto fits = [headings](const Table& row) {
    return std::all_of(headings.begin(), headings.end(), [&](auto heading) { return row.find_heading(heading); });
  };
  end_watch();
  if (table_->next_headings(fits, needed)) {
    begin_watch();
    return true;
  }
  if (table_->faulty()) faults_.push_back(table_->fault());
  return false;
}

std::string_view TableReading::cell(std::string_view heading) const {
  const auto column = table_->find_heading(heading);
  return column && *column < table_->cells().size() ? trimmed(table_->cells()[*column]) : std::string_view();
}

void TableReading::name_column(Column column, std::string_view heading) {
  headings_[static_cast<std::size_t>(column)] = heading;
}

void TableReading::add(const RowText& text) { keep(text, table_->row(), true, false); }

void TableReading::add(const PublishedCell& cell) {
  if (!schema_->find_field(cell.field)) return pass_over_measure(cell.field);
  const std::uint64_t row = cell.row != 0 ? cell.row : table_->row();
  const std::string place = table_->place_in_file(cell.heading, row);
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
  const bool name = cell.field.ends_with(".register") || cell.field.ends_with(".alias");
  keep(text, row, false, table_->is_tolerant() && !name);
}

bool TableReading::is_new(const TypedRow& row, std::string_view value, std::uint64_t at) {
  const OfWhat what{row.subject, row.field, row.valid_from, row.valid_to};
  const auto [known, is_first] = said_.try_emplace(what, Said{row.standing, row.number, row.text, row.place});
  if (is_first) return true;
  const Said& first = known->second;
  if (first.standing == row.standing && first.number == row.number && first.text == row.text) {
    pass_over("cells that say again what another has said");
    return false;
  }
  if (faults_.size() >= kMostFaults) return false;
  faults_.push_back(
      {ErrorCode::BadInput,
       fmt::format("`{}` is another value of {} {} for {} than that of {}", shown_text(value),
                   catalogue_->subjects()[row.subject].kind, catalogue_->subjects()[row.subject].code,
                   catalogue_->fields()[row.field].name, first.place),
       table_->place(headings_[static_cast<std::size_t>(Column::Content)], at),
       "leave one of them out; if they are of different groups of people, the rules' code must say which"});
  return false;
}

void TableReading::keep(const RowText& text, std::uint64_t at, bool numbered_place, bool once) {
  TypedRow& row = rows_[held_];
  if (!typer_.type(text, row)) {
    Error fault = typer_.fault();
    fault.place = table_->place(headings_[static_cast<std::size_t>(typer_.fault_column())], at);
    if (faults_.size() < kMostFaults) faults_.push_back(std::move(fault));
    return;
  }
  if (once && !is_new(row, text[Column::Content], at)) return;
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
  if (progress_) progress_(table_->bytes_read(), report_.rows);
}

void TableReading::pass_over(std::string_view why) {
  ++report_.passed_over;
  count(passed_over_, why);
}

void TableReading::pass_over_measure(std::string_view code) {
  ++report_.passed_over;
  count(unasked_, code);
}

// One sentence for each, unless there are many.
void TableReading::note_unasked() {
  constexpr std::size_t kMostNotes = 8;
  if (unasked_.size() <= kMostNotes) {
    for (const auto& [code, times] : unasked_) {
      report_.notes.push_back(fmt::format("{} passed over: the rules have no field `{}`", times, code));
    }
    return;
  }
  std::uint64_t all = 0;
  for (const auto& [code, times] : unasked_) all += times;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kMostNotes; ++i) names.push_back(fmt::format("`{}`", unasked_[i].first));
  names.push_back(fmt::format("{} more", unasked_.size() - kMostNotes));
  report_.notes.push_back(fmt::format("{} passed over: the rules have no field {}", all, join_words(names)));
}

void TableReading::tell(std::string note) { report_.notes.push_back(std::move(note)); }

void TableReading::refuse(std::string_view heading, std::string message, std::string help) {
  refuse_at(table_->row(), heading, std::move(message), std::move(help));
}

void TableReading::refuse_at(std::uint64_t row, std::string_view heading, std::string message, std::string help) {
  if (faults_.size() >= kMostFaults) return;
  faults_.push_back({ErrorCode::BadInput, std::move(message), table_->place(heading, row), std::move(help)});
}

tl::expected<ImportReport, ImportFaults> TableReading::finish() {
  hand_on();
  // Before all else, and alone: another fault might repeat what a cell says of a person.
  end_watch();
  if (!personal_.empty()) return tl::unexpected<ImportFaults>(personal_data_faults(personal_, table_->name()));
  if (refused_by_store_) faults_ = {*refused_by_store_};
  if (!faults_.empty()) return tl::unexpected<ImportFaults>(std::move(faults_));
  for (const auto& [why, count] : passed_over_) report_.notes.push_back(fmt::format("{} passed over: {}", count, why));
  note_unasked();
  if (const std::uint64_t cells = table_->cells_of_windows_1252(); cells > 0) {
    report_.notes.push_back(fmt::format("{} cell(s) were not UTF-8 and were read as Windows-1252", cells));
  }
  for (std::string& note : typer_.notes()) report_.notes.push_back(std::move(note));
  report_.layout = layout_->name;
  report_.file_digest = table_->digest();
  return std::move(report_);
}

}  // namespace assay
