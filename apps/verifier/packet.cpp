// From JSON to values, strictly: every key has to be there, none besides, and the bytes have one spelling.
#include "apps/verifier/packet.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apps/verifier/note.h"
#include "evidence/core/canonical_json.h"

namespace assay::verifier {

namespace {

using nlohmann::json;

// Thrown and caught in this file alone: where in the packet, and what is wanted there.
struct Fault {
  std::string sentence;
};

[[noreturn]] void wrong(const std::string& where, std::string_view wanted) {
  throw Fault{fmt::format("at `{}` {} is wanted", where, wanted)};
}

// What an honest packet never comes near: signatures are slow to check, and what is said is said again in sentences.
constexpr std::size_t kKeysMax = 1000, kNoteMax = std::size_t{64} << 10, kSaidMax = std::size_t{64} << 10;

// A value and where it stands, so that every fault says so.
class Reader {
 public:
  Reader(const json& value, std::string where) : value_(&value), where_(std::move(where)) {}

  Reader at(const char* key) const {
    if (!value_->is_object() || !value_->contains(key)) wrong(where_, fmt::format("an object with `{}`", key));
    return {(*value_)[key], fmt::format("{}.{}", where_, key)};
  }
  bool has(const char* key) const { return value_->is_object() && value_->contains(key); }
  // No key but these.
  void only(std::initializer_list<std::string_view> keys) const {
    if (!value_->is_object()) wrong(where_, "an object");
    for (const auto& [key, held] : value_->items())
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        throw Fault{fmt::format("at `{}` stands `{}`, which has no place there", where_, key)};
  }
  std::vector<Reader> list() const {
    if (!value_->is_array()) wrong(where_, "a list");
    std::vector<Reader> all;
    for (std::size_t i = 0; i < value_->size(); ++i) all.emplace_back((*value_)[i], fmt::format("{}[{}]", where_, i));
    return all;
  }
  const std::string& text() const {
    if (!value_->is_string()) wrong(where_, "a text");
    return value_->get_ref<const std::string&>();
  }
  std::uint64_t number() const {
    constexpr std::uint64_t kMax = std::uint64_t{1} << 53;  // beyond it JSON has no whole numbers for everyone
    if (!value_->is_number_unsigned() || value_->get<std::uint64_t>() > kMax) wrong(where_, "a whole number");
    return value_->get<std::uint64_t>();
  }
  Digest hash() const {
    const auto digest = digest_of_base64(text());
    if (!digest) wrong(where_, "a hash in base64");
    return *digest;
  }
  Proof hashes() const {
    Proof all;
    for (const Reader& each : list()) all.push_back(each.hash());
    return all;
  }
  // What is hashed of an object.
  std::string canonical() const {
    if (!value_->is_object()) wrong(where_, "an object");
    auto text = canonicalise_json(value_->dump());
    if (!text) wrong(where_, "an object in canonical JSON");
    return std::move(*text);
  }
  std::string short_text(const std::string& key, const json& held) const {
    auto text = held.get<std::string>();
    const bool ranges = key == "rows" || key == "entries";  // numbers, as many as there are
    if (text.size() > kSaidMax && !ranges)
      wrong(where_ + "." + key, fmt::format("a text of at most {} bytes", kSaidMax));
    return text;
  }
  Said said() const {
    if (!value_->is_object()) wrong(where_, "an object");
    Said all;
    for (const auto& [key, held] : value_->items()) {
      if (held.is_string()) all[key] = short_text(key, held);
      if (held.is_number_integer() || held.is_boolean()) all[key] = held.dump();
    }
    return all;
  }

