// assay_verify: does a packet hold? Reads the packet and what its reader brings along; no network, no store, no engine.
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/verifier/verify.h"

namespace {

using namespace assay::verifier;

constexpr std::string_view kUsage =
    "Usage: assay_verify PACKET [--against CHECKPOINT]... [--key KEY]... [--policy FILE]\n"
    "  --against  a checkpoint of the log that you kept; the log has to go on from it\n"
    "  --key      the key of the log, as you were told it elsewhere\n"
    "  --policy   whom you trust: logs, witnesses and how many of them (C2SP tlog-policy)\n"
    "Exit: 0 it holds, 2 wrong use, 3 a file cannot be read, or asks for more than this program gives, 4 it does not\n"
    "hold.\n";

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  // No more of it than shows that it is too long.
  constexpr std::size_t kPart = std::size_t{1} << 16;
  std::string text;
  while (in && text.size() <= kPacketMax) {
    const std::size_t before = text.size();
    text.resize(before + kPart);
    in.read(text.data() + before, kPart);
    text.resize(before + static_cast<std::size_t>(in.gcount()));
  }
  return in.bad() ? std::nullopt : std::optional(std::move(text));
}

int told(std::string_view what, int exit) {
  fmt::print(stderr, "assay_verify: {}\n", what);
  return exit;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  std::optional<std::string> packet;
  Trusted trusted;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--help" || word == "-h") return fmt::print("{}", kUsage), 0;
    if (!word.starts_with("--")) {
      if (packet) return told("one packet at a time", 2);
      packet = word;
      continue;
    }
    if (i + 1 == words.size()) return told(fmt::format("`{}` wants a word after it", word), 2);
    const std::string& value = words[++i];
    if (word == "--key") {
      auto key = read_key(value);
      if (!key || key->witness) return told(fmt::format("`{}` is no key of a log", value), 2);
      trusted.logs.push_back(std::move(*key));
      continue;
    }
    if (word != "--against" && word != "--policy") return told(fmt::format("`{}` is no option here", word), 2);
    auto text = read_file(value);
    if (!text) return told(fmt::format("{} cannot be read", value), 3);
    if (word == "--against") {
      trusted.kept.push_back({value, std::move(*text)});
      continue;
    }
    auto policy = read_policy(*text);
    if (const auto* fault = std::get_if<std::string>(&policy)) return told(fmt::format("{}: {}", value, *fault), 3);
    trusted.policy = std::move(std::get<Policy>(policy));
    for (const Key& log : trusted.policy->logs) trusted.logs.push_back(log);
  }
  if (!packet) return fmt::print(stderr, "{}", kUsage), 2;
  const auto bytes = read_file(*packet);
  if (!bytes) return told(fmt::format("{} cannot be read", *packet), 3);
  const Report report = verify(*bytes, trusted);
  fmt::print("{}", in_words(report));
  return report.holds() ? 0 : report.given_up() ? 3 : 4;
}
