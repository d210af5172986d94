// Acts on rulesets: what goes in comes out, the texts are kept once, and verification finds an act that was changed.
#include <catch2/catch.hpp>

#include "evidence/core/canonical_json.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

RulesetAct proposal() {
  RulesetAct act;
  act.ruleset = "waits";
  act.edition = "1";
  act.by = "A. Author";
  act.because = R"(the limit says "entry":"approval")";
  act.on = *Date::parse("2025-05-04");
  act.recorded_at = "2025-05-04T10:00:00Z";
  for (const std::string text : {"ruleset waits\n", "ruleset waits\nflag"})
    act.texts.push_back({sha256(std::string_view(text)), "waits", "1", text.size() > 15 ? "b.assay" : "a.assay", text});
  return act;
}

}  // namespace

TEST_CASE("an act on a ruleset is read back as it was recorded, and its texts are kept") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2025-05-01T08:00:00Z"));
  CHECK_FALSE(store.last_recorded()->has_value());
  RulesetAct act = proposal();
  REQUIRE(store.record_act(act) == 1);
  act.kind = RulesetAct::Kind::Approval;
  act.by = "B. Second";
  act.on = *Date::parse("2025-05-06");
  act.proposal = 1;
  REQUIRE(store.record_act(act) == 2);

  const auto acts = store.ruleset_acts();
  REQUIRE(acts->size() == 2);
  CHECK(acts->at(0).kind == RulesetAct::Kind::Proposal);
  CHECK(acts->at(0).because == proposal().because);
  CHECK(acts->at(0).texts.at(1).file == "b.assay");
  CHECK(acts->at(0).texts.at(1).digest == proposal().texts[1].digest);
  CHECK(acts->at(1).entry == 2);
  CHECK(acts->at(1).by == "B. Second");
  CHECK(acts->at(1).proposal == 1);
  CHECK(store.ruleset_text(proposal().texts[1].digest)->text == "ruleset waits\nflag");
  CHECK(*store.last_recorded() == Date::parse("2025-05-06"));
  const auto entries = *store.log_entries();
  REQUIRE(entries.size() == 3);
  for (const LogEntry& entry : entries) CHECK(canonicalise_json(entry.body).value() == entry.body);
  CHECK(store.verify()->acts == 2);
}

TEST_CASE("a run after a proposal uses the texts kept with it") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2025-05-01T08:00:00Z"));
  Store::NewRun run = sample_run();
  RulesetAct act = proposal();
  act.texts = {run.rulesets[0]};
  REQUIRE(store.record_act(act));
  REQUIRE(store.record_run(run));
  run.body = R"({"official":true})";
  REQUIRE(store.record_run(run));
  CHECK_FALSE(store.runs()->at(0).official);
  CHECK(store.runs()->at(1).official);
  CHECK(store.verify()->runs == 2);
}

TEST_CASE("a text whose digest is another's is not recorded") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2025-05-01T08:00:00Z"));
  RulesetAct act = proposal();
  act.texts[0].text += "more";
  CHECK(store.record_act(act).error().code == ErrorCode::WrongUse);
  CHECK(store.head()->size == 1);
}

TEST_CASE("an approval of a text that was never proposed does not verify") {
  const TemporaryFolder folder;
  Store store = std::move(*Store::create(folder / "s", "2025-05-01T08:00:00Z"));
  RulesetAct act = proposal();
  act.kind = RulesetAct::Kind::Approval;
  REQUIRE(store.record_act(act));
  CHECK(store.verify().error().code == ErrorCode::Corruption);
}
