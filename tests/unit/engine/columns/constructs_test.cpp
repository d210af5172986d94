// Columns answer what cells answer, and do not leave it to them: one rule for each way in which an answer can be open,
// over bodies of which each value is held, missing, in conflict or not applicable.
#include <catch2/catch.hpp>

#include "dsl/check/check.h"
#include "tests/columns/agree.h"
#include "tests/support/evidence_lines.h"

using namespace assay;

namespace {

constexpr const char* kHead = R"(ruleset t
  in force from 2020-01-01
kind home "Home" plural homes
kind group "Group" plural groups
relation owned from home to group
  with part : percent 0% to 100%
source first_source title "First"
source second_source title "Second"
scale grade from worst to best
  poor, fair, good
evidence mark of home : score 1 to 4
evidence beds of home : whole
evidence fees of home : whole 0 to 100
  may not apply
evidence held_open of home : yes/no
  may not apply
evidence sure of home : yes/no
evidence colour of home : choice red, green, blue
evidence rated of home : grade
)";

constexpr const char* kEvidence = R"(
group:G | group.register | G | 2020-01-01 | | | | | 2020-01-01
group:H | group.register | H | 2020-01-01 | | | | | 2020-01-01
home:A | home.register | A | 2020-01-01 | | | | | 2020-01-01
home:B | home.register | B | 2020-01-01 | | | | | 2020-01-01
home:C | home.register | C | 2020-01-01 | | | | | 2020-01-01
home:D | home.register | D | 2020-01-01 | | | | | 2020-01-01
home:E | home.register | E | 2020-01-01 | | | | | 2020-01-01
owned:A>G | owned.register | A>G | 2020-01-01 | | | | | 2020-01-01
owned:B>G | owned.register | B>G | 2020-01-01 | | | | | 2020-01-01
owned:C>H | owned.register | C>H | 2020-01-01 | | | | | 2020-01-01
owned:D>H | owned.register | D>H | 2020-01-01 | | | | | 2020-01-01
owned:A>G | t.part | 60% | 2024-01-01 | | | | | 2024-01-01
owned:C>H | t.part | 20% | 2024-01-01 | | | | | 2024-01-01
home:A | t.mark | 3 | 2024-01-01 | | first_source | | | 2024-01-01
home:A | t.beds | 40 | 2024-01-01 | | | | | 2024-01-01
home:A | t.fees | 7 | 2024-01-01 | | | | | 2024-01-01
home:A | t.held_open | yes | 2024-01-01 | | | | | 2024-01-01
home:A | t.sure | no | 2024-01-01 | | | | | 2024-01-01
home:A | t.colour | red | 2024-01-01 | | | | | 2024-01-01
home:A | t.rated | fair | 2024-01-01 | | | | | 2024-01-01
home:B | t.mark | 2 | 2024-01-01 | | first_source | | | 2024-01-01
home:B | t.mark | 4 | 2024-01-01 | | second_source | | | 2024-01-01
home:B | t.fees | not applicable | 2024-01-01 | | | | | 2024-01-01
home:B | t.held_open | not applicable | 2024-01-01 | | | | | 2024-01-01
home:B | t.sure | yes | 2024-01-01 | | | | | 2024-01-01
home:B | t.colour | blue | 2024-01-01 | | | | | 2024-01-01
home:C | t.mark | 1 | 2024-01-01 | | first_source | | | 2024-01-01
home:C | t.beds | 0 | 2024-01-01 | | | | | 2024-01-01
home:C | t.fees | not applicable | 2024-01-01 | | | | | 2024-01-01
home:C | t.held_open | no | 2024-01-01 | | | | | 2024-01-01
home:C | t.rated | good | 2024-01-01 | | | | | 2024-01-01
home:D | t.beds | 3 | 2024-01-01 | | | | | 2024-01-01
home:D | t.held_open | not applicable | 2024-01-01 | | | | | 2024-01-01
home:D | t.sure | no | 2024-01-01 | | | | | 2024-01-01
)";

