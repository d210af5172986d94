// One call of the system for each salt. By itself in its file, so that whoever makes the worked examples can put fixed
// bytes in its place when a test is linked, and nobody when the program runs.
#include <sys/random.h>

#include "evidence/core/check.h"
#include "evidence/trail/salt.h"

namespace assay {

std::string random_salt() {
  std::string salt(kSaltBytes, '\0');
  // Up to 256 bytes come whole or not at all.
  CHECK(getrandom(salt.data(), salt.size(), 0) == static_cast<ssize_t>(salt.size()));
  return salt;
}

}  // namespace assay
