// Line by line, cell by cell, beside the row held of each.
#include "evidence/import/read_mapped.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "evidence/core/text.h"
#include "evidence/import/personal_data.h"
#include "evidence/import/read_value.h"
#include "evidence/import/spreadsheet/spreadsheet.h"

namespace assay {

namespace {

std::size_t column_number(std::string_view letters) {
  std::size_t number = 0;
  for (const char c : letters) number = number * 26 + static_cast<std::size_t>(c - 'A' + 1);
  return number - 1;
}

std::string as_option(const ImpreciseDate& date) {
  return date.known_to == Step::Month ? date.to_long_string() : date.to_string();
}

class Reading {
 public:
  Reading(const Grid& grid, HeadingRow at, const Mapping& mapping, const Schema& schema, const Snapshot& held,
          const MappedRequest& request)
      : grid_(grid),
        sheet_(grid.sheets[at.sheet]),
        at_(at),
        mapping_(mapping),
        schema_(schema),
        held_(held),
        request_(request),
        kind_(*schema.find_kind(mapping.kind)) {
    const auto whose = split_subject(mapping.whose);
    if (!whose) return;
    whose_code_ = whose->code;
    const auto kind = schema.find_kind(whose->kind);
    for (std::uint32_t i = 0; kind && i < schema.kinds().size(); ++i) {
      const KindDef& relation = schema.kind({i});
      if (relation.relation && relation.from == kind_ && relation.to == *kind) belongs_ = KindId{i};
    }
  }

  std::vector<Error> persons() const {
    if (request_.personal_allowed) return {};
    const GridRow& heading_row = sheet_.rows[at_.row];
    std::vector<std::string> headings = heading_row.cells, published = request_.published;
    for (const MappedColumn& column : mapping_.columns)
      if (column.published) published.push_back(column.heading);
    for (const GridRow& row : sheet_.rows) headings.resize(std::max(headings.size(), row.cells.size()));
    for (std::size_t i = 0; i < headings.size(); ++i)
      if (headings[i].empty()) headings[i] = Spreadsheet::column_name(i);
    PersonalDataWatch watch;
    watch.begin(headings, published);
    for (std::size_t i = at_.row + 1; i < sheet_.rows.size(); ++i) {
      const std::vector<std::string_view> cells(sheet_.rows[i].cells.begin(), sheet_.rows[i].cells.end());
      watch.look(cells);
    }
    return personal_data_faults(watch.found(), grid_.place(sheet_));
  }

  MappedList read() {
    for (std::size_t i = at_.row + 1; i < sheet_.rows.size(); ++i) {
      const GridRow& row = sheet_.rows[i];
      const bool empty = std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return cell.empty(); });
      if (!empty) out_.lines.push_back(read_line(row));
    }
    find_gone();
    return std::move(out_);
  }

 private:
  const MappedColumn* column_of(std::string_view means) const {
    for (const MappedColumn& column : mapping_.columns)
      if (column.means == means) return &column;
    return nullptr;
  }
  const std::string& cell(const GridRow& row, const MappedColumn& column) const {
    return row.cell(column_number(column.column));
  }
  std::string code_of(const std::string& reference) const {
    return whose_code_.empty() ? reference : fmt::format("{}/{}", whose_code_, reference);
  }
  std::string subject_of(const std::string& reference) const {
    return fmt::format("{}:{}", mapping_.kind, code_of(reference));
  }
  void refuse(MappedLine& line, const MappedColumn& column, Error error) const {
    error.place = grid_.place(sheet_, line.row, column.heading);
    line.faults.push_back(std::move(error));
  }

