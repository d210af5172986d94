// Reads the library's fields straight from the rows: no rule stands between, and none may.
#include "apps/cli/documents.h"

#include <algorithm>

#include "engine/eval/reading.h"
#include "evidence/core/text.h"
#include "evidence/import/quality_statements.h"

namespace assay::cli {

namespace {

constexpr std::string_view kLibrary = "council.evidence_library.";

std::string field(std::string_view name) { return std::string(kLibrary).append(name); }

}  // namespace

const Observation* counting_row(const Snapshot& snapshot, const std::string& name, SubjectId subject, Date as_at) {
  const auto id = snapshot.schema().find_field(name);
  const Observation* found = nullptr;
  if (!id) return found;
  for (const Observation& row : snapshot.rows(*id, subject)) {
    if (row.superseded || row.standing == Standing::Withdrawn || row.valid_from > as_at) continue;
    if (row.valid_to && *row.valid_to < as_at) continue;
    found = &row;
  }
  return found;
}

Said said(const Snapshot& snapshot, const std::string& name, SubjectId subject, Date as_at) {
  Said out;
  const Observation* row = counting_row(snapshot, name, subject, as_at);
  if (!row) return out;
  out.held = true;
  if (row->standing != Standing::Held) {
    out.note = row->note;
    return out;
  }
  if (const auto* day = std::get_if<Date>(&row->value)) out.date = ImpreciseDate(*day);
  if (const auto* open = std::get_if<ImpreciseDate>(&row->value)) out.date = *open;
  const ValueType& type = snapshot.schema().field(row->field).type;
  out.text = type.kind == TypeKind::Choice ? to_plain(row->value, type) : to_words(row->value, type);
  return out;
}

Result<std::vector<LibraryDocument>> documents_of(const Snapshot& snapshot, SubjectId council, Date as_at) {
  const auto relation = snapshot.schema().find_kind("document_of_council");
  if (!relation)
    return fail(ErrorCode::WrongUse, "the rules declare no evidence library", {},
                "use the shipped rulesets, or `use council.evidence_library`");
  const std::string before = snapshot.subject(council).code + "/";
  std::vector<LibraryDocument> documents;
  for (const SubjectId link : snapshot.links_to(*relation, council)) {
    if (!in_being(snapshot, link, as_at)) continue;
    const SubjectId subject = *snapshot.subject(link).from;
    const std::string& code = snapshot.subject(subject).code;
    const auto of = [&](std::string_view name) { return said(snapshot, field(name), subject, as_at); };
    LibraryDocument document{.subject = subject,
                             .reference = code.starts_with(before) ? code.substr(before.size()) : code,
                             .title = name_on(snapshot, subject, as_at),
                             .serves = {},
                             .category = of("category").text,
                             .owner = of("document_owner"),
                             .kept_at = of("kept_at"),
                             .public_link = of("public_link"),
                             .version = of("version"),
                             .dated = of("dated"),
                             .review_due = of("review_due"),
                             .status = of("document_status"),
                             .remarks = of("remarks")};
    // What was recorded by another way than a mapping may name no statement.
    if (auto numbers = read_statements(of("serves").text)) document.serves = std::move(*numbers);
    documents.push_back(std::move(document));
  }
  std::sort(documents.begin(), documents.end(),
            [](const LibraryDocument& a, const LibraryDocument& b) { return a.reference < b.reference; });
  return documents;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    const std::string& cell = cells[i];
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
  return line + "\n";
}

std::string numbers_text(const std::vector<int>& numbers) {
  std::string out;
  for (const int number : numbers) out += fmt::format("{}{}", out.empty() ? "" : ", ", number);
  return out;
}

}  // namespace assay::cli
