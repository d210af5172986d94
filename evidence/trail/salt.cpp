// One call of the system for each salt.
#include "evidence/trail/salt.h"

#include <sys/random.h>

#include "evidence/core/check.h"

namespace assay {

std::string random_salt() {
  std::string salt(kSaltBytes, '\0');
  // Up to 256 bytes come whole or not at all.
  CHECK(getrandom(salt.data(), salt.size(), 0) == static_cast<ssize_t>(salt.size()));
  return salt;
}

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
