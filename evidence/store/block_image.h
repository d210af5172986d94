// What an import inserts by the thousand, as tables in memory to be copied whole: the rows and texts of a block, and
// new subjects. Private to evidence/store.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/store/block.h"
#include "evidence/store/stored_row.h"
#include "evidence/store/table_image.h"

namespace assay {

// A subject as the store keeps it.
struct SubjectRow {
  std::int64_t number = 0, kind = 0;
  std::string_view code;
  std::uint32_t from = 0, to = 0;  // of a link; 0: none
};

class BlockImage {
 public:
  static constexpr std::array<std::string_view, 3> kTables = {"observation", "text_value", "subject"};
  static Result<BlockImage> make();
  // Good until the next call. SQLite may write to it.
  std::span<char> build(const Block& block, bool with_texts);
  std::span<char> build(std::span<const SubjectRow> subjects);

 private:
  explicit BlockImage(TableImage image) : image_(std::move(image)) {}
  TableImage image_;
  RecordMaker record_;
};

}  // namespace assay
