// assay library: a council's documents by quality statement and category of evidence, what will have gone stale on a
// day, and a sheet back to each owner. It counts documents and judges none: more are not better.
#include <array>
#include <map>
#include <set>

#include "apps/cli/documents.h"
#include "apps/cli/help.h"
#include "apps/cli/lines.h"
#include "engine/eval/reading.h"
#include "evidence/core/text.h"
#include "evidence/import/quality_statements.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string owner, statement, category, format = "text";
  bool list = false, stale = false, shared = false, owners = false, held = false;
};

struct Category {
  std::string_view name, title, head;
};
// The four that CQC uses for councils, and what the library does not say.
constexpr std::array kCategories = {
    Category{"peoples_experience", "people's experience", "people"},
    Category{"staff_and_leaders", "staff and leaders", "staff"},
    Category{"partners", "partners", "partners"},
    Category{"processes", "processes", "processes"},
    Category{"", "category not said", "not said"},
};

using Documents = std::vector<LibraryDocument>;
using Chosen = std::vector<const LibraryDocument*>;

bool serves(const LibraryDocument& document, int statement) {
  return statement == 0 ? document.serves.empty()
                        : std::find(document.serves.begin(), document.serves.end(), statement) != document.serves.end();
}

Chosen in_cell(const Documents& documents, int statement, std::string_view category) {
  Chosen chosen;
  for (const LibraryDocument& document : documents)
    if (serves(document, statement) && document.category == category) chosen.push_back(&document);
  return chosen;
}

std::string in_words(const Said& said, const char* otherwise) {
  if (!said.text.empty()) return said.text;
  return said.note.empty() ? otherwise : fmt::format("not available, {}", said.note);
}

// The oldest by its date, and the next to fall due for review on the day or after it.
const LibraryDocument* oldest(const Chosen& chosen) {
  const LibraryDocument* found = nullptr;
  for (const LibraryDocument* one : chosen)
    if (one->dated.date && (!found || one->dated.date->first < found->dated.date->first)) found = one;
  return found;
}
const LibraryDocument* next_due(const Chosen& chosen, Date day) {
  const LibraryDocument* found = nullptr;
  for (const LibraryDocument* one : chosen)
    if (one->review_due.date && one->review_due.date->last() >= day &&
        (!found || one->review_due.date->last() < found->review_due.date->last()))
      found = one;
  return found;
}

std::string short_title(int statement) {
  if (statement == 0) return "Not said";
  std::string title(quality_statements()[static_cast<std::size_t>(statement - 1)].name);
  std::replace(title.begin(), title.end(), '_', ' ');
  title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return fmt::format("{} {}", statement, title);
}

// The nine, and 0 where some document names none.
std::vector<int> statements_shown(const Documents& documents) {
  std::vector<int> shown;
  for (const QualityStatement& one : quality_statements()) shown.push_back(one.number);
  const bool some = std::any_of(documents.begin(), documents.end(),
                                [](const LibraryDocument& document) { return document.serves.empty(); });
  if (some) shown.push_back(0);
  return shown;
}

std::string owners_of(const Chosen& chosen) {
  std::set<std::string> owners;
  for (const LibraryDocument* one : chosen) owners.insert(in_words(one->owner, "no owner"));
  return owners.size() == 1 ? *owners.begin() : counted(static_cast<std::int64_t>(owners.size()), "owner");
}

void print_table(const Documents& documents, Date day) {
  fmt::print("\n{:<20}", "Statement");
  for (const Category& category : kCategories) fmt::print("{:>12}", category.head);
  fmt::print("\n");
  for (const int statement : statements_shown(documents)) {
    fmt::print("{:<20}", short_title(statement));
    for (const Category& category : kCategories) {
      const std::size_t count = in_cell(documents, statement, category.name).size();
      fmt::print("{:>12}", count == 0 ? "none" : std::to_string(count));
    }
    fmt::print("\n");
  }
  for (const int statement : statements_shown(documents)) {
    fmt::print("\n{}\n", short_title(statement));
    for (const Category& category : kCategories) {
      const Chosen chosen = in_cell(documents, statement, category.name);
      if (chosen.empty()) continue;
      const LibraryDocument *first = oldest(chosen), *next = next_due(chosen, day);
      std::string text = fmt::format("{}", chosen.size());
      text += first ? fmt::format("; oldest {}, {}", first->reference, first->dated.date->to_long_string())
                    : "; none has a date";
      text += next ? fmt::format("; next for review {}, {}, {}", next->reference,
                                 next->review_due.date->to_long_string(), in_words(next->owner, "no owner"))
                   : "; none has a review to come";
      print_lines(fmt::format("  {:<20} ", category.title), text + "; " + owners_of(chosen), 23);
    }
  }
}

