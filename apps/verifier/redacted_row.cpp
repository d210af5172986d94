// Of what was redacted twice the first hash is that recorded, and the last that of what is left.
#include "apps/verifier/redacted_row.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "apps/verifier/checks.h"

namespace assay::verifier {

namespace {

std::optional<Digest> digest(const nlohmann::json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_string() ? digest_in(found->get<std::string>()) : std::nullopt;
}

}  // namespace

std::string RedactedRow::words() const {
  return fmt::format("on {} by {} because {} (entry {})", by->get("on"), by->get("by"), by->get("because"), by->index);
}

std::map<std::uint64_t, RedactedRow> redacted_rows(const Packet& packet) {
  std::map<std::uint64_t, RedactedRow> all;
  for (const Entry& entry : packet.entries) {
    if (entry.get("entry") != "redaction") continue;
    const auto body = nlohmann::json::parse(entry.body, nullptr, false);
    const auto rows = body.find("rows");
    if (rows == body.end() || !rows->is_array()) continue;
    for (const auto& row : *rows) {
      if (!row.is_object() || !row.contains("row") || !row["row"].is_number_unsigned()) continue;
      const auto recorded = digest(row, "leaf"), left = digest(row, "left");
      if (!recorded || !left) continue;
      const auto [known, is_new] =
          all.try_emplace(row["row"].get<std::uint64_t>(), RedactedRow{*recorded, *left, &entry});
      if (is_new) continue;
      known->second.left = *left;
      known->second.by = &entry;
    }
  }
  return all;
}

}  // namespace assay::verifier
