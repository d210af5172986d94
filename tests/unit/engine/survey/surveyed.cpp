// Two small frameworks, one for councils and one for systems.
#include "tests/unit/engine/survey/surveyed.h"

#include <catch2/catch.hpp>

namespace assay::tests {

Rulebook rulebook_of(const std::string& text) {
  Sources sources;
  // A file for each ruleset.
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find("\nruleset ", at), text.size() - 1) + 1;
    sources.add("rules.assay", text.substr(at, next - at));
    at = next;
  }
  DiagnosticSink sink;
  Rulebook book = check(std::move(sources), sink);
  INFO(render(sink, book.sources));
  REQUIRE_FALSE(sink.has_errors());
  return book;
}

EditionAsked on(const char* date) {
  const Date day = *Date::parse(date);
  return {.as_at = day, .known_on = day};
}

const char* const kFrameworks = R"(ruleset places
  in force from 2023-01-01
kind council "Council" plural councils
kind ics "System" plural systems
relation membership from council to ics

ruleset care
  title "Care assessment"
  in force from 2024-01-01
use places
source survey title "Carers' survey"
source act title "The Act"
theme leadership "Leadership"
theme people "Working with people"
evidence carers_content of council : percent 0% to 100%
  title "Carers who are content"
  theme people
  from survey
  informed by "carers"
  measures experience
  asked of "carers" every 2 years
  sector "adult social care"
  purpose inform
  every year
  costs 6 hours
  asked by care, survey, "the improvement board"
evidence governance of council : score 1 to 4
  theme leadership
  judgement of "inspectors"
evidence visits of council : whole
  measures activity
  costs "a clerk, one day"
  serves safety
evidence waited of council : whole
  measures experience
  costs 2 days
define led of council : yes/no
  = governance is at least 3
  answers to "Parliament", "members"
  basis statute
  cite act
flag unvisited of council
  when visits is 0
  says "{council}"
  aim outcomes
  basis statute
  cite act

ruleset joint
  title "Joint"
  in force from 2024-01-01
use places
use care
theme board "The board"
evidence letter of ics : yes/no
  theme board
  from care.survey
  aim inequalities
evidence next_look of ics : date
flag to_ask of ics
  says "{ics}"
  basis proposed
interaction leadership_bears_on
  along membership from council to ics
  when care.led of council is no and letter of ics is no
  effect raise to_ask on ics
  effect share care.governance of council with ics
  effect bring forward next_look of ics by 3 months
  says "{council} {ics}"
  basis proposed
interaction back_again
  along membership from ics to council
  when letter of ics is no
  says "{council} {ics}"
  basis proposed
)";

}  // namespace assay::tests
