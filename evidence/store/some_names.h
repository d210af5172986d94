// The names that some rows speak of, of a store with millions. Private to evidence/store.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "evidence/core/result.h"
#include "evidence/import/catalogue.h"
#include "evidence/store/database.h"
#include "evidence/store/names.h"

namespace assay {

// Fields, labels, sources and documents under the store's numbers; subjects, each read when it is asked for, under
// numbers of their own. Within one transaction.
class SomeNames {
 public:
  static Result<SomeNames> load(const Database& database);
  const Catalogue& catalogue() const { return names_.catalogue; }
  std::uint32_t last_subject() const { return last_subject_; }  // the store's number
  // Its number in the catalogue here, by that in the store; Corruption when the store has none such.
  Result<std::uint32_t> subject(std::uint32_t number);

 private:
  explicit SomeNames(const Database& database);

  Names names_;
  Statement subject_;
  std::uint32_t last_subject_ = 0;
  std::unordered_map<std::uint32_t, std::uint32_t> known_;
};

}  // namespace assay
