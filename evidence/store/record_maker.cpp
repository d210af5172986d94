// What is not asked for each number of each row.
#include "evidence/store/record_maker.h"

#include <cstring>

#include "evidence/core/check.h"

namespace assay {

unsigned char* put_varint(unsigned char* at, std::uint64_t value) {
  int bytes = 1;
  while (bytes < 8 && value >> (7 * bytes) != 0) ++bytes;
  CHECK(value >> (7 * bytes) == 0);
  for (int i = bytes - 1; i >= 0; --i)
    *at++ = static_cast<unsigned char>((value >> (7 * i) & 0x7f) | (i > 0 ? 0x80 : 0));
  return at;
}

void RecordMaker::bytes(std::uint64_t type, std::string_view bytes) {
  type_ = put_varint(type_, type + 2 * bytes.size());
  CHECK(bytes.size() < static_cast<std::size_t>(bodies_.data() + bodies_.size() - body_));
  std::memcpy(body_, bytes.data(), bytes.size());
  body_ += bytes.size();
}

}  // namespace assay
