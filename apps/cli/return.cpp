// assay return: the information return that CQC asks for. An index that can be sent, what is wanting, who else holds
// what, and the dates. No score is on any of them.
#include <map>

#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "apps/cli/returned.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string format = "text";
};

std::string date_text(const Said& said) {
  if (said.date) return said.date->to_long_string();
  return said.note.empty() ? "no date" : fmt::format("date not available, {}", said.note);
}

std::string document_in_words(const NamedDocument& named) {
  std::string text = named.reference;
  if (!named.document) return text + (named.section.empty() ? "" : ", " + named.section) + ": not in the library";
  const LibraryDocument& document = *named.document;
  text += " " + document.title;
  if (!named.section.empty()) text += ", " + named.section;
  text += document.version.text.empty() ? "" : ", version " + document.version.text;
  text += fmt::format("; {}; {}", date_text(document.dated),
                      document.owner.text.empty() ? "no owner" : document.owner.text);
  if (!document.public_link.text.empty()) text += "; " + document.public_link.text;
  return text;
}

void print_head(const Asked& asked, const InformationReturn& found) {
  fmt::print("{} of {}\n", found.name, found.council.empty() ? "no council" : found.council);
  fmt::print("As at {}, known on {}\n", asked.as_at.to_long_string(), asked.known_on.to_long_string());
  if (found.sent) fmt::print("As it was sent on {}\n", found.sent->to_long_string());
}

std::string counts(const InformationReturn& found) {
  std::map<Answered, std::size_t> by;
  for (const ReturnItem& item : found.items) ++by[item.answered];
  return fmt::format("{}: {} met, {} part met, {} not met, {} not applicable",
                     counted(static_cast<std::int64_t>(found.items.size()), "item"), by[Answered::Met],
                     by[Answered::PartMet], by[Answered::NotMet], by[Answered::NotApplicable]);
}

void print_item(const ReturnItem& item) {
  print_lines("", fmt::format("Item {}: {}", item.number, item.wording), 2);
  print_lines("  ", fmt::format("{}{}{}", to_words(item.answered), item.why.empty() ? "" : ": ", item.why), 4);
  for (const NamedDocument& named : item.documents) print_lines("  ", document_in_words(named), 4);
  if (!item.partner.text.empty()) print_lines("  held by ", item.partner.text, 4);
  print_lines(
      "  ",
      fmt::format("statements {}; {}", item.statements.empty() ? "not said" : numbers_text(item.statements),
                  item.signed_off_by.text.empty() ? "not signed off" : "signed off by " + item.signed_off_by.text),
      4);
  if (!item.also_asked_by.text.empty()) print_lines("  asked by CQC, and by ", item.also_asked_by.text, 4);
}

void print_index(const Asked& asked, const InformationReturn& found) {
  print_head(asked, found);
  fmt::print("{}\n", counts(found));
  for (const ReturnItem& item : found.items) {
    fmt::print("\n");
    print_item(item);
  }
}

// One line for each item and document: what CQC asks an index to have.
void print_index_csv(const InformationReturn& found) {
  fmt::print("{}", csv_line({"item", "wording", "answer", "reason", "reference", "document", "section", "link",
                             "statements", "owner", "date", "version", "held_by", "signed_off_by", "asked_by"}));
  for (const ReturnItem& item : found.items) {
    std::vector<NamedDocument> documents = item.documents;
    if (documents.empty()) documents.emplace_back();
    const std::string askers = item.also_asked_by.text.empty() ? "CQC" : "CQC; " + item.also_asked_by.text;
    for (const NamedDocument& named : documents) {
      const LibraryDocument* document = named.document;
      const std::string title = document ? document->title : named.reference.empty() ? "" : "not in the library";
      fmt::print(
          "{}", csv_line({item.number, item.wording, std::string(to_words(item.answered)), item.why, named.reference,
                          title, named.section, document ? document->public_link.text : "",
                          numbers_text(item.statements), document ? document->owner.text : "",
                          document && document->dated.date ? document->dated.date->to_string() : "",
                          document ? document->version.text : "", item.partner.text, item.signed_off_by.text, askers}));
    }
  }
}

// What is left of an item, and how much: those that want only a signature first, those whose work nobody has reckoned
// last.
struct Gap {
  int group;  // 0: a signature; 1: reckoned; 2: not reckoned
  Decimal days;
  const ReturnItem* item;
};

