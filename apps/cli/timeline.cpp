// assay timeline RULE SUBJECT: why there was, or was not, a flag on every day of a period, and when it could first have
// been known.
#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "apps/cli/why.h"
#include "engine/session/asked_then.h"

namespace assay::cli {

namespace {

constexpr std::size_t kRowsShown = 4;  // of a span; `assay why` shows all

struct Options {
  CommonOptions common;
  std::string from, to, format = "text";
};

std::string apart(Date earlier, Date later) {
  const std::int32_t days = later.days - earlier.days;
  if (days == 0) return "the same day";
  return fmt::format("{} {}", counted(days < 0 ? -days : days, "day"), days < 0 ? "before" : "later");
}

// "recorded on 11 August 2025 by C. Clerk, 3 days later, loaded ...": both dates, and the moment where it says more.
std::string recorded_in_words(const EvidenceLeaf& row) {
  std::string out = fmt::format("recorded on {}", row.recorded_on.to_long_string());
  if (!row.recorded_by.empty()) out += " by " + row.recorded_by;
  if (row.valid_to && row.valid_to->exact() && row.valid_to->first < row.recorded_on)
    out += fmt::format(", {} after its end", counted(row.recorded_on.days - row.valid_to->first.days, "day"));
  else if (row.valid_from.exact())
    out += ", " + apart(row.valid_from.first, row.recorded_on);
  if (!row.imported_at.starts_with(row.recorded_on.to_string())) out += ", loaded " + row.imported_at;
  return out;
}

std::string document_in_words(const EvidenceLeaf& row) {
  return fmt::format("{}{}{}", row.document.empty() ? "document not named" : row.document,
                     row.place.empty() ? "" : ", ", row.place);
}

bool told_alike(const EvidenceLeaf& a, const EvidenceLeaf& b) {
  return a.document == b.document && a.valid_from == b.valid_from && a.valid_to == b.valid_to &&
         recorded_in_words(a) == recorded_in_words(b);
}

// Rows of one document and one date stand together.
void print_rows(const History& history, const TimelineSpan& span) {
  const std::size_t shown = std::min(span.rows.size(), kRowsShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const EvidenceLeaf& row = span.rows[i];
    const std::string whose = row.subject == history.subject ? "" : " of " + row.subject_name;
    const bool answers = row.part == Part::Answers;
    print_lines("    - ", fmt::format("{}{}: {}{}", row.title, whose, row.value,
                                      answers ? "" : fmt::format(" ({})", part_in_words(row.part))));
    if (i + 1 < shown && told_alike(row, span.rows[i + 1])) continue;
    print_lines("      ", document_in_words(row));
    print_lines("      ", fmt::format("{}; {}", period_in_words(row.valid_from, row.valid_to), recorded_in_words(row)));
  }
  if (shown < span.rows.size())
    fmt::print("    and {} more\n", counted(static_cast<std::int64_t>(span.rows.size() - shown), "row"));
}

void print_wanting(const History& history, const Wanting& wanting) {
  const std::string whose = wanting.subject == history.subject ? "" : " of " + wanting.subject_name;
  const std::string later =
      wanting.detail_at_end == wanting.detail ? "" : fmt::format("; by the last day {}", wanting.detail_at_end);
  print_lines("    - ",
              fmt::format("{}{}: {}, {}{}", wanting.title, whose, to_string(wanting.kind), wanting.detail, later));
}

void print_span(const History& history, const TimelineSpan& span) {
  fmt::print("\n{} to {}  {}\n", span.from.to_string(), span.to.to_string(), counted(span.days(), "day"));
  const bool evaluated = span.state != DayState::NotEvaluated;
  print_lines("  ", evaluated ? span.words : fmt::format("not evaluated: {}", span.words));
  for (const std::string& waiver : span.waivers) print_lines("    waived: ", waiver, 6);
  if (!span.because.empty()) print_lines("    ", span.because, 6);
  for (const Wanting& wanting : span.wanting) print_wanting(history, wanting);
  print_rows(history, span);
}

void print_days(const History& history) {
  const auto line = [](std::string_view what, std::int32_t days) { fmt::print("  {:<18}{:>6}\n", what, days); };
  fmt::print("\nDays\n");
  const std::vector<DayState> states =
      history.trigger
          ? std::vector{DayState::Raised, DayState::Waived, DayState::Clear, DayState::Undetermined,
                        DayState::NotEvaluated}
          : std::vector{DayState::Known, DayState::NotApplicable, DayState::Unknown, DayState::NotEvaluated};
  for (const DayState state : states) line(in_words(state), history.days(state));
  line("in all", history.days());
}

void print_firsts(const History& history) {
  fmt::print("\n");
  if (history.first_knowable)
    print_lines("First knowable: ",
                fmt::format("{}, the first of these days as at which it is raised with everything held now",
                            history.first_knowable->to_long_string()),
                2);
  else
    print_lines("First knowable: ", "on none of these days, with everything held now", 2);
  const auto& first = history.first_known;
  if (!first)
    return print_lines("First known:    ", "never: at no time was enough held to raise it as at one of these days", 2);
  std::string late;
  if (history.first_knowable && *history.first_knowable != first->on)
    late = fmt::format(", {}", apart(*history.first_knowable, first->on));
  print_lines("First known:    ",
              fmt::format("{}{}: by then what had been recorded would have raised it as at {}",
                          first->on.to_long_string(), late, first->about.to_long_string()),
              2);
  if (first->until)
    print_lines(
        "  ", fmt::format("from {} it would not, because of what was recorded by then", first->until->to_long_string()),
        2);
}

void print_asked(const History& history) {
  fmt::print("\nAsked at the time\n");
  std::vector<Date> days;
  for (const AskedThen& asked : history.asked) {
    const bool same = asked.said == asked.now;
    print_lines("  ",
                fmt::format("run {}, {} by {}: as at {}, known on {}: {}{}", asked.run, asked.run_at, asked.run_by,
                            asked.as_at.to_string(), asked.known_on.to_string(), asked.said,
                            same ? "" : fmt::format("; with what is held now: {}", asked.now)),
                4);
    days.push_back(asked.as_at);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  const auto asked = static_cast<std::int32_t>(days.size());
  if (asked == 0)
    fmt::print("  no run in the trail asked it as at any of these days\n");
  else
    fmt::print("  no run in the trail asked it as at any of the other {}\n", counted(history.days() - asked, "day"));
}

void print_text(const History& history) {
  print_lines("", fmt::format("{}: {}", history.title, history.subject_name));
  print_lines("", fmt::format("{} to {}, known on {}", history.question.from.to_long_string(),
                              history.question.to.to_long_string(), history.known_on.to_long_string()));
  if (history.known_on < history.question.to)
    print_lines("", fmt::format("Days after {} stand as they would with nothing more recorded",
                                history.known_on.to_long_string()));
  print_lines("", fmt::format("asked: {} of {}", history.question.rule, history.subject));
  print_days(history);
  if (history.trigger) print_firsts(history);
  for (const TimelineSpan& span : history.spans) print_span(history, span);
  print_asked(history);
}

int timeline(Options& options) {
  if (options.from.empty()) return wrong_use("--from: the first day of the period is wanted", "write it as 2025-12-05");
  const auto from = read_date(options.from, "--from");
  if (!from) return tell(from.error());
  const auto to = options.to.empty() ? Result<Date>(today()) : read_date(options.to, "--to");
  if (!to) return tell(to.error());
  if (*to < *from)
    return wrong_use(fmt::format("--to: {} is before {}, where the period begins", to->to_string(), from->to_string()));
  options.common.as_at = to->to_string();
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  const auto& words = options.common.words;
  if (words.size() < 2 || words.size() > 3)
    return wrong_use("a rule and a subject are wanted",
                     "for instance: assay timeline STORE cqc.local_authority.overall council:E06000009 --from "
                     "2024-04-01");
  const auto question = question_of(asked.book(), *asked.snapshot, *to, words);
  if (!question) return tell(question.error());
  Evaluation evaluation(asked.book(), *asked.snapshot);
  History history = history_of(evaluation, {asked.book().rule(question->rule).name, question->subject, *from, *to});
  auto then = asked_then(*asked.store, asked.book(), *asked.snapshot, history);
  if (!then) return tell(then.error());
  history.asked = std::move(*then);
  if (options.format == "json")
    fmt::print("{}\n", to_json(history));
  else
    print_text(history);
  return kDone;
}

}  // namespace

void add_timeline(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "timeline", "every day of a period: raised, clear, undetermined or not asked, and when it could be known");
  add_common(*command, options->common, "STORE RULE SUBJECT [OTHER_END]", false);
  command->add_option("--from", options->from, "the first day of the period")->type_name("DATE");
  command->add_option("--to", options->to, "its last day (else today)")->type_name("DATE");
  command
      ->add_option("--known-on", options->common.known_on,
                   "count only what had been recorded by this date (else the last date on which anything was)")
      ->type_name("DATE");
  command->add_option("--format", options->format, "text or json")->check(one_of({"text", "json"}));
  command->callback([&program, options] { program.exit = timeline(*options); });
}

}  // namespace assay::cli
