// Rulesets of tests/scenarios, each about one construct of the language: every scenario in them holds. The arithmetic
// of a construct is pinned there, in the words of an author.
#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "engine/session/rules.h"
#include "engine/session/scenarios.h"

using namespace assay;

TEST_CASE("every scenario about a construct of the language holds") {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/scenarios"))
    files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  REQUIRE_FALSE(files.empty());
  for (const std::string& file : files) {
    const auto loaded = load_rules({file}, {});
    REQUIRE(loaded.has_value());
    INFO(render(loaded->sink, loaded->rulebook.sources));
    REQUIRE_FALSE(loaded->sink.has_errors());
    const auto results = run_scenarios(loaded->rulebook);
    CHECK_FALSE(results.empty());
    for (const ScenarioResult& result : results) {
      CHECK(result.expectations > 0);
      for (const ScenarioFailure& failure : result.failures) {
        INFO(file << ": " << result.title);
        INFO("expected " << failure.expected << ", got " << failure.got << "\n" << failure.why);
        CHECK(false);
      }
    }
  }
}
