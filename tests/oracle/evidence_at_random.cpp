// Missing, stale, in conflict, corrected, withdrawn, recorded late, of two times, of days that are not known, not
// available, suppressed, not applicable, complete; subjects that begin and end, links many to many.
#include "tests/oracle/evidence_at_random.h"

#include <fmt/format.h>

namespace assay::oracle {
namespace {

std::string day(Dice& dice) {
  return fmt::format("{}-{:02}-{:02}", dice.between(2024, 2025), dice.between(1, 12), dice.between(1, 28));
}

std::string held_value(Dice& dice, const Item& item) {
  switch (item.sort) {
    case Sort::Number:
      return item.whole || dice.chance(50)
                 ? std::to_string(dice.between(item.low, item.high))
                 : fmt::format("{}.{}", dice.between(item.low, item.high - 1), dice.below(100));
    case Sort::Date:
      if (dice.chance(20)) return dice.pick({"2025-03", "2025-Q2", "2025", "2024/25"});
      return day(dice);
    case Sort::Money:
      return std::to_string(dice.below(10) * 100);
    case Sort::Days:
      return fmt::format("{} days", dice.below(200));
    case Sort::Text: {
      std::string text = literal(dice, Sort::Text);
      return text.substr(1, text.size() - 2);
    }
    case Sort::Event:
      return "yes";
    default:
      return literal(dice, item.sort);
  }
}

class Rows {
 public:
  Rows(Dice& dice, const std::string& every) : dice_(dice), every_(every) {}

  void add(const std::string& subject, const std::string& field, const std::string& value, const std::string& from,
           const std::string& to, const std::string& source, const std::string& recorded, int corrects = 0) {
    lines.push_back(fmt::format("{} | {} | {} | {} | {} | {} | | | {} | {}", subject, field, value, from, to, source,
                                recorded, corrects > 0 ? std::to_string(corrects) : ""));
  }

  void in_being(const std::string& subject) {
    const std::string kind = subject.substr(0, subject.find(':'));
    const bool late = dice_.chance(12), ends = dice_.chance(12);
    add(subject, kind + ".register", subject.substr(subject.find(':') + 1), late ? day(dice_) : "2020-01-01",
        ends ? "2025-05-31" : "", "", "2020-01-01");
  }

  void of_field(const std::string& subject, const Item& item) {
    const std::string field = "test." + item.name;
    if (dice_.chance(22)) return;  // not held
    if (dice_.chance(item.sort == Sort::Event ? 50 : 4)) complete(subject, field);
    doubt_ = false;
    const int n = item.series ? dice_.between(2, 7) : dice_.between(1, 3);
    for (int i = 0; i < n; ++i) row(subject, field, item, i);
  }

  std::vector<std::string> lines;

 private:
  std::string source() { return dice_.pick({"inspectors", "inspectors", "council_return", "auditors", ""}); }

  std::pair<std::string, std::string> period(int i) const {
    if (every_ == "month") {
      const int month = 1 + i % 9;
      constexpr int kLast[] = {31, 28, 31, 30, 31, 30, 31, 31, 30};
      return {fmt::format("2025-{:02}-01", month), fmt::format("2025-{:02}-{:02}", month, kLast[month - 1])};
    }
    if (every_ == "quarter") {
      const int year = i < 4 ? 2024 : 2025, quarter = i % 4;
      constexpr int kLast[] = {31, 30, 30, 31};
      return {fmt::format("{}-{:02}-01", year, quarter * 3 + 1),
              fmt::format("{}-{:02}-{:02}", year, quarter * 3 + 3, kLast[quarter])};
    }
    const int year = 2021 + i % 5;
    if (every_ == "year") return {fmt::format("{}-01-01", year), fmt::format("{}-12-31", year)};
    return {fmt::format("{}-04-01", year - 1), fmt::format("{}-03-31", year)};
  }

  // Of all the time, up to a day, or of one year and the next, perhaps with days between that nobody vouches for.
  void complete(const std::string& subject, const std::string& field) {
    if (dice_.chance(60)) {
      add(subject, field, "complete", "2023-01-01", dice_.pick({"2025-03-31", "2025-12-31"}), "", "2024-01-01");
      return;
    }
    add(subject, field, "complete", dice_.pick({"2023-01-01", "2024-07-01"}), "2024-12-31", source(), "2024-12-31");
    add(subject, field, "complete", dice_.pick({"2025-01-01", "2025-01-01", "2024-10-01", "2025-01-02"}),
        dice_.pick({"2025-03-31", "2025-06-30", "2025-12-31"}), source(), dice_.pick({"2025-01-15", "2025-06-01"}));
  }

