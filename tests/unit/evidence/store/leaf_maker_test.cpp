// Leaves made from kept pieces against those written the plain way, row by row, in an order that changes every piece.
#include "evidence/store/leaf_maker.h"

#include <catch2/catch.hpp>

#include "evidence/core/imprecise_date.h"
#include "evidence/trail/leaf.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

TEST_CASE("a leaf is what append_leaf writes, whatever came before it") {
  Catalogue names;
  RowMaker make(names);
  std::vector<std::uint32_t> subjects, fields;
  for (const char* const code : {"A", "B \"quoted\"", "caf\xc3\xa9"})
    subjects.push_back(names.add_subject("council", code));
  for (const char* const field : {"t.score", "t.rate", "t.published", "t.agreed", "t.comment"})
    fields.push_back(make.cell("council:A", field, 1).field);
  const char* const sources[] = {"returns", "a \\ b"};
  const char* const documents[] = {"annex.pdf", "tab\there"};
  const char* const places[] = {"", "page 7", "row 2", "\"x\""};
  const char* const files[] = {"a.csv", "b.csv", ""};
  const Digest digest = sha256(std::string_view("text"));
  LeafMaker leaves(names);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < 5000; ++i) {
    StoredRow row;
    row.row = static_cast<std::int64_t>(i) + 20;
    row.subject = subjects[i / 3 % subjects.size()];
    row.field = fields[i % fields.size()];
    const Storage storage = names.fields()[row.field].storage;
    row.standing = i % 11 == 0 ? Standing::NotAvailable : Standing::Held;
    row.form = row.standing == Standing::Held ? StoredRow::Form::Number : StoredRow::Form::None;
    row.number = storage == Storage::YesNo ? static_cast<std::int64_t>(i % 2) : 12500 + static_cast<std::int64_t>(i);
    row.valid_from = 20000 + static_cast<std::int32_t>(i % 130);
    if (i % 4 == 0) row.valid_to = ImpreciseDate(Date{20200}, Step::Month).stored();
    // These share a place among the dates kept.
    row.recorded_on = 20000 + static_cast<std::int32_t>(i % 7) * 1024;
    if (storage == Storage::Date) row.number = 20000 + static_cast<std::int64_t>(i % 9) * 1024;
    row.source = names.source(sources[i / 5 % 2]);
    if (i % 3 == 0) row.document = names.document(documents[i / 9 % 2]);
    row.place = places[i / 2 % 4];
    if (i % 13 == 0) row.note = 1;
    if (i % 17 == 0) row.supersedes = 5;
    const LeafMaker::Context context{.file = files[i / 100 % 3],
                                     .first_row = 4,
                                     .value = storage == Storage::Text ? &digest : nullptr,
                                     .note = row.note != 0 ? &digest : nullptr};

    const auto date = [](std::int32_t stored) { return ImpreciseDate::from_stored(stored)->to_string(); };
    std::string value;
    if (row.form == StoredRow::Form::Number) {
      if (storage == Storage::YesNo) value = row.number != 0 ? "yes" : "no";
      if (storage == Storage::Number) append_scaled(value, row.number, names.fields()[row.field].places);
      if (storage == Storage::Date) value = date(static_cast<std::int32_t>(row.number));
      if (storage == Storage::Text) value = digest.to_string();
    }
    const std::string subject = fmt::format("council:{}", names.subjects()[row.subject].code);
    const std::string from = date(row.valid_from), recorded = date(row.recorded_on), note = digest.to_string();
    const std::string to = row.valid_to == TypedRow::kNoDate ? "" : date(row.valid_to);
    const std::string place = row.place.empty() ? default_place(row.row, 4) : std::string(row.place);
    std::string plain;
    append_leaf(plain, {.row = row.row,
                        .subject = subject,
                        .field = names.fields()[row.field].name,
                        .standing = static_cast<int>(row.standing),
                        .value = value,
                        .valid_from = from,
                        .valid_to = to,
                        .source = names.sources()[row.source],
                        .recorded_on = recorded,
                        .document = row.document == 0 ? context.file : names.documents()[row.document],
                        .place = place,
                        .note = row.note != 0 ? std::string_view(note) : std::string_view(),
                        .supersedes = row.supersedes});
    REQUIRE(leaves.json(row, context) == plain);
    ++compared;
  }
  CHECK(compared == 5000);
}
