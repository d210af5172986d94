// assay burden STORE: the documents that councils hold, as collections. A document is one, whatever number of
// statements, items of a return and frameworks it answers; hours are those that its owner recorded.
#include "apps/cli/burden_documents.h"

#include <map>
#include <set>

#include "apps/cli/lines.h"
#include "apps/cli/returned.h"
#include "apps/cli/survey.h"
#include "engine/eval/reading.h"
#include "evidence/core/canonical_json.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

constexpr std::string_view kHours = "council.evidence_library.hours";
constexpr std::string_view kCqc = "CQC";  // whose returns these are

struct DocumentBurden {
  const LibraryDocument* document;
  std::vector<std::string> items;    // "item 2 of Information return 2027"
  std::set<std::string> frameworks;  // that ask for an item which it answers
  std::optional<Decimal> hours;
  std::size_t shown() const { return std::max<std::size_t>(document->serves.size(), 1); }
  bool several() const { return shown() > 1 || items.size() > 1 || frameworks.size() > 1; }
};

struct CouncilBurden {
  std::string name;
  std::vector<LibraryDocument> library;
  std::vector<DocumentBurden> documents;  // in the order of their references
};

using ByReference = std::map<std::string, std::size_t>;

// A framework is told as the council wrote it; several stand apart by a semicolon.
void add_frameworks(DocumentBurden& one, const std::string& also_asked_by) {
  one.frameworks.emplace(kCqc);
  for (std::size_t at = 0; at < also_asked_by.size();) {
    const std::size_t end = std::min(also_asked_by.find(';', at), also_asked_by.size());
    const std::string name(trim(std::string_view(also_asked_by).substr(at, end - at)));
    if (!name.empty()) one.frameworks.insert(name);
    at = end + 1;
  }
}

void add_items(CouncilBurden& council, const ByReference& place, const InformationReturn& found) {
  for (const ReturnItem& item : found.items) {
    std::set<std::string> seen;  // two sections of one document are one document
    for (const NamedDocument& named : item.documents) {
      if (!named.document || !seen.insert(named.reference).second) continue;
      DocumentBurden& one = council.documents[place.at(named.reference)];
      one.items.push_back(fmt::format("item {} of {}", item.number, found.name));
      add_frameworks(one, item.also_asked_by.text);
    }
  }
}

CouncilBurden burden_of_council(const Asked& asked, SubjectId council, std::vector<LibraryDocument> library) {
  const Snapshot& snapshot = *asked.snapshot;
  CouncilBurden out{.name = name_on(snapshot, council, asked.as_at), .library = std::move(library), .documents = {}};
  ByReference place;
  for (const LibraryDocument& document : out.library) {
    place.emplace(document.reference, out.documents.size());
    out.documents.push_back({.document = &document, .items = {}, .frameworks = {}, .hours = {}});
    const Observation* row = counting_row(snapshot, std::string(kHours), document.subject, asked.as_at);
    if (row && row->standing == Standing::Held) out.documents.back().hours = std::get<Decimal>(row->value);
  }
  for (const InformationReturn& one : returns_of(snapshot, council, asked.as_at, out.library))
    add_items(out, place, one);
  return out;
}

// Councils that hold documents, or the one that was named.
Result<std::vector<CouncilBurden>> burdens(const Asked& asked, const std::vector<std::string>& words) {
  std::vector<SubjectId> councils;
  if (words.empty()) {
    const auto kind = asked.book().schema.find_kind("council");
    if (kind)
      for (const SubjectId council : asked.snapshot->of_kind(*kind)) councils.push_back(council);
  } else {
    auto council = find_subject(asked.book(), *asked.snapshot, asked.as_at, words.front());
    if (!council) return tl::unexpected(council.error());
    councils.push_back(*council);
  }
  std::vector<CouncilBurden> out;
  for (const SubjectId council : councils) {
    auto library = documents_of(*asked.snapshot, council, asked.as_at);
    if (!library) return tl::unexpected(library.error());
    if (!library->empty() || !words.empty()) out.push_back(burden_of_council(asked, council, std::move(*library)));
  }
  return out;
}

struct Totals {
  std::size_t shown = 0, for_several = 0, items = 0, answering = 0, for_several_frameworks = 0, frameworks = 0,
              with_hours = 0;
  Decimal hours, hours_at_each;
};
Totals totals_of(const CouncilBurden& council) {
  Totals out;
  for (const DocumentBurden& one : council.documents) {
    out.shown += one.shown();
    out.for_several += one.shown() > 1 ? 1U : 0U;
    out.items += one.items.size();
    out.answering += one.items.empty() ? 0U : 1U;
    if (one.frameworks.size() > 1) ++out.for_several_frameworks, out.frameworks += one.frameworks.size();
    if (!one.hours) continue;
    ++out.with_hours;
    for (std::size_t i = 0; i < one.shown(); ++i)
      out.hours_at_each = add(out.hours_at_each, *one.hours).value_or(out.hours_at_each);
    out.hours = add(out.hours, *one.hours).value_or(out.hours);
  }
  return out;
}

std::string documents_in_words(std::size_t count) { return counted(static_cast<std::int64_t>(count), "document"); }

