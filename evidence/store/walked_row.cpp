// What is read of a row, and what is said where something else stands there.
#include "evidence/store/walked_row.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/core/text.h"

namespace assay {
namespace {

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

}  // namespace

std::string_view WalkedRow::text(int column) {
  const Cell& held = cell(column);
  if (held.type == Type::Text && (is_ascii(held.bytes) || !first_bad_utf8(held.bytes))) return held.bytes;
  refuse_column(column, "a text");
  return {};
}

std::string_view WalkedRow::blob(int column) {
  if (cell(column).type == Type::Blob) return cell(column).bytes;
  refuse_column(column, "bytes");
  return {};
}

Digest WalkedRow::digest(int column) {
  const std::string_view bytes = blob(column);
  Digest made;
  if (bytes.size() == made.bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), made.bytes.begin());
  } else {
    refuse_column(column, "a digest");
  }
  return made;
}

void WalkedRow::refuse_column(int column, std::string_view wanted) {
  std::string_view rest = columns_;
  for (int i = 0; i < column; ++i) rest.remove_prefix(rest.find(", ") + 2);
  refuse(fmt::format("column {} does not hold {}", rest.substr(0, rest.find(',')), wanted));
}

}  // namespace assay
