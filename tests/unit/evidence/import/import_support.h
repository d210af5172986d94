// What the tests of import share: a schema like the shipped rulesets', and a file imported into a list of rows.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "evidence/import/import.h"

namespace assay {

inline Date day(std::string_view iso) { return Date::parse(iso).value(); }

// council, ics, their relations, and a field of each type.
Schema sample_schema();
// The same without anything but the kinds and relations.
Schema bare_schema();

// A file that goes away with the test.
class TempFile {
 public:
  explicit TempFile(std::string_view content, std::string_view name = "evidence.csv");
  ~TempFile();
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// One store's worth of names and what was imported under them.
struct Evidence {
  explicit Evidence(Schema rules) : schema(std::move(rules)) {}

  // Imports and keeps the rows; faults are kept as "row 2, column value: message; help".
  bool import(ImportRequest request);
  bool import_text(std::string_view content, std::string_view layout = "", std::string_view source = "");
  // A file of rulesets/sample_evidence.
  bool import_sample(std::string_view name, std::string_view recorded_on = "2026-06-01");
  // Register rows for York, Blackpool, Lancashire and South Cumbria, and the link of the last two.
  void add_bodies();

  // Rows of one cell, in order; the last of them by `last`, which fails the test when there is none.
  std::vector<TypedRow> rows_of(std::string_view subject, std::string_view field) const;
  TypedRow last(std::string_view subject, std::string_view field) const;
  std::size_t count(std::string_view field) const;
  std::string source(const TypedRow& row) const { return catalogue.sources()[row.source]; }
  std::string document(const TypedRow& row) const { return catalogue.documents()[row.document]; }
  std::string label(const TypedRow& row) const { return catalogue.labels()[static_cast<std::size_t>(row.number)].name; }

  Schema schema;
  Catalogue catalogue;
  std::vector<TypedRow> rows;
  ImportReport report;
  std::vector<std::string> faults;
  Date recorded_on = day("2026-06-01");
};

}  // namespace assay
