// Declarations at random: evidence, parameters, rules of each sort, a regime, interactions; a second edition and an
// overlay beside them.
#include "tests/oracle/declare.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::oracle {
namespace {

std::string basis(Dice& dice) {
  return dice.pick({"  basis proposed \"example\"\n", "  basis inferred \"example\"\n",
                    "  basis published\n  cite book\n", "  basis guidance\n  cite old_book\n",
                    "  basis statute\n  cite new_book\n"});
}

std::string type_of(Dice& dice, Item& item) {
  switch (item.sort) {
    case Sort::YesNo:
    case Sort::Flag:
      return "yes/no";
    case Sort::Number: {
      const std::string type =
          dice.pick({"whole 0 to 20", "decimal 0 to 10", "score 1 to 4", "whole", "whole 1 to 3", "decimal"});
      item.whole = type.starts_with("whole") || type.starts_with("score");
      item.low = type.find('1') == 6 ? 1 : 0;
      item.high = type == "score 1 to 4" ? 4 : type == "whole 1 to 3" ? 3 : type == "decimal 0 to 10" ? 10 : 20;
      if (item.high == 20) item.low = 0;
      return type;
    }
    case Sort::Percent:
      return "percent 0% to 100%";
    case Sort::Points:
      return "points";
    case Sort::Money:
      return "money";
    case Sort::Days:
      return "duration in days";
    case Sort::Date:
      return "date";
    case Sort::Scale:
      return "standing";
    case Sort::Choice:
      return "choice red, green, blue";
    case Sort::Text:
      return "text";
    case Sort::Event:
      return "event";
    case Sort::Stage:
      return "";
  }
  return "";
}

}  // namespace

std::string evidence(Dice& dice, World& world, std::string name, Sort sort, const std::string& kind) {
  Item item{std::move(name), sort, kind, true};
  std::string text = fmt::format("evidence {} of {} : {}\n", item.name, kind, type_of(dice, item));
  const bool numeric = sort == Sort::Number || sort == Sort::Percent;
  item.series = (numeric || sort == Sort::Scale || sort == Sort::Money) && dice.chance(35);
  if (item.series) text += "  every " + world.every + "\n" + world.due;
  if ((numeric || sort == Sort::Days || sort == Sort::Money) && dice.chance(50)) {
    item.directed = true;
    text += dice.pick({"  higher is better\n", "  lower is better\n"});
  }
  if (sort == Sort::Event ? dice.chance(30) : !item.series && dice.chance(30)) text += "  fresh for 6 months\n";
  if (dice.chance(25) && sort != Sort::Event) {
    text += "  may not apply\n";
    item.not_applicable = true;
  }
  if (dice.chance(35))
    text += dice.pick({"  from inspectors then council_return\n", "  from inspectors, auditors then council_return\n"});
  if (dice.chance(15) && sort != Sort::Event) text += "  break from 2025-03-01 \"counted in a new way\"\n";
  if (dice.chance(15)) text += "  judgement of \"the board\"\n";
  if (dice.chance(10)) text += "  proxy for \"something else\"\n";
  if (dice.chance(12) && sort != Sort::Event) text += "  purpose improve\n";
  if (dice.chance(8) && sort != Sort::Event) text += "  not before 2025-05-01\n";
  world.items.push_back(item);
  return text;
}

std::string parameter(Dice& dice, World& world, std::string name, Sort sort) {
  const std::string type = sort == Sort::Number    ? "whole 0 to 20"
                           : sort == Sort::Percent ? "percent 0% to 100%"
                                                   : "duration in days";
  const std::string first = sort == Sort::Number ? std::to_string(dice.below(9)) : literal(dice, sort);
  const std::string second = sort == Sort::Number ? std::to_string(dice.below(9)) : literal(dice, sort);
  const std::string text = fmt::format("parameter {} : {}\n  = {} from 2024-01-01{}\n  = {} from 2025-04-01\n{}", name,
                                       type, first, dice.chance(15) ? " to 2024-12-31" : "", second, basis(dice));
  for (const char* kind : {"council", "ics"}) {
    world.items.push_back({name, sort, kind});
    world.items.back().parameter = true;
  }
  return text;
}

std::string define(Dice& dice, World& world, std::string name, Sort sort, const std::string& kind) {
  const At at{.kind = kind, .depth = 4};
  Item item{std::move(name), sort, kind};
  std::string type = type_of(dice, item);
  if (sort == Sort::Number) type = dice.pick({"decimal", "decimal", "decimal -1000 to 1000", "decimal 0 to 6"});
  if (sort == Sort::Percent) type = dice.pick({"percent", "percent 0% to 100%"});
  const auto one = [&](const At& where) {
    return sort == Sort::YesNo ? condition(dice, world, where) : value(dice, world, sort, where);
  };
  std::string text = fmt::format("define {} of {} : {}\n  = {}\n", item.name, kind, type, one(at));
  for (int i = dice.below(6) - 3; i > 0; --i) {
    const At short_at{.kind = kind, .depth = 2};
    const std::string instead = sort == Sort::Number && dice.chance(30) ? "the above + 1" : one(short_at);
    text += fmt::format("  but {} when {}\n{}", instead, condition(dice, world, short_at),
                        dice.chance(40) ? "    because \"example\"\n    basis inferred \"example\"\n" : "");
  }
  world.items.push_back(item);
  return text + basis(dice);
}

