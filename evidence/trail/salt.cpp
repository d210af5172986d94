// How a salt is written.
#include "evidence/trail/salt.h"

namespace assay {

std::string salt_in_hex(const std::string& salt) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const char c : salt) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace assay
