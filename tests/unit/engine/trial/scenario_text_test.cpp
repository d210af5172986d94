// A scenario of every type of value and every form of row, written out, read back and written out again.
#include "engine/trial/scenario_text.h"

#include <catch2/catch.hpp>

#include "engine/session/rules.h"

using namespace assay;

namespace {

constexpr const char* kBase = R"(ruleset base
  title "B"
  owner "B"
  edition "1"
  in force from 2024-01-01

kind council "Council" plural councils
kind ics "System" plural systems
relation membership from council to ics
  with portion : percent 0% to 100%

evidence quality of council : score 1 to 4
  title "Score"
)";

constexpr const char* kRules = R"(ruleset t
  title "T"
  owner "T"
  edition "1"
  in force from 2024-01-01

use base as b

source report title "Report"

parameter limit : money
  = £3m from 2024-01-01
  basis local

evidence wait of council : duration in days
  title "Wait"
evidence spend of council : money
  title "Spend"
  from report
evidence notice of council : event
  title "Notice"
evidence note of council : text
  title "Note"
evidence mood of council : choice calm, cross
  title "Mood"
evidence shift of council : points
  title "Change"

define beyond of council : yes/no
  = spend is more than limit
  basis local
)";

constexpr const char* kScenario = R"(# t.assay:1: why
scenario "All that can be ""given"""
  given parameter limit £2500000
  given council here from 2024-02-01 to 2025-12-31
    b.quality 3,
    wait 28 days from 2024-03-01 to 2024-03-31,
    spend £2500000.5 by report recorded on 2024-06-02,
    notice yes from 2024-05-01,
    notice complete from 2024-01-01 to 2024-12-31,
    note "say ""no""",
    mood cross,
    shift -2.5 points,
    wait not available,
    wait withdrawn
  given ics there
  given membership from here to there
    portion 12.5%
  as at 2024-12-31
  known on 2025-01-31
  expect beyond of here is yes
)";

}  // namespace

TEST_CASE("what is written reads back as it was") {
  const LoadedRules loaded =
      load_rules({{"base.assay", kBase}, {"t.assay", kRules}, {"s.assay", "ruleset t\n\n" + std::string(kScenario)}});
  INFO(render(loaded.sink, loaded.rulebook.sources));
  REQUIRE_FALSE(loaded.sink.has_errors());
  REQUIRE(loaded.rulebook.scenarios.size() == 1);
  CHECK(to_text(loaded.rulebook, loaded.rulebook.scenarios[0], "t.assay:1: why") == kScenario);
}
