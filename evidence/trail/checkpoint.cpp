// Written and read byte for byte: a text that is read and written again is the same text.
#include "evidence/trail/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "evidence/core/text.h"

namespace assay {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";
constexpr std::string_view kProofHeader = "c2sp.org/tlog-proof@v1\n";
constexpr std::size_t kSignaturesMax = 64, kProofMax = 63;
constexpr std::size_t kLogSignature = 64, kCosignature = 72;

std::string_view view_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

tl::unexpected<Error> no_note(std::string_view what) {
  return fail(ErrorCode::BadInput, fmt::format("this is no signed checkpoint: {}", what), {},
              "give the file as it was written, with its last line");
}

// The next line without its end; nothing where no line end is left.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> read_size(std::string_view text) {
  std::uint64_t size = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (fault != std::errc() || end != text.data() + text.size() || fmt::format("{}", size) != text || size >> 62 != 0)
    return std::nullopt;
  return size;
}

std::optional<Digest> read_hash(std::string_view text) {
  const auto bytes = from_base64(text);
  Digest digest;
  if (!bytes || bytes->size() != digest.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
  return digest;
}

std::string big_endian(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}
std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::string cosigned_text(const Checkpoint& checkpoint, std::uint64_t moment) {
  return fmt::format("cosignature/v1\ntime {}\n{}", moment, checkpoint.to_string());
}

Result<NoteSignature> read_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return no_note("a line of a signature begins with a dash and a blank");
  line.remove_prefix(kDash.size());
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || blank == 0) return no_note("a signature has no name");
  const auto bytes = from_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() < 5) return no_note("a signature is damaged");
  return NoteSignature{std::string(line.substr(0, blank)),
                       static_cast<std::uint32_t>(from_big_endian(std::string_view(*bytes).substr(0, 4))),
                       bytes->substr(4)};
}

}  // namespace

std::string Checkpoint::to_string() const {
  return fmt::format("{}\n{}\n{}\n", origin, size, to_base64(view_of(root)));
}

std::string NoteSignature::to_string() const {
  return fmt::format("{}{} {}\n", kDash, name, to_base64(big_endian(key_id, 4) + bytes));
}

std::string SignedCheckpoint::to_string() const {
  std::string out = checkpoint.to_string() + '\n';
  for (const NoteSignature& signature : signatures) out += signature.to_string();
  return out;
}

Result<SignedCheckpoint> read_checkpoint(std::string_view text) {
  if (const auto bad = first_bad_utf8(text)) return no_note("it is not UTF-8");
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }))
    return no_note("it holds a control character");
  const auto origin = take_line(text), size_line = take_line(text), root_line = take_line(text);
  const auto blank = take_line(text);
  if (!blank || origin->empty()) return no_note("three lines and an empty one are wanted first");
  if (!blank->empty()) return no_note("a fourth line stands in its text");
  const auto size = read_size(*size_line);
  if (!size) return no_note(fmt::format("`{}` is no number of entries", *size_line));
  const auto root = read_hash(*root_line);
  if (!root) return no_note(fmt::format("`{}` is no root", *root_line));
  SignedCheckpoint note{{std::string(*origin), *size, *root}, {}};
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line) return no_note("its last line is cut");
    auto signature = read_signature(*line);
    if (!signature) return tl::unexpected(signature.error());
    note.signatures.push_back(std::move(*signature));
  }
  if (note.signatures.empty()) return no_note("nobody signed it");
  if (note.signatures.size() > kSignaturesMax) return no_note("it has more signatures than are read");
  return note;
}

SignedCheckpoint sign(const Checkpoint& checkpoint, const SigningKey& log) {
  const Signature signature = log.sign(checkpoint.to_string());
  return {checkpoint,
          {{log.public_key().name, log.public_key().id(), std::string(signature.begin(), signature.end())}}};
}

NoteSignature cosign(const Checkpoint& checkpoint, const SigningKey& witness, std::uint64_t moment) {
  const Signature signature = witness.sign(cosigned_text(checkpoint, moment));
  return {witness.public_key().name, witness.public_key().id(),
          big_endian(moment, 8) + std::string(signature.begin(), signature.end())};
}

Result<SignedBy> signed_by(const SignedCheckpoint& note, const PublicKey& key) {
  const auto found = std::find_if(note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& line) {
    return line.name == key.name && line.key_id == key.id();
  });
  if (found == note.signatures.end())
    return fail(ErrorCode::NotFound, fmt::format("the checkpoint is not signed by {}", key.to_string()));
  const bool witness = key.use == KeyUse::Witness;
  const auto damaged = [&] {
    return fail(ErrorCode::Corruption, fmt::format("the signature of {} under the checkpoint does not hold", key.name));
  };
  if (found->bytes.size() != (witness ? kCosignature : kLogSignature)) return damaged();
  const std::string_view bytes = found->bytes;
  SignedBy by;
  if (witness) by.made_at = from_big_endian(bytes.substr(0, 8));
  Signature signature;
  std::copy_n(bytes.end() - 64, 64, signature.begin());
  const std::string text = witness ? cosigned_text(note.checkpoint, by.made_at) : note.checkpoint.to_string();
  if (!key.verifies(text, signature)) return damaged();
  return by;
}

std::string WitnessRequest::to_string() const {
  std::string out = fmt::format("old {}\n", old_size);
  for (const Digest& hash : proof) out += to_base64(view_of(hash)) + '\n';
  return out + '\n' + note.to_string();
}

Result<WitnessRequest> read_witness_request(std::string_view text) {
  const auto no_request = [](std::string_view what) {
    return fail(ErrorCode::BadInput, fmt::format("this is nothing to cosign: {}", what), {},
                "`assay trail checkpoint --since` writes it");
  };
  WitnessRequest request;
  const auto first = take_line(text);
  const auto old_size = first && first->starts_with("old ") ? read_size(first->substr(4)) : std::nullopt;
  if (!old_size) return no_request("its first line does not say the old size");
  request.old_size = *old_size;
  for (auto line = take_line(text); !line || !line->empty(); line = take_line(text)) {
    const auto hash = line ? read_hash(*line) : std::nullopt;
    if (!hash || request.proof.size() == kProofMax) return no_request("its proof is damaged");
    request.proof.push_back(*hash);
  }
  auto note = read_checkpoint(text);
  if (!note) return tl::unexpected(note.error());
  request.note = std::move(*note);
  return request;
}

std::string tlog_proof(std::uint64_t index, std::span<const Digest> proof, const SignedCheckpoint& note) {
  std::string out(kProofHeader);
  out += fmt::format("index {}\n", index);
  for (const Digest& hash : proof) out += to_base64(view_of(hash)) + '\n';
  return out + '\n' + note.to_string();
}

}  // namespace assay
