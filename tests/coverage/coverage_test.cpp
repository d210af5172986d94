// What the check of coverage finds: names that are not there, asks that nothing takes up.
#include <catch2/catch.hpp>

#include "dsl/check/check.h"
#include "tests/coverage/coverage.h"

namespace assay::coverage {
namespace {

using Faults = std::vector<std::string>;

const Rulebook& book() {
  static const Rulebook kBook = [] {
    Sources sources;
    sources.add("rules.assay",
                "ruleset care\n  title \"Care\"\n  in force from 2024-01-01\nkind council \"Council\" plural councils\n"
                "source paper title \"A paper\"\nevidence visits of council : whole\n"
                "flag few of council\n  when visits is 0\n  says \"few\"\n  basis proposed\n");
    DiagnosticSink sink;
    return check(std::move(sources), sink);
  }();
  return kBook;
}

const Words kWords{.glossary = "| proxy | stands in |\n",
                   .language = "\n- 5.11 **What evidence says.**\n",
                   .commands = {"burden"},
                   .layouts = {"tidy"}};

Faults faults(const std::string& taken_up, const std::string& entries = "group\tentry\tby\n") {
  return faults_of({.asks = read_table("id\task\nX1\tRead-across\n"),
                    .taken_up = read_table("id\tsort\tname\tremark\n" + taken_up),
                    .entries = read_table(entries)},
                   book(), kWords);
}

}  // namespace

TEST_CASE("every sort of name is looked for where it would be") {
  CHECK(faults("X1\trule\tcare.few\nX1\tevidence\tcare.visits\nX1\tsource\tcare.paper\nX1\tkind\tcouncil\n"
               "X1\truleset\tcare\nX1\tglossary\tproxy\nX1\tlanguage\t5.11\nX1\tcommand\tburden\nX1\tlayout\ttidy\n")
            .empty());
  for (const char* sort :
       {"rule", "evidence", "source", "kind", "ruleset", "glossary", "language", "command", "layout"}) {
    INFO(sort);
    CHECK(faults("X1\trule\tcare.few\nX1\t" + std::string(sort) + "\tnowhere\n") ==
          Faults{fmt::format("X1: there is no {} `nowhere`", sort)});
  }
}

TEST_CASE("an ask that nothing takes up is a fault, and so is one that is no ask") {
  CHECK(faults("") == Faults{"X1: nothing takes it up"});
  CHECK(faults("X1\trule\tcare.gone\n") == Faults{"X1: there is no rule `care.gone`", "X1: nothing takes it up"});
  CHECK(faults("X1\trule\tcare.few\nX9\trule\tcare.few\n") == Faults{"X9 is no ask, and care.few takes it up"});
}

TEST_CASE("an entry names asks or a source") {
  const std::string taken = "X1\trule\tcare.few\n", head = "group\tentry\tby\n";
  CHECK(faults(taken, head + "bodies\tboard\tX1\nbodies\tLGA\tsource care.paper\n").empty());
  CHECK(faults(taken, head + "bodies\tboard\tX7\n") == Faults{"board: X7 is no ask"});
  CHECK(faults(taken, head + "bodies\tboard\n") == Faults{"board: nothing takes it up"});
  CHECK(faults(taken, head + "bodies\tLGA\tsource care.gone\n") == Faults{"LGA: there is no source care.gone"});
}

TEST_CASE("the page names what takes up each ask, by title") {
  const std::string page = page_of({.asks = read_table("id\task\nX1\tRead-across\n"),
                                    .taken_up = read_table("id\tsort\tname\tremark\nX1\trule\tcare.few\tboth ways\n"),
                                    .entries = read_table("group\tentry\tby\nbodies\tboard\tX1\n")},
                                   book());
  CHECK(page.find("**X1** Read-across\n\n- `care.few` Few: both ways\n") != std::string::npos);
  CHECK(page.find("| bodies | board | X1 |\n") != std::string::npos);
}

}  // namespace assay::coverage
