// Lines of words: log, witness, group, quorum.
#include "apps/verifier/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace assay::verifier {

namespace {

struct Fault {
  std::string sentence;
};

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line) {
    if (c != ' ' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

class Reading {
 public:
  void line(const std::vector<std::string>& words) {
    const std::string& first = words[0];
    const auto from = [&](std::size_t at) {
      return std::vector(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
    };
    if (first == "log" && (words.size() == 2 || words.size() == 3)) return log(words[1]);
    if (first == "witness" && (words.size() == 3 || words.size() == 4)) return witness(words[1], words[2]);
    if (first == "group" && words.size() >= 4) return group(words[1], words[2], from(3));
    if (first == "quorum" && words.size() == 2) return quorum(words[1]);
    throw Fault{fmt::format("`{}` begins no line of a policy as it stands", first)};
  }
  Policy finish() {
    if (!quorum_said_) throw Fault{"it has no line `quorum`; write `quorum none` where no witness is asked for"};
    return std::move(policy_);
  }

 private:
  Key key(const std::string& text, bool witness) {
    auto key = read_key(text);
    if (!key || key->witness != witness)
      throw Fault{fmt::format("`{}` is no key of a {}", text, witness ? "witness" : "log")};
    if (!keys_.insert(key->bytes).second) throw Fault{fmt::format("the key of `{}` stands twice", key->name)};
    return std::move(*key);
  }
  std::size_t place_of(const std::string& name) const {
    for (std::size_t i = 0; i < policy_.members.size(); ++i)
      if (policy_.members[i].name == name) return i;
    throw Fault{fmt::format("no witness and no group above is named `{}`", name)};
  }
  void add(Policy::Member member) {
    const bool known = std::any_of(policy_.members.begin(), policy_.members.end(),
                                   [&](const Policy::Member& other) { return other.name == member.name; });
    if (known || member.name == "none") throw Fault{fmt::format("the name `{}` is taken", member.name)};
    policy_.members.push_back(std::move(member));
  }

  void log(const std::string& text) { policy_.logs.push_back(key(text, false)); }
  void witness(const std::string& name, const std::string& text) { add({name, key(text, true), 0, {}}); }
  void group(const std::string& name, const std::string& count, const std::vector<std::string>& names) {
    Policy::Member member{name, std::nullopt, 0, {}};
    for (const std::string& each : names) {
      const std::size_t place = place_of(each);
      if (!grouped_.insert(place).second) throw Fault{fmt::format("`{}` is a member twice", each)};
      member.members.push_back(place);
    }
    if (count == "all" || count == "any") {
      member.wanted = count == "all" ? names.size() : 1;
    } else {
      const auto [end, fault] = std::from_chars(count.data(), count.data() + count.size(), member.wanted);
      if (fault != std::errc() || end != count.data() + count.size() || member.wanted < 1 ||
          member.wanted > names.size())
        throw Fault{fmt::format("`{}` is not `all`, `any` or a number from 1 to {}", count, names.size())};
    }
    add(std::move(member));
  }
  void quorum(const std::string& name) {
    if (quorum_said_) throw Fault{"a second line `quorum`"};
    quorum_said_ = true;
    if (name != "none") policy_.quorum = place_of(name);
  }

  Policy policy_;
  std::set<std::string> keys_;
  std::set<std::size_t> grouped_;
  bool quorum_said_ = false;
};

}  // namespace

std::variant<Policy, std::string> read_policy(std::string_view text) {
  Reading reading;
  std::size_t number = 0;
  try {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      const auto words = words_of(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      if (!words.empty() && words[0][0] != '#') reading.line(words);
    }
    return reading.finish();
  } catch (const Fault& fault) {
    return fmt::format("line {}: {}", number, fault.sentence);
  }
}

bool is_met(const Policy& policy, const std::set<std::string>& cosigned) {
  if (!policy.quorum) return true;
  std::vector<bool> met;
  for (const Policy::Member& member : policy.members) {
    std::size_t count = 0;
    for (const std::size_t each : member.members) count += std::size_t{met[each]};
    met.push_back(member.key ? cosigned.contains(member.key->line) : count >= member.wanted);
  }
  return met[*policy.quorum];
}

}  // namespace assay::verifier
