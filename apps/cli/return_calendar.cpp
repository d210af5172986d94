// The dates of a return: what is recorded, what the rules make of it, and working days with the bank holidays named.
#include "apps/cli/icalendar.h"
#include "apps/cli/lines.h"
#include "apps/cli/returned.h"
#include "engine/eval/outcome.h"
#include "evidence/core/working_days.h"

namespace assay::cli {

namespace {

constexpr int kDaysToAnswer = 10;  // working days, from the draft report: council.information_return, how_we_report

struct Line {
  std::string key, title;
  std::optional<Date> from, to;
  std::string why;  // beside the dates, or in their place
};

class Dates {
 public:
  Dates(Asked& asked, const InformationReturn& found)
      : asked_(asked), found_(found), evaluation_(asked.book(), *asked.snapshot) {}

  std::vector<Line> lines() {
    add_recorded("requested", "CQC's letter");
    add_worked_out("return_due", "return_due", "Return due", "three weeks from the letter", "CQC's letter");
    add_recorded("sent", "Return sent");
    add_recorded("visit_notice", "Second notice");
    add_worked_out("visit_from", "visit_to", "Visit", "six to eight weeks from the second notice", "the second notice");
    add_recorded("draft_report", "Draft report");
    add_working_days();
    return std::move(lines_);
  }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  std::optional<Date> recorded(const std::string& name) const {
    const Said date = said(*asked_.snapshot, "council.information_return." + name, found_.subject, asked_.as_at);
    if (!date.date || !date.date->exact()) return std::nullopt;
    return date.date->first;
  }

  void add_recorded(const std::string& name, const char* title) {
    const auto day = recorded(name);
    lines_.push_back({name, title, day, day, day ? "" : "not recorded"});
    if (!day) note_if_later(name, title);
  }

  // What was recorded on a later day is no part of the answer, which stays the same for good; but whoever asks is told
  // beside it that the question was too early.
  void note_if_later(const std::string& name, const char* title) {
    constexpr Date kWhenever{2'932'896};  // 9999-12-31
    if (!all_) {
      auto all = asked_.store->snapshot(asked_.book().schema, kWhenever);
      if (!all) return;
      all_ = std::make_unique<Snapshot>(std::move(*all));
    }
    const Subject& who = asked_.snapshot->subject(found_.subject);
    const auto there = all_->find(who.kind, who.code);
    const Observation* row =
        there ? counting_row(*all_, "council.information_return." + name, *there, kWhenever) : nullptr;
    if (!row || row->standing != Standing::Held) return;
    if (asked_.known_on < row->recorded_on)
      notes_.push_back(fmt::format("`{}` was recorded on {}, after the day known on; ask --known-on {}", title,
                                   row->recorded_on.to_long_string(), row->recorded_on.to_string()));
    else if (asked_.as_at < row->valid_from)
      notes_.push_back(fmt::format("`{}` is recorded for {}, after the day asked about; ask --as-at {}", title,
                                   row->valid_from.to_long_string(), row->valid_from.to_string()));
  }

  std::optional<Date> worked_out(const std::string& name) {
    const auto rule = asked_.book().find_rule("council.information_return." + name);
    if (!rule) return std::nullopt;
    const Cell cell = outcome(evaluation_, *rule, found_.subject, asked_.as_at).cell;
    if (!cell.known() || !std::holds_alternative<Date>(cell.value())) return std::nullopt;
    return std::get<Date>(cell.value());
  }

  void add_worked_out(const char* from, const char* to, const char* title, const char* why, const char* wanting) {
    const auto first = worked_out(from), last = worked_out(to);
    lines_.push_back({from, title, first, last, first ? why : fmt::format("not known without {}", wanting)});
  }

  void add_working_days() {
    Line line{"facts_due", "Facts to be answered by", {}, {}, "not known without the draft report"};
    if (const auto draft = recorded("draft_report")) {
      const auto days = working_days_after(*draft, kDaysToAnswer);
      if (days) {
        line.from = line.to = days->end;
        line.why = "ten working days from the draft report";
        for (const HolidayLeftOut& holiday : days->left_out)
          line.why += fmt::format("{} {} ({})", &holiday == &days->left_out.front() ? "; left out:" : ",", holiday.name,
                                  holiday.day.to_long_string());
        if (days->left_out.empty()) line.why += "; no bank holiday lies between";
      } else {
        line.why = days.error().message;
      }
    }
    lines_.push_back(std::move(line));
  }

  Asked& asked_;
  const InformationReturn& found_;
  Evaluation evaluation_;
  std::unique_ptr<Snapshot> all_;  // with what was recorded later; read when it is wanted
  std::vector<Line> lines_;
  std::vector<std::string> notes_;
};

void print_text(const Asked& asked, const InformationReturn& found, const std::vector<Line>& lines) {
  fmt::print("{} of {}\nAs at {}, known on {}\n\n", found.name, found.council, asked.as_at.to_long_string(),
             asked.known_on.to_long_string());
  for (const Line& line : lines) {
    std::string text = line.from ? line.from->to_long_string() : "";
    if (line.from && line.to && *line.to != *line.from) text += " to " + line.to->to_long_string();
    if (!line.why.empty()) text += (text.empty() ? "" : ": ") + line.why;
    print_lines(fmt::format("{:<24} ", line.title), text, 25);
  }
}

void print_icalendar(const Asked& asked, const InformationReturn& found, const std::vector<Line>& lines) {
  std::vector<CalendarEvent> events;
  for (const Line& line : lines) {
    if (!line.from || !line.to) continue;
    events.push_back({fmt::format("{}-{}@assay", asked.snapshot->subject(found.subject).code, line.key), *line.from,
                      *line.to, fmt::format("{}: {}", line.title, found.name), line.why});
  }
  fmt::print("{}", icalendar(fmt::format("{} of {}", found.name, found.council), events, asked.known_on));
}

}  // namespace

void print_calendar(Asked& asked, const InformationReturn& found, bool as_icalendar) {
  Dates dates(asked, found);
  const std::vector<Line> lines = dates.lines();
  if (as_icalendar)
    print_icalendar(asked, found, lines);
  else
    print_text(asked, found, lines);
  std::fflush(stdout);
  for (const std::string& note : dates.notes()) fmt::print(stderr, "assay: {}\n", note);
}

}  // namespace assay::cli
