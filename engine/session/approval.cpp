// Acts against texts: the exact digests decide, never a name of a file or an edition alone.
#include "engine/session/approval.h"

#include <algorithm>

#include "engine/session/run_body.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

std::vector<Digest> digests_of(const RulesetAct& act) {
  std::vector<Digest> digests;
  for (const RulesetText& text : act.texts) digests.push_back(text.digest);
  std::sort(digests.begin(), digests.end());
  return digests;
}

// What a ruleset uses, or as an overlay stands on: of each the edition in force on the date, else all, since kinds and
// sources have no date.
class Used {
 public:
  Used(const Rulebook& rulebook, const EditionAsked& asked)
      : book_(rulebook), asked_(asked), used_(rulebook.rulesets.size(), false) {}

  void add(RulesetId id) {
    if (used_[id.index]) return;
    used_[id.index] = true;
    const Ruleset& ruleset = book_.ruleset(id);
    if (ruleset.overlay) add_named(book_.ruleset(ruleset.overlay->on).name);
    for (std::uint32_t i = 0; i < book_.tree.decl_count(); ++i) {
      const auto* use = std::get_if<ast::UseDecl>(&book_.tree.decl({i}));
      if (use == nullptr) continue;
      const FileId in = book_.tree.span(ast::DeclId{i}).file;
      if (std::find(ruleset.files.begin(), ruleset.files.end(), in) != ruleset.files.end()) add_named(use->name.text);
    }
  }

  std::vector<RulesetId> found() const {
    std::vector<RulesetId> found;
    for (std::uint32_t i = 0; i < used_.size(); ++i)
      if (used_[i]) found.push_back({i});
    return found;
  }

 private:
  void add_named(const std::string& name) {
    for (std::uint32_t i = 0; i < book_.rulesets.size(); ++i) {
      if (book_.rulesets[i].name != name) continue;
      const auto answers = book_.edition_on({i}, asked_);
      add(answers.value_or(RulesetId{i}));
    }
  }

  const Rulebook& book_;
  const EditionAsked& asked_;
  std::vector<bool> used_;
};

}  // namespace

bool same_person(std::string_view a, std::string_view b) {
  const auto key = [](std::string_view name) {
    std::string words;  // with one space between them
    for (const char c : trim(name))
      if (c != ' ' || words.back() != ' ') words += c;
    return fold_case(words);
  };
  return key(a) == key(b);
}

RulesetEdition edition_of(const Rulebook& rulebook, RulesetId id) {
  const Ruleset& ruleset = rulebook.ruleset(id);
  RulesetEdition edition{ruleset.name, ruleset.edition, {}};
  for (const FileId file : ruleset.files) edition.texts.push_back(sha256(rulebook.sources.file(file).text()));
  std::sort(edition.texts.begin(), edition.texts.end());
  return edition;
}

Result<RulesetEdition> edition_of(Store& store, const RunRecord& run, const Ruleset& ruleset) {
  std::vector<RulesetText> texts;
  for (const Digest& digest : run.rulesets) {
    auto text = store.ruleset_text(digest);
    if (!text) return tl::unexpected(text.error());
    if (text->name == ruleset.name) texts.push_back(std::move(*text));
  }
  RulesetEdition edition{ruleset.name, ruleset.edition, {}};
  const bool used =
      std::any_of(texts.begin(), texts.end(), [&](const RulesetText& text) { return text.edition == ruleset.edition; });
  if (!used && !texts.empty()) edition.edition = texts.front().edition;
  for (const RulesetText& text : texts)
    if (text.edition == edition.edition) edition.texts.push_back(text.digest);
  std::sort(edition.texts.begin(), edition.texts.end());
  return edition;
}

Approval approval_of(std::span<const RulesetAct> acts, const RulesetEdition& edition, Date known_on,
                     std::optional<std::int64_t> before_entry) {
  Approval approval;
  for (const RulesetAct& act : acts) {
    if (act.on > known_on || (before_entry && act.entry >= *before_entry)) continue;
    if (act.ruleset != edition.name || act.edition != edition.edition || digests_of(act) != edition.texts) continue;
    if (act.kind == RulesetAct::Kind::Proposal) {
      approval.proposed = act;
    } else if (!approval.approved && approval.proposed && !same_person(act.by, approval.proposed->by)) {
      approval.approved = act;
    }
  }
  return approval;
}

std::vector<RulesetId> rulesets_used(const Rulebook& rulebook, const EditionAsked& asked) {
  Used used(rulebook, asked);
  for (const RuleId rule : plan(rulebook, asked).rules) used.add(rulebook.rule(rule).ruleset);
  return used.found();
}

std::vector<RulesetId> rulesets_used(const Rulebook& rulebook, RulesetId by, const EditionAsked& asked) {
  Used used(rulebook, asked);
  used.add(by);
  return used.found();
}

std::string to_words(const Approval& approval) {
  if (approval.approved)
    return fmt::format("approved by {} on {}", approval.approved->by, approval.approved->on.to_long_string());
  if (approval.proposed)
    return fmt::format("draft: proposed by {} on {}, not approved", approval.proposed->by,
                       approval.proposed->on.to_long_string());
  return "draft: not approved";
}

std::string approval_in_words(std::span<const RulesetAct> acts, const Rulebook& rulebook, RulesetId ruleset,
                              const EditionAsked& asked) {
  std::string words = to_words(approval_of(acts, edition_of(rulebook, ruleset), asked.known_on));
  std::vector<std::string> drafts;
  for (const RulesetId used : rulesets_used(rulebook, ruleset, asked))
    if (used != ruleset && approval_of(acts, edition_of(rulebook, used), asked.known_on).draft())
      drafts.push_back(rulebook.ruleset(used).name);
  if (!drafts.empty() && !words.starts_with("draft")) words += "; what it uses is draft: " + join_words(drafts);
  return words;
}

}  // namespace assay
