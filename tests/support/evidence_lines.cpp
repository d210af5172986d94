// Lines to rows.
#include "tests/support/evidence_lines.h"

#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "evidence/core/text.h"
#include "evidence/trail/leaf.h"

namespace assay::golden {

namespace {

enum Column : std::size_t {
  kSubject,
  kField,
  kValue,
  kFrom,
  kTo,
  kSource,
  kDocument,
  kPlace,
  kRecordedOn,
  kCorrects,
  kColumns
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (char c : line) {
    if (c == '|')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  for (std::string& cell : cells) cell = std::string(trim(cell));
  cells.resize(kColumns);
  return cells;
}

std::optional<Standing> standing_of(std::string_view value) {
  if (value == "complete") return Standing::Complete;
  if (value == "withdrawn") return Standing::Withdrawn;
  if (value == "ended") return Standing::Ended;
  if (value == "not available") return Standing::NotAvailable;
  if (value == "not applicable") return Standing::NotApplicable;
  if (value == "suppressed") return Standing::Suppressed;
  if (value == "redacted") return Standing::Redacted;
  if (value.starts_with("minded to")) return Standing::MindedTo;
  return std::nullopt;
}

class Lines {
 public:
  Lines(const Schema& schema, Date known_on) : schema_(schema), builder_(schema, known_on) {
    Batch batch;
    batch.number = 1;
    batch.file = "evidence.csv";
    batch.layout = "tidy";
    batch.recorded_by = "A. Officer";
    batch.imported_at = "2026-01-05T09:30:00Z";
    batch_ = builder_.batch(batch);
  }

  // What is wrong with a line, or nothing.
  std::optional<std::string> add(const std::string& line) {
    const std::vector<std::string> cells = cells_of(line);
    const auto field = schema_.find_field(cells[kField]);
    if (!field) return fmt::format("no field is called `{}`", cells[kField]);
    const auto subject = subject_in(cells[kSubject]);
    if (!subject) return fmt::format("no subject `{}`", cells[kSubject]);
    const auto from = read_date_as_written(cells[kFrom]);
    if (!from) return fmt::format("`{}` is not a date", cells[kFrom]);
    const auto to = read_date_as_written(cells[kTo]);
    Observation row;
    row.row = ++rows_;
    row.subject = *subject;
    row.field = *field;
    row.valid_from = from->first;
    row.from_known_to = from->known_to;
    if (to) row.valid_to = to->last();
    if (to) row.to_known_to = to->known_to;
    row.source = builder_.source(cells[kSource].empty() ? "record" : cells[kSource]);
    row.document = cells[kDocument];
    row.place = cells[kPlace];
    row.recorded_on = Date::parse(cells[kRecordedOn]).value_or(from->last());
    row.supersedes = cells[kCorrects].empty() ? 0 : std::stol(cells[kCorrects]);
    row.batch = batch_;
    if (auto fault = put_value(row, cells[kValue])) return fault;
    row.digest = digest_of_row(cells, row);
    builder_.add(std::move(row));
    return std::nullopt;
  }

  Snapshot seal() && { return std::move(builder_).seal(); }

 private:
  std::optional<SubjectId> subject_in(std::string_view text) {
    const auto name = split_subject(text);
    if (!name) return std::nullopt;
    const auto kind = schema_.find_kind(name->kind);
    if (!kind) return std::nullopt;
    const KindDef& def = schema_.kind(*kind);
    if (!def.relation) return builder_.subject(*kind, name->code);
    const std::size_t arrow = name->code.find('>');
    if (arrow == std::string::npos) return std::nullopt;
    const SubjectId from = builder_.subject(def.from, name->code.substr(0, arrow));
    return builder_.link(*kind, from, builder_.subject(def.to, name->code.substr(arrow + 1)));
  }

  std::optional<std::string> put_value(Observation& row, const std::string& text) {
    const FieldDef& field = schema_.field(row.field);
    if (const auto standing = standing_of(text)) row.standing = *standing;
    if (row.standing != Standing::Held && row.standing != Standing::MindedTo) return std::nullopt;
    if (field.type.kind == TypeKind::Event) {
      row.value = true;
      return std::nullopt;
    }
    constexpr std::string_view kMinded = "minded to ";
    auto value = parse_value(
        row.standing == Standing::MindedTo ? text.substr(std::min(kMinded.size(), text.size())) : text, field.type);
    if (!value) return fmt::format("`{}` is no {}", text, describe(field.type));
    row.value = std::move(*value);
    return std::nullopt;
  }

  static Digest digest_of_row(const std::vector<std::string>& cells, const Observation& row) {
    const std::string from = row.from().to_string(), recorded = row.recorded_on.to_string();
    std::string leaf;
    append_leaf(leaf, {.row = row.row,
                       .subject = cells[kSubject],
                       .field = cells[kField],
                       .standing = static_cast<int>(row.standing),
                       .value = cells[kValue],
                       .valid_from = from,
                       .valid_to = cells[kTo],
                       .source = cells[kSource],
                       .recorded_on = recorded,
                       .document = cells[kDocument],
                       .place = cells[kPlace],
                       .supersedes = row.supersedes});
    return sha256(leaf);
  }

  const Schema& schema_;
  SnapshotBuilder builder_;
  BatchId batch_;
  std::int64_t rows_ = 0;
};

}  // namespace

tl::expected<Snapshot, std::string> evidence_lines(std::string_view text, const Schema& schema, Date known_on) {
  Lines lines(schema, known_on);
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    if (trim(line).empty() || line.front() == '#') continue;
    if (auto fault = lines.add(line)) return tl::unexpected(fmt::format("{}: {}", line, *fault));
  }
  return std::move(lines).seal();
}

std::optional<SubjectId> subject_of(const Snapshot& snapshot, KindId kind, std::string_view text) {
  const auto name = split_subject(text);
  return snapshot.find(kind, name ? std::string_view(name->code) : text);
}

}  // namespace assay::golden
