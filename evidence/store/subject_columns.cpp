// The names of a store for those who evaluate by columns: numbers for all subjects, texts for the few that are shown.
#include <fmt/format.h>

#include "evidence/core/text.h"
#include "evidence/store/segment_table.h"
#include "evidence/store/segments.h"
#include "evidence/store/state.h"
#include "evidence/store/subject_segments.h"

namespace assay {

Result<SubjectColumns> Store::subject_columns(SubjectRange range) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const Database& database = state_->database;
  auto transaction = Transaction::begin(database, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  SubjectColumns made;
  made.kinds.emplace_back();
  Statement kind = database.prepare("SELECT id, name FROM kind ORDER BY id", "the kinds");
  while (kind.next()) {
    if (kind.integer(0) != static_cast<std::int64_t>(made.kinds.size())) kind.refuse("a number is out of order");
    made.kinds.emplace_back(kind.text(1));
  }
  if (auto done = kind.end(); !done) return tl::unexpected(done.error());
  if (range.low > 1) {
    made.first = range.low;
  } else {
    made.kind = {0};
  }
  if (segments_are_of_trail(database)) read_subject_segments(database, range, made);
  Statement row = database.prepare(
      "SELECT id, kind, from_subject, to_subject FROM subject WHERE id BETWEEN ? AND ? ORDER BY id", "the subjects");
  row.with(made.first + static_cast<std::int64_t>(made.kind.size()), range.high);
  const auto most_kinds = static_cast<std::int64_t>(made.kinds.size()) - 1;
  while (row.next()) {
    const std::size_t at = made.kind.size();
    const auto number = made.first + static_cast<std::int64_t>(at);
    if (row.integer(0) != number) row.refuse("a number is out of order");
    made.kind.push_back(static_cast<std::uint16_t>(row.integer(1, 1, std::min<std::int64_t>(most_kinds, UINT16_MAX))));
    // The ends of a link are added before it.
    const auto end = [&](int column) {
      return row.is_null(column) ? 0 : static_cast<std::uint32_t>(row.integer(column, 1, number - 1));
    };
    if (made.from.empty() && row.is_null(2) && row.is_null(3)) continue;
    made.from.resize(at), made.to.resize(at);
    made.from.push_back(end(2)), made.to.push_back(end(3));
  }
  if (auto done = row.end(); !done) return tl::unexpected(done.error());
  return made;
}

Result<std::uint32_t> Store::subject_number(std::string_view name) {
  if (state_->names_as_of) {
    const auto names = catalogue();
    if (!names) return tl::unexpected(names.error());
    return (*names)->find_subject(name);
  }
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos || first_bad_utf8(name)) return 0;
  Statement subject = state_->database.prepare(
      "SELECT s.id FROM subject s JOIN kind k ON k.id = s.kind WHERE k.name = ? AND s.code = ? LIMIT 1",
      "the subjects");
  std::uint32_t number = 0;
  if (subject.with(name.substr(0, colon), name.substr(colon + 1)).next())
    number = static_cast<std::uint32_t>(subject.integer(0, 1, UINT32_MAX));
  if (auto done = subject.end(); !done) return tl::unexpected(done.error());
  return number;
}

Result<std::vector<std::string>> Store::subject_codes(std::span<const std::uint32_t> subjects) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  std::vector<std::string> codes;
  codes.reserve(subjects.size());
  Statement code = state_->database.prepare("SELECT code FROM subject WHERE id = ?", "the subjects");
  for (const std::uint32_t subject : subjects) {
    if (code.with(subject).next()) {
      codes.emplace_back(code.text(0));
    } else if (code.sound()) {
      code.refuse(fmt::format("subject {} is missing", subject));
    }
    if (!code.sound()) break;
  }
  if (auto done = code.end(); !done) return tl::unexpected(done.error());
  return codes;
}

Result<StoredWords> Store::stored_words() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::Read);
  if (!transaction) return tl::unexpected(transaction.error());
  Names names;
  if (auto loaded = names.load_words(state_->database); !loaded) return tl::unexpected(loaded.error());
  return StoredWords{names.catalogue.fields(), names.catalogue.labels(), names.catalogue.sources()};
}

}  // namespace assay