// Every rule of the text, by columns and by cells.
void check_agree(const std::string& rules) {
  Sources sources;
  sources.add("t.assay", kHead + rules);
  DiagnosticSink sink;
  const Rulebook book = check(std::move(sources), sink);
  for (const Diagnostic& one : sink.sorted()) {
    INFO(one.message);
    REQUIRE(severity_of(one.kind) != Severity::Error);
  }
  const auto snapshot = golden::evidence_lines(kEvidence, book.schema, *Date::parse("2025-12-31"));
  INFO((snapshot ? std::string() : snapshot.error()));
  REQUIRE(snapshot);
  const Agreement found = compare_columns(book, *snapshot, *Date::parse("2025-06-30"));
  CHECK(found.reasons == std::vector<std::string>());
  CHECK(found.differences == std::vector<std::string>());
  CHECK(found.rules == book.rules.size());
  CHECK(found.cells > 0);
}

}  // namespace

TEST_CASE("a number outside what its rule declares is not known") {
  check_agree(R"(
define low of home : decimal 0 to 6
  basis proposed
  = mark - 2
define high of home : decimal 0 to 6
  basis proposed
  = beds / 3
define capped of home : whole 0 to 6
  basis proposed
  = beds + 1
define share_of_beds of home : percent 0% to 100%
  basis proposed
  = mark as percent of beds
define reads_it of home : decimal
  basis proposed
  = capped * 2
)");
}

TEST_CASE("a choice has no range, and an order only while it is chosen between") {
  check_agree(R"(
define chosen of home : choice red, green, blue
  basis proposed
  = red when sure otherwise colour
define either of home : choice red, green, blue
  basis proposed
  = red when held_open otherwise green
define rated_as of home : grade
  basis proposed
  = rated when sure otherwise poor
flag is_red of home
  severity low
  when either is red
  says "example"
  basis proposed
)");
}

TEST_CASE("a condition that cannot hold does not, though it may not apply") {
  check_agree(R"(
define never of home : yes/no
  basis proposed
  = held_open and fees is more than 100
define by_it of home : whole
  basis proposed
  = 1 when never otherwise 2
define by_open of home : decimal
  basis proposed
  = beds when held_open otherwise fees
define alike of home : yes/no
  basis proposed
  = sure when held_open otherwise never
define known_first of home : whole
  basis proposed
  = first known of (fees, beds)
)");
}

TEST_CASE("a flag that may not apply") {
  check_agree(R"(
flag plain of home
  severity low
  when held_open
  says "example"
  basis proposed
flag excused of home
  severity low
  when held_open
  unless sure
  says "example"
  basis proposed
flag excused_by_open of home
  severity low
  when sure
  unless held_open
  says "example"
  basis proposed
define states of home : whole
  basis proposed
  = count of (plain is raised, plain is clear, excused is raised, excused is clear, excused is undetermined)
)");
}

TEST_CASE("lists of what may not apply") {
  check_agree(R"(
define counted of home : whole
  basis proposed
  = count of (held_open, fees is at least 5)
define added of home : decimal
  basis proposed
  = sum of (fees, fees)
define added_to of home : decimal
  basis proposed
  = sum of (fees, beds)
define all_of_them of home : yes/no
  basis proposed
  = all of (held_open, fees is at least 5)
define one_of_them of home : yes/no
  basis proposed
  = exactly 1 of (held_open, sure)
define divided of home : decimal
  basis proposed
  = mark * beds / fees
)");
}

TEST_CASE("members that may not count, do not apply, or are passed over") {
  std::string rules;
  int n = 0;
  const auto add = [&](const std::string& type, const std::string& text) {
    rules += fmt::format("define r{} of group : {}\n  basis proposed\n  = {}\n", ++n, type, text);
  };
  for (const char* where : {"", " where sure", " where held_open", " where part of owned is at least 50%"})
    for (const char* ignoring : {"", " ignoring missing"}) {
      for (const char* op : {"sum", "average", "lowest", "highest"})
        for (const char* field : {"fees", "mark", "beds"})
          add("decimal", fmt::format("{} of {} of homes of group{}{}", op, field, where, ignoring));
      add("whole", fmt::format("count of homes of group{}{}", where, ignoring));
      add("whole", fmt::format("count of homes of group{}{} meet held_open", where, ignoring));
      for (const char* quantity : {"any", "all", "none", "exactly 1"})
        add("yes/no", fmt::format("{} of homes of group{}{} meet held_open", quantity, where, ignoring));
    }
  check_agree(rules);
}

TEST_CASE("numbers that only a comparison takes for the same") {
  check_agree(R"(
define small of home : decimal
  basis proposed
  = 0.000000000001 / 10 * mark
define between_lanes of home : yes/no
  basis proposed
  = beds is 2.5
define fees_between_lanes of home : yes/no
  basis proposed
  = fees is 2.5
)");
}
