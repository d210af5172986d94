// assay accountability: who answers to whom, and for what, from the rules themselves.
#include "engine/survey/accountability.h"
#include "apps/cli/lines.h"
#include "apps/cli/survey.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

void print_text(const Accountability& map, const Rulebook& book) {
  fmt::print("As at {}: who answers to whom, in {}\n", map.as_at.to_long_string(),
             counted(static_cast<std::int64_t>(map.lines.size()), "line"));
  std::string kind, to;
  for (const Answering& line : map.lines) {
    if (line.kind != kind) {
      fmt::print("\n");
      print_lines("", line.kind);
      to.clear();
    }
    if (line.kind != kind || line.to != to) print_lines("  to ", line.to);
    kind = line.kind, to = line.to;
    std::string said = line.name;
    if (!line.basis.empty()) said += ", " + line.basis;
    if (!line.aims.empty()) said += fmt::format("; aim{} {}", line.aims.size() == 1 ? "" : "s", join_words(line.aims));
    print_lines("    - ", fmt::format("{} ({})", line.what, said));
  }
  fmt::print("\nDuties of which no rule says to whom they are answered for: {}\n", map.to_nobody.size());
  for (const RuleId id : map.to_nobody)
    print_lines("  - ", fmt::format("{} ({})", book.rule(id).title, book.rule(id).name));
}

void print_csv(const Accountability& map, const Rulebook& book) {
  fmt::print("kind,to,title,name,ruleset,basis,aims\n");
  for (const Answering& line : map.lines)
    fmt::print("{}", csv_row({line.kind, line.to, line.what, line.name, line.ruleset, line.basis, joined(line.aims)}));
  for (const RuleId id : map.to_nobody) {
    const Rule& rule = book.rule(id);
    fmt::print("{}", csv_row({book.schema.kind(rule.kind).title, "", rule.title, rule.name,
                              title_of(book.ruleset(rule.ruleset)), "statute", ""}));
  }
}

}  // namespace

void add_accountability(Program& program) {
  add_survey<Accountability>(
      program, {"accountability", "who answers to whom, and for what", accountability_of, print_text, print_csv});
}

}  // namespace assay::cli
