// Rebuilds the leaf of a row (evidence/trail/leaf.h says what it is) from the row and the names. Keeps what it made
// last, ready escaped, since rows come in runs of one subject, one document and one date. Private to evidence/store.
#pragma once

#include <array>
#include <cstddef>
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
  explicit LeafMaker(const Catalogue& catalogue);
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
  // A key with its value, as `,"source":"register"`; the text is longer than `size`, so that it can be copied in whole
  // steps.
  struct Piece {
    std::string text;
    std::size_t size = 0;
    void set(std::string_view key, std::string_view value);
  };
  struct OfText : Piece {
    std::string of;
  };
  struct OfSubject : Piece {
    std::uint32_t number = 0;
  };
  struct Day {  // a date without a key, at most as long as 2025-03-05
    std::int32_t stored = TypedRow::kNoDate;
    std::uint8_t size = 0;
    std::array<char, 11> text = {};
    std::string_view shown() const { return {text.data(), size}; }
  };
  struct Parts {
    const Piece *document, *field, *source, *subject;
    const Piece *label, *place;   // null where there is none
    std::string_view value = {};  // where it is no label
    std::size_t most = 0;         // bytes of the leaf, and of what is copied too far
  };
  using ByNumber = std::vector<Piece>;
  const Piece& known_name(ByNumber& pieces, std::uint32_t number, std::string_view key, std::string_view name) const;
  const Piece& document(const StoredRow& row, const std::string_view& file);
  const Piece& place(std::string_view stands);
  const Piece& subject(std::uint32_t number);
  const Day& date(std::int32_t stored);
  const Piece* label(const StoredRow& row);  // null where the value is none
  // Any other value, which has nothing in it to escape; until the next call.
  std::string_view plain_value(const StoredRow& row, const Digest* text);

  Parts parts_of(const StoredRow& row, const Context& context);

  const Catalogue* catalogue_;
  std::vector<Day> dates_;  // few until one takes another's place: a single record has no more
  OfText document_, place_;
  OfSubject subject_;
  ByNumber fields_, sources_, labels_;
  std::string plain_;  // of a value
  std::string made_;   // the leaf at hand, and room
  std::string json_;
};

}  // namespace assay
