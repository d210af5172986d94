// A whole case: rules, evidence, dates.
#include "tests/oracle/generate.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/oracle/declare.h"
#include "tests/oracle/evidence_at_random.h"

namespace assay::oracle {
namespace {

constexpr const char* kHeader =
    "ruleset test\n  title \"Test\"\n  owner \"Example\"\n  edition \"1\"\n  in force from 2020-01-01\n\n"
    "kind council \"Council\" plural councils\nkind ics \"System\" plural systems\n\n"
    "source book title \"A book\" in force from 2020-01-01\n"
    "source old_book title \"An old book\" in force from 2010-01-01 superseded by book from 2025-02-01\n"
    "source new_book title \"A new book\" announced 2024-01-01 in force from 2025-06-01\n"
    "source inspectors title \"Inspectors\"\nsource auditors title \"Auditors\"\nsource council_return title "
    "\"Return\"\n\n"
    "scale standing from worst to best weak, fair, sound, strong\n";

constexpr const char* kOtherHeader =
    "ruleset second\n  title \"Second\"\n  owner \"Another\"\n  edition \"1\"\n  in force from 2020-01-01\n\nuse "
    "test\n";
constexpr const char* kLocalHeader =
    "local town on test\n  title \"Town\"\n  edition \"1\"\n  in force from 2025-01-01\n"
    "  for council \"A\" as town, \"C\" as other_town\n  set p_number = 5 from 2025-01-01\n";

const std::vector<Sort> kHeld = {Sort::YesNo,   Sort::YesNo, Sort::Number, Sort::Number, Sort::Number, Sort::Percent,
                                 Sort::Percent, Sort::Money, Sort::Days,   Sort::Date,   Sort::Scale,  Sort::Scale,
                                 Sort::Choice,  Sort::Text,  Sort::Event,  Sort::Event};
const std::vector<Sort> kDefined = {Sort::YesNo,  Sort::YesNo, Sort::Number, Sort::Number, Sort::Number, Sort::Percent,
                                    Sort::Points, Sort::Money, Sort::Days,   Sort::Date,   Sort::Scale};

void add_rules(Dice& dice, World& world, std::vector<std::string>& blocks, const std::string& prefix, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string kind = dice.chance(65) ? "council" : "ics", name = fmt::format("{}{}", prefix, i);
    const int sort = dice.below(10);
    if (sort == 0)
      blocks.push_back(rating(dice, world, "rated_" + name, kind));
    else if (sort == 1)
      blocks.push_back(table(dice, world, "tabled_" + name, kind));
    else if (sort < 4)
      blocks.push_back(flag(dice, world, "flag_" + name, kind));
    else
      blocks.push_back(define(dice, world, "d_" + name, dice.pick(kDefined), kind));
  }
}

World a_world(Dice& dice) {
  World world;
  world.every = dice.pick({"quarter", "quarter", "month", "year", "financial year"});
  world.units = world.every == "quarter" ? "quarters" : world.every == "month" ? "months" : "years";
  if (dice.chance(40)) world.due = dice.pick({"  due within 1 month\n", "  due within 20 days\n"});
  return world;
}

// A further ruleset by another owner that reads the first.
RulesFile other_ruleset(Dice& dice, const World& world) {
  World seen = world;
  for (Item& item : seen.items) item.name = "test." + item.name;
  std::erase_if(seen.items, [](const Item& item) { return item.sort == Sort::Stage; });
  RulesFile file;
  file.name = fmt::format("second");
  file.blocks.emplace_back(kOtherHeader);
  add_rules(dice, seen, file.blocks, "s", 3);
  return file;
}

// A second edition of the rules, in force later, that says some of them otherwise.
RulesFile later_edition(Dice& dice, const RulesFile& first) {
  RulesFile file;
  file.name = fmt::format("later");
  file.blocks = first.blocks;
  std::string& header = file.blocks.front();
  header.replace(header.find("edition \"1\"\n  in force from 2020-01-01"), 38,
                 "edition \"2\"\n  in force from 2025-03-15");
  for (std::string& block : file.blocks) {
    if (!block.starts_with("define") || !dice.chance(40)) continue;
    const std::size_t equals = block.find("\n  = "), end = block.find('\n', equals + 1);
    const std::string type = block.substr(0, equals);
    if (type.find(": yes/no") != std::string::npos)
      block =
          block.substr(0, equals + 5) + "not (" + block.substr(equals + 5, end - equals - 5) + ")" + block.substr(end);
    else if (type.find(": decimal") != std::string::npos)
      block =
          block.substr(0, equals + 5) + "(" + block.substr(equals + 5, end - equals - 5) + ") + 1" + block.substr(end);
  }
  return file;
}

}  // namespace

Case generate(std::uint64_t seed) {
  Dice dice(seed);
  Case made;
  World world = a_world(dice);
  RulesFile file;
  file.name = fmt::format("test");
  file.blocks.emplace_back(kHeader);
  file.blocks.push_back(
      fmt::format("relation membership from council to ics\n  with share_of_council : percent 0% to 100%\n{}",
                  dice.chance(50) ? "  each council in at least 1 ics\n" : ""));
  world.items.push_back({"share_of_council", Sort::Percent, "membership", true});
  int number = 0;
  for (const Sort sort : kHeld) {
    for (const char* kind : {"council", "ics"}) {
      if (kind == std::string("ics") && dice.chance(50)) continue;
      file.blocks.push_back(evidence(dice, world, fmt::format("e{}", number++), sort, kind));
    }
  }
  const std::vector<Item> held = world.items;
  file.blocks.push_back(parameter(dice, world, "p_number", Sort::Number));
  file.blocks.push_back(parameter(dice, world, "p_share", Sort::Percent));
  add_rules(dice, world, file.blocks, "a", 6);
  if (dice.chance(60)) file.blocks.push_back(interaction(dice, world, "reaches"));
  const bool stages = dice.chance(60);
  if (stages) file.blocks.push_back(regime(dice, world));
  add_rules(dice, world, file.blocks, "b", 6);
  made.files.push_back(std::move(file));
  if (dice.chance(25)) made.files.push_back(later_edition(dice, made.files.front()));
  if (dice.chance(25)) made.files.push_back(other_ruleset(dice, world));
  if (dice.chance(20)) {
    RulesFile local;
    local.name = fmt::format("local");
    local.blocks.emplace_back(kLocalHeader);
    made.files.push_back(std::move(local));
    std::string& block = *std::find_if(made.files.front().blocks.begin(), made.files.front().blocks.end(),
                                       [](const std::string& each) { return each.starts_with("parameter p_number"); });
    block += "  local may set\n";
    for (RulesFile& each : made.files)
      if (each.name == "later")
        for (std::string& other : each.blocks)
          if (other.starts_with("parameter p_number")) other += "  local may set\n";
  }
  made.evidence = evidence_at_random(dice, held, world.every, stages);
  made.known_on = dice.chance(70) ? "2025-12-31" : "2025-06-15";
  made.dates = {"2025-06-30", fmt::format("2025-{:02}-{:02}", dice.between(1, 9), dice.between(1, 28))};
  return made;
}

std::string to_text(const Case& made) {
  std::string text;
  for (const RulesFile& file : made.files) {
    text += fmt::format("--- rules {}\n", file.name);
    for (const std::string& block : file.blocks) text += block + "\n";
  }
  text += "--- evidence\n";
  for (const std::string& line : made.evidence) text += line + "\n";
  for (const std::string& date : made.dates) text += fmt::format("--- as at {} known on {}\n", date, made.known_on);
  return text;
}

}  // namespace assay::oracle
