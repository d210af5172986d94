// Who is in scope where an expression stands (docs/language.md 2.2, 2.3), and what else may be written there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay::checking {

// A subject in scope; its slot is its place in Scope::roles. A member of a set that could not be called by its kind,
// because that name was taken, has no name until `as` gives it one.
struct Role {
  std::string name;
  KindId kind;
};

struct Scope {
  RulesetId ruleset;
  std::vector<Role> roles;
  std::optional<Slot> self;        // whose the bare fields are; absent in interactions, where every field says `of`
  std::optional<TypeId> above;     // of `the above`, in a `but`
  bool in_regime = false;          // `since entering` means something
  bool signs_absence = false;      // a flag or criterion, in which `is known` reads absence as an answer
  bool in_text = false;            // `{council}` prints a name
  std::optional<int> quantifiers;  // of the rule's `when`, where `matches` may be written
  int time_words = 0;              // around this place
  // Inside a `where` over a whole kind: slots below this one belong to other subjects, and may not be read.
  std::optional<Slot> fence;

  Slot next_slot() const { return static_cast<Slot>(roles.size()); }
  std::optional<Slot> role(std::string_view name) const {
    for (std::size_t i = roles.size(); i > 0; --i) {
      if (!roles[i - 1].name.empty() && roles[i - 1].name == name) return static_cast<Slot>(i - 1);
    }
    return std::nullopt;
  }
};

}  // namespace assay::checking
