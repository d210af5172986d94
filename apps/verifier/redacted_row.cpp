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

std::optional<RedactedRow> redacted_row(const Packet& packet, std::uint64_t number) {
  std::optional<RedactedRow> found;
  for (const Entry& entry : packet.entries) {
    if (entry.get("entry") != "redaction") continue;
    const auto body = nlohmann::json::parse(entry.body, nullptr, false);
    const auto rows = body.find("rows");
    if (rows == body.end() || !rows->is_array()) continue;
    for (const auto& row : *rows) {
      if (!row.is_object() || !row.contains("row") || row["row"] != number) continue;
      const auto recorded = digest(row, "leaf"), left = digest(row, "left");
      if (!recorded || !left) continue;
      found = RedactedRow{found ? found->recorded : *recorded, *left,
                          fmt::format("on {} by {} because {} (entry {})", entry.get("on"), entry.get("by"),
                                      entry.get("because"), entry.index)};
    }
  }
  return found;
}

}  // namespace assay::verifier