std::string rating(Dice& dice, World& world, std::string name, const std::string& kind) {
  const std::string from = number(dice, world, {.kind = kind, .depth = 2});
  const std::string text = fmt::format(
      "rating {} of {} : standing\n  from ({}) rounded to whole\n    weak   at 2 or less\n    fair   at 3 to 5\n"
      "    sound  at 6 to 9\n    strong at 10 or more\n{}",
      name, kind, from, basis(dice));
  world.items.push_back({std::move(name), Sort::Scale, kind});
  return text;
}

std::string table(Dice& dice, World& world, std::string name, const std::string& kind) {
  const At at{.kind = kind, .depth = 2};
  if (name_of(dice, world, Sort::Scale, at).empty()) return rating(dice, world, std::move(name), kind);
  std::string text = fmt::format("table {} of {} : decimal\n{}  inputs {}, {}\n", name, kind, basis(dice),
                                 value(dice, world, Sort::Scale, at), condition(dice, world, at));
  const auto gives = [&] {
    return dice.chance(12) ? std::string("unknown because \"not published\"")
                           : number(dice, world, {.kind = kind, .depth = 1});
  };
  if (dice.chance(50)) {
    text += fmt::format(
        "  first\n  row weak, yes gives {}\n  row fair or worse, any gives {}\n  row one of (sound, strong), no gives "
        "{}\n",
        gives(), gives(), gives());
    text += dice.chance(50) ? fmt::format("  row any, any gives {}\n", gives())
                            : fmt::format("  row otherwise gives {}\n", gives());
  } else {
    text += fmt::format(
        "  unique\n  row sound or better, any gives {}\n  row fair or worse, yes gives {}\n  row fair or worse, no "
        "gives {}\n",
        gives(), gives(), gives());
  }
  world.items.push_back({std::move(name), Sort::Number, kind});
  return text;
}

std::string flag(Dice& dice, World& world, std::string name, const std::string& kind) {
  const At at{.kind = kind, .depth = 3};
  std::string text =
      fmt::format("flag {} of {}\n  severity medium\n  when {}\n", name, kind, condition(dice, world, at));
  if (dice.chance(35)) text += fmt::format("  unless {}\n", condition(dice, world, {.kind = kind, .depth = 1}));
  text += "  says \"example\"\n" + basis(dice);
  world.items.push_back({std::move(name), Sort::Flag, kind});
  return text;
}

namespace {

std::string criteria(Dice& dice, const World& world, bool regime) {
  const At at{.kind = "council", .depth = 2, .in_regime = regime};
  if (dice.chance(25)) return fmt::format("    when {}\n", condition(dice, world, at));
  std::string text = fmt::format("    when {} of\n", dice.pick({"any", "all", "at least 2"}));
  for (int i = 0, n = dice.between(2, 3); i < n; ++i)
    text += fmt::format("      \"reason {}\" {}\n", i + 1, condition(dice, world, at));
  return text;
}

}  // namespace

std::string regime(Dice& dice, World& world) {
  std::string text =
      "regime support of council\n  decided by \"the department\"\n  starts in usual\n  stage usual \"Usual\" basis "
      "guidance cite book\n"
      "  stage watched \"Watched\" basis statute cite new_book\n  stage directed \"Directed\"\n    decided by \"the "
      "minister\"\n";
  for (const auto& entered : {"watched", "directed"}) {
    text += fmt::format("  enter {}\n{}    basis proposed\n", entered, criteria(dice, world, true));
  }
  text += fmt::format("  exit watched to usual\n{}    basis proposed\n", criteria(dice, world, true));
  if (dice.chance(60))
    text += fmt::format("  exit directed to watched\n{}    basis proposed\n", criteria(dice, world, true));
  world.items.push_back({"support", Sort::Stage, "council"});
  return text;
}

std::string interaction(Dice& dice, World& world, std::string name) {
  const bool back = dice.chance(40);
  const At council{.kind = "council", .of = " of council", .depth = 1, .only_own = true};
  const At ics{.kind = "ics", .of = " of ics", .depth = 1, .only_own = true};
  std::string when =
      fmt::format("({} {} {})", condition(dice, world, council), dice.pick({"and", "or"}), condition(dice, world, ics));
  if (dice.chance(50)) when = fmt::format("({} and share_of_council of membership is at least 40%)", when);
  std::string text = fmt::format("flag raised_by_{} of {}\n  severity low\n  says \"example\"\n  basis proposed\n\n",
                                 name, back ? "council" : "ics");
  text += fmt::format(
      "interaction {}\n  along membership from {}\n  when {}\n  effect raise raised_by_{} on {}\n  says "
      "\"example\"\n{}",
      name, back ? "ics to council" : "council to ics", when, name, back ? "council" : "ics", basis(dice));
  world.items.push_back({"raised_by_" + name, Sort::Flag, back ? "council" : "ics"});
  return text;
}

}  // namespace assay::oracle
