// attack_packet ATTACK PACKET [KEY_FILE] [OTHER_PACKET]: prints the packet as somebody would hand it on who had done
// that to it, for cases of the command line. Where a key file is given the log is put right again and signed with
// it, so that every hash is as it should be. `attack_packet list` names the attacks.
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/trail/checkpoint.h"
#include "evidence/trail/key.h"
#include "evidence/trail/merkle.h"

namespace {

using namespace assay;
using nlohmann::json;

[[noreturn]] void stop(const std::string& why) {
  fmt::print(stderr, "attack_packet: {}\n", why);
  std::_Exit(2);
}

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) stop(path + " cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string written(const json& value) { return canonicalise_json(value.dump()).value(); }

std::string base64(const Digest& digest) {
  return to_base64({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
}

// The entries that stand in the packet give their hashes, the proofs are made anew, and the checkpoint is signed.
void sign_anew(json& packet, const SigningKey& key) {
  json& log = packet["log"];
  std::vector<Digest> leaves;
  for (const json& leaf : log["leaves"]) {
    const std::string bytes = from_base64(leaf.get<std::string>()).value();
    std::copy(bytes.begin(), bytes.end(), leaves.emplace_back().bytes.begin());
  }
  for (const json& entry : log["entries"])
    leaves[entry["index"].get<std::size_t>()] = merkle_leaf(written(entry["body"]));
  for (std::size_t i = 0; i < leaves.size(); ++i) log["leaves"][i] = base64(leaves[i]);
  for (json& entry : log["entries"]) {
    entry["proof"] = json::array();
    for (const Digest& hash : inclusion_proof(leaves, entry["index"].get<std::size_t>()))
      entry["proof"].push_back(base64(hash));
  }
  log["checkpoint"] = sign({key.public_key().name, leaves.size(), merkle_root(leaves)}, key).to_string();
}

// The last entry with a moment before the packet's own: the run. Three years earlier than it was.
void back_date(json& packet) {
  json& run = packet["log"]["entries"][packet["log"]["entries"].size() - 2]["body"];
  std::string moment = run["run_at"];
  moment.replace(0, 4, fmt::format("{}", std::stoi(moment.substr(0, 4)) - 3));
  run["run_at"] = moment;
}

void swap_rules(json& packet) {
  std::string text = packet["content"]["rulesets"][0]["text"];
  const std::size_t at = text.find("= 28 days");
  if (at == std::string::npos) stop("the rules of the packet have no limit of 28 days");
  packet["content"]["rulesets"][0]["text"] = text.replace(at, 9, "= 48 days");
}

// The other log's record of the evidence, under this one's run.
void splice(json& packet, const json& other) {
  for (std::size_t i = 0; i + 2 < packet["log"]["entries"].size(); ++i)
    packet["log"]["entries"][i] = other["log"]["entries"][i];
}

using Attack = void (*)(json& packet, const json& other);
const std::map<std::string, Attack> kAttacks = {
    {"back-date", [](json& packet, const json&) { back_date(packet); }},
    {"drop-entry", [](json& packet, const json&) { packet["log"]["entries"].erase(0); }},
    {"drop-from-log", [](json& packet, const json&) { packet["log"]["leaves"].erase(2); }},
    {"drop-row", [](json& packet, const json&) { packet["content"]["rows"].erase(0); }},
    {"duplicate-entry",
     [](json& packet, const json&) {
       json& entries = packet["log"]["entries"];
       const json twice = entries[2];
       entries.insert(entries.begin() + 2, twice);
     }},
    {"duplicate-row",
     [](json& packet, const json&) {
       const json twice = packet["content"]["rows"][1];
       packet["content"]["rows"].push_back(twice);
     }},
    {"join-logs", [](json& packet, const json& other) { packet["log"] = other["log"]; }},
    {"re-sign", [](json&, const json&) {}},
    {"reorder-entries",
     [](json& packet, const json&) {
       std::swap(packet["log"]["entries"][2]["index"], packet["log"]["entries"][3]["index"]);
     }},
    {"reorder-log",
     [](json& packet, const json&) { std::swap(packet["log"]["leaves"][2], packet["log"]["leaves"][3]); }},
    {"reorder-rows",
     [](json& packet, const json&) { std::swap(packet["content"]["rows"][0], packet["content"]["rows"][1]); }},
    {"splice-logs", splice},
    {"swap-rules", [](json& packet, const json&) { swap_rules(packet); }},
};

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 1 && words[0] == "list") {
    for (const auto& [name, attack] : kAttacks) fmt::print("{}\n", name);
    return 0;
  }
  if (words.size() < 2 || !kAttacks.contains(words[0])) stop("which attack, on which packet?");
  json packet = json::parse(read(words[1]));
  const json other = words.size() > 3 ? json::parse(read(words[3])) : json();
  kAttacks.at(words[0])(packet, other);
  if (words.size() > 2 && words[2] != "-") {
    const auto key = SigningKey::read(read(words[2]));
    if (!key) stop(words[2] + " is no key");
    sign_anew(packet, *key);
  }
  fmt::print("{}\n", written(packet));
  return 0;
}
