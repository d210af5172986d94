// Approval: two persons, one exact text, known by the date asked.
#include <catch2/catch.hpp>

#include "engine/session/approval.h"

using namespace assay;

namespace {

RulesetAct act(RulesetAct::Kind kind, std::int64_t entry, std::string by, const char* on, std::string text = "one") {
  RulesetAct act;
  act.kind = kind;
  act.entry = entry;
  act.ruleset = "waits";
  act.edition = "1";
  act.by = std::move(by);
  act.on = *Date::parse(on);
  act.texts = {{sha256(std::string_view(text)), "waits", "1", "waits.assay", {}}};
  return act;
}

const RulesetEdition kEdition{"waits", "1", {sha256(std::string_view("one"))}};
constexpr auto kProposal = RulesetAct::Kind::Proposal, kApproval = RulesetAct::Kind::Approval;

}  // namespace

TEST_CASE("a person is the same however the name is written") {
  CHECK(same_person("Ann Lee", " ann  LEE "));
  CHECK(same_person("J\u00f3zef", "JO\u0301ZEF"));  // composed, and a letter with its accent after it
  CHECK_FALSE(same_person("Ann Lee", "Ann Leigh"));
  CHECK_FALSE(same_person("", "Ann"));
}

TEST_CASE("a second person's approval of this text counts from its day") {
  const std::vector<RulesetAct> acts{act(kProposal, 1, "A. Author", "2025-05-04"),
                                     act(kApproval, 2, "B. Second", "2025-05-06")};
  CHECK(approval_of(acts, kEdition, *Date::parse("2025-05-05")).draft());
  CHECK_FALSE(approval_of(acts, kEdition, *Date::parse("2025-05-06")).draft());
  CHECK(approval_of(acts, kEdition, *Date::parse("2025-05-06"), 2).draft());
  CHECK(to_words(approval_of(acts, kEdition, *Date::parse("2025-05-06"))) == "approved by B. Second on 6 May 2025");
}

TEST_CASE("the proposer's own approval, another text's and one that came first do not count") {
  const Date late = *Date::parse("2026-01-01");
  const std::vector<RulesetAct> own{act(kProposal, 1, "A. Author", "2025-05-04"),
                                    act(kApproval, 2, "a. author", "2025-05-06")};
  CHECK(approval_of(own, kEdition, late).draft());
  const std::vector<RulesetAct> other{act(kProposal, 1, "A. Author", "2025-05-04", "two"),
                                      act(kApproval, 2, "B. Second", "2025-05-06", "two")};
  CHECK(approval_of(other, kEdition, late).draft());
  const std::vector<RulesetAct> first{act(kApproval, 1, "B. Second", "2025-05-04"),
                                      act(kProposal, 2, "A. Author", "2025-05-06")};
  CHECK(approval_of(first, kEdition, late).draft());
  CHECK(to_words(approval_of({}, kEdition, late)) == "draft: not approved");
}
