// assay burden: what is asked for, by whom, and what it costs where somebody has recorded that. Of a store: the
// documents held (burden_documents.cpp).
#include "engine/survey/burden.h"
#include "apps/cli/burden_documents.h"
#include "apps/cli/lines.h"
#include "apps/cli/survey.h"
#include "engine/explain/wrap.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::size_t kNameColumns = 48;

std::string size_words(std::size_t count, std::string_view what) {
  return counted(static_cast<std::int64_t>(count), what);
}

// "6 hours each time, 4 times a year; collected once for all, 6 hours saved each time".
std::string cost_in_words(const BurdenItem& item) {
  if (item.costs.empty()) return "nobody has recorded what it costs";
  std::string words = item.costs + " each time";
  if (item.times_a_year)
    words += *item.times_a_year == 1 ? ", once a year" : fmt::format(", {} times a year", *item.times_a_year);
  if (const auto saved = item.hours_saved(); saved && *saved > 0)
    words += fmt::format("; collected once for all who ask, {} saved each time", counted(*saved, "hour"));
  return words;
}

void print_askers(const Burden& burden) {
  fmt::print("\n{:<{}}{:>7}{:>11}{:>11}\n", "Asked by", kNameColumns, "items", "also asked", "cost");
  fmt::print("{:<{}}{:>7}{:>11}{:>11}\n", "", kNameColumns, "", "by others", "recorded");
  for (const AskerBurden& one : burden.askers) {
    const std::string figures = fmt::format("{:>7}{:>11}{:>11}", one.items, one.shared, one.with_cost);
    const auto lines = wrap(one.asker, kNameColumns - 2);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) fmt::print("{}\n", lines[i]);
    fmt::print("{}{}\n", padded(lines.back(), kNameColumns), figures);
  }
}

void print_twice(const Burden& burden, const Rulebook& book) {
  const auto twice =
      std::count_if(burden.items.begin(), burden.items.end(), [](const BurdenItem& item) { return item.twice(); });
  fmt::print("\nAsked for by two or more: {}\n", twice);
  for (const BurdenItem& item : burden.items) {
    if (!item.twice()) continue;
    const FieldDef& field = book.schema.field(item.field);
    print_lines("  ", field.title);
    print_lines("    ", fmt::format("{}, of each {}", field.name, book.schema.kind(field.kind).name));
    print_lines("    asked by  ", join_words(item.asked_by));
    if (!item.read_by.empty()) print_lines("    read by   ", join_words(item.read_by));
    print_lines("    costs     ", cost_in_words(item));
  }
}

void print_costs(const Burden& burden) {
  std::size_t with_cost = 0, with_hours = 0;
  std::int64_t hours = 0, saved = 0;
  for (const BurdenItem& item : burden.items) {
    if (!item.costs.empty()) ++with_cost;
    if (item.hours) ++with_hours, hours += *item.hours, saved += *item.hours_saved();
  }
  fmt::print("\n");
  if (with_cost == 0) return print_lines("", "What any of them costs nobody has recorded, and nothing is assumed.");
  print_lines(
      "", fmt::format("What it costs is recorded for {} of {}.", with_cost, size_words(burden.items.size(), "item")));
  if (with_hours > 0)
    print_lines("", fmt::format("In hours for {}: {} each time all are collected once; those who ask for the same each "
                                "for themselves would take {} more.",
                                with_hours, counted(hours, "hour"), saved));
  if (with_cost < burden.items.size())
    print_lines("", "Of the others nobody has recorded what they cost, and nothing is assumed.");
}

void print_text(const Burden& burden, const Rulebook& book) {
  fmt::print("As at {}: {} of evidence, asked for by {}\n", burden.as_at.to_long_string(),
             size_words(burden.items.size(), "item"), burden.askers.size());
  if (burden.items.empty()) return;
  print_askers(burden);
  print_twice(burden, book);
  print_costs(burden);
}

void print_csv(const Burden& burden, const Rulebook& book) {
  fmt::print("evidence,title,of,asked_by,askers,read_by,costs,hours,times_a_year,hours_saved\n");
  const auto number = [](const std::optional<std::int64_t>& value) { return value ? fmt::format("{}", *value) : ""; };
  for (const BurdenItem& item : burden.items) {
    const FieldDef& field = book.schema.field(item.field);
    fmt::print("{}",
               csv_row({field.name, field.title, item.kind, joined(item.asked_by),
                        fmt::format("{}", item.asked_by.size()), joined(item.read_by), item.costs, number(item.hours),
                        number(item.times_a_year), item.twice() ? number(item.hours_saved()) : ""}));
  }
}

}  // namespace

void add_burden(Program& program) {
  struct Options {
    SurveyOptions survey;
    DocumentBurdenOptions documents;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "burden", "what is asked for, by whom, and twice; of a store, the documents that answer several at once");
  add_survey_options(*command, options->survey);
  CommonOptions& common = options->documents.common;
  command->add_option("words", common.words, "[STORE [COUNCIL]]");
  command->add_option("--store", common.store, "the documents held in this store (else the first word)")
      ->type_name("FILE");
  command->add_option("--known-on", common.known_on, "of a store: count only what had been recorded by this date")
      ->type_name("DATE");
  command->add_flag("--all", options->documents.all, "of a store: list every document that serves several purposes");
  command->callback([&program, options] {
    CommonOptions& asked = options->documents.common;
    if (asked.words.empty() && asked.store.empty()) {
      program.exit =
          print_survey(SurveyCommand<Burden>{"burden", "", burden_of, print_text, print_csv}, options->survey);
      return;
    }
    asked.as_at = options->survey.as_at;
    asked.rules = options->survey.rules;
    options->documents.format = options->survey.format;
    program.exit = burden_of_documents(options->documents);
  });
}

}  // namespace assay::cli
