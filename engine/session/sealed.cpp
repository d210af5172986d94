// Texts of a fixed shape, cut and joined as they are: nothing is parsed.
#include "engine/session/sealed.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/trail/salt.h"

namespace assay {

namespace {

constexpr std::string_view kSaltLine = "{\"salt\":\"", kExplanation = "{\"explanation\":", kThenSalt = ",\"salt\":\"";
constexpr std::size_t kHexDigits = 2 * kSaltBytes;
constexpr std::size_t kSaltEnd = kThenSalt.size() + kHexDigits + 2;  // with the quote and the brace

}  // namespace

std::string seal_block(std::string_view rows) {
  return fmt::format("{}{}{}\"}}\n", rows, kSaltLine, salt_in_hex(random_salt()));
}

std::vector<std::string_view> rows_in(std::string_view bytes) {
  std::vector<std::string_view> rows;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    if (const auto row = bytes.substr(0, end); !row.starts_with(kSaltLine)) rows.push_back(row);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return rows;
}

bool is_sealed_block(std::string_view bytes) { return bytes.find(kSaltLine) != std::string_view::npos; }

std::string seal_explanation(std::string_view json) {
  return fmt::format("{}{}{}{}\"}}", kExplanation, json, kThenSalt, salt_in_hex(random_salt()));
}

bool is_sealed_explanation(std::string_view stored) {
  return stored.starts_with(kExplanation) && stored.size() > kExplanation.size() + kSaltEnd &&
         stored.substr(stored.size() - kSaltEnd).starts_with(kThenSalt);
}

std::string_view explanation_in(std::string_view stored) {
  if (!is_sealed_explanation(stored)) return stored;
  stored.remove_prefix(kExplanation.size());
  stored.remove_suffix(kSaltEnd);
  return stored;
}

}  // namespace assay
