// Lines, base64 and Ed25519. What has two spellings is refused in all but one.
#include "apps/verifier/note.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "evidence/core/date.h"
#include "evidence/core/text.h"

namespace assay::verifier {

namespace {

constexpr char kLogKey = '\1', kWitnessKey = '\4';  // signature types of C2SP signed-note
constexpr std::string_view kDash = "\xe2\x80\x94 ";
constexpr std::size_t kSignature = 64, kTimed = 72, kLinesMax = 64;

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::uint64_t number_of(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

// Text up to a line end, which has to be there.
std::optional<std::string_view> next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = rest.substr(0, end);
  rest = rest.substr(end + 1);
  return line;
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool all = fault == std::errc() && end == text.data() + text.size();
  if (!all || value >= std::uint64_t{1} << 62 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  return value;
}

bool ed25519(std::string_view signature, std::string_view text, std::string_view key) {
  if (sodium_init() < 0 || signature.size() != kSignature || key.size() != crypto_sign_PUBLICKEYBYTES) return false;
  return crypto_sign_verify_detached(raw(signature), raw(text), text.size(), raw(key)) == 0;
}

std::optional<NoteLine> read_line(std::string_view line) {
  if (line.substr(0, kDash.size()) != kDash) return std::nullopt;
  line = line.substr(kDash.size());
  const auto blank = line.find(' ');
  if (blank == 0 || blank == std::string_view::npos) return std::nullopt;
  const auto bytes = bytes_of_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  return NoteLine{std::string(line.substr(0, blank)), static_cast<std::uint32_t>(number_of(bytes->substr(0, 4))),
                  bytes->substr(4)};
}

}  // namespace

std::optional<Key> read_key(std::string_view line) {
  const auto first = line.find('+');
  if (first == 0 || first == std::string_view::npos || line.size() < first + 10 || line[first + 9] != '+')
    return std::nullopt;
  const auto held = bytes_of_base64(line.substr(first + 10));
  if (!held || held->size() != 33 || (held->front() != kLogKey && held->front() != kWitnessKey)) return std::nullopt;
  Key key;
  key.name = line.substr(0, first);
  key.line = line;
  const bool blank =
      std::any_of(key.name.begin(), key.name.end(), [](char c) { return (c >= 0 && c <= ' ') || c == '\x7f'; });
  if (blank || first_bad_utf8(key.name)) return std::nullopt;
  key.witness = held->front() == kWitnessKey;
  key.bytes = held->substr(1);
  const Digest digest = sha256(std::string_view(key.name + '\n' + *held));
  key.id = static_cast<std::uint32_t>(number_of(std::string(digest.bytes.begin(), digest.bytes.begin() + 4)));
  if (fmt::format("{:08x}", key.id) != line.substr(first + 1, 8)) return std::nullopt;
  return key;
}

std::optional<Note> read_note(std::string_view text) {
  if (first_bad_utf8(text)) return std::nullopt;
  if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; })) return std::nullopt;
  std::string_view rest = text;
  const auto origin = next_line(rest), size = next_line(rest), root = next_line(rest);
  if (!root || origin->empty()) return std::nullopt;
  Note note;
  note.body = text.substr(0, text.size() - rest.size());
  note.origin = *origin;
  const auto entries = decimal(*size);
  const auto hash = digest_of_base64(*root);
  const auto empty = next_line(rest);
  if (!entries || !hash || !empty || !empty->empty() || rest.empty()) return std::nullopt;
  note.size = *entries;
  note.root = *hash;
  while (!rest.empty()) {
    const auto line = next_line(rest);
    const auto signature = line ? read_line(*line) : std::nullopt;
    if (!signature || note.lines.size() == kLinesMax) return std::nullopt;
    note.lines.push_back(*signature);
  }
  return note;
}

SignatureFound signature_of(const Note& note, const Key& key) {
  SignatureFound found;
  for (const NoteLine& line : note.lines) {
    if (line.name != key.name || line.key_id != key.id) continue;
    found.how = Signed::Badly;
    if (!key.witness) {
      if (!ed25519(line.bytes, note.body, key.bytes)) return found;
    } else {
      if (line.bytes.size() != kTimed) return found;
      found.moment = number_of(line.bytes.substr(0, 8));
      const std::string text = fmt::format("cosignature/v1\ntime {}\n{}", found.moment, note.body);
      if (!ed25519(std::string_view(line.bytes).substr(8), text, key.bytes)) return found;
    }
    found.how = Signed::Well;
  }
  return found;
}

bool has_signed(const Key& key, std::string_view text, std::string_view base64) {
  const auto signature = bytes_of_base64(base64);
  return signature && ed25519(*signature, text, key.bytes);
}

std::string moment_in_words(std::uint64_t seconds) {
  constexpr std::uint64_t kDay = 86400, kLast = 253402300799;  // the end of 9999
  if (seconds > kLast) return fmt::format("{} seconds after 1970", seconds);
  const Date date{static_cast<std::int32_t>(seconds / kDay)};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date.to_string(), seconds % kDay / 3600, seconds % 3600 / 60,
                     seconds % 60);
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (text.size() % 4 != 0 || text.empty() ||
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  bytes.resize(size);
  // The library takes some bytes for digits that are none.
  std::string spelt(sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(spelt.data(), spelt.size(), raw(bytes), size, sodium_base64_VARIANT_ORIGINAL);
  spelt.pop_back();  // its zero
  return spelt == text ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<Digest> digest_of_base64(std::string_view text) {
  const auto bytes = bytes_of_base64(text);
  Digest digest;
  if (!bytes || bytes->size() != digest.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
  return digest;
}

}  // namespace assay::verifier
