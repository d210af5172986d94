// assay map: what the columns of a council's own list mean, proposed from the list and kept in the store.
#include <filesystem>

#include "apps/cli/map.h"

#include "apps/cli/lines.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string name, whose, kind, sheet, by;
  std::vector<std::string> columns, published;
};

std::string meaning_in_words(const Rulebook& book, const std::string& means) {
  if (means.empty()) return "left out";
  if (means == kReference) return "reference";
  if (means == kName) return "name";
  const auto field = book.schema.find_field(means);
  const std::string last = means.substr(means.rfind('.') + 1);
  return field ? fmt::format("{}: {}", last, book.schema.field(*field).title) : means;
}

void print_mapping(const Rulebook& book, const Mapping& mapping) {
  print_lines("",
              fmt::format("{}: each line a {}{}{}", mapping.name, mapping.kind,
                          mapping.whose.empty() ? "" : " of " + mapping.whose,
                          mapping.sheet.empty() ? "" : fmt::format(", on the sheet `{}`", mapping.sheet)),
              2);
  for (const MappedColumn& column : mapping.columns)
    print_lines(fmt::format("  {:<2} {:<20} ", column.column, column.heading),
                meaning_in_words(book, column.means) + (column.published ? ", published" : ""), 26);
}

// The subject as the store has it: all things of the list belong to it.
Result<std::string> whose_of(Store& store, const Rulebook& book, const Options& options) {
  auto known_on = store.last_recorded();
  if (!known_on) return tl::unexpected(known_on.error());
  const Date day = known_on->value_or(today());
  auto snapshot = store.snapshot(book.schema, day);
  if (!snapshot) return tl::unexpected(snapshot.error());
  auto subject = find_subject(book, *snapshot, day, options.whose);
  if (!subject) return tl::unexpected(subject.error());
  return subject_text(*snapshot, *subject);
}

struct Proposed {
  Grid grid;
  Proposal proposal;
  std::optional<KeptMapping> kept;
};

Result<Proposed> propose_for(Store& store, const Rulebook& book, Options& options) {
  if (options.common.words.size() != 1)
    return fail(ErrorCode::WrongUse, "one file is wanted", {},
                "write: assay map propose STORE FILE --name NAME --for SUBJECT");
  if (trim(options.name).empty())
    return fail(ErrorCode::WrongUse, "no name was given", "--name", "for instance --name library");
  auto grid = read_grid(options.common.words[0]);
  if (!grid) return tl::unexpected(grid.error());
  auto kept = find_mapping(store, options.name);
  if (!kept && kept.error().code != ErrorCode::NotFound) return tl::unexpected(kept.error());
  Proposed out{std::move(*grid), {}, kept ? std::optional(*kept) : std::nullopt};
  MappingRequest request{options.name, options.kind, {}, options.sheet, options.columns, options.published};
  if (out.kept) {
    request.whose = out.kept->mapping.whose;
    if (request.kind.empty()) request.kind = out.kept->mapping.kind;
  }
  if (request.kind.empty()) request.kind = "document";
  if (!options.whose.empty()) {
    auto whose = whose_of(store, book, options);
    if (!whose) return tl::unexpected(whose.error());
    request.whose = *whose;
  }
  if (request.whose.empty())
    return fail(ErrorCode::WrongUse, "it is not said whose list it is", "--for",
                "for instance --for council:E06000014");
  auto proposal = propose_mapping(out.grid, book.schema, request, out.kept ? &out.kept->mapping : nullptr);
  if (!proposal) return tl::unexpected(proposal.error());
  out.proposal = std::move(*proposal);
  return out;
}