  void row(const std::string& subject, const std::string& field, const Item& item, int i) {
    std::string from = dice_.chance(25) ? "2025-02-01" : day(dice_), to;
    if (item.series) std::tie(from, to) = period(dice_.chance(70) ? i : dice_.below(8));
    const bool known_to_the_day = item.series || item.kind == "membership" || i > 0 || !dice_.chance(15);
    doubt_ = i == 0 ? !known_to_the_day : doubt_;
    if (doubt_ && i > 0) from = i == 1 ? "2024-01-15" : "2025-10-01";  // before it, or after
    if (!known_to_the_day) from = dice_.pick({"2025-03", "2025-Q1", "2025-02", "2024/25"});
    if (!item.series && item.sort != Sort::Event && dice_.chance(10))
      to = dice_.chance(70) ? "2025-12-31" : "2025-08-31";
    std::string value = held_value(dice_, item);
    if (item.sort != Sort::Event && dice_.chance(14))
      value = item.not_applicable && dice_.chance(60) ? "not applicable"
                                                      : dice_.pick({"not available", "suppressed", "ended"});
    if (value == "ended" && item.series) value = "suppressed";
    const std::string by = source();
    std::string recorded =
        known_to_the_day && dice_.chance(60) ? from : dice_.pick({"2025-01-15", "2025-07-15", "2024-06-01"});
    if (item.series) recorded = dice_.chance(80) ? to : "2025-07-15";
    add(subject, field, value, from, to, by, recorded);
    const int number = static_cast<int>(lines.size());
    if (dice_.chance(10))  // corrected, perhaps later than is asked about
      add(subject, field, held_value(dice_, item), from, to, by, dice_.pick({"2025-06-01", "2025-07-20"}), number);
    else if (dice_.chance(7))
      add(subject, field, "withdrawn", from, to, by, dice_.pick({"2025-05-01", "2025-07-20"}), number);
    else if (!doubt_ && dice_.chance(8) && item.sort != Sort::Event)  // another source, or the same one, says otherwise
      add(subject, field, held_value(dice_, item), from, to, dice_.chance(50) ? "auditors" : by, recorded);
  }

  Dice& dice_;
  bool doubt_ = false;  // its first row is of a day that is not known
  const std::string& every_;
};

}  // namespace

std::vector<std::string> evidence_at_random(Dice& dice, const std::vector<Item>& held, const std::string& every,
                                            bool stages) {
  Rows rows(dice, every);
  const std::vector<std::string> councils = {"A", "B", "C", "D", "E", "F"}, systems = {"X", "Y", "Z"};
  for (const auto& code : councils) rows.in_being("council:" + code);
  for (const auto& code : systems) rows.in_being("ics:" + code);
  std::vector<std::pair<std::string, std::string>> subjects;
  for (const auto& code : councils) subjects.emplace_back("council", "council:" + code);
  for (const auto& code : systems) subjects.emplace_back("ics", "ics:" + code);
  for (const auto& council : councils) {
    for (const auto& system : systems) {
      if (!dice.chance(40)) continue;
      const std::string link = fmt::format("membership:{}>{}", council, system);
      rows.in_being(link);
      subjects.emplace_back("membership", link);
    }
  }
  for (const auto& [kind, subject] : subjects) {
    for (const Item& item : held)
      if (item.kind == kind) rows.of_field(subject, item);
    if (!stages || kind != "council" || !dice.chance(60)) continue;
    for (int i = dice.between(1, 4); i > 0; --i) {
      const std::string stage = dice.chance(12)   ? "ended"
                                : dice.chance(10) ? "minded to watched"
                                                  : literal(dice, Sort::Stage);
      const std::string from =
          fmt::format("{}-{:02}-{:02}", dice.between(2024, 2025), i * 3 - dice.below(3), dice.between(1, 28));
      rows.add(subject, "test.support", stage, from, dice.chance(15) ? "2025-05-15" : "", "department", from);
    }
  }
  return std::move(rows.lines);
}

}  // namespace assay::oracle
