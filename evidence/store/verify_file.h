// What SQLite itself can check of a store, beside the walk where there is a second reader. Private to evidence/store.
#pragma once

#include <optional>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/second_reader.h"

namespace assay {

class FileCheck {
 public:
  FileCheck(const Database& database, SecondReader* second);  // nullptr: there is none
  ~FileCheck();
  FileCheck(const FileCheck&) = delete;
  FileCheck& operator=(const FileCheck&) = delete;
  Result<void> result();

 private:
  const Database& database_;
  SecondReader* second_;
  std::optional<Result<void>> done_;
  int given_ = 0;
};

}  // namespace assay
