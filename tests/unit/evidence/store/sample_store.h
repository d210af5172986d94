// A folder that goes when the test does, and a store with a little of everything in it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/schema.h"
#include "evidence/store/store.h"

namespace assay::test {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// Councils, systems and membership; a field of each way of being kept, and one of a stage.
Schema sample_schema();

// Makes typed rows as an importer does: `cell("council:A", "t.score", 3)`.
class RowMaker {
 public:
  explicit RowMaker(Catalogue& catalogue) : catalogue_(&catalogue), schema_(sample_schema()) {}
  TypedRow cell(std::string_view subject, std::string_view field, std::int64_t number,
                std::string_view from = "2025-04-01");
  TypedRow text(std::string_view subject, std::string_view field, std::string_view text,
                std::string_view from = "2025-04-01");
  TypedRow label(std::string_view subject, std::string_view field, std::string_view label,
                 std::string_view from = "2025-04-01");

 private:
  std::uint32_t subject(std::string_view name);
  std::uint32_t field(std::string_view name);
  Catalogue* catalogue_;
  Schema schema_;
};

std::int32_t days(std::string_view iso);

// One of each kind of row and column, 13 in all.
std::vector<TypedRow> sample_rows(Catalogue& catalogue);
BatchInfo batch_info(std::string file);
// Records the rows as one batch.
Result<Batch> record(Store& store, std::string file, const std::vector<TypedRow>& rows);
// Two rulesets, two blocks, two explanations.
Store::NewRun sample_run();

// Two batches (the second a correction), then two runs that share a ruleset: five entries. Closed, so that the file is
// all there is.
void make_sample_store(const std::string& path);

// Runs SQL on a store behind its back, with the triggers set aside and put back as they were, so that only the SQL's
// own change is left to find.
void change_behind(const std::string& path, const std::string& sql);

// Every row of every table, as SQLite's quote() writes it; an error text where a table cannot be read.
std::string dump(const std::string& path);

}  // namespace assay::test
