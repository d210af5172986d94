// Dates and origin of a row: when it holds, whose record it is, when it was recorded and where it stands.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "evidence/core/text.h"
#include "evidence/import/type_row.h"

namespace assay {

namespace {

constexpr std::size_t kLongestName = 1'000;   // bytes of a source, document or place
constexpr std::size_t kLongestNote = 20'000;  // bytes

std::string sources_named(const FieldDef& field) {
  std::vector<std::string> names;
  for (const auto& rank : field.from) names.insert(names.end(), rank.begin(), rank.end());
  return join_words(names, "or");
}

bool counts_source(const FieldDef& field, std::string_view source) {
  if (field.from.empty()) return true;
  for (const auto& rank : field.from) {
    for (const std::string& name : rank) {
      if (name == source) return true;
    }
  }
  return false;
}

// Days near one another lie apart where they are written 2025-03-05, as nearly all are.
std::size_t place_of_date(std::string_view text) {
  const auto digit = [text](std::size_t i) { return static_cast<std::size_t>(text[i]) - '0'; };
  if (text.size() == 10) return digit(3) * 372 + (digit(5) * 10 + digit(6)) * 31 + digit(8) * 10 + digit(9);
  return std::hash<std::string_view>()(text);
}

}  // namespace

std::optional<ImpreciseDate> RowTyper::read_date(Column column, std::string_view text) {
  DateCell& known = dates_[place_of_date(text) % dates_.size()];
  if (text == known.text) return known.date;
  const auto date = read_date_as_written(trimmed(text));
  if (date) {
    known = {std::string(text), *date};
    return *date;
  }
  Error error = date.error();
  if (shown_text(text) != text) error.message = fmt::format("`{}` is not a date", shown_text(text));
  refuse(column, std::move(error));
  return std::nullopt;
}

// A body is in being, and a decision takes effect, from a day: what is asked of them has no room for doubt.
bool RowTyper::fits_imprecise(Column column, std::string_view text, const ImpreciseDate& date, const FieldUse& field) {
  if (!field.is_register && !field.def->is_stage) return true;
  return refuse(column,
                fmt::format("`{}` is {}, and {} has to be known to the day", text, date.in_doubt(),
                            field.is_register ? "when a body is in being" : "when a decision takes effect"),
                "write it as 2025-12-05");
}

bool RowTyper::read_dates(const RowText& text, const FieldUse& field, TypedRow& row) {
  const std::string_view from = text[Column::ValidFrom];
  const std::string_view to = text[Column::ValidTo];
  if (trimmed(from).empty()) {
    return refuse(Column::ValidFrom, "the row does not say from when it holds",
                  "give the date, or the period's first day, in `valid_from`");
  }
  // Of a reading, and of what is complete, the two dates bound a period: there a month or year stands for all its days.
  const bool series = field.def->occurrence == Occurrence::Series && field.def->every;
  const bool period = series || row.standing == Standing::Complete;
  const auto read_first = read_date(Column::ValidFrom, from);
  if (!read_first) return false;
  const ImpreciseDate& first = *read_first;
  if (!first.exact()) {
    if (!fits_imprecise(Column::ValidFrom, from, first, field)) return false;
    if (series && row.standing != Standing::Complete &&
        step_end(first.first, *field.def->every) != step_end(first.last(), *field.def->every)) {
      return refuse(Column::ValidFrom,
                    fmt::format("`{}` is more than one {}, and `{}` is read every {}", from,
                                to_string(*field.def->every), field.def->name, to_string(*field.def->every)),
                    "give the first day of the reading's period");
    }
  }
  row.valid_from = period ? first.first.days : first.stored();
  row.valid_to = TypedRow::kNoDate;
  if (!trimmed(to).empty()) {
    const auto read_last = read_date(Column::ValidTo, to);
    if (!read_last) return false;
    const ImpreciseDate& last = *read_last;
    if (!last.exact() && !fits_imprecise(Column::ValidTo, to, last, field)) return false;
    row.valid_to = period ? last.last().days : last.stored();
    if (last.last() < first.first) {
      return refuse(Column::ValidTo, fmt::format("`{}` is before valid_from, `{}`", to, from),
                    "a period ends on or after its first day");
    }
  } else if (row.standing == Standing::Complete) {
    return refuse(Column::ValidTo, "`complete` does not say until when every record is held",
                  "give the period's last day in `valid_to`");
  } else if (series) {
    row.valid_to = step_end(first.first, *field.def->every).days;
  }
  return true;
}

bool RowTyper::read_origin(const RowText& text, FieldUse& field, TypedRow& row) {
  if (!read_source(trimmed(text[Column::Source]), field, row)) return false;
  if (!read_recorded_on(trimmed(text[Column::RecordedOn]), row)) return false;
  if (!read_document(trimmed(text[Column::Document]), row)) return false;
  if (text[Column::Place].size() > kLongestName) return refuse(Column::Place, "the place is longer than 1,000 bytes");
  if (text[Column::Note].size() > kLongestNote) return refuse(Column::Note, "the note is longer than 20,000 bytes");
  row.place = trimmed(text[Column::Place]);
  keep_note(text, row);
  return true;
}

// A date "tbc" is not available, and its note says so.
void RowTyper::keep_note(const RowText& text, TypedRow& row) const {
  row.note = trimmed(text[Column::Note]);
  const std::string_view value = trimmed(text[Column::Content]);
  if (row.standing != Standing::NotAvailable || value.empty() || text.standing) return;
  row.note = row.note.empty() ? std::string(value) : fmt::format("{}; {}", value, row.note);
}

bool RowTyper::read_source(std::string_view source, FieldUse& field, TypedRow& row) {
  if (source.empty()) source = defaults_.source;
  if (source.empty() && !field.def->from.empty()) {
    return refuse(Column::Source, "the row does not say whose record it is",
                  fmt::format("`{}` counts {}: give it in `source`, or with --source", field.def->name,
                              sources_named(*field.def)));
  }
  if (source.empty()) source = defaults_.file_name;
  if (source_ == 0 || source != last_source_) {
    if (source.size() > kLongestName) return refuse(Column::Source, "the source is longer than 1,000 bytes");
    source_ = catalogue_->source(source);
    last_source_ = source;
  }
  row.source = source_;
  // The source met last stands first, so that counting costs nothing.
  std::vector<SourceUse>& uses = field.sources;
  if (uses.empty() || uses.front().source != source_) {
    auto use =
        std::find_if(uses.begin(), uses.end(), [this](const SourceUse& known) { return known.source == source_; });
    if (use == uses.end()) use = uses.insert(use, {source_, counts_source(*field.def, source)});
    std::swap(*use, uses.front());
  }
  ++uses.front().rows;
  return true;
}

bool RowTyper::read_recorded_on(std::string_view text, TypedRow& row) {
  row.recorded_on = defaults_.recorded_on.days;
  if (text.empty()) return true;
  const auto date = read_date(Column::RecordedOn, text);
  if (!date) return false;
  if (!date->exact()) {
    return refuse(Column::RecordedOn, fmt::format("`{}` is {}", text, date->in_doubt()),
                  "a row counts as known from a day: write it as 2025-12-05");
  }
  row.recorded_on = date->first.days;
  if (date->first <= defaults_.recorded_on) return true;
  return refuse(Column::RecordedOn,
                fmt::format("`{}` lies in the future of this import, which is recorded on {}", text,
                            defaults_.recorded_on.to_string()),
                "a row was recorded on that day or before");
}

bool RowTyper::read_document(std::string_view title, TypedRow& row) {
  row.document = 0;
  if (title.empty()) return true;
  if (document_ == 0 || title != last_document_) {
    if (title.size() > kLongestName) return refuse(Column::Document, "the title is longer than 1,000 bytes");
    document_ = catalogue_->document(title);
    last_document_ = title;
  }
  row.document = document_;
  return true;
}

bool RowTyper::read_supersedes(std::string_view text, TypedRow& row) {
  row.supersedes = 0;
  if (text.empty()) return true;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), row.supersedes);
  if (error == std::errc() && end == text.data() + text.size() && row.supersedes > 0) return true;
  return refuse(Column::Supersedes, fmt::format("`{}` is not the number of a row", shown_text(text)),
                "give the number that `assay why` shows for the row");
}

std::vector<std::string> RowTyper::notes() const {
  std::vector<std::string> notes;
  for (const auto& field : fields_) {
    for (const SourceUse& use : field->sources) {
      if (use.counts) continue;
      notes.push_back(
          fmt::format("{} row(s) of {} are {}'s, whose record the rules do not count for it (they count {})", use.rows,
                      field->def->name, catalogue_->sources()[use.source], sources_named(*field->def)));
    }
  }
  return notes;
}

}  // namespace assay
