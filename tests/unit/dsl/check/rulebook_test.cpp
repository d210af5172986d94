// What the engine and the store read in a rulebook: names resolved to places, sets to hops, rules listed, fields told.
#include <catch2/catch.hpp>

#include "tests/unit/dsl/check/checked.h"

using namespace assay;

namespace {

const Rule& rule_named(const Checked& checked, std::string_view name) {
  const auto id = checked.book.find_rule(name);
  INFO(name);
  REQUIRE(id);
  return checked.book.rule(*id);
}

template <class Meaning>
const Meaning& meaning(const Checked& checked, ast::ExprId id) {
  const auto* found = std::get_if<Meaning>(&checked.book.resolved[id.index]);
  REQUIRE(found != nullptr);
  return *found;
}

}  // namespace

TEST_CASE("bare fields are the subject's, and a label is looked up in the left side's type") {
  const Checked c = check_text(
      "scale grade from worst to best poor, fair, good\n"
      "evidence overall of council : grade\n"
      "flag f of council when overall is fair says \"{council}\"\n");
  REQUIRE(c.errors().empty());
  const auto& field = meaning<FieldOf>(c, c.expr("overall"));
  CHECK(c.book.schema.field(field.field).name == "t.overall");
  CHECK(field.slot == 0);
  const ast::ExprId fair = c.expr("fair");
  CHECK(meaning<LabelRef>(c, fair).label.index == 1);
  CHECK(c.book.type(fair).name == "grade");
  CHECK(meaning<SubjectRef>(c, c.expr("council")).slot == 0);
}

TEST_CASE("a set holds its hops from the anchor outwards, its member and its link") {
  const Checked c = check_text(
      "evidence a of council : whole\n"
      "define d of council : whole = count of systems of council where share_of_council of membership is at least 5%\n"
      "define e of council : decimal = average of a of other councils of systems of council\n"
      "define g of ics : whole = count of councils\n"
      "define h of council : whole = count of other councils\n");
  REQUIRE(c.errors().empty());
  const KindId council = *c.book.schema.find_kind("council"), ics = *c.book.schema.find_kind("ics");
  const KindId membership = *c.book.schema.find_kind("membership");

  const auto& one_hop = meaning<SetRef>(c, c.expr("systems of council"));
  CHECK(one_hop.members == ics);
  CHECK(one_hop.anchor == Slot{0});
  REQUIRE(one_hop.hops.size() == 1);
  CHECK(one_hop.hops[0].relation == membership);
  CHECK(one_hop.hops[0].forward);
  CHECK(one_hop.member_slot == 1);
  CHECK(one_hop.link_slot == Slot{2});
  CHECK(meaning<FieldOf>(c, c.expr("share_of_council of membership")).slot == 2);

  const auto& two_hops = meaning<SetRef>(c, c.expr("a of other councils of systems of council"));
  CHECK(two_hops.members == council);
  REQUIRE(two_hops.hops.size() == 2);
  CHECK(two_hops.hops[0].forward);
  CHECK_FALSE(two_hops.hops[1].forward);
  CHECK(two_hops.others);
  CHECK_FALSE(two_hops.link_slot);
  REQUIRE(two_hops.value);
  CHECK(std::get<FieldOf>(*two_hops.value).slot == two_hops.member_slot);

  const auto& all = meaning<SetRef>(c, c.expr("councils"));
  CHECK_FALSE(all.anchor);
  CHECK(all.hops.empty());
  const auto& others = meaning<SetRef>(c, c.expr("other councils"));
  CHECK(others.others);
  CHECK(others.anchor == Slot{0});
  CHECK(others.hops.empty());
}

TEST_CASE("in an interaction the link is slot 0 and its ends follow, whichever way it is written") {
  const Checked c = check_text(
      "evidence a of council : whole\n"
      "flag f of council severity low says \"{council}\"\n"
      "interaction back along membership from ics to council when a of council is 1 effect raise f on council\n"
      "interaction forth along membership from council to ics when a of council is 2 effect raise f on council\n");
  REQUIRE(c.errors().empty());
  const Rule& back = rule_named(c, "t.back");
  CHECK(back.kind == *c.book.schema.find_kind("membership"));
  CHECK(back.roles == std::vector<std::string>{"membership", "council", "ics"});
  const auto& effects = std::get<InteractionRule>(back.body).effects;
  REQUIRE(effects.size() == 1);
  CHECK(std::get<RaiseFlag>(effects[0]).on == 1);
  const auto& raised_by = std::get<FlagRule>(rule_named(c, "t.f").body).raised_by;
  CHECK(raised_by == std::vector<RuleId>{*c.book.find_rule("t.back"), *c.book.find_rule("t.forth")});
}