void print_table_csv(const Documents& documents, Date day) {
  fmt::print("{}", csv_line({"statement", "title", "category", "documents", "oldest", "oldest_date", "next_for_review",
                             "review_due", "owner"}));
  for (const int statement : statements_shown(documents)) {
    for (const Category& category : kCategories) {
      const Chosen chosen = in_cell(documents, statement, category.name);
      const LibraryDocument *first = oldest(chosen), *next = next_due(chosen, day);
      fmt::print("{}",
                 csv_line({statement == 0 ? "" : std::to_string(statement),
                           short_title(statement).substr(statement == 0 ? 0 : 2), std::string(category.title),
                           std::to_string(chosen.size()), first ? first->reference : "",
                           first ? first->dated.date->to_string() : "", next ? next->reference : "",
                           next ? next->review_due.date->to_string() : "", next ? in_words(next->owner, "") : ""}));
    }
  }
}

void print_document(const LibraryDocument& document, Date day) {
  print_lines(fmt::format("  {:<8} ", document.reference), document.title, 11);
  std::string review = in_words(document.review_due, "no review date");
  if (document.review_due.date) review = document.review_due.date->to_long_string();
  if (document.stale_on(day)) review += ", which has passed";
  if (document.perhaps_stale_on(day)) review += ", which may have passed";
  std::string text =
      fmt::format("statements {}; {}; review {}", document.serves.empty() ? "not said" : numbers_text(document.serves),
                  in_words(document.owner, "no owner"), review);
  if (!document.kept_at.text.empty()) text += "; " + document.kept_at.text;
  print_lines("           ", text, 11);
}

// Dates as far as they are known; what is not available with its note.
std::string plain(const Said& said) { return said.date ? said.date->to_string() : in_words(said, ""); }

void print_documents_csv(const Chosen& chosen, Date day) {
  fmt::print("{}", csv_line({"reference", "title", "statements", "category", "owner", "kept_at", "public_link",
                             "version", "dated", "review_due", "stale", "status", "remarks"}));
  for (const LibraryDocument* one : chosen)
    fmt::print("{}", csv_line({one->reference, one->title, numbers_text(one->serves), one->category, plain(one->owner),
                               plain(one->kept_at), plain(one->public_link), plain(one->version), plain(one->dated),
                               plain(one->review_due),
                               one->stale_on(day)           ? "yes"
                               : one->perhaps_stale_on(day) ? "perhaps"
                               : one->review_due.date       ? "no"
                                                            : "not known",
                               plain(one->status), plain(one->remarks)}));
}

Result<int> statement_asked(const Options& options) {
  if (options.statement.empty()) return 0;
  auto numbers = read_statements(options.statement);
  if (!numbers || numbers->size() != 1)
    return fail(ErrorCode::WrongUse, fmt::format("`{}` is no one quality statement", options.statement), "--statement",
                "write its number, 1 to 9, or its name");
  return numbers->front();
}

Result<Chosen> choose(const Documents& documents, const Options& options, Date day) {
  auto statement = statement_asked(options);
  if (!statement) return tl::unexpected(statement.error());
  Chosen chosen;
  std::vector<std::string> owners;
  for (const LibraryDocument& one : documents) {
    const std::string owner = in_words(one.owner, "no owner");
    owners.push_back(owner);
    if (*statement != 0 && !serves(one, *statement)) continue;
    if (!options.category.empty() && one.category != (options.category == "not_said" ? "" : options.category)) continue;
    if (!options.owner.empty() && owner != options.owner) continue;
    if (options.stale && !one.stale_on(day) && !one.perhaps_stale_on(day)) continue;
    if (options.shared && one.serves.size() < 2) continue;
    chosen.push_back(&one);
  }
  if (!options.owner.empty() && std::find(owners.begin(), owners.end(), options.owner) == owners.end()) {
    const auto near = near_name(options.owner, owners);
    return fail(ErrorCode::WrongUse, fmt::format("no document is `{}`'s", options.owner), "--owner",
                near ? fmt::format("did you mean `{}`?", *near) : "`assay library STORE COUNCIL --owners` lists them");
  }
  return chosen;
}

