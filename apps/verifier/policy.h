// Whom the reader trusts: a C2SP tlog-policy, which names logs, witnesses, and how many of them have to have cosigned.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "apps/verifier/note.h"

namespace assay::verifier {

struct Policy {
  struct Member {  // a witness with its key, or a group
    std::string name;
    std::optional<Key> key;
    std::size_t wanted = 0;  // of a group
    std::vector<std::size_t> members;
  };
  std::vector<Key> logs;
  std::vector<Member> members;        // each names only those before it
  std::optional<std::size_t> quorum;  // nothing: none is asked for
};

// Or one sentence, with the line.
std::variant<Policy, std::string> read_policy(std::string_view text);
// Is the quorum met by the witnesses whose keys, as lines, are given?
bool is_met(const Policy& policy, const std::set<std::string>& cosigned);

}  // namespace assay::verifier
