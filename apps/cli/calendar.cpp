// assay calendar: the year ahead, to read, to subscribe to, or as data. It moves no date.
#include "engine/calendar/calendar.h"
#include "apps/cli/command.h"
#include "apps/cli/help.h"
#include "apps/cli/icalendar.h"
#include "apps/cli/lines.h"
#include "evidence/core/digest.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::size_t kNamed = 6;  // bodies of one entry

struct Options {
  CommonOptions common;
  std::string to, subject, format = "text";
  int within = 7;
};

std::string name(const Evaluation& evaluation, SubjectId subject, Date on) {
  return name_on(evaluation.snapshot(), subject, on);
}

// "Kent", "Kent, York and 12 more".
std::string names_of(const Evaluation& evaluation, const std::vector<SubjectId>& subjects, Date on) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(subjects.size(), kNamed); ++i)
    names.push_back(name(evaluation, subjects[i], on));
  if (subjects.size() > kNamed) names.push_back(fmt::format("{} more", subjects.size() - kNamed));
  return join_words(names);
}

// "held of all 153 councils", "not yet held of 3 of 153 councils".
std::string held_in_words(const Evaluation& evaluation, const CalendarEntry& entry) {
  const Schema& schema = evaluation.rulebook().schema;
  const std::string& bodies = schema.kind(schema.field(*schema.find_field(entry.fields.front())).kind).plural;
  if (entry.subjects.empty()) return fmt::format("held of all {} {}", entry.of, bodies);
  return fmt::format("not yet held of {} of {} {}", entry.subjects.size(), entry.of, bodies);
}

// "Kent: Next CQC assessment of the council", "due: Median wait, for the quarter to ...: 3 of 153 wanting".
std::string in_words(const Evaluation& evaluation, const CalendarEntry& entry, Date on) {
  switch (entry.kind) {
    case CalendarEntry::Kind::Dated:
    case CalendarEntry::Kind::Ends:
      return fmt::format("{}: {}", names_of(evaluation, entry.subjects, on), entry.title);
    case CalendarEntry::Kind::Due:
      return fmt::format("due: {}, {}: {}", entry.title, entry.note, held_in_words(evaluation, entry));
    case CalendarEntry::Kind::Stale:
      return fmt::format("last day that it counts: {} ({}): {}", entry.title, entry.note,
                         names_of(evaluation, entry.subjects, on));
    case CalendarEntry::Kind::Period:
      return fmt::format("{}: {}, as entered", names_of(evaluation, entry.subjects, on), entry.title);
  }
  return {};
}

std::string month_of(Date date) { return ImpreciseDate(date, Step::Month).to_long_string(); }

// What begins before the year stands in its first month.
void print_entries(const Evaluation& evaluation, const Calendar& calendar) {
  std::string month;
  for (const CalendarEntry& entry : calendar.entries) {
    const Date shown = std::max(entry.from, calendar.question.from);
    if (month_of(shown) != month) {
      month = month_of(shown);
      fmt::print("\n{}\n", month);
    }
    std::string when = entry.from.to_string();
    if (!entry.exact && entry.kind != CalendarEntry::Kind::Period) when = "some day  ";
    std::string text = in_words(evaluation, entry, calendar.question.from);
    if (entry.kind == CalendarEntry::Kind::Period) text += fmt::format(" (to {})", entry.to.to_long_string());
    print_lines(fmt::format("  {}  ", when), text);
  }
  if (calendar.entries.empty()) fmt::print("\nNothing is recorded of these days\n");
}

