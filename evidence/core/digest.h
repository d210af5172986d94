// SHA-256 (OpenSSL, which uses the processor's own instructions) and its text form.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay {

struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  std::string to_hex() const;
  std::string to_string() const;                              // "sha256:" and the hex digits
  static std::optional<Digest> parse(std::string_view text);  // with or without the prefix
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

Digest sha256(std::string_view data);
Digest sha256(std::span<const std::uint8_t> data);

// Hashes a stream; kept and reused, since making one costs more than hashing a short text.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view data);
  void add(std::span<const std::uint8_t> data);
  Digest finish();  // and start anew

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay
