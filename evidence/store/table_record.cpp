// First the forms of all columns, then their bytes.
#include "evidence/store/table_record.h"

namespace assay {
namespace {

constexpr std::size_t kLongestVarint = 9;

// A form says the type and how many bytes it takes.
enum : std::uint64_t { kNull = 0, kInteger64 = 6, kFloat = 7, kZero = 8, kOne = 9, kFirstBlob = 12 };
constexpr std::size_t kBytesOf[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

template <std::size_t kBytes>
std::int64_t read_signed(const char* at) {
  constexpr unsigned kUnused = 64 - 8 * kBytes;
  return static_cast<std::int64_t>(read_number<kBytes>(at) << kUnused) >> kUnused;
}

std::int64_t read_integer(std::uint64_t form, const char* at) {
  switch (form) {
    case 1:
      return read_signed<1>(at);
    case 2:
      return read_signed<2>(at);
    case 3:
      return read_signed<3>(at);
    case 4:
      return read_signed<4>(at);
    case 5:
      return read_signed<6>(at);
    case kInteger64:
      return read_signed<8>(at);
    default:
      return form == kOne ? 1 : 0;
  }
}

// Takes the bytes of a column off the front.
bool take_cell(std::string_view& bytes, std::uint64_t form, WalkedRow::Cell& cell) {
  using Type = WalkedRow::Type;
  if (form >= kFirstBlob) {
    const std::uint64_t size = (form - kFirstBlob) / 2;
    if (size > bytes.size()) return false;
    cell.type = form % 2 == 0 ? Type::Blob : Type::Text;
    cell.bytes = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return true;
  }
  if (form > kOne || form == kFloat) return false;  // nothing of ours is written as these
  const std::size_t size = kBytesOf[form];
  if (size > bytes.size()) return false;
  cell.type = form == kNull ? Type::Null : Type::Integer;
  cell.integer = read_integer(form, bytes.data());
  bytes.remove_prefix(size);
  return true;
}

}  // namespace

bool take_varint(std::string_view& bytes, std::uint64_t& number) {
  number = 0;
  for (std::size_t i = 0; i < bytes.size() && i < kLongestVarint; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    const bool last = i + 1 == kLongestVarint;  // which is whole
    number = last ? number << 8U | byte : number << 7U | (byte & 0x7FU);
    if (last || byte < 0x80) {
      bytes.remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

bool read_record(std::string_view record, std::int64_t id, std::size_t columns, WalkedRow& row) {
  std::string_view forms = record;
  std::uint64_t header = 0, form = 0;
  if (!take_varint(forms, header) || header > record.size()) return false;
  const std::size_t of_size = record.size() - forms.size();
  if (header < of_size) return false;
  forms = forms.substr(0, header - of_size);
  std::string_view bytes = record.substr(header);
  if (!take_varint(forms, form) || form != kNull) return false;
  row.cells[0] = {WalkedRow::Type::Integer, id, {}};
  for (std::size_t column = 1; column < columns; ++column) {
    if (!take_varint(forms, form) || !take_cell(bytes, form, row.cells[column])) return false;
  }
  return forms.empty() && bytes.empty();
}

}  // namespace assay
