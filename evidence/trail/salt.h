// Salts: random bytes hashed before a text, so that a short one cannot be guessed from its digest once it and its salt
// are destroyed (docs/formats/trail.md).
#pragma once

#include <cstddef>
#include <string>

namespace assay {

constexpr std::size_t kSaltBytes = 16;

// From the system's source of randomness.
std::string random_salt();
// 32 lower-case hex digits of it.
std::string salt_in_hex(const std::string& salt);

}  // namespace assay