void print_clashes(const Evaluation& evaluation, const Calendar& calendar) {
  fmt::print("\nFalls together, within {}: {}\n", counted(calendar.question.within_days, "day"),
             calendar.clashes.size());
  for (const CalendarClash& clash : calendar.clashes) {
    const CalendarEntry &first = calendar.entries[clash.first], &second = calendar.entries[clash.second];
    const std::string a = in_words(evaluation, first, calendar.question.from),
                      b = in_words(evaluation, second, calendar.question.from);
    if (first.kind == CalendarEntry::Kind::Period)
      print_lines("  - ", fmt::format("{} on {} falls in {} to {}: {}", b, second.from.to_string(),
                                      first.from.to_string(), first.to.to_string(), a));
    else
      print_lines("  - ", fmt::format("{} on {}; {} on {}: {} apart", a, first.from.to_string(), b,
                                      second.from.to_string(), counted(clash.days, "day")));
  }
}

void print_moves(const Evaluation& evaluation, const Calendar& calendar) {
  fmt::print("\nWould be moved, if those who decide so decide; nothing is moved here: {}\n", calendar.moves.size());
  for (const CalendarMove& move : calendar.moves) {
    print_lines("  - ", fmt::format("{}: {}", name(evaluation, move.link, calendar.question.from),
                                    effect_in_words(move.effect)));
    print_lines("    ", evaluation.rulebook().rule(move.interaction).name);
  }
}

std::string competing_in_words(const Evaluation& evaluation, const Demand& demand, const MonthOfDemand& month) {
  const ValueType& type = evaluation.rulebook().type(evaluation.rulebook().rule(demand.wanted).type);
  std::vector<std::string> out;
  for (const auto& one : month.competing)
    out.push_back(fmt::format("{} {}", name(evaluation, one.subject, month.end), cell_in_words(one.wanted, type)));
  return join_words(out);
}

void print_demand(const Evaluation& evaluation, const Demand& demand) {
  const Rulebook& book = evaluation.rulebook();
  const Rule &flag = book.rule(demand.flag), &wanted = book.rule(demand.wanted);
  const FieldDef& there = book.schema.field(demand.there);
  fmt::print("\n");
  print_lines("", fmt::format("{}: {}", name(evaluation, demand.subject, demand.months.front().end), flag.title));
  print_lines("  wanted  ", fmt::format("{} ({}{}{})", wanted.title, wanted.name, wanted.grounds.basis ? ", " : "",
                                        wanted.grounds.basis ? to_string(*wanted.grounds.basis) : ""));
  print_lines("  there   ", there.title);
  for (const MonthOfDemand& month : demand.months) {
    const bool over = month.status == Status::Raised;
    const std::string_view standing = over ? "  too few" : month.status == Status::Undetermined ? "  not known" : "";
    fmt::print("  {:<16} {:>12}  {:>12}{}\n", month_of(month.end), cell_in_words(month.wanted, book.type(wanted.type)),
               cell_in_words(month.there, there.type), standing);
    if (!month.competing.empty())
      print_lines(over ? "    compete: " : "    ", competing_in_words(evaluation, demand, month), 6);
  }
}

void print_text(const Evaluation& evaluation, const Calendar& calendar) {
  const CalendarQuestion& question = calendar.question;
  fmt::print("{} to {}, known on {}\n", question.from.to_long_string(), question.to.to_long_string(),
             calendar.known_on.to_long_string());
  print_entries(evaluation, calendar);
  print_clashes(evaluation, calendar);
  print_moves(evaluation, calendar);
  for (const Demand& demand : calendar.demands) print_demand(evaluation, demand);
  if (calendar.not_known.empty()) return;
  fmt::print("\nRecorded, and the date is not known: {}\n", calendar.not_known.size());
  for (const std::string& date : calendar.not_known) print_lines("  - ", date);
}

// The same for the same thing: a date that changes stays one event.
std::string uid_of(const Evaluation& evaluation, const CalendarEntry& entry) {
  std::string key(to_string(entry.kind));
  for (const std::string& field : entry.fields) key += "|" + field;
  const bool of_one = entry.kind == CalendarEntry::Kind::Dated || entry.kind == CalendarEntry::Kind::Ends;
  const bool period = entry.kind == CalendarEntry::Kind::Period;
  if (of_one || period)
    for (const SubjectId subject : entry.subjects) key += "|" + subject_text(evaluation.snapshot(), subject);
  if (!of_one) key += "|" + entry.from.to_string();
  constexpr std::size_t kDigits = 32;
  return sha256(key).to_hex().substr(0, kDigits) + "@assay";
}

