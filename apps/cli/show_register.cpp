// What the register says of a subject: names and their periods, other codes, and whether it is in being on the date.
#include "apps/cli/being.h"
#include "apps/cli/lines.h"
#include "apps/cli/show.h"
#include "engine/eval/words.h"

namespace assay::cli {

namespace {

// One text of the register or of other names, over the days it holds without a gap.
struct Held {
  std::string text, document, note;
  Date from;
  std::optional<Date> to;
};

// Rows that say one thing of days that follow each other are one: a board whose other code changed is the same board.
std::vector<Held> held_in(const Snapshot& snapshot, FieldId field, SubjectId subject) {
  std::vector<Held> all;
  for (const Observation& row : snapshot.rows(field, subject)) {
    if (row.superseded || row.standing != Standing::Held) continue;
    const Held next{std::get<std::string>(row.value), row.document, row.note, row.valid_from, row.valid_to};
    const auto before = std::find_if(all.begin(), all.end(), [&](const Held& one) {
      return one.text == next.text && one.note == next.note && one.to && one.to->days + 1 == next.from.days;
    });
    if (before == all.end())
      all.push_back(next);
    else
      before->to = next.to;
  }
  return all;
}

bool has_start(const Held& held) { return held.from.ymd().year != 1; }

// A code or spelling, with its days where one took the place of another while the body went on.
std::string other_in_words(const Held& other, const std::vector<Held>& others, const std::vector<Held>& names) {
  const auto meets = [](const Held& before, const Held& after) {
    return before.to && before.to->days + 1 == after.from.days;
  };
  std::string out = other.text;
  if (std::any_of(others.begin(), others.end(), [&](const Held& one) { return meets(one, other); }))
    out += " from " + other.from.to_long_string();
  const bool to_the_end =
      std::any_of(names.begin(), names.end(), [&](const Held& name) { return name.to == other.to; });
  if (other.to && !to_the_end) out += " to " + other.to->to_long_string();
  return out;
}

}  // namespace

void print_register(const Snapshot& snapshot, SubjectId subject, Date as_at) {
  const KindDef& kind = snapshot.schema().kind(snapshot.subject(subject).kind);
  const std::string id = subject_text(snapshot, subject);
  fmt::print("{} ({})\n", name_on(snapshot, subject, as_at), id);
  const std::vector<Held> names = held_in(snapshot, kind.register_field, subject);
  for (const Held& name : names) {
    print_lines("  ",
                fmt::format("{}{}{}: {}", name.text, has_start(name) ? " from " + name.from.to_long_string() : "",
                            name.to ? " to " + name.to->to_long_string() : "", name.document),
                4);
    if (!name.note.empty()) print_lines("    ", name.note);
  }
  const std::string not_there = not_in_being_in_words(snapshot, subject, as_at);
  if (!not_there.empty()) fmt::print("  {}\n", not_there);
  if (const auto last = last_day(snapshot, subject, as_at))
    print_lines("    ",
                fmt::format("what was recorded of it stands as at that day, and passes to nobody: `assay show {} "
                            "--as-at {}`",
                            id, last->to_string()));
  std::vector<std::string> others;
  const std::vector<Held> held = held_in(snapshot, kind.alias_field, subject);
  for (const Held& other : held) others.push_back(other_in_words(other, held, names));
  if (!others.empty()) print_lines("  also known as: ", fmt::format("{}", fmt::join(others, "; ")), 4);
}

}  // namespace assay::cli
