// oversight_wide: the NHS Oversight Framework's quarterly data file, turned so that a line is one trust in one quarter
// and a column one metric by its published code ("OF0057"). Makes each trust, its short name, and a reading for each
// metric that the rules have a field for. A blank is not available; so is a score of 0, which the framework's manual
// gives to what is missing or suppressed.
#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "evidence/core/date.h"
#include "evidence/core/imprecise_date.h"
#include "evidence/import/layouts/layouts.h"

namespace assay {

namespace {

constexpr std::string_view kBlankNote = "blank in the published file";
constexpr std::string_view kZeroNote = "published as 0, which stands for missing or suppressed";
constexpr std::string_view kNoStart = "the file does not say since when the trust has existed";

// "Oxleas NHS Foundation Trust" is Oxleas to everyone.
std::string_view short_name(std::string_view name) {
  for (const std::string_view after : {" NHS Foundation Trust", " NHS Trust"}) {
    if (name.ends_with(after)) return name.substr(0, name.size() - after.size());
  }
  return name;
}

// OF1057 is a metric's score, OF4003 a domain's; both run from 1 to 4.
bool is_score(std::string_view code) { return code.starts_with("OF1") || code.starts_with("OF40"); }

bool is_quarter(std::string_view text) {
  const auto date = read_date_as_written(text);
  return date && step_end(date->first, Step::Quarter) == date->last();
}

void add_trust(TableReading& in, PublishedCell cell) {
  cell.heading = "trust_name";
  cell.field = "trust.register";
  cell.value = in.cell(cell.heading);
  cell.valid_from = kFirstDay;
  cell.note = kNoStart;
  in.add(cell);
  const std::string_view name = cell.value;
  cell.value = short_name(name);
  if (cell.value == name) return;
  cell.field = "trust.alias";
  cell.note = "short form of the trust's name";
  in.add(cell);
}

}  // namespace

void read_oversight_wide(TableReading& in) {
  in.name_column(Column::Subject, "ods_code");
  in.name_column(Column::ValidFrom, "quarter");
  std::vector<std::string_view> codes;
  for (const std::string& heading : in.table().headings()) {
    if (heading.starts_with("OF")) codes.push_back(heading);
  }
  std::set<std::string> named;
  while (in.next_line()) {
    if (!is_quarter(in.cell("quarter"))) {
      in.refuse("quarter", fmt::format("`{}` is not a quarter", shown_text(in.cell("quarter"))),
                "write it as Q1 2025/26");
      continue;
    }
    const std::string subject = "trust:" + std::string(in.cell("ods_code"));
    PublishedCell cell{.subject = subject, .valid_from = in.cell("quarter")};
    if (named.insert(subject).second) add_trust(in, cell);
    for (const std::string_view code : codes) {
      cell.heading = code;
      cell.field = code;
      cell.value = in.cell(code);
      cell.note = cell.value.empty() ? kBlankNote : std::string_view();
      cell.standing.reset();
      if (is_score(code) && cell.value == "0") {
        cell.standing = Standing::NotAvailable;
        cell.note = kZeroNote;
      }
      in.add(cell);
    }
  }
}

}  // namespace assay
