// What generated rules can speak of: kinds, evidence and rules already declared, by the type of their values.
#pragma once

#include <string>
#include <vector>

#include "tests/oracle/dice.h"

namespace assay::oracle {

enum class Sort { YesNo, Number, Percent, Points, Money, Days, Date, Scale, Choice, Text, Event, Flag, Stage };

struct Item {
  std::string name;
  Sort sort;
  std::string kind;       // council, ics or membership
  bool evidence = false;  // a field: has readings of its own
  bool series = false;
  bool directed = false;  // says which way is better
  bool whole = false;
  bool not_applicable = false;
  bool parameter = false;  // nobody's
  int low = 0, high = 20;  // of numbers: what evidence gives
};

struct World {
  std::vector<Item> items;
  std::string every;  // how often series are read: quarter, month, year
  std::string units;  // quarters, months, years
  std::string due;    // "" or the clause
  bool quarterly() const { return every == "quarter"; }
};

// Where an expression stands.
struct At {
  std::string kind;   // whose bare names are
  std::string outer;  // of a member: how the rule's own subject is called, if it may be read
  std::string of;     // "" or " of council": in interactions every field says whose
  int depth = 3;
  int time = 0;         // words of time around
  bool member = false;  // inside where or meet
  bool in_regime = false;
  bool only_own = false;  // nothing but the subject's own values: no sets
  bool of_set = false;    // taken of a set: nobody's parameter
};

std::string literal(Dice& dice, Sort sort);
// What a value may be compared with: within every range that is declared.
std::string limit(Dice& dice, Sort sort);
std::string number(Dice& dice, const World& world, At at);
std::string value(Dice& dice, const World& world, Sort sort, At at);
std::string condition(Dice& dice, const World& world, At at);
// A name of that sort; empty where there is none.
std::string name_of(Dice& dice, const World& world, Sort sort, const At& at, bool evidence_only = false);
// Several subjects: "councils", "other councils of systems of council" ...; whole: a whole kind.
struct SetText {
  std::string text, kind;
  bool whole = false, peers = false;  // peers: of the subject's own kind
  bool link = false;                  // one relation away: the membership is in scope
};
SetText set_of(Dice& dice, const At& at);
std::string aggregate(Dice& dice, const World& world, At at);
std::string position(Dice& dice, const World& world, At at);
std::string quantified(Dice& dice, const World& world, At at);

}  // namespace assay::oracle
