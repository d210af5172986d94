// assay balance: what each ruleset measures, for what, of whom; and the four aims of a system, with those that have no
// evidence.
#include "engine/survey/balance.h"
#include "apps/cli/lines.h"
#include "apps/cli/survey.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::int64_t kHundred = 100;

// "outcome 12, process 4, not said 3".
std::string in_words(const std::vector<Counted>& counts) {
  std::vector<std::string> out;
  for (const Counted& one : counts)
    out.push_back(fmt::format("{} {}", one.what.empty() ? "not said" : one.what, one.items));
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string share_of(std::size_t part, std::size_t whole) {
  if (whole == 0) return "none";
  const auto percent = (static_cast<std::int64_t>(part) * kHundred * 2 / static_cast<std::int64_t>(whole) + 1) / 2;
  return fmt::format("{} of {} ({}%)", part, whole, percent);
}

// "2 years", "year", "18 months".
std::string every_in_words(Duration every) {
  constexpr std::int32_t kMonths = 12;
  const bool years = every.unit == Duration::Unit::Months && every.count % kMonths == 0;
  if (!years) return every.to_string();
  return every.count == kMonths ? "year" : counted(every.count / kMonths, "year");
}

std::string aim_in_words(const AimServed& aim) {
  if (aim.evidence == 0) return aim.rules == 0 ? "no rule and no evidence" : "no evidence";
  return fmt::format("{}, {} of evidence", counted(static_cast<std::int64_t>(aim.rules), "rule"),
                     counted(static_cast<std::int64_t>(aim.evidence), "item"));
}

void print_aims(const std::string& before, const std::array<AimServed, 4>& aims) {
  for (const AimServed& aim : aims) print_lines(fmt::format("{}{:<14}", before, to_string(aim.aim)), aim_in_words(aim));
}

void print_ruleset(const RulesetBalance& one, const Rulebook& book) {
  fmt::print("\n");
  print_lines("", fmt::format("{} ({})", one.title, one.ruleset), 2);
  print_lines("  measures    ", in_words(one.measures));
  print_lines("  purpose     ", in_words(one.purposes));
  print_lines("  sector      ", in_words(one.sectors));
  print_lines("  safety      ",
              one.safety == 0 ? "nothing says that it serves safety" : share_of(one.safety, one.items));
  print_lines("  experience  ", share_of(one.experience.size(), one.items));
  for (const FieldId field : one.experience) {
    const auto& asked_of = book.evidence[field.index].asked_of;
    std::string who = "nobody says who is asked";
    if (asked_of) who = "asked of " + asked_of->who;
    if (asked_of && asked_of->every) who += " every " + every_in_words(*asked_of->every);
    print_lines("    - ", fmt::format("{}: {}", book.schema.field(field).title, who));
  }
  if (!one.speaks_of_aims) return;
  fmt::print("  aims\n");
  print_aims("    ", one.aims);
}

void print_text(const Balance& balance, const Rulebook& book) {
  fmt::print("As at {}: what is measured, in {}\n", balance.as_at.to_long_string(),
             counted(static_cast<std::int64_t>(balance.rulesets.size()), "ruleset"));
  print_lines("", "Counts of what evidence says of itself. There is no right share; a gap is a question.");
  fmt::print("\nThe four aims of a system, in all rulesets\n");
  print_aims("  ", balance.aims);
  for (const RulesetBalance& one : balance.rulesets) print_ruleset(one, book);
}

void print_csv(const Balance& balance, const Rulebook&) {
  fmt::print("ruleset,title,about,what,items\n");
  const auto line = [](const RulesetBalance& one, const std::string& about, const std::string& what,
                       std::size_t items) {
    fmt::print("{}", csv_row({one.ruleset, one.title, about, what, fmt::format("{}", items)}));
  };
  for (const RulesetBalance& one : balance.rulesets) {
    line(one, "items", "", one.items);
    const auto counts = [&](const std::string& about, const std::vector<Counted>& of) {
      for (const Counted& each : of) line(one, about, each.what.empty() ? "not said" : each.what, each.items);
    };
    counts("measures", one.measures), counts("purpose", one.purposes), counts("sector", one.sectors);
    line(one, "safety", "", one.safety);
    for (const AimServed& aim : one.aims) {
      line(one, "aim rules", std::string(to_string(aim.aim)), aim.rules);
      line(one, "aim evidence", std::string(to_string(aim.aim)), aim.evidence);
    }
  }
}

}  // namespace

void add_balance(Program& program) {
  add_survey<Balance>(program,
                      {"balance", "what each ruleset measures, and for which aims", balance_of, print_text, print_csv});
}

}  // namespace assay::cli
