// The names of a store: kinds beside the catalogue's, read, written, and bound to the trail by a digest over what each
// batch added. Private to evidence/store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/import/catalogue.h"
#include "evidence/store/database.h"

namespace assay {

class BlockTable;

// How many of each are known; a batch adds those between the counts of the batch before it and its own.
struct NameCounts {
  std::int64_t kinds = 0, subjects = 0, fields = 0, labels = 0, sources = 0, documents = 0;
  friend bool operator==(const NameCounts&, const NameCounts&) = default;
};

class Names {
 public:
  Result<void> load(const Database& database);  // anew
  // Likewise, but no other spellings of subjects, which stand in rows of evidence.
  Result<void> load_without_spellings(const Database& database);
  Result<void> load_words(const Database& database);  // likewise, nor any subject
  // Gives numbers to the kinds of new subjects and fields. Before counts(), digest() and save().
  void number_kinds();
  NameCounts counts() const;
  // SHA-256 over one line of JSON for each name added since `before`, up to `after` (docs/formats/trail.md).
  Digest digest(const NameCounts& before, const NameCounts& after) const;
  // Writes what load() did not find and save() has not written.
  Result<void> save(const Database& database, BlockTable& subjects);
  // Forgets what was not written.
  void roll_back();
  const NameCounts& saved_counts() const { return saved_; }
  // True when everything known stands in the file.
  bool saved() const { return counts() == saved_; }
  void mark_saved();

  Catalogue catalogue;

 private:
  std::int64_t kind_number(std::string_view name) const;
  Result<void> load_kinds(const Database& database);
  Result<void> load_rest(const Database& database);
  Result<void> save_subjects(BlockTable& table, std::int64_t after, std::int64_t last) const;

  std::vector<std::string> kinds_;
  NameCounts saved_;
  Catalogue::Mark mark_{};
};

}  // namespace assay
