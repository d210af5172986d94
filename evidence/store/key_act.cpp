// Keys and packets: written into the body of their entry, read back from it, and asked for.
#include "evidence/store/key_act.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/core/text.h"
#include "evidence/store/log.h"
#include "evidence/store/state.h"
#include "evidence/trail/key.h"

namespace assay {
namespace {

using nlohmann::json;

std::string text(const json& of, const char* key) {
  const auto found = of.find(key);
  return found != of.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The entries of one sort, each by its reader.
template <class Act>
Result<std::vector<Act>> all(const Database& database, std::string_view sort,
                             std::optional<Act> (*read)(std::string_view)) {
  std::vector<Act> acts;
  Statement entry = database.prepare(entries_of({sort}), "the entries of the trail");
  while (entry.next()) {
    auto act = read(entry.text(1));
    if (!act) {
      entry.refuse("it is not as such entries are written");
      break;
    }
    act->entry = entry.integer(0, 1);
    acts.push_back(std::move(*act));
  }
  if (auto done = entry.end(); !done) return tl::unexpected(done.error());
  return acts;
}

}  // namespace

std::string handover_text(std::string_view replaces, std::string_view key) {
  return fmt::format("assay key handover\n{}\n{}\n", replaces, key);
}

std::string key_body(const KeyAct& act) {
  JsonWriter body;
  body.begin_object();
  if (!act.because.empty()) body.field("because", act.because);
  body.field("by", act.by).field("entry", "key");
  if (!act.handover.empty()) body.field("handover", act.handover);
  body.field("key", act.key).field("recorded_at", act.recorded_at);
  if (!act.replaces.empty()) body.field("replaces", act.replaces);
  body.end_object();
  return body.take();
}

std::optional<KeyAct> read_key(std::string_view body) {
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object() || text(object, "entry") != "key") return std::nullopt;
  KeyAct act;
  act.key = text(object, "key");
  act.replaces = text(object, "replaces");
  act.handover = text(object, "handover");
  act.by = text(object, "by");
  act.because = text(object, "because");
  act.recorded_at = text(object, "recorded_at");
  if (key_body(act) != body) return std::nullopt;
  return act;
}

std::string packet_body(const SentPacket& packet) {
  JsonWriter body;
  body.begin_object().field("by", packet.by).field("content", packet.content.to_string());
  body.field("entries", packet.entries).field("entry", "packet").field("recorded_at", packet.recorded_at);
  body.field("rows", packet.rows).field("rule", packet.rule).key("run").number(packet.run);
  body.field("subject", packet.subject).field("to", packet.to).end_object();
  return body.take();
}

std::optional<SentPacket> read_packet(std::string_view body) {
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object() || text(object, "entry") != "packet") return std::nullopt;
  SentPacket packet;
  packet.by = text(object, "by");
  const auto content = Digest::parse(text(object, "content"));
  if (!content) return std::nullopt;
  packet.content = *content;
  packet.entries = text(object, "entries");
  packet.recorded_at = text(object, "recorded_at");
  packet.rows = text(object, "rows");
  packet.rule = text(object, "rule");
  if (object.contains("run") && object["run"].is_number_integer()) packet.run = object["run"].get<std::int64_t>();
  packet.subject = text(object, "subject");
  packet.to = text(object, "to");
  if (packet_body(packet) != body) return std::nullopt;
  return packet;
}

Result<void> follows(const KeyAct& act, std::string_view before) {
  const auto wrong = [](std::string_view what) { return fail(ErrorCode::WrongUse, std::string(what)); };
  const auto key = read_public_key(act.key);
  if (!key || key->use != KeyUse::Log) return wrong("its key is no key of a log");
  if (act.replaces != before) return wrong("it does not follow the key before it");
  if (before.empty()) return act.handover.empty() ? Result<void>() : wrong("nobody could hand the first key over");
  const auto old = read_public_key(act.replaces);
  // The origin names the log; another name would make another log of it.
  if (!old || old->name != key->name) return wrong("its key has another name than the key before");
  if (act.handover.empty()) return {};
  const auto bytes = from_base64(act.handover);
  Signature signature;
  if (!bytes || bytes->size() != signature.size()) return wrong("the key before did not sign that it follows");
  std::copy(bytes->begin(), bytes->end(), signature.begin());
  if (!old->verifies(handover_text(act.replaces, act.key), signature))
    return wrong("the key before did not sign that it follows");
  return {};
}

Result<std::int64_t> Store::State::append_alone(std::string_view body, std::optional<std::int64_t> at) {
  if (auto able = expect_writable(); !able) return tl::unexpected(able.error());
  if (first_bad_utf8(body)) return fail(ErrorCode::WrongUse, "a name or a reason is not text in UTF-8");
  auto transaction = Transaction::begin(database, Transaction::Kind::Write);
  if (!transaction) return tl::unexpected(transaction.error());
  const auto head = read_head(database);
  if (!head) return tl::unexpected(head.error());
  if (at && *at != head->size)
    return fail(ErrorCode::Busy, "another program has written to this store meanwhile", database.path(), "try again");
  const auto entry = append_entry(database, body);
  if (!entry) return entry;
  if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
  // It adds no name.
  if (names_as_of == head->size) names_as_of = head->size + 1;
  return entry;
}

Result<std::int64_t> Store::record_key(const KeyAct& act) {
  auto before = keys();
  if (!before) return tl::unexpected(before.error());
  const auto at = head();
  if (!at) return tl::unexpected(at.error());
  if (auto good = follows(act, before->empty() ? std::string() : before->back().key); !good)
    return tl::unexpected(good.error());
  return state_->append_alone(key_body(act), at->size);
}

Result<std::vector<KeyAct>> Store::keys() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  return all<KeyAct>(state_->database, "key", read_key);
}

Result<std::int64_t> Store::record_packet(const SentPacket& packet, std::int64_t at) {
  return state_->append_alone(packet_body(packet), at);
}

Result<std::vector<SentPacket>> Store::packets() {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  return all<SentPacket>(state_->database, "packet", read_packet);
}

}  // namespace assay
