// Rebuilds the leaf of a row (evidence/trail/leaf.h says what it is) from the row and the names. Keeps what it made
// last, ready escaped, since rows come in runs of one subject, one document and one date. Private to evidence/store.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/import/catalogue.h"
#include "evidence/store/stored_row.h"

namespace assay {

class LeafMaker {
 public:
  explicit LeafMaker(const Catalogue& catalogue) : catalogue_(&catalogue) {}
  // What the row needs from its batch and from its texts.
  struct Context {
    std::string_view file;
    std::int64_t first_row = 1;
    const Digest* value = nullptr;  // of a Text
    const Digest* note = nullptr;
    std::string_view salt = {};  // of the row, where it has one
  };
  void append(std::string& out, const StoredRow& row, const Context& context);  // canonical JSON
  std::string_view json(const StoredRow& row, const Context& context);          // until the next call
  Digest digest(const StoredRow& row, const Context& context);

 private:
  // A key with its value, as `,"source":"register"`, of the thing that has this number.
  struct Piece {
    std::string of, text;
    std::uint32_t number = 0;
  };
  void append_document(std::string& out, const StoredRow& row, std::string_view file);
  void append_place(std::string& out, const StoredRow& row, std::int64_t first_row);
  void append_subject(std::string& out, std::uint32_t number);
  void append_value(std::string& out, const StoredRow& row, const Digest* text);

  // Dates as they stand in one place of a leaf, with the keys and quotes about them.
  struct KnownDates {
    struct One {
      std::int32_t stored = TypedRow::kNoDate;
      std::string text;
    };
    std::string_view before, after;
    std::array<One, 64> known = {};
    std::string_view operator()(std::int32_t stored);
  };
  const Catalogue* catalogue_;
  KnownDates recorded_{",\"recorded_on\":\"", "\",\"row\":"};
  KnownDates from_{",\"valid_from\":\"", {}}, to_{"\",\"valid_to\":\"", {}};
  Piece document_, place_, subject_;
  std::vector<std::string> fields_, sources_;  // by number
  std::string json_;
};

}  // namespace assay