int propose(Options& options, bool keep) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  auto rules = rules_for(options.common.rules);
  if (!rules.loaded) return rules.exit;
  const Rulebook& book = rules.loaded->rulebook;
  auto store = Store::open(*path, keep ? Access::Write : Access::Read);
  if (!store) return tell(store.error());
  auto proposed = propose_for(*store, book, options);
  if (!proposed) return tell(proposed.error());
  const Proposal& proposal = proposed->proposal;
  const GridSheet& sheet = proposed->grid.sheets[proposal.at.sheet];
  fmt::print("{}\n", proposed->grid.place(sheet, sheet.rows[proposal.at.row].number));
  print_mapping(book, proposal.mapping);
  if (proposed->kept) print_changes(proposal);
  const bool same = proposed->kept && proposed->kept->mapping == proposal.mapping;
  if (same) {
    fmt::print("This is the mapping that is kept, trail entry {}.\n", proposed->kept->entry);
    return kDone;
  }
  if (!keep) {
    print_lines("", "Nothing is kept yet. `assay map keep` keeps it; --column \"HEADING=MEANING\" alters it first.", 2);
    return kDone;
  }
  auto entry = store->keep_mapping(
      {proposal.mapping, proposed->grid.file, options.by.empty() ? login_name() : options.by, now_utc(), 0});
  if (!entry) return tell(entry.error());
  fmt::print("Kept as `{}`, trail entry {}.\n", proposal.mapping.name, *entry);
  return kDone;
}

int list(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  auto rules = rules_for(options.common.rules);
  if (!rules.loaded) return rules.exit;
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto all = store->mappings();
  if (!all) return tell(all.error());
  if (all->empty()) fmt::print("No mapping is kept in this store.\n");
  for (const KeptMapping& kept : *all) {
    fmt::print("entry {}, by {} at {}, from {}\n", kept.entry, kept.by, kept.recorded_at, kept.file);
    print_mapping(rules.loaded->rulebook, kept.mapping);
  }
  return kDone;
}

CLI::App* add_proposing(CLI::App& map, const std::shared_ptr<Options>& options, const char* name, const char* help) {
  CLI::App* command = map.add_subcommand(name, help);
  add_common(*command, options->common, "STORE FILE", false);
  command->add_option("--name", options->name, "the mapping's name")->type_name("NAME");
  command->add_option("--for", options->whose, "whose list it is: a council, or an information return")
      ->type_name("SUBJECT");
  command->add_option("--kind", options->kind, "what each line is (else as kept, else document)")->type_name("KIND");
  command->add_option("--sheet", options->sheet, "the sheet on which it stands (else found)")->type_name("NAME");
  command
      ->add_option("--column", options->columns,
                   "HEADING=MEANING: reference, name, or a field; nothing after the sign leaves it out")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  command->add_option("--published", options->published, "a column of published addresses or names of bodies")
      ->type_name("HEADING")
      ->allow_extra_args(false);
  return command;
}

}  // namespace

Result<KeptMapping> find_mapping(Store& store, const std::string& name) {
  auto all = store.mappings();
  if (!all) return tl::unexpected(all.error());
  std::vector<std::string> names;
  const KeptMapping* found = nullptr;
  for (const KeptMapping& kept : *all) {
    names.push_back(kept.mapping.name);
    if (kept.mapping.name == name) found = &kept;
  }
  if (found) return *found;
  const auto near = near_name(name, names);
  return fail(ErrorCode::NotFound, fmt::format("no mapping `{}` is kept in this store", name), {},
              near ? fmt::format("did you mean `{}`?", *near) : "`assay map keep` keeps one");
}

void print_changes(const Proposal& proposal) {
  if (proposal.changes.empty()) return;
  fmt::print("Changed since it was kept:\n");
  for (const Error& change : proposal.changes) {
    print_lines("  ", fmt::format("{}: {}", change.place, change.message), 4);
    print_lines("    ", change.help, 6);
  }
}

void add_map(Program& program) {
  CLI::App* map = program.app.add_subcommand("map", "what the columns of a council's own list mean");
  map->require_subcommand(1);
  auto options = std::make_shared<Options>();
  add_proposing(*map, options, "propose", "read a list's headings and propose what they mean; keeps nothing")
      ->callback([&program, options] { program.exit = propose(*options, false); });
  CLI::App* keep = add_proposing(*map, options, "keep", "the same, and keep it in the store");
  keep->add_option("--by", options->by, "who keeps it (else the login name)")->type_name("NAME");
  keep->callback([&program, options] { program.exit = propose(*options, true); });
  CLI::App* command = map->add_subcommand("list", "the mappings kept, in the order of keeping");
  add_common(*command, options->common, "STORE", false);
  command->callback([&program, options] { program.exit = list(*options); });
}

}  // namespace assay::cli
