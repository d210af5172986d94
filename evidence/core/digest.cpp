// SHA-256 through OpenSSL's EVP. The algorithm is fetched once and contexts are kept: looking it up for each text
// costs several times what hashing a short one does.
#include "evidence/core/digest.h"

#include <openssl/evp.h>

#include "evidence/core/check.h"

namespace assay {
namespace {

constexpr std::string_view kPrefix = "sha256:";

const EVP_MD* algorithm() {
  // Kept for the life of the process on purpose: contexts of any thread may still use it at exit.
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  CHECK(fetched != nullptr);
  return fetched;
}

std::optional<unsigned> hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

}  // namespace

std::string Digest::to_hex() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    hex[2 * i] = kDigits[bytes[i] >> 4];
    hex[2 * i + 1] = kDigits[bytes[i] & 15];
  }
  return hex;
}

std::string Digest::to_string() const { return std::string(kPrefix) + to_hex(); }

std::optional<Digest> Digest::parse(std::string_view text) {
  if (text.starts_with(kPrefix)) text.remove_prefix(kPrefix.size());
  Digest digest;
  if (text.size() != digest.bytes.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const auto high = hex_value(text[2 * i]);
    const auto low = hex_value(text[2 * i + 1]);
    if (!high || !low) return std::nullopt;
    digest.bytes[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return digest;
}

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() { CHECK(context != nullptr && EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1); }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view data) { CHECK(EVP_DigestUpdate(state_->context, data.data(), data.size()) == 1); }

void Sha256::add(std::span<const std::uint8_t> data) {
  CHECK(EVP_DigestUpdate(state_->context, data.data(), data.size()) == 1);
}

Digest Sha256::finish() {
  Digest digest;
  unsigned length = 0;
  CHECK(EVP_DigestFinal_ex(state_->context, digest.bytes.data(), &length) == 1 && length == digest.bytes.size());
  CHECK(EVP_DigestInit_ex2(state_->context, nullptr, nullptr) == 1);
  return digest;
}

namespace {

Sha256& thread_hasher() {
  thread_local Sha256 hasher;
  return hasher;
}

}  // namespace

Digest sha256(std::string_view data) {
  Sha256& hasher = thread_hasher();
  hasher.add(data);
  return hasher.finish();
}

Digest sha256(std::span<const std::uint8_t> data) {
  Sha256& hasher = thread_hasher();
  hasher.add(data);
  return hasher.finish();
}

}  // namespace assay
