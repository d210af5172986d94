// Sets, what is asked of their members, and places among them, at random.
#include <fmt/format.h>

#include "tests/oracle/world.h"

namespace assay::oracle {
namespace {

// In the scope of a member. A whole kind may not be compared with the subject; names are the member's.
At of_member(const SetText& set, At at) {
  at.kind = set.kind;
  at.of = "";
  at.member = true;
  at.only_own = true;
  at.depth = std::min(at.depth - 1, 1);
  return at;
}

std::string mods(Dice& dice, const World& world, const SetText& set, const At& at, bool weights) {
  std::string text;
  const At in = of_member(set, at);
  if (set.link && dice.chance(40)) {
    text += fmt::format(" where share_of_council of membership is at least {}%", dice.below(6) * 10);
  } else if (dice.chance(30)) {
    text += " where " + condition(dice, world, in);
  }
  if (set.peers && dice.chance(25)) {
    const std::string same = name_of(dice, world, dice.pick(std::vector{Sort::Text, Sort::Choice, Sort::YesNo}), in);
    if (!same.empty()) text += " with the same " + same;
  }
  At weighing = in;
  weighing.of_set = true;
  if (weights) text += " weighted by " + name_of(dice, world, Sort::Number, weighing);
  if (dice.chance(10)) text += fmt::format(" expecting {}", dice.between(1, 9));
  if (dice.chance(25)) text += " ignoring missing";
  return text;
}

SetText near(Dice& dice, const World& world, SetText set, const At& at) {
  const std::string by = name_of(dice, world, Sort::Percent, of_member(set, at));
  if (!set.peers || !set.whole || by.empty() || !dice.chance(20)) return set;
  const std::string plural = set.kind == "council" ? "councils" : "systems";
  set.text = fmt::format("the {} {} nearest in {}", dice.between(1, 4), plural, by);
  return set;
}

}  // namespace

SetText set_of(Dice& dice, const At& at) {
  if (at.kind == "council") {
    switch (dice.below(5)) {
      case 0:
        return {"councils", "council", true, true, false};
      case 1:
        return {"other councils", "council", false, true, false};
      case 2:
        return {"systems of council", "ics", false, false, true};
      case 3:
        return {dice.chance(50) ? "other councils of systems of council" : "councils of systems of council", "council",
                false, true, false};
      default:
        return {"systems", "ics", true, false, false};
    }
  }
  switch (dice.below(3)) {
    case 0:
      return {"councils of ics", "council", false, false, true};
    case 1:
      return {"systems", "ics", true, true, false};
    default:
      return {"councils", "council", true, false, false};
  }
}

std::string quantified(Dice& dice, const World& world, At at) {
  const std::string how = dice.pick({"any", "all", "none", "at least 2", "at most 1", "exactly 1"});
  At in = at;
  --in.depth;
  if (dice.chance(40) || at.member || !at.of.empty() || at.only_own) {
    std::string list;
    const int n = dice.between(1, 3);
    if (dice.chance(40)) {
      for (int i = 0; i < n; ++i) {
        const std::string name = name_of(dice, world, Sort::Number, at);
        list += (i > 0 ? ", " : "") + (name.empty() ? "2" : name);
      }
      return fmt::format("{} of ({}) is {} {}", how, list, dice.pick({"at least", "at most", ""}),
                         limit(dice, Sort::Number));
    }
    for (int i = 0; i < n; ++i) list += (i > 0 ? ", " : "") + condition(dice, world, in);
    return fmt::format("{} of ({})", how, list);
  }
  const SetText set = near(dice, world, set_of(dice, at), at);
  const At member = of_member(set, at);
  At taken = member;
  taken.of_set = true;
  const std::string name = name_of(dice, world, Sort::Number, taken);
  if (dice.chance(40) && !name.empty()) {
    std::string asked = mods(dice, world, set, at, false);
    if (asked.find("where") != std::string::npos && !asked.ends_with("missing")) asked += " ignoring missing";
    return fmt::format("{} of {} of {}{} is {} {}", how, name, set.text, asked, dice.pick({"at least", "less than"}),
                       limit(dice, Sort::Number));
  }
  return fmt::format("{} of {}{} meet {}", how, set.text, mods(dice, world, set, at, false),
                     condition(dice, world, member));
}

std::string aggregate(Dice& dice, const World& world, At at) {
  At in = at;
  --in.depth;
  if (at.member || at.only_own || !at.of.empty() || dice.chance(25)) {
    std::string list;
    const int n = dice.between(1, 3);
    if (dice.chance(30)) {
      for (int i = 0; i < n; ++i) list += (i > 0 ? ", " : "") + condition(dice, world, in);
      return fmt::format("count of ({})", list);
    }
    const bool average = dice.chance(30);
    for (int i = 0; i < n; ++i) {
      const std::string name = name_of(dice, world, Sort::Number, at);
      list += (i > 0 ? ", " : "") + (name.empty() ? "2" : name);
      if (average && dice.chance(50)) list += dice.pick({" weight 2", " weight 1/3"});
    }
    const std::string op = average ? "average" : dice.pick({"sum", "median", "lowest", "highest", "upper quartile"});
    return fmt::format("{} of ({}){}", op, list, dice.chance(25) ? " ignoring missing" : "");
  }
  if (dice.chance(30)) return position(dice, world, at);
  const SetText set = near(dice, world, set_of(dice, at), at);
  const At member = of_member(set, at);
  if (dice.chance(35)) {
    const std::string asked = dice.chance(60) ? " meet " + condition(dice, world, member) : "";
    return fmt::format("count of {}{}{}", set.text, mods(dice, world, set, at, false), asked);
  }
  if (dice.chance(20))
    return fmt::format("((share of {}{} meet {}) / 10%)", set.text, mods(dice, world, set, at, false),
                       condition(dice, world, member));
  At taken = member;
  taken.of_set = true;
  const std::string name = name_of(dice, world, Sort::Number, taken);
  if (name.empty()) return "2";
  const bool weights = dice.chance(15);
  const std::string op =
      weights ? "average"
              : dice.pick({"sum", "average", "median", "lowest", "highest", "lower quartile", "upper quartile"});
  return fmt::format("{} of {} of {}{}", op, name, set.text, mods(dice, world, set, at, weights));
}

std::string position(Dice& dice, const World& world, At at) {
  SetText set = set_of(dice, at);
  for (int i = 0; i < 8 && !set.peers; ++i) set = set_of(dice, at);
  if (!set.peers) return "1";
  if (set.text.starts_with("other")) set.text = "councils";
  set.whole = set.text.find(" of ") == std::string::npos;
  set.link = false;
  set = near(dice, world, set, at);
  const At member = of_member(set, at);
  const std::string name = name_of(dice, world, Sort::Number, member);
  if (name.empty()) return "1";
  const std::string ties = dice.pick({"", "", " ties take best", " ties take worst", " ties take middle"});
  std::string asked = mods(dice, world, set, at, false) + ties;
  std::string merit;
  for (const Item& item : world.items)
    if (item.kind == set.kind && item.sort == Sort::Number && item.directed && item.evidence) merit = item.name;
  if (!merit.empty() && dice.chance(30))
    return fmt::format("spread of {} from 1 best to 4 worst among {}{}", merit, set.text, asked);
  if (!merit.empty() && dice.chance(30))
    return fmt::format("{} of {} from {} among {}{}", dice.pick({"rank", "quartile"}), merit,
                       dice.pick({"best", "worst"}), set.text, asked);
  return fmt::format("{} of {} from {} among {}{}",
                     dice.pick({"rank", "rank", "quartile", "quintile", "decile", "percentile"}), name,
                     dice.pick({"lowest", "highest"}), set.text, asked);
}

}  // namespace assay::oracle
