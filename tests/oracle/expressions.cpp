// Values and conditions at random.
#include <fmt/format.h>

#include "tests/oracle/world.h"

namespace assay::oracle {
namespace {

std::string wrapped(const std::string& text) { return "(" + text + ")"; }

At deeper(At at) {
  --at.depth;
  return at;
}

// A length of time in which series are read.
std::string so_long(Dice& dice, const World& world) { return fmt::format("{} {}", dice.between(1, 3), world.units); }

}  // namespace

std::string literal(Dice& dice, Sort sort) {
  switch (sort) {
    case Sort::YesNo:
    case Sort::Flag:
    case Sort::Event:
      return dice.pick({"yes", "no"});
    case Sort::Number:
      return dice.chance(80) ? std::to_string(dice.between(0, 6)) : fmt::format("{}.5", dice.below(5));
    case Sort::Percent:
      return fmt::format("{}%", dice.below(21) * 5);
    case Sort::Points:
      return fmt::format("{} points", dice.below(30));
    case Sort::Money:
      return fmt::format("£{}", dice.below(10) * 100);
    case Sort::Days:
      return fmt::format("{} days", dice.below(200));
    case Sort::Date:
      return fmt::format("2025-{:02}-{:02}", dice.between(1, 12), dice.between(1, 28));
    case Sort::Scale:
      return dice.pick({"weak", "fair", "sound", "strong"});
    case Sort::Choice:
      return dice.pick({"red", "green", "blue"});
    case Sort::Text:
      return dice.pick({"\"North\"", "\"South\"", "\"East\""});
    case Sort::Stage:
      return dice.pick({"usual", "watched", "directed"});
  }
  return "";
}

std::string limit(Dice& dice, Sort sort) {
  return sort == Sort::Number ? std::to_string(dice.between(1, 3)) : literal(dice, sort);
}

std::string name_of(Dice& dice, const World& world, Sort sort, const At& at, bool evidence_only) {
  std::vector<const Item*> fit;
  for (const Item& item : world.items)
    if (item.sort == sort && item.kind == at.kind && (!evidence_only || item.evidence) &&
        !(at.of_set && item.parameter))
      fit.push_back(&item);
  if (fit.empty()) return "";
  const Item& item = *dice.pick(fit);
  return item.parameter ? item.name : item.name + at.of;
}

std::string value(Dice& dice, const World& world, Sort sort, At at) {
  if (sort == Sort::Number) return number(dice, world, at);
  const std::string name = name_of(dice, world, sort, at);
  // A value of a scale is known for one only beside something that has its type.
  if (at.depth <= 0 || dice.chance(45))
    return !name.empty() && (dice.chance(85) || sort == Sort::Scale) ? name : literal(dice, sort);
  const At in = deeper(at);
  if (sort == Sort::Scale && name.empty()) return literal(dice, sort);
  const bool numeric = sort == Sort::Percent || sort == Sort::Points || sort == Sort::Money || sort == Sort::Days;
  const bool timed = at.time < 1 && !name.empty();
  At past = in;
  ++past.time;
  switch (dice.below(9)) {
    case 0:
      return wrapped(fmt::format("{} when {} otherwise {}", value(dice, world, sort, in), condition(dice, world, in),
                                 value(dice, world, sort, in)));
    case 1:
      if (name.empty()) break;
      return fmt::format("first known of ({}, {})", name, value(dice, world, sort, in));
    case 2: {
      const std::string field = name_of(dice, world, sort, at, true);
      if (!field.empty() && timed && at.of.empty()) return "previous " + field;
      break;
    }
    case 3:
      if (timed && at.of.empty()) return wrapped(fmt::format("{} {} ago", name, so_long(dice, world)));
      break;
    case 4:
      if (sort == Sort::Percent)
        return wrapped(fmt::format("{} as percent of {}", number(dice, world, in), number(dice, world, in)));
      if (sort == Sort::Points) {
        const std::string share = name_of(dice, world, Sort::Percent, at);
        if (share.empty()) break;
        if (dice.chance(40) && at.time < 1 && at.of.empty())
          return wrapped(fmt::format("change in {} over {}", share, so_long(dice, world)));
        return wrapped(fmt::format("{} - {}", share, value(dice, world, Sort::Percent, in)));
      }
      if (sort == Sort::Days) {
        const std::string event = name_of(dice, world, Sort::Event, at, true);
        if (!event.empty() && dice.chance(70)) return "days since " + event;
        return wrapped(fmt::format("{} - {}", value(dice, world, Sort::Date, in), literal(dice, Sort::Date)));
      }
      if (sort == Sort::Date)
        return wrapped(fmt::format("{} + {}", value(dice, world, Sort::Date, in), dice.pick({"28 days", "3 months"})));
      break;
    case 5:
      if (numeric)
        return wrapped(
            fmt::format("{} {} {}", value(dice, world, sort, in), dice.pick({"*", "/"}), number(dice, world, in)));
      break;
    case 6:
      if (sort == Sort::Money || sort == Sort::Days || sort == Sort::Points)
        return wrapped(
            fmt::format("{} {} {}", value(dice, world, sort, in), dice.pick({"+", "-"}), value(dice, world, sort, in)));
      if (sort == Sort::Percent) return wrapped(value(dice, world, sort, in) + " rounded to whole percent");
      break;
    case 7:
      if ((numeric || sort == Sort::Scale) && !name.empty()) {
        std::string other = name_of(dice, world, sort, at);
        return fmt::format("{} of ({}, {}){}", dice.pick({"lowest", "highest"}), name, other,
                           dice.chance(25) ? " ignoring missing" : "");
      }
      break;
    default:
      break;
  }
  return !name.empty() ? name : literal(dice, sort);
}

std::string number(Dice& dice, const World& world, At at) {
  const std::string name = name_of(dice, world, Sort::Number, at);
  if (at.depth <= 0 || dice.chance(35)) return !name.empty() && dice.chance(80) ? name : literal(dice, Sort::Number);
  const At in = deeper(at);
  const auto one = [&] { return number(dice, world, in); };
  switch (dice.below(12)) {
    case 0:
    case 1:
      return wrapped(fmt::format("{} {} {}", one(), dice.pick({"+", "-"}), one()));
    case 2:
      return wrapped(fmt::format("{} {} {}", one(), dice.pick({"*", "/"}), one()));
    case 3:
      return wrapped(fmt::format("{} * {} / {}", one(), one(), one()));
    case 4:
      return wrapped(fmt::format("{} rounded {}to {}", one(), dice.pick({"", "up ", "down "}),
                                 dice.pick({"whole", "1 places", "2 places"})));
    case 5: {
      const std::string unit = dice.pick({"percent", "money"});
      const Sort sort = unit == "percent" ? Sort::Percent : Sort::Money;
      return wrapped(fmt::format("{} / {}", value(dice, world, sort, in), value(dice, world, sort, in)));
    }
    case 6:
      return wrapped(fmt::format("{} when {} otherwise {}", one(), condition(dice, world, in), one()));
    case 7:
      if (!name.empty()) return fmt::format("first known of ({}, {})", name, dice.chance(50) ? one() : "3");
      break;
    case 8:
      if (at.time < 1 && !name.empty() && at.of.empty()) {
        const std::string field = name_of(dice, world, Sort::Number, at, true);
        if (!field.empty() && dice.chance(40)) return "previous " + field;
        if (dice.chance(40)) return wrapped(fmt::format("change in {} over {}", name, so_long(dice, world)));
        return wrapped(fmt::format("{} {} ago", name, so_long(dice, world)));
      }
      break;
    case 9:
      if (at.in_regime && at.time < 1 && !name.empty() && dice.chance(40))
        return wrapped(fmt::format("change in {} since entering", name));
      if (at.time < 1 && !name.empty() && at.of.empty() && !at.member) {
        return fmt::format("{} of {} over {}{}",
                           dice.pick({"sum", "average", "median", "lowest", "highest", "lower quartile"}), name,
                           so_long(dice, world), dice.chance(25) ? " ignoring missing" : "");
      }
      break;
    default:
      return wrapped(aggregate(dice, world, at));
  }
  return !name.empty() ? name : literal(dice, Sort::Number);
}

namespace {

std::string compared(Dice& dice, const World& world, const At& in) {
  const std::vector<Sort> sorts = {Sort::Number, Sort::Number, Sort::Percent, Sort::Points,
                                   Sort::Money,  Sort::Days,   Sort::Date,    Sort::Scale};
  Sort sort = dice.pick(sorts);
  if (sort == Sort::Scale && name_of(dice, world, sort, in).empty()) sort = Sort::Number;
  const std::string left = value(dice, world, sort, in);
  const auto right = [&] { return dice.chance(60) ? limit(dice, sort) : value(dice, world, sort, in); };
  if (dice.chance(10)) return fmt::format("{} is {}between {} and {}", left, dice.pick({"", "not "}), right(), right());
  if (dice.chance(10)) return fmt::format("{} is one of ({}, {})", left, right(), right());
  if (sort == Sort::Scale && dice.chance(30))
    return dice.chance(50) ? fmt::format("{} is {} {} than {}", left, dice.pick({"", "not"}),
                                         dice.pick({"better", "worse"}), right())
                           : fmt::format("{} is {} or {}", left, literal(dice, sort), dice.pick({"better", "worse"}));
  return fmt::format("{} is {}{} {}", left, dice.chance(15) ? "not " : "",
                     dice.pick({"at least", "at most", "more than", "less than", ""}), right());
}

std::string consecutive(Dice& dice, const World& world, At past) {
  ++past.time;
  const bool readings = dice.chance(30);
  const std::string test = wrapped(condition(dice, world, past));
  return wrapped(
      fmt::format("{} for {} consecutive {}", test, dice.between(1, 3), readings ? "readings" : world.units));
}

}  // namespace

std::string condition(Dice& dice, const World& world, At at) {
  const At in = deeper(at);
  const std::string yes_no = name_of(dice, world, Sort::YesNo, at);
  if (at.depth <= 0 && !yes_no.empty() && dice.chance(50)) return yes_no;
  const int kind = at.depth <= 0 ? dice.between(4, 9) : dice.below(15);
  switch (kind) {
    case 0:
    case 1:
      return wrapped(
          fmt::format("{} {} {}", condition(dice, world, in), dice.pick({"and", "or"}), condition(dice, world, in)));
    case 2:
      return "not " + wrapped(condition(dice, world, in));
    case 3:
      if (at.time < 1 && !at.member && at.of.empty()) return consecutive(dice, world, in);
      break;
    case 4: {
      const std::string name = name_of(dice, world, Sort::Choice, at);
      if (!name.empty())
        return wrapped(fmt::format("{} is {}{}", name, dice.pick({"", "not "}), literal(dice, Sort::Choice)));
      break;
    }
    case 5: {
      const std::string name = name_of(dice, world, Sort::Text, at);
      if (!name.empty()) return wrapped(fmt::format("{} is one of ({}, \"West\")", name, literal(dice, Sort::Text)));
      break;
    }
    case 6: {
      const std::vector<Sort> sorts = {Sort::Number, Sort::YesNo, Sort::Scale, Sort::Percent, Sort::Text};
      const std::string name = name_of(dice, world, dice.pick(sorts), at);
      if (!name.empty())
        return wrapped(fmt::format("{} is {}", name,
                                   dice.pick({"known", "unknown", "not applicable", "applicable", "not known"})));
      break;
    }
    case 7: {
      const std::string name = name_of(dice, world, Sort::Flag, at);
      if (!name.empty())
        return wrapped(fmt::format("{} is {}", name, dice.pick({"raised", "clear", "undetermined", "not raised"})));
      break;
    }
    case 8: {
      const std::string name = name_of(dice, world, Sort::Event, at, true);
      if (!name.empty())
        return wrapped(fmt::format("{} within the last {}", name, dice.pick({"28 days", "3 months", "1 year"})));
      break;
    }
    case 9: {
      const std::string name = name_of(dice, world, Sort::Stage, at);
      if (!name.empty())
        return wrapped(
            fmt::format("{} is {} {}", name, dice.pick({"at least", "at most", ""}), literal(dice, Sort::Stage)));
      break;
    }
    case 10:
    case 11:
      if (!at.only_own) return wrapped(quantified(dice, world, at));
      break;
    case 12:
      if (at.in_regime && dice.chance(50)) return wrapped("days since entering is at least 60 days");
      break;
    default:
      break;
  }
  return wrapped(compared(dice, world, at));
}

}  // namespace assay::oracle
