// Keys over libsodium; the only file of this folder that knows it.
#include "evidence/trail/key.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "evidence/core/check.h"
#include "evidence/core/digest.h"
#include "evidence/core/text.h"

namespace assay {
namespace {

constexpr std::string_view kSecret = "PRIVATE+KEY+";

void need_sodium() {
  static const bool ready = sodium_init() >= 0;
  CHECK(ready);
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

template <std::size_t N>
std::string_view view_of(const std::array<std::uint8_t, N>& bytes, std::size_t count = N) {
  return {reinterpret_cast<const char*>(bytes.data()), count};
}

bool is_name(std::string_view name) {
  if (name.empty() || first_bad_utf8(name)) return false;
  return std::none_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || c == '+';
  });
}

tl::unexpected<Error> no_key(std::string what, std::string help = "give the whole line as it was printed") {
  return fail(ErrorCode::BadInput, std::move(what), {}, std::move(help));
}

// NAME+ID+BASE64, and what the base64 holds: one byte of use and 32 more.
struct Parts {
  PublicKey key;  // its bytes are the 32, public or not
  std::string_view id;
};

Result<Parts> read_parts(std::string_view text) {
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return no_key("this is no key: NAME+ID+BASE64 is wanted");
  Parts parts;
  parts.key.name = text.substr(0, first);
  parts.id = text.substr(first + 1, second - first - 1);
  const auto held = from_base64(text.substr(second + 1));
  if (!is_name(parts.key.name) || !held || held->size() != 33) return no_key("the key is damaged");
  const auto use = static_cast<std::uint8_t>((*held)[0]);
  if (use != static_cast<std::uint8_t>(KeyUse::Log) && use != static_cast<std::uint8_t>(KeyUse::Witness))
    return no_key(fmt::format("the key is of type {}, which is neither a log's nor a witness's", use));
  parts.key.use = static_cast<KeyUse>(use);
  std::copy_n(held->begin() + 1, 32, parts.key.bytes.begin());
  return parts;
}

std::string write_parts(const PublicKey& key, std::string_view bytes) {
  std::string held(1, static_cast<char>(key.use));
  held += bytes;
  return fmt::format("{}+{:08x}+{}", key.name, key.id(), to_base64(held));
}

}  // namespace

std::uint32_t PublicKey::id() const {
  std::string text = name + '\n';
  text += static_cast<char>(use);
  text += view_of(bytes);
  const Digest digest = sha256(std::string_view(text));
  std::uint32_t id = 0;
  for (int i = 0; i < 4; ++i) id = id << 8 | digest.bytes[static_cast<std::size_t>(i)];
  return id;
}

std::string PublicKey::to_string() const { return write_parts(*this, view_of(bytes)); }

bool PublicKey::verifies(std::string_view message, const Signature& signature) const {
  need_sodium();
  return crypto_sign_verify_detached(signature.data(), bytes_of(message), message.size(), bytes.data()) == 0;
}

Result<PublicKey> read_public_key(std::string_view text) {
  if (text.starts_with(kSecret))
    return no_key("this is a private key, which is shown to nobody", "give the public line printed when it was made");
  auto parts = read_parts(text);
  if (!parts) return tl::unexpected(parts.error());
  if (parts->key.to_string() != text) return no_key("the key does not have the number it says");
  return std::move(parts->key);
}

Result<SigningKey> SigningKey::make(std::string name, KeyUse use) {
  need_sodium();
  if (!is_name(name))
    return no_key(fmt::format("`{}` cannot be the name of a key", name),
                  "write it without blanks and `+`, for instance york.example/assay");
  SigningKey key;
  key.public_.name = std::move(name);
  key.public_.use = use;
  crypto_sign_keypair(key.public_.bytes.data(), key.secret_.data());
  return key;
}

Result<SigningKey> SigningKey::read(std::string_view text) {
  need_sodium();
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (!text.starts_with(kSecret)) return no_key("this is no private key", "`assay trail key` makes one");
  auto parts = read_parts(text.substr(kSecret.size()));
  if (!parts) return tl::unexpected(parts.error());
  SigningKey key;
  key.public_ = parts->key;
  crypto_sign_seed_keypair(key.public_.bytes.data(), key.secret_.data(), parts->key.bytes.data());
  sodium_memzero(parts->key.bytes.data(), parts->key.bytes.size());
  if (key.secret_text() != text) return no_key("the private key is damaged", "restore its file from a copy");
  return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept : public_(std::move(other.public_)), secret_(other.secret_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}
SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  public_ = std::move(other.public_);
  secret_ = other.secret_;
  if (this != &other) sodium_memzero(other.secret_.data(), other.secret_.size());
  return *this;
}
SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string SigningKey::secret_text() const {
  return std::string(kSecret) + write_parts(public_, view_of(secret_, crypto_sign_SEEDBYTES));
}

Signature SigningKey::sign(std::string_view message) const {
  need_sodium();
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(), secret_.data());
  return signature;
}

std::string to_base64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its zero
  return text;
}

Result<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const bool read = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                      text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL) == 0;
  bytes.resize(read ? size : 0);
  if (!read || end != text.data() + text.size() || to_base64(bytes) != text)
    return fail(ErrorCode::BadInput, fmt::format("`{}` is not base64", text.substr(0, 60)));
  return bytes;
}

}  // namespace assay