std::vector<Gap> gaps_of(const InformationReturn& found) {
  std::vector<Gap> gaps;
  for (const ReturnItem& item : found.items) {
    const bool answered = item.answered == Answered::Met || item.answered == Answered::NotApplicable;
    if (answered && !item.signed_off_by.text.empty()) continue;
    gaps.push_back({answered ? 0 : item.effort ? 1 : 2, item.effort.value_or(Decimal::from_int(0)), &item});
  }
  std::stable_sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) {
    if (a.group != b.group) return a.group < b.group;
    return a.group == 1 && order(Value(a.days), Value(b.days)) < 0;
  });
  return gaps;
}

std::string effort_in_words(const Gap& gap) {
  if (gap.group == 0) return "wants only a signature";
  if (gap.group == 2) return "nobody has reckoned the work";
  const std::string days = gap.days.to_string();
  return fmt::format("{} day{} of work", days, days == "1" ? "" : "s");
}

void print_gaps(const Asked& asked, const InformationReturn& found) {
  print_head(asked, found);
  const auto gaps = gaps_of(found);
  fmt::print("{}\n{} open, in order of effort\n", counts(found), gaps.size());
  for (const Gap& gap : gaps) {
    fmt::print("\n");
    print_lines("", fmt::format("Item {}: {}", gap.item->number, gap.item->wording), 2);
    print_lines("  ",
                fmt::format("{}; {}{}{}", effort_in_words(gap), to_words(gap.item->answered),
                            gap.item->why.empty() ? "" : ": ", gap.item->why),
                4);
    if (!gap.item->partner.text.empty()) print_lines("  held by ", gap.item->partner.text, 4);
  }
}

void print_partners(const Asked& asked, const InformationReturn& found) {
  print_head(asked, found);
  std::map<std::string, std::vector<const ReturnItem*>> by_partner;
  for (const ReturnItem& item : found.items)
    if (!item.partner.text.empty()) by_partner[item.partner.text].push_back(&item);
  if (by_partner.empty()) fmt::print("No item is held by a partner.\n");
  for (const auto& [partner, items] : by_partner) {
    fmt::print("\n{}: {}\n", partner, counted(static_cast<std::int64_t>(items.size()), "item"));
    for (const ReturnItem* item : items)
      print_lines(
          fmt::format("  {}: ", item->number),
          fmt::format("{} ({}{}{})", item->wording, to_words(item->answered), item->why.empty() ? "" : ": ", item->why),
          4);
  }
}

using Printer = void (*)(Asked&, const InformationReturn&, const Options&);

int answer(Options& options, Printer print, bool as_sent) {
  Asked asked;
  InformationReturn found;
  if (const int exit = ask_return(options.common, asked, found, as_sent); exit != kDone) return exit;
  print(asked, found, options);
  return kDone;
}

void add_one(Program& program, CLI::App& returned, const std::shared_ptr<Options>& options, const char* name,
             const char* help, const char* other_format, Printer print) {
  CLI::App* command = returned.add_subcommand(name, help);
  add_common(*command, options->common, "STORE RETURN", true);
  if (other_format)
    command->add_option("--format", options->format, fmt::format("text or {}", other_format))
        ->check(one_of({"text", other_format}));
  // Only the index is what was sent; the rest goes on.
  const bool as_sent = std::string_view(name) == "index";
  command->callback([&program, options, print, as_sent] { program.exit = answer(*options, print, as_sent); });
}

}  // namespace

void add_return(Program& program) {
  CLI::App* returned = program.app.add_subcommand("return", "the information return that CQC asks a council for");
  returned->require_subcommand(1);
  auto options = std::make_shared<Options>();
  add_one(program, *returned, options, "index", "each item with what answers it: as sent, once it has been", "csv",
          [](Asked& asked, const InformationReturn& found, const Options& said) {
            if (said.format == "csv")
              print_index_csv(found);
            else
              print_index(asked, found);
          });
  add_one(program, *returned, options, "gaps", "what is still open, in order of effort", nullptr,
          [](Asked& asked, const InformationReturn& found, const Options&) { print_gaps(asked, found); });
  add_one(program, *returned, options, "partners", "the items that partners hold, by partner", nullptr,
          [](Asked& asked, const InformationReturn& found, const Options&) { print_partners(asked, found); });
  add_one(program, *returned, options, "calendar", "the dates of the return, the visit and the draft report", "ics",
          [](Asked& asked, const InformationReturn& found, const Options& said) {
            print_calendar(asked, found, said.format == "ics");
          });
}

}  // namespace assay::cli
