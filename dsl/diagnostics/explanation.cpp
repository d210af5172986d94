// Finds a page and cuts it into its parts.
#include "dsl/diagnostics/explanation.h"

#include <algorithm>

#include "dsl/diagnostics/explanations.h"

namespace assay {

namespace {

constexpr std::string_view kWrong = "\n=== wrong\n", kRight = "\n=== right\n";

// Up to a mark, which goes too; all of it where there is none.
std::string_view take_to(std::string_view& rest, std::string_view mark) {
  const std::size_t at = rest.find(mark);
  const std::string_view out = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + mark.size());
  return out;
}

std::string_view without_end(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

constexpr std::string_view kSetting = R"(ruleset example
  in force from 2025-01-01

kind council "Council" plural councils
kind ics "Integrated care system" plural systems

relation membership from council to ics
  with share_of_council : percent 0% to 100%

source act     title "Care Act 2014"
source report  title "Inspection reports"

scale grade from worst to best
  poor, fair, good

theme leadership "Leadership"

evidence needs of council : score 1 to 4
  higher is better
evidence equity of council : score 1 to 4
  higher is better
evidence waiting of council : duration in days
  every quarter
  lower is better
evidence overall of council : grade
evidence spend of council : money
evidence staff of council : whole
evidence homes of council : whole
evidence leader of council : text
evidence notice of council : event
evidence plan_agreed of council : yes/no
evidence open of ics : yes/no
)";

}  // namespace

std::string_view example_setting() { return kSetting; }

Explanation explanation_of(DiagnosticKind kind) {
  const auto page = std::ranges::find(kExplanationTexts, code_of(kind), &ExplanationText::code);
  if (page == kExplanationTexts.end()) return {summary_of(kind), {}, {}, {}, {}};
  std::string_view rest = page->text;
  std::string_view words = take_to(rest, kWrong);
  Explanation out;
  out.title = take_to(words, "\n\n");
  out.meaning = take_to(words, "\n\n");
  out.reason = without_end(words);
  out.wrong = take_to(rest, kRight);
  out.right = without_end(rest);
  return out;
}

}  // namespace assay