TEST_CASE("a regime gives its recorded stage and its rows, together and in order") {
  const Checked c = check_text(
      "evidence a of council : score 1 to 4\n"
      "regime support of council decided by \"Dept\" starts in usual\n"
      "  stage usual stage watched \"Being watched\" stage run decided by \"Secretary\"\n"
      "  enter watched when a is 1\n"
      "  exit watched to usual when a is 4\n"
      "  enter run when at least 1 of \"x\" a is 1 \"y\" a is 2\n");
  REQUIRE(c.errors().empty());
  std::vector<std::string> names = c.book.rule_names();
  CHECK(names == std::vector<std::string>{"t.support", "t.support.enter.watched", "t.support.enter.run",
                                          "t.support.exit.watched.usual", "t.support.unsupported.watched",
                                          "t.support.unsupported.run"});
  REQUIRE(c.book.regimes.size() == 1);
  const Regime& regime = c.book.regimes[0];
  CHECK(regime.starts_in.index == 0);
  CHECK(regime.stages[1].title == "Being watched");
  CHECK(regime.stages[1].decided_by == "Dept");
  CHECK(regime.stages[2].decided_by == "Secretary");
  const FieldDef& field = c.book.schema.field(regime.field);
  CHECK(field.name == "t.support");
  CHECK(field.is_stage);
  CHECK(field.type.labels.size() == 3);
  CHECK(c.book.type(rule_named(c, "t.support").type).kind == TypeKind::Scale);
  CHECK(std::get<UnsupportedRule>(c.book.rules[4].body).enter == *c.book.find_rule("t.support.enter.watched"));
  for (const Rule& rule : c.book.rules) CHECK(is_trigger(rule) == (rule.name != "t.support"));
}

TEST_CASE("every field of the schema has its note, registers among them") {
  const Checked c = check_text("evidence a of council : whole \"A\" measures outcome purpose judge\n");
  REQUIRE(c.book.evidence.size() == c.book.schema.fields().size());
  const FieldId a = *c.book.schema.find_field("t.a");
  CHECK(c.book.evidence[a.index].measures == "outcome");
  CHECK(c.book.evidence[a.index].purpose == ast::Purpose::Judge);
  CHECK(c.book.schema.find_field("council.register"));
  CHECK(c.book.schema.find_field("t.share_of_council"));
}

TEST_CASE("bands ascend, whatever the order written; parameters run by date") {
  const Checked c = check_text(
      "scale grade from worst to best poor, fair, good\n"
      "evidence a of council : whole 0 to 20\n"
      "parameter p : money = £3m from 2026-04-01 = £2m from 2025-04-01 to 2026-03-31\n"
      "rating g of council : grade from a good at 15 or more poor at 9 or less fair at 10 to 14\n");
  REQUIRE(c.errors().empty());
  const auto& bands = std::get<RatingRule>(rule_named(c, "t.g").body).bands;
  REQUIRE(bands.size() == 3);
  CHECK(bands[0].label.index == 0);
  CHECK_FALSE(bands[0].low);
  CHECK(bands[1].low == Decimal::from_int(10));
  CHECK(bands[2].low == Decimal::from_int(15));
  const auto& values = c.book.parameters[0].values;
  REQUIRE(values.size() == 2);
  CHECK(values[0].from < values[1].from);
  CHECK(std::get<Decimal>(values[0].value) == Decimal::from_int(2000000));
}

TEST_CASE("a scenario's links come after its subjects, and are called by both ends") {
  const Checked c = check_text(
      "evidence a of council : whole\n"
      "interaction i along membership from council to ics when a of council is 1\n"
      "scenario \"s\"\n"
      "  given membership from york to humber share_of_council 75%\n"
      "  given ics humber\n"
      "  given council york a 1 from 2025-02-01 recorded on 2025-03-01\n"
      "  as at 2025-06-01 known on 2025-07-01\n"
      "  expect i of york to humber is raised\n"
      "  expect i of york to humber is undetermined because a of york is missing, membership is missing\n");
  REQUIRE(c.errors().empty());
  REQUIRE(c.book.scenarios.size() == 1);
  const Scenario& scenario = c.book.scenarios[0];
  REQUIRE(scenario.subjects.size() == 3);
  CHECK(scenario.subjects[2].name == "york>humber");
  CHECK(scenario.subjects[2].link_from == "york");
  REQUIRE(scenario.expected.size() == 2);
  CHECK(scenario.expected[0].subject == "york>humber");
  REQUIRE(scenario.expected[1].because.size() == 2);
  CHECK(scenario.expected[1].because[0].subject == "york");
  CHECK(c.book.schema.field(scenario.expected[1].because[1].field).name == "membership.register");
  CHECK(scenario.known_on == Date::parse("2025-07-01"));
  CHECK(scenario.rows.size() == 2);
}

TEST_CASE("better follows the scale or the evidence, through previous and ago") {
  const Checked c = check_text(
      "scale grade from worst to best poor, good\n"
      "evidence a of council : whole every quarter lower is better\n"
      "evidence b of council : grade\n"
      "flag f of council when previous a is 1 or a 2 quarters ago is 3 or b is good\n");
  REQUIRE(c.errors().empty());
  CHECK(better_direction(c.book, c.expr("previous a")) == Direction::LowerIsBetter);
  CHECK(better_direction(c.book, c.expr("a 2 quarters ago")) == Direction::LowerIsBetter);
  CHECK(better_direction(c.book, c.expr("b")) == Direction::HigherIsBetter);
}