  MappedLine read_line(const GridRow& row) {
    MappedLine line;
    line.row = row.number;
    const MappedColumn& reference = *column_of(kReference);
    line.reference = cell(row, reference);
    check_reference(line, reference);
    const std::string code = code_of(line.reference);
    const auto subject = line.faults.empty() ? held_.find(kind_, code) : std::nullopt;
    const bool fresh = !subject;
    read_name(line, row, subject);
    if (fresh && belongs_) add_link(line);
    for (const MappedColumn& column : mapping_.columns) {
      if (column.means.empty() || column.means == kReference || column.means == kName) continue;
      read_field(line, row, column, subject);
    }
    if (!line.faults.empty()) {
      line.fate = MappedLine::Fate::Refused;
      line.rows.clear();
    } else if (!line.rows.empty()) {
      line.fate = fresh ? MappedLine::Fate::New : MappedLine::Fate::Changed;
    }
    return line;
  }

  void check_reference(MappedLine& line, const MappedColumn& column) {
    constexpr std::size_t kLongest = 60;
    if (line.reference.empty())
      return refuse(line, column, {ErrorCode::BadInput, "the line has no reference", {}, "give it one of its own"});
    const bool plain =
        line.reference.size() <= kLongest && std::all_of(line.reference.begin(), line.reference.end(), [](char c) {
          return static_cast<unsigned char>(c) >= ' ' && c != '>' && c != '`' && c != '/';
        });
    if (!plain)
      return refuse(line, column,
                    {ErrorCode::BadInput,
                     fmt::format("`{}` cannot be a reference", shown_text(line.reference)),
                     {},
                     "it is one line of at most 60 characters without `>`, `/` and `"});
    const auto [earlier, fresh] = seen_.try_emplace(line.reference, line.row);
    if (!fresh)
      refuse(line, column,
             {ErrorCode::BadInput,
              fmt::format("`{}` is the reference of row {} too", line.reference, earlier->second),
              {},
              "give each document a reference of its own"});
  }

  // The row that counts of a cell held, if there is one.
  const Observation* held_row(FieldId field, std::optional<SubjectId> subject) const {
    const Observation* found = nullptr;
    if (!subject) return found;
    for (const Observation& row : held_.rows(field, *subject))
      if (!row.superseded && row.standing != Standing::Withdrawn) found = &row;
    return found;
  }

  void add(MappedLine& line, const MappedColumn& column, const std::string& field, std::string value, std::string note,
           const Observation* old) {
    if (old && old->recorded_on > request_.recorded_on)
      return refuse(line, column,
                    {ErrorCode::BadInput,
                     fmt::format("what is held of it was recorded on {}, after the day of this import",
                                 old->recorded_on.to_string()),
                     {},
                     "give that day or a later one with --recorded-on"});
    MappedRow row{.subject = subject_of(line.reference),
                  .field = field,
                  .value = std::move(value),
                  .valid_from = old ? as_option(old->from()) : request_.recorded_on.to_string(),
                  .place = grid_.place_in_file(sheet_, line.row, column.heading),
                  .note = std::move(note),
                  .supersedes = old ? std::to_string(old->row) : std::string()};
    line.rows.push_back(std::move(row));
  }

  void tell(MappedLine& line, const MappedColumn& column, const FieldDef& field, const Observation& old,
            const std::string& now) const {
    const std::string before =
        old.standing == Standing::Held ? to_plain(old.value, field.type) : "not available, " + old.note;
    line.changes.push_back(fmt::format("{}: `{}` is now `{}`", column.heading, shown_text(before), shown_text(now)));
  }

  void read_name(MappedLine& line, const GridRow& row, std::optional<SubjectId> subject) {
    const MappedColumn& column = *column_of(kName);
    const std::string& name = cell(row, column);
    const FieldDef& field = schema_.field(schema_.kind(kind_).register_field);
    if (name.empty()) return refuse(line, column, {ErrorCode::BadInput, "the line has no title", {}, "say what it is"});
    const Observation* old = held_row(schema_.kind(kind_).register_field, subject);
    if (old && old->standing == Standing::Held && std::get<std::string>(old->value) == name) return;
    add(line, column, field.name, name, {}, old);
    if (old) tell(line, column, field, *old, name);
  }

