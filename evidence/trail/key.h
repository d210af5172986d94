// Keys for signing what a trail says of itself: Ed25519 (RFC 8032), written as C2SP signed-note writes them
// (docs/formats/checkpoint.md). Two uses that no signature of one can serve as the other: a log's own, and a witness's.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/core/result.h"

namespace assay {

// DO NOT CHANGE THE NUMBERS: they are the signature types of C2SP signed-note.
enum class KeyUse : std::uint8_t { Log = 1, Witness = 4 };

using Signature = std::array<std::uint8_t, 64>;

// A key that others may know: `york.example/assay+8f2a01cd+AQ...`.
struct PublicKey {
  std::string name;  // no blanks, no `+`; of a log also its origin
  KeyUse use = KeyUse::Log;
  std::array<std::uint8_t, 32> bytes{};
  std::uint32_t id() const;       // first four bytes of SHA-256(name, line feed, use, bytes)
  std::string to_string() const;  // the line that is given to whoever checks
  bool verifies(std::string_view message, const Signature& signature) const;
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};
// BadInput for what to_string does not write.
Result<PublicKey> read_public_key(std::string_view text);

// A key that signs. Its secret is wiped when it goes.
class SigningKey {
 public:
  // BadInput for a name that cannot be one.
  static Result<SigningKey> make(std::string name, KeyUse use);
  // `PRIVATE+KEY+NAME+ID+BASE64`, with or without a line end: as secret_text() writes it. BadInput.
  static Result<SigningKey> read(std::string_view text);
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  const PublicKey& public_key() const { return public_; }
  std::string secret_text() const;  // for one file that only its owner may read
  Signature sign(std::string_view message) const;

 private:
  SigningKey() = default;
  PublicKey public_;
  std::array<std::uint8_t, 64> secret_{};  // seed and public key, as libsodium keeps them
};

// Standard base64 (RFC 4648, section 4); BadInput for what is written in another way than to_base64 does.
std::string to_base64(std::string_view bytes);
Result<std::string> from_base64(std::string_view text);

}  // namespace assay
