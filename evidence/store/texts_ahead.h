// The texts of a store one after another, read and hashed some hundred at a time. Private to evidence/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"
#include "evidence/store/row_walk.h"

namespace assay {

class TextsAhead {
 public:
  struct Text {
    std::int64_t number = 0, row = 0;
    bool has_content = false;
    std::optional<std::string_view> salt;  // until the next call, and this may be of any length
    Digest digest;                         // as it is kept
    Digest made;                           // of salt and content
  };
  explicit TextsAhead(const Database& database);  // which outlives this
  // The first to come is that of this number, or else the next there is. Of number 1 also what stands before it.
  void start(std::int64_t number);
  const Text* next();  // nullptr at the end, and where the next cannot be read
  // What could not be read, once it was come by.
  Result<void> end();

 private:
  void read();
  bool take(WalkedRow& walked);
  void hash();

  RowWalk walk_;
  std::vector<Text> texts_;
  std::string bytes_;              // salts and contents, one after another
  std::vector<std::size_t> ends_;  // of each text's
  std::size_t at_ = 0;
  std::int64_t first_ = 1, from_ = 1;  // the first wanted; where to read on
  bool more_ = false;
  std::optional<Error> fault_;  // behind those read
};

}  // namespace assay
