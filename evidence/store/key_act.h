// The trail entries of keys and of packets: all of each stands in the body of its entry. Private to evidence/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/store/store.h"

namespace assay {

// Canonical JSON.
std::string key_body(const KeyAct& act);
std::string packet_body(const SentPacket& packet);
// Nothing when the body is of another sort of entry, or not exactly as the above write it.
std::optional<KeyAct> read_key(std::string_view body);
std::optional<SentPacket> read_packet(std::string_view body);

// Does the key follow the last one, `before` (nothing: it is the first), and does the handover hold, where there is
// one?
Result<void> follows(const KeyAct& act, std::string_view before);

}  // namespace assay