  void add_link(MappedLine& line) {
    const KindDef& relation = schema_.kind(*belongs_);
    line.rows.push_back({.subject = fmt::format("{}:{}>{}", relation.name, code_of(line.reference), whose_code_),
                         .field = schema_.field(relation.register_field).name,
                         .value = {},
                         .valid_from = request_.recorded_on.to_string(),
                         .place = grid_.place_in_file(sheet_, line.row, column_of(kReference)->heading),
                         .note = {},
                         .supersedes = {}});
  }

  void read_field(MappedLine& line, const GridRow& row, const MappedColumn& column, std::optional<SubjectId> subject) {
    const FieldId id = *schema_.find_field(column.means);
    const FieldDef& field = schema_.field(id);
    const auto read = read_mapped_cell(cell(row, column), field);
    if (!read) return refuse(line, column, read.error());
    const Observation* old = held_row(id, subject);
    if (!*read) {
      // What was said and is now left empty is no longer available.
      if (!old || old->standing != Standing::Held) return;
      add(line, column, field.name, {}, "left empty", old);
      return tell(line, column, field, *old, "");
    }
    const MappedCell& now = **read;
    if (!now.available) {
      if (old && old->standing == Standing::NotAvailable && old->note == now.note) return;
      add(line, column, field.name, {}, now.note, old);
      if (old) tell(line, column, field, *old, now.note);
      return;
    }
    if (old && old->standing == Standing::Held && old->value == now.value) return;
    add(line, column, field.name, now.text, now.note, old);
    if (old) tell(line, column, field, *old, now.text);
  }

  void find_gone() {
    if (whose_code_.empty()) return;
    const std::string before = whose_code_ + "/";
    const FieldId names = schema_.kind(kind_).register_field;
    for (const SubjectId subject : held_.of_kind(kind_)) {
      const std::string& code = held_.subject(subject).code;
      if (!code.starts_with(before)) continue;
      // Another list of the same body may hold others.
      const auto rows = held_.rows(names, subject);
      const bool ours = std::any_of(rows.begin(), rows.end(), [&](const Observation& row) {
        return held_.batch(row.batch).layout == mapped_layout(mapping_.name);
      });
      if (!ours) continue;
      if (const std::string reference = code.substr(before.size()); !seen_.contains(reference))
        out_.gone.push_back(reference);
    }
  }

  const Grid& grid_;
  const GridSheet& sheet_;
  HeadingRow at_;
  const Mapping& mapping_;
  const Schema& schema_;
  const Snapshot& held_;
  const MappedRequest& request_;
  KindId kind_;
  std::string whose_code_;
  std::optional<KindId> belongs_;  // the relation that says whose they are
  std::map<std::string, std::uint64_t> seen_;
  MappedList out_;
};

}  // namespace

std::string mapped_layout(std::string_view mapping) { return fmt::format("mapping {}", mapping); }

std::size_t MappedList::count(MappedLine::Fate fate) const {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [fate](const MappedLine& line) { return line.fate == fate; }));
}

std::size_t MappedList::corrections() const {
  std::size_t count = 0;
  for (const MappedLine& line : lines)
    for (const MappedRow& row : line.rows) count += row.supersedes.empty() ? 0U : 1U;
  return count;
}

std::size_t MappedList::rows() const {
  std::size_t count = 0;
  for (const MappedLine& line : lines) count += line.rows.size();
  return count;
}

tl::expected<MappedList, std::vector<Error>> read_mapped(const Grid& grid, HeadingRow at, const Mapping& mapping,
                                                         const Schema& schema, const Snapshot& held,
                                                         const MappedRequest& request) {
  Reading reading(grid, at, mapping, schema, held, request);
  if (auto persons = reading.persons(); !persons.empty()) return tl::unexpected(std::move(persons));
  return reading.read();
}

}  // namespace assay
