// Signed checkpoints as C2SP signed-note, tlog-checkpoint and tlog-cosignature describe them
// (docs/formats/checkpoint.md): read, and their signatures checked. Written apart from the program that signs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"

namespace assay::verifier {

// A key as it is told to others: NAME+ID+BASE64.
struct Key {
  std::string name, line;
  std::uint32_t id = 0;
  bool witness = false;  // it cosigns; else it is a log's own
  std::string bytes;     // 32
};
std::optional<Key> read_key(std::string_view line);

struct NoteLine {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;
};
struct Note {
  std::string body;  // what is signed
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
  std::vector<NoteLine> lines;
};
// Nothing for what is written in any other way.
std::optional<Note> read_note(std::string_view text);

enum class Signed { Not, Badly, Well };
struct SignatureFound {
  Signed how = Signed::Not;
  std::uint64_t moment = 0;  // of a witness's, in seconds since 1970
};
SignatureFound signature_of(const Note& note, const Key& key);
// Does the base64 hold the key's signature of the text?
bool has_signed(const Key& key, std::string_view text, std::string_view base64);
// "2026-01-05T09:00:00Z"
std::string moment_in_words(std::uint64_t seconds);

// Standard base64, in its one spelling.
std::optional<std::string> bytes_of_base64(std::string_view text);
std::optional<Digest> digest_of_base64(std::string_view text);

}  // namespace assay::verifier