 private:
  const json* value_;
  std::string where_;
};

std::vector<RulesetFile> read_named_rulesets(const Reader& run) {
  std::vector<RulesetFile> all;
  for (const Reader& each : run.at("rulesets").list()) {
    each.only({"digest", "edition", "file", "name"});
    all.push_back(
        {each.at("name").text(), each.at("edition").text(), each.at("file").text(), each.at("digest").text(), {}});
  }
  return all;
}

Entry read_entry(const Reader& from) {
  from.only({"body", "index", "proof"});
  const Reader body = from.at("body");
  Entry entry{from.at("index").number(), body.canonical(), body.said(), {}, from.at("proof").hashes()};
  if (entry.get("entry") == "run") entry.rulesets = read_named_rulesets(body);
  return entry;
}

std::optional<KeptText> read_text(const Reader& from, const char* key) {
  if (!from.has(key)) return std::nullopt;
  const Reader kept = from.at(key);
  kept.only({"salt", "text"});
  KeptText text{{}, kept.at("text").text()};
  if (const std::string& salt = kept.at("salt").text(); !salt.empty()) {
    const auto bytes = bytes_of_base64(salt);
    if (!bytes) wrong(key, "a salt in base64");
    text.salt = *bytes;
  }
  return text;
}

Row read_row(const Reader& from) {
  from.only({"entry", "leaf", "note", "proof", "text"});
  const Reader leaf = from.at("leaf");
  return {from.at("entry").number(), leaf.canonical(),        leaf.said(),
          from.at("proof").hashes(), read_text(from, "text"), read_text(from, "note")};
}

Block read_block(const Reader& from) {
  from.only({"block", "index", "of", "proof", "rows"});
  Block block{from.at("block").number(), from.at("index").number(), from.at("of").number(), {}, {},
              from.at("proof").hashes()};
  for (const Reader& row : from.at("rows").list()) {
    block.rows.push_back(row.canonical());
    block.said.push_back(row.said());
  }
  return block;
}

void read_explanation(const Reader& from, Packet& packet) {
  packet.explanation = from.canonical();
  for (const Reader& step : from.at("steps").list())
    if (step.has("leaf") && step.at("leaf").has("digest"))
      packet.explained_rows.push_back(step.at("leaf").at("digest").text());
}

void read_content(const Reader& from, Packet& packet) {
  from.only({"block", "explanation", "key", "rows", "rule", "rulesets", "run", "run_entry", "subject"});
  packet.content = from.canonical();
  packet.rule = from.at("rule").text();
  packet.subject = from.at("subject").text();
  packet.run = from.at("run").number();
  packet.run_entry = from.at("run_entry").number();
  packet.key = from.at("key").text();
  packet.block = read_block(from.at("block"));
  read_explanation(from.at("explanation"), packet);
  for (const Reader& row : from.at("rows").list()) packet.rows.push_back(read_row(row));
  for (const Reader& each : from.at("rulesets").list()) {
    each.only({"edition", "file", "name", "text"});
    const std::string& text = each.at("text").text();
    packet.rulesets.push_back({each.at("name").text(), each.at("edition").text(), each.at("file").text(),
                               sha256(std::string_view(text)).to_string(), text});
  }
}

void read_log(const Reader& from, Packet& packet) {
  from.only({"checkpoint", "cosigned", "entries", "leaves", "witnesses"});
  packet.checkpoint = from.at("checkpoint").text();
  packet.cosigned = from.at("cosigned").text();
  for (const std::string* note : {&packet.checkpoint, &packet.cosigned})
    if (note->size() > kNoteMax) wrong("packet.log", fmt::format("no note of more than {} bytes", kNoteMax));
  for (const Reader& key : from.at("witnesses").list()) packet.witnesses.push_back(key.text());
  for (const Reader& entry : from.at("entries").list()) packet.entries.push_back(read_entry(entry));
  const auto keys = std::count_if(packet.entries.begin(), packet.entries.end(),
                                  [](const Entry& entry) { return entry.get("entry") == "key"; });
  if (static_cast<std::size_t>(keys) > kKeysMax)
    wrong("packet.log.entries", fmt::format("no more than {} keys", kKeysMax));
  packet.leaves = from.at("leaves").hashes();
}

const std::string& said_of(const Said& said, std::string_view key) {
  static const std::string kNothing;
  const auto found = said.find(key);
  return found == said.end() ? kNothing : found->second;
}

}  // namespace

const std::string& Entry::get(std::string_view key) const { return said_of(said, key); }
const std::string& Row::get(std::string_view key) const { return said_of(said, key); }

const Entry* Packet::entry(std::uint64_t index) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.index == index; });
  return found == entries.end() ? nullptr : &*found;
}

std::optional<std::size_t> Packet::outcome() const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < block.said.size(); ++i) {
    const std::string &from = said_of(block.said[i], "subject"), &to = said_of(block.said[i], "to");
    // An interaction is of a link, whose code is those of its two ends.
    const auto code = [](const std::string& of) { return of.substr(of.find(':') + 1); };
    const std::string whose = to.empty() ? from : code(from) + '>' + code(to);
    if (said_of(block.said[i], "rule") != rule || (whose != subject && whose != code(subject))) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

std::variant<Packet, std::string> read_packet(std::string_view bytes) {
  if (bytes.find("\"assay.packet/1\"") == std::string_view::npos)
    return std::string("it is no packet, or it is cut short");
  if (!bytes.ends_with('\n')) return std::string("it is cut short, or something was added at its end");
  bytes.remove_suffix(1);
  const auto canonical = canonicalise_json(bytes);
  if (!canonical) return fmt::format("it is damaged, or cut short: {}", canonical.error().message);
  if (*canonical != bytes) return std::string("its bytes are not written as a packet's are, in canonical JSON");
  const json object = json::parse(bytes, nullptr, false);
  Packet packet;
  try {
    const Reader whole(object, "packet");
    whole.only({"content", "format", "log"});
    if (whole.at("format").text() != "assay.packet/1") wrong("format", "assay.packet/1");
    read_content(whole.at("content"), packet);
    read_log(whole.at("log"), packet);
  } catch (const Fault& fault) {
    return fault.sentence;
  } catch (const json::exception&) {
    return std::string("it is damaged");
  }
  return packet;
}

}  // namespace assay::verifier