void print_purposes(const DocumentBurden& one) {
  print_lines(fmt::format("  {:<8} ", one.document->reference), one.document->title, 11);
  std::string text =
      one.document->serves.empty() ? "statements not said" : "statements " + numbers_text(one.document->serves);
  for (const std::string& item : one.items) text += "; " + item;
  if (one.frameworks.size() > 1)
    text += "; asked for by " + join_words(std::vector<std::string>(one.frameworks.begin(), one.frameworks.end()));
  if (one.hours) text += fmt::format("; {} hours", one.hours->to_string());
  print_lines("           ", text, 11);
}

void print_several(const CouncilBurden& council, bool all) {
  constexpr std::size_t kShown = 12;
  std::vector<const DocumentBurden*> several;
  for (const DocumentBurden& one : council.documents)
    if (one.several()) several.push_back(&one);
  std::ranges::stable_sort(several, [](const DocumentBurden* a, const DocumentBurden* b) {
    return std::tuple(a->frameworks.size(), a->items.size(), a->shown()) >
           std::tuple(b->frameworks.size(), b->items.size(), b->shown());
  });
  fmt::print("\nFor several purposes: {}, those with most first\n", documents_in_words(several.size()));
  const std::size_t shown = all ? several.size() : std::min(kShown, several.size());
  for (std::size_t i = 0; i < shown; ++i) print_purposes(*several[i]);
  if (shown < several.size())
    print_lines("", fmt::format("and {} more; --all lists them, --format csv every document", several.size() - shown));
}

void print_council(const CouncilBurden& council, bool all) {
  const Totals totals = totals_of(council);
  const std::size_t count = council.documents.size();
  fmt::print("\n{}: {}, each collected once\n", council.name, documents_in_words(count));
  if (count == 0) return;
  const auto row = [](std::string_view what, std::size_t documents, std::size_t times) {
    fmt::print("  {:<44}{:>11}{:>9}\n", what, documents, times);
  };
  fmt::print("  {:<44}{:>11}{:>9}\n", "", "documents", "times");
  row("shown under quality statements", count, totals.shown);
  row("shown under several of them", totals.for_several, totals.shown - (count - totals.for_several));
  row("answering items of information returns", totals.answering, totals.items);
  row("for items that several frameworks ask for", totals.for_several_frameworks, totals.frameworks);
  print_lines("  ", fmt::format("Collected anew for each statement they would be {}; held once, they are {}.",
                                counted(static_cast<std::int64_t>(totals.shown), "collection"), count));
  if (totals.with_hours == 0)
    print_lines("  ", "Hours: nobody recorded any, and none are assumed.");
  else
    print_lines("  ", fmt::format("Hours: recorded for {} of {}: {} hours, each document counted once; {} if it were "
                                  "made anew for each statement. For the others nobody recorded any.",
                                  totals.with_hours, documents_in_words(count), totals.hours.to_string(),
                                  totals.hours_at_each.to_string()));
  print_several(council, all);
}

void print_csv(const std::vector<CouncilBurden>& councils) {
  fmt::print("council,reference,title,collections,statements,shown,items,frameworks,hours\n");
  for (const CouncilBurden& council : councils)
    for (const DocumentBurden& one : council.documents)
      fmt::print("{}", csv_row({council.name, one.document->reference, one.document->title, "1",
                                numbers_text(one.document->serves), std::to_string(one.shown()), joined(one.items),
                                joined({one.frameworks.begin(), one.frameworks.end()}),
                                one.hours ? one.hours->to_string() : std::string()}));
}

void write_document(JsonWriter& out, const DocumentBurden& one) {
  out.begin_object();
  out.key("frameworks").begin_array();
  for (const std::string& name : one.frameworks) out.text(name);
  out.end_array();
  if (one.hours) out.field("hours", one.hours->to_string());
  out.key("items").begin_array();
  for (const std::string& item : one.items) out.text(item);
  out.end_array();
  out.field("reference", one.document->reference);
  out.key("shown").number(static_cast<std::int64_t>(one.shown()));
  out.key("statements").begin_array();
  for (const int number : one.document->serves) out.number(number);
  out.end_array();
  out.field("title", one.document->title);
  out.end_object();
}

void print_json(const std::vector<CouncilBurden>& councils, const Asked& asked) {
  JsonWriter out;
  out.begin_object().field("as_at", asked.as_at.to_string());
  out.key("councils").begin_array();
  for (const CouncilBurden& council : councils) {
    out.begin_object().key("collections").number(static_cast<std::int64_t>(council.documents.size()));
    out.field("council", council.name);
    out.key("documents").begin_array();
    for (const DocumentBurden& one : council.documents) write_document(out, one);
    out.end_array().end_object();
  }
  out.end_array().field("format", "assay.burden_documents/1").field("known_on", asked.known_on.to_string());
  out.end_object();
  fmt::print("{}\n", out.take());
}

}  // namespace

int burden_of_documents(DocumentBurdenOptions& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  if (options.common.words.size() > 1)
    return wrong_use("one council is wanted, or none for all that hold documents",
                     "for instance: assay burden STORE council:E06000014");
  auto councils = burdens(asked, options.common.words);
  if (!councils) return tell(councils.error());
  if (options.format == "csv") return print_csv(*councils), kDone;
  if (options.format == "json") return print_json(*councils, asked), kDone;
  fmt::print("As at {}, known on {}: documents held, in {}\n", asked.as_at.to_long_string(),
             asked.known_on.to_long_string(), counted(static_cast<std::int64_t>(councils->size()), "council"));
  print_lines("", "What rules ask for, and who asks twice, is told without a store: `assay burden`.");
  for (const CouncilBurden& council : *councils) print_council(council, options.all);
  return kDone;
}

}  // namespace assay::cli
