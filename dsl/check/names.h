// What each name stands for, ruleset by ruleset (docs/language.md 2.1): its own names, the vocabulary of the rulesets
// it uses, and anything else of theirs by its full name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/check/rulebook.h"

namespace assay::checking {

// Broken: declared, but wrong in itself; nothing more is said of what stands on it.
enum class Sort { Kind, Plural, Relation, Scale, Theme, Document, Field, Parameter, Method, Rule, Broken };

struct Symbol {
  Sort sort = Sort::Broken;
  std::uint32_t index =
      0;      // in the rulebook's table of that sort: kinds, types, documents, fields, parameters, methods, rules
  Span span;  // of the name where it is declared
  bool vocabulary = false;  // known by its bare name to every ruleset that uses this one
  bool dropped = false;     // of a declaration that did not parse; another of that name takes its place
};

struct Lookup {
  enum class Problem { None, Unknown, NotUsed, Ambiguous };
  const Symbol* symbol = nullptr;
  Problem problem = Problem::None;
  std::vector<std::string> rulesets;  // NotUsed: the one; Ambiguous: those that offer it
};

class Names {
 public:
  void add_ruleset(std::string name);
  std::optional<RulesetId> ruleset(std::string_view name) const;  // the first of its editions
  std::optional<RulesetId> alias(RulesetId in, std::string_view name) const;
  void use(RulesetId user, RulesetId used) { spaces_[user.index].uses.push_back(used); }
  // Of this ruleset no other edition is meant than the one used.
  void pin(RulesetId user, RulesetId used) { spaces_[user.index].pinned.push_back(used); }
  bool pinned(RulesetId user, RulesetId used) const;
  void add_alias(RulesetId in, std::string name, RulesetId used) {
    spaces_[in.index].aliases.emplace(std::move(name), used);
  }
  const std::vector<RulesetId>& uses(RulesetId id) const { return spaces_[id.index].uses; }
  // Something that would have brought names is missing, and has been spoken of: what is not known cannot be told from
  // what is wrong.
  void set_incomplete(RulesetId id) { spaces_[id.index].incomplete = true; }
  bool incomplete(RulesetId id) const { return spaces_[id.index].incomplete; }
  bool sees(RulesetId user, RulesetId used) const;

  void add(RulesetId in, const std::string& name, Symbol symbol);
  const Symbol* own(RulesetId in, std::string_view name) const;
  // The same, where what stands before a dot may be broken: `support.enter.directed` of a regime that did not parse.
  const Symbol* own_or_broken(RulesetId in, std::string_view name) const;
  // A name of this ruleset that differs from `name` only in case.
  const std::pair<const std::string, Symbol>* own_in_other_case(RulesetId in, std::string_view name) const;
  const std::map<std::string, Symbol, std::less<>>& all_own(RulesetId in) const { return spaces_[in.index].own; }

  Lookup find(RulesetId from, std::string_view name) const;
  // Names that can be written in `from`, for suggestions: bare ones, then those of used rulesets in full.
  std::vector<std::string> visible(RulesetId from) const;
  // How a name of the rulesets used is written in full, where one of them has it: `cqc.overall`.
  std::optional<std::string> elsewhere(RulesetId from, std::string_view bare) const;

 private:
  struct Space {
    std::string name;
    std::map<std::string, Symbol, std::less<>> own;
    std::map<std::string, std::string, std::less<>> by_small_letters;  // the first of its name
    std::map<std::string, RulesetId, std::less<>> aliases;
    std::vector<RulesetId> uses, pinned;
    bool incomplete = false;
  };
  bool same_name(RulesetId a, RulesetId b) const { return spaces_[a.index].name == spaces_[b.index].name; }
  Lookup find_qualified(RulesetId from, std::string_view name) const;
  std::string prefix_of(RulesetId from, RulesetId used) const;
  std::vector<Space> spaces_;  // by ruleset
};

}  // namespace assay::checking
