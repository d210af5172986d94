// Runs: what goes in comes out, and the entry binds it.
#include <catch2/catch.hpp>

#include "evidence/core/canonical_json.h"
#include "evidence/trail/merkle.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

Store new_store(const TemporaryFolder& folder) {
  return std::move(*Store::create(folder / "s", "2025-06-01T08:00:00Z"));
}

}  // namespace

TEST_CASE("a run is read back as it was recorded") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  const Store::NewRun run = sample_run();
  const auto record = store.record_run(run);
  REQUIRE(record);
  CHECK(record->number == 1);
  CHECK(record->entry == 1);
  REQUIRE(store.record_run(run)->number == 2);

  const auto runs = store.runs();
  REQUIRE(runs->size() == 2);
  CHECK(runs->at(1).as_at == run.as_at);
  CHECK(runs->at(1).known_on == run.known_on);
  CHECK(runs->at(1).run_by == "R. Keeper");
  CHECK(runs->at(1).run_at == "2025-10-01T10:00:00Z");
  CHECK(runs->at(1).rulesets == std::vector{run.rulesets[0].digest, run.rulesets[1].digest});
  const auto blocks = store.run_blocks(2);
  REQUIRE(blocks->size() == 2);
  CHECK(blocks->at(0).bytes == std::string("\0\1\2", 3));
  CHECK(blocks->at(1).block == 1);
  CHECK(blocks->at(1).rule == "t.flag");
  const auto explanations = store.run_explanations(1);
  REQUIRE(explanations->size() == 2);
  CHECK(explanations->at(1).subject == "council:B");
  CHECK(explanations->at(1).json == R"({"rule":"t.other"})");
  CHECK(store.run_blocks(3).error().code == ErrorCode::NotFound);
  CHECK(store.verify()->runs == 2);
  CHECK(store.verify()->explanations == 4);
}

TEST_CASE("the entry of a run binds all that is stored of it") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  const Store::NewRun run = sample_run();
  REQUIRE(store.record_run(run));
  const std::string body = store.log_entries()->at(1).body;
  CHECK(canonicalise_json(body).value() == body);

  const auto block = [](int number, std::string_view bytes) {
    return sha256(std::string_view(
        fmt::format(R"({{"block":{},"digest":"{}","rule":"t.flag"}})", number, sha256(bytes).to_string())));
  };
  const std::vector<Digest> outcomes = {block(0, std::string_view("\0\1\2", 3)), block(1, "more")};
  CHECK(body.find(fmt::format(R"("outcomes":"{}")", root_of_digests(outcomes).to_string())) != std::string::npos);
  CHECK(body.find(fmt::format(R"({{"digest":"{}","edition":"2025","file":"first.assay","name":"first"}})",
                              run.rulesets[0].digest.to_string())) != std::string::npos);
  CHECK(body.find(R"({"as_at":"2025-09-30","entry":"run",)") == 0);
  CHECK(body.find(R"("known_on":"2025-08-31")") != std::string::npos);
  CHECK(body.find(R"("plan":"sha256:00","read":{"size":3},)") != std::string::npos);
}

TEST_CASE("a text held already is not stored again") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  REQUIRE(store.record_run(sample_run()));
  REQUIRE(store.record_run(sample_run()));
  Store::NewRun moved = sample_run();
  moved.rulesets[0].file = "elsewhere.assay";
  REQUIRE(store.record_run(moved));
  CHECK(store.log_entries()->at(3).body.find("elsewhere.assay") != std::string::npos);
  CHECK(store.verify());
  const auto text = store.ruleset_text(moved.rulesets[0].digest);
  CHECK(text->text == "ruleset first\n");
  CHECK(text->file == "first.assay");
  CHECK(store.ruleset_text(Digest{}).error().code == ErrorCode::NotFound);
  { const Store closed = std::move(store); }  // what was written last is in the file only then
  const std::string held = dump(folder / "s");
  int texts = 0;
  for (std::size_t at = 0; (at = held.find("ruleset_text: ", at)) != std::string::npos; ++at) ++texts;
  CHECK(texts == 3);
}

TEST_CASE("a run that contradicts itself is refused and leaves nothing") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  const auto refused = [&](auto change) {
    Store::NewRun run = sample_run();
    change(run);
    const auto record = store.record_run(run);
    REQUIRE_FALSE(record);
    CHECK(record.error().code == ErrorCode::WrongUse);
    CHECK(store.head()->size == 1);
    CHECK(store.verify());
    return record.error().message;
  };
  CHECK(refused([](Store::NewRun& run) { run.explanations[1].json += " "; }) ==
        "the digest given for the explanation of `t.other` is not that of its JSON");
  CHECK(refused([](Store::NewRun& run) { run.rulesets[0].text += " "; }) ==
        "the digest given for ruleset `first` is not that of its text");
  CHECK(refused([](Store::NewRun& run) { run.body = "[1]"; }).find("not a JSON object") != std::string::npos);
  CHECK(refused([](Store::NewRun& run) { run.body = "{"; }).find("not a JSON object") != std::string::npos);
}

TEST_CASE("what the caller says under a binding key gives way to what is stored") {
  const TemporaryFolder folder;
  Store store = new_store(folder);
  Store::NewRun run = sample_run();
  run.body = R"({"outcomes":"nonsense","run_by":"somebody else","zeta":1.50})";
  REQUIRE(store.record_run(run));
  const std::string body = store.log_entries()->at(1).body;
  CHECK(body.find("nonsense") == std::string::npos);
  CHECK(body.find(R"("run_by":"R. Keeper","zeta":1.5})") != std::string::npos);
  CHECK(store.verify());
}