std::string description_of(const Evaluation& evaluation, const Calendar& calendar, const CalendarEntry& entry) {
  std::vector<std::string> lines;
  if (!entry.exact) lines.push_back("not known to the day");
  if (!entry.note.empty()) lines.push_back(entry.note);
  if (!entry.document.empty()) lines.push_back("from: " + entry.document);
  for (const CalendarMove& move : calendar.moves) {
    const bool this_one = entry.kind == CalendarEntry::Kind::Dated && entry.fields.front() == move.effect.what &&
                          subject_text(evaluation.snapshot(), entry.subjects.front()) == move.effect.whose;
    if (this_one)
      lines.push_back(fmt::format("would be moved, if so decided: {} {}",
                                  evaluation.rulebook().rule(move.interaction).name, effect_in_words(move.effect)));
  }
  for (const std::string& field : entry.fields) lines.push_back(field);
  return fmt::format("{}", fmt::join(lines, "\n"));
}

void print_icalendar(const Evaluation& evaluation, const Calendar& calendar) {
  std::vector<CalendarEvent> events;
  for (const CalendarEntry& entry : calendar.entries)
    events.push_back({uid_of(evaluation, entry), entry.from, entry.to,
                      in_words(evaluation, entry, calendar.question.from),
                      description_of(evaluation, calendar, entry)});
  fmt::print("{}", icalendar("Assay: the year ahead", events, calendar.known_on));
}

// A year from a day ends on the day before that day.
Date year_after(Date from) { return Date{add(from, {Duration::Unit::Months, 12}).days - 1}; }

int calendar(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  if (!options.common.words.empty())
    return wrong_use(fmt::format("`{}` is a word too many here", options.common.words.front()),
                     "one body only: --subject NAME");
  CalendarQuestion question{.from = asked.as_at, .to = year_after(asked.as_at), .within_days = options.within};
  if (!options.to.empty()) {
    const auto to = read_date(options.to, "--to");
    if (!to) return tell(to.error());
    question.to = *to;
  }
  if (question.to < question.from)
    return wrong_use(fmt::format("--to: {} is before {}, where the calendar begins", question.to.to_string(),
                                 question.from.to_string()));
  if (!options.subject.empty()) {
    const auto subject = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.subject);
    if (!subject) return tell(subject.error());
    question.subject = *subject;
  }
  Evaluation evaluation(asked.book(), *asked.snapshot);
  const Calendar found = calendar_of(evaluation, question);
  if (options.format == "json") {
    fmt::print("{}\n", to_json(found, evaluation));
  } else if (options.format == "ics") {
    print_icalendar(evaluation, found);
  } else {
    print_text(evaluation, found);
  }
  return kDone;
}

}  // namespace

void add_calendar(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      program.app.add_subcommand("calendar", "the year ahead: dates, what falls due, what clashes, who is short");
  add_common(*command, options->common, "STORE", true);
  command->add_option("--to", options->to, "the last day (else a year after --as-at)")->type_name("DATE");
  command->add_option("--subject", options->subject, "one body only, with those it is linked to")->type_name("SUBJECT");
  constexpr int kWithinMax = 366;
  command->add_option("--within", options->within, "dates so many days apart fall together (else 7)")
      ->type_name("DAYS")
      ->check(CLI::Range(0, kWithinMax));
  command->add_option("--format", options->format, "text, json, or ics for a calendar to subscribe to")
      ->check(one_of({"text", "json", "ics"}));
  command->callback([&program, options] { program.exit = calendar(*options); });
}

}  // namespace assay::cli