void print_owners(const Documents& documents, Date day) {
  std::map<std::string, Chosen> by_owner;
  for (const LibraryDocument& one : documents) by_owner[in_words(one.owner, "no owner")].push_back(&one);
  for (const auto& [owner, chosen] : by_owner) {
    fmt::print("\n{}: {}\n", owner, counted(static_cast<std::int64_t>(chosen.size()), "document"));
    std::string references;
    for (const LibraryDocument* one : chosen)
      references +=
          fmt::format("{}{}{}", references.empty() ? "" : ", ", one->reference, one->stale_on(day) ? " (stale)" : "");
    print_lines("  ", references);
  }
}

void print_counts(const Documents& documents, Date day) {
  std::size_t shared = 0, stale = 0, perhaps = 0, undated = 0, shown = 0;
  for (const LibraryDocument& one : documents) {
    shared += one.serves.size() > 1 ? 1U : 0U;
    shown += std::max<std::size_t>(one.serves.size(), 1);
    stale += one.stale_on(day) ? 1U : 0U;
    perhaps += one.perhaps_stale_on(day) ? 1U : 0U;
    undated += one.review_due.date ? 0U : 1U;
  }
  print_lines("", fmt::format("{}, of which {} {} several statements: each is one item, and shown {} times in all.",
                              counted(static_cast<std::int64_t>(documents.size()), "document"), shared,
                              shared == 1 ? "serves" : "serve", shown));
  print_lines("", fmt::format("By then {} will have gone stale, {} perhaps, by a date known only to its month or year; "
                              "of {} no review date is known.",
                              stale, perhaps, undated));
  print_lines("",
              "A document shows that it exists, not that it is followed. More are not better, and no score, forecast "
              "or flag reads them.");
}

int library(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  if (options.common.words.size() != 1)
    return wrong_use("one council is wanted", "for instance: assay library STORE council:E06000014");
  auto council = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.common.words[0]);
  if (!council) return tell(council.error());
  auto documents = documents_of(*asked.snapshot, *council, asked.as_at);
  if (!documents) return tell(documents.error());
  if (options.held) return print_held(*asked.snapshot, *council, *documents, asked.as_at);
  const bool lists = options.list || options.stale || options.shared || !options.owner.empty() ||
                     !options.statement.empty() || !options.category.empty();
  auto chosen = choose(*documents, options, asked.as_at);
  if (!chosen) return tell(chosen.error());
  if (options.format == "csv") {
    if (lists)
      print_documents_csv(*chosen, asked.as_at);
    else
      print_table_csv(*documents, asked.as_at);
    return kDone;
  }
  fmt::print("As at {}, known on {}\nEvidence library of {}\n\n", asked.as_at.to_long_string(),
             asked.known_on.to_long_string(), name_on(*asked.snapshot, *council, asked.as_at));
  if (lists) {
    fmt::print("{} of {}\n", chosen->size(), counted(static_cast<std::int64_t>(documents->size()), "document"));
    for (const LibraryDocument* one : *chosen) print_document(*one, asked.as_at);
    return kDone;
  }
  print_counts(*documents, asked.as_at);
  if (options.owners)
    print_owners(*documents, asked.as_at);
  else
    print_table(*documents, asked.as_at);
  return kDone;
}

}  // namespace

void add_library(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "library", "a council's documents by statement and category, and what will be stale on a day");
  add_common(*command, options->common, "STORE COUNCIL", true);
  command->add_flag("--list", options->list, "list the documents, with the council's own references");
  command->add_option("--statement", options->statement, "list those of one quality statement, by number or name")
      ->type_name("NAME");
  command->add_option("--category", options->category, "list those of one category of evidence")
      ->check(one_of({"peoples_experience", "staff_and_leaders", "partners", "processes", "not_said"}));
  command->add_option("--owner", options->owner, "list those of one owner: the sheet back to them")->type_name("NAME");
  command->add_flag("--stale", options->stale, "list those that will have gone stale on the day asked about");
  command->add_flag("--shared", options->shared, "list those that serve several statements");
  command->add_flag("--owners", options->owners, "each owner, with the references of their documents");
  command->add_flag("--held", options->held,
                    "rows for `assay import`: which kinds of evidence are held under each statement and in date");
  command->add_option("--format", options->format, "text or csv")->check(one_of({"text", "csv"}));
  command->callback([&program, options] { program.exit = library(*options); });
}

}  // namespace assay::cli
